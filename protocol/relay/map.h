/* SPDX-License-Identifier: MIT */
/*
 * A hash table from the relay's 64-bit object numbers to what an end knows of the object. Numbers
 * are handed out in order, so a multiplicative hash spreads them well; a guest cannot choose them.
 */
#ifndef XG_RELAY_MAP_H
#define XG_RELAY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_map_slot {
	uint64_t key; /* 0: free */
	void *value;
};

struct xg_map {
	struct xg_map_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
};

/* An all-zero map is empty. Frees the table, not the values. */
void xg_map_finish(struct xg_map *map);

/* NULL if there is none. */
void *xg_map_find(const struct xg_map *map, uint64_t key);

/* The key is not 0 and not in the map. False without memory; the map is then as before. */
bool xg_map_add(struct xg_map *map, uint64_t key, void *value);

/* Does nothing if there is none. */
void xg_map_remove(struct xg_map *map, uint64_t key);

#endif

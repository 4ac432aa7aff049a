/* SPDX-License-Identifier: MIT */
/*
 * The way back from the driver's names to the guest's. The driver counts its names up for as long
 * as it lives, so this is a hash table with room for what there is, not a map of all numbers.
 *
 * It takes no lock; names are never 0.
 */
#ifndef XG_HOST_NAME_INDEX_H
#define XG_HOST_NAME_INDEX_H

#include <stdint.h>

struct xg_name_pair {
	uint32_t host, guest; /* host 0: free */
};

/* All zero is a valid, empty index. */
struct xg_name_index {
	struct xg_name_pair *pairs;
	uint32_t capacity; /* a power of two, or 0 */
	uint32_t count;
};

void xg_name_index_finish(struct xg_name_index *index);

/* 0 if there is none. */
uint32_t xg_name_index_find(const struct xg_name_index *index, uint32_t host);

/* Replaces what stands under that driver's name. Aborts without memory. */
void xg_name_index_set(struct xg_name_index *index, uint32_t host, uint32_t guest);

/* Nothing happens if there is none. */
void xg_name_index_remove(struct xg_name_index *index, uint32_t host);

#endif

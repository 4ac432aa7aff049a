/* SPDX-License-Identifier: MIT */
/*
 * How many bytes each object of a class takes, by the driver's name and by slot (a level and face
 * of a texture). Only arithmetic: who calls takes from and gives to the quota. Not locked.
 */
#ifndef XG_HOST_MEMORY_H
#define XG_HOST_MEMORY_H

#include <stdint.h>

enum { XG_MEMORY_BUCKETS = 256 };

struct xg_memory_entry;

/* All zero is a valid, empty one. */
struct xg_memory {
	struct xg_memory_entry *buckets[XG_MEMORY_BUCKETS];
};

/* Sets what a slot takes and returns what it took before. */
uint64_t xg_memory_set(struct xg_memory *memory, uint32_t name, uint32_t slot, uint64_t bytes);

/* What a slot takes, and what an object does. */
uint64_t xg_memory_get(const struct xg_memory *memory, uint32_t name, uint32_t slot);
uint64_t xg_memory_sum(const struct xg_memory *memory, uint32_t name);

/* Forgets an object and returns what it took. */
uint64_t xg_memory_drop(struct xg_memory *memory, uint32_t name);

/* Forgets all and returns what they took. */
uint64_t xg_memory_finish(struct xg_memory *memory);

#endif

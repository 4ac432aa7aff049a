/* SPDX-License-Identifier: MIT */
/* See memory.h. One entry for each slot that takes anything; a texture has a dozen. */
#include "memory.h"

#include <stdlib.h>

struct xg_memory_entry {
	struct xg_memory_entry *next;
	uint32_t name;
	uint32_t slot;
	uint64_t bytes;
};

uint64_t xg_memory_set(struct xg_memory *memory, uint32_t name, uint32_t slot, uint64_t bytes)
{
	struct xg_memory_entry **bucket = &memory->buckets[name % XG_MEMORY_BUCKETS];
	struct xg_memory_entry *entry = *bucket;

	while (entry && (entry->name != name || entry->slot != slot))
		entry = entry->next;
	if (entry) {
		const uint64_t old = entry->bytes;

		entry->bytes = bytes;
		return old;
	}
	if (!bytes)
		return 0;
	entry = malloc(sizeof(*entry));
	if (!entry)
		abort();
	*entry = (struct xg_memory_entry){*bucket, name, slot, bytes};
	*bucket = entry;
	return 0;
}

uint64_t xg_memory_get(const struct xg_memory *memory, uint32_t name, uint32_t slot)
{
	const struct xg_memory_entry *entry = memory->buckets[name % XG_MEMORY_BUCKETS];

	while (entry && (entry->name != name || entry->slot != slot))
		entry = entry->next;
	return entry ? entry->bytes : 0;
}

uint64_t xg_memory_sum(const struct xg_memory *memory, uint32_t name)
{
	const struct xg_memory_entry *entry = memory->buckets[name % XG_MEMORY_BUCKETS];
	uint64_t bytes = 0;

	for (; entry; entry = entry->next)
		bytes += entry->name == name ? entry->bytes : 0;
	return bytes;
}

/* Frees the entries of a bucket that have the name, or all. */
static uint64_t drop(struct xg_memory_entry **link, uint32_t name, int all)
{
	uint64_t bytes = 0;

	while (*link) {
		struct xg_memory_entry *entry = *link;

		if (!all && entry->name != name) {
			link = &entry->next;
			continue;
		}
		bytes += entry->bytes;
		*link = entry->next;
		free(entry);
	}
	return bytes;
}

uint64_t xg_memory_drop(struct xg_memory *memory, uint32_t name)
{
	return drop(&memory->buckets[name % XG_MEMORY_BUCKETS], name, 0);
}

uint64_t xg_memory_finish(struct xg_memory *memory)
{
	uint64_t bytes = 0;

	for (int i = 0; i < XG_MEMORY_BUCKETS; i++)
		bytes += drop(&memory->buckets[i], 0, 1);
	return bytes;
}

/* SPDX-License-Identifier: MIT */
/* See map.h. Linear probing; removal moves later entries back, so there are no tombstones. */
#include "relay/map.h"

#include <stdlib.h>

#define CAPACITY_FIRST 64

static size_t home(const struct xg_map *map, uint64_t key)
{
	return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (map->capacity - 1);
}

/* The key's slot, or the free one where it would go. */
static struct xg_map_slot *probe(const struct xg_map *map, uint64_t key)
{
	size_t i = home(map, key);

	while (map->slots[i].key && map->slots[i].key != key)
		i = (i + 1) & (map->capacity - 1);
	return &map->slots[i];
}

void xg_map_finish(struct xg_map *map)
{
	free(map->slots);
	*map = (struct xg_map){0};
}

void *xg_map_find(const struct xg_map *map, uint64_t key)
{
	return map->capacity && key ? probe(map, key)->value : NULL;
}

static bool grow(struct xg_map *map)
{
	struct xg_map larger = {
		.capacity = map->capacity ? map->capacity * 2 : CAPACITY_FIRST,
		.count = map->count,
	};

	larger.slots = calloc(larger.capacity, sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < map->capacity; i++) {
		if (map->slots[i].key)
			*probe(&larger, map->slots[i].key) = map->slots[i];
	}
	free(map->slots);
	*map = larger;
	return true;
}

bool xg_map_add(struct xg_map *map, uint64_t key, void *value)
{
	if (map->count >= map->capacity / 2 && !grow(map))
		return false;
	*probe(map, key) = (struct xg_map_slot){key, value};
	map->count++;
	return true;
}

void xg_map_remove(struct xg_map *map, uint64_t key)
{
	struct xg_map_slot *slot = map->capacity && key ? probe(map, key) : NULL;

	if (!slot || !slot->key)
		return;
	const size_t mask = map->capacity - 1;
	size_t hole = (size_t)(slot - map->slots);
	for (size_t i = (hole + 1) & mask; map->slots[i].key; i = (i + 1) & mask) {
		/* An entry may move back unless its home lies between the hole and itself. */
		if (((i - home(map, map->slots[i].key)) & mask) >= ((i - hole) & mask)) {
			map->slots[hole] = map->slots[i];
			hole = i;
		}
	}
	map->slots[hole] = (struct xg_map_slot){0};
	map->count--;
}

/* SPDX-License-Identifier: MIT */
/* See name_table.h. */
#include "name_table.h"

#include <stdlib.h>

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		abort();
	return memory;
}

void xg_name_map_set(struct xg_name_map *map, uint32_t name, uint32_t value)
{
	struct xg_name_page **page = &map->pages[name >> XG_NAME_PAGE_BITS];

	if (!*page) {
		if (!value)
			return;
		*page = allocate(sizeof(**page));
	}
	(*page)->names[name & (XG_NAME_PAGE_ENTRIES - 1)] = value;
}

static void map_finish(struct xg_name_map *map)
{
	for (uint32_t i = 0; i < MAP_PAGES; i++)
		free(map->pages[i]);
}

static enum xg_quota_kind memory_kind(enum xg_class class)
{
	switch (class) {
	case XG_CLASS_BUFFER:
	case XG_CLASS_TRANSFORM_FEEDBACK:
		return XG_QUOTA_BUFFER_BYTES;
	case XG_CLASS_SHADER:
	case XG_CLASS_PROGRAM:
		return XG_QUOTA_SHADER_BYTES;
	default:
		return XG_QUOTA_TEXTURE_BYTES;
	}
}

struct xg_name_table *xg_name_table_create(struct xg_quota *quota, enum xg_class class)
{
	struct xg_name_table *table = allocate(sizeof(*table));

	table->references = 1;
	table->quota = quota;
	table->memory_kind = memory_kind(class);
	table->ghosts_next = table->lingering_next = XG_GHOSTS_MIN;
	return table;
}

struct xg_name_table *xg_name_table_ref(struct xg_name_table *table)
{
	table->references++;
	return table;
}

void xg_name_table_unref(struct xg_name_table *table)
{
	if (!table || --table->references)
		return;
	for (uint32_t i = 0; i < table->ghost_count; i++)
		xg_quota_give(table->quota, table->memory_kind, table->ghosts[i].bytes);
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, table->count + table->ghost_count);
	free(table->ghosts);
	map_finish(&table->host);
	map_finish(&table->last);
	map_finish(&table->lingering);
	map_finish(&table->kinds);
	xg_name_index_finish(&table->guest);
	xg_quota_give(table->quota, table->memory_kind, xg_memory_finish(&table->memory));
	free(table->discarded);
	free(table);
}

struct xg_ghost *xg_name_table_find_ghost(const struct xg_name_table *table, uint32_t host_name)
{
	for (uint32_t i = 0; i < table->ghost_count; i++) {
		if (table->ghosts[i].name == host_name)
			return &table->ghosts[i];
	}
	return NULL;
}

void xg_name_table_set_lingering(
	struct xg_name_table *table, uint32_t guest_name, uint32_t is_lingering)
{
	table->lingering_count += is_lingering - xg_name_map_get(&table->lingering, guest_name);
	xg_name_map_set(&table->lingering, guest_name, is_lingering);
}

void xg_name_table_keep_ghost(struct xg_name_table *table, uint32_t host_name)
{
	if (!(table->ghost_count & (table->ghost_count - 1))) {
		const uint32_t capacity = table->ghost_count ? 2 * table->ghost_count : 1;

		table->ghosts = realloc(table->ghosts, capacity * sizeof(*table->ghosts));
		if (!table->ghosts)
			abort();
	}
	table->ghosts[table->ghost_count++] =
		(struct xg_ghost){host_name, xg_memory_drop(&table->memory, host_name)};
}

void xg_name_table_unjoin(struct xg_name_table *table, uint32_t guest_name)
{
	const uint32_t host_name = xg_name_map_get(&table->host, guest_name);

	if (!host_name)
		return;
	xg_name_map_set(&table->host, guest_name, 0);
	xg_name_table_set_lingering(table, guest_name, 0);
	table->count--;
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
	xg_quota_give(table->quota, table->memory_kind, xg_memory_drop(&table->memory, host_name));
}

bool xg_name_table_join(struct xg_name_table *table, uint32_t guest_name, uint32_t host_name)
{
	if (guest_name >= XG_NAME_LIMIT)
		return false;
	const uint32_t before = xg_name_index_find(&table->guest, host_name);
	const uint32_t last = xg_name_map_get(&table->last, guest_name);
	xg_name_table_unjoin(table, guest_name);
	if (xg_name_map_get(&table->host, before) == host_name)
		xg_name_table_unjoin(table, before);
	if (xg_name_index_find(&table->guest, last) == guest_name)
		xg_name_index_remove(&table->guest, last);
	xg_name_map_set(&table->host, guest_name, host_name);
	xg_name_map_set(&table->last, guest_name, host_name);
	xg_name_map_set(&table->kinds, guest_name, 0);
	xg_name_index_set(&table->guest, host_name, guest_name);
	table->count++;
	return true;
}

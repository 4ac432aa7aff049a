/* SPDX-License-Identifier: MIT */
/* See table.h. Linear probing; a removed entry keeps its name, so that probing goes on behind it.
 */
#include "gles/table.h"

#include <stdlib.h>
#include <string.h>

/* The entry of that name, or the free one where it would go. The table has a free entry. */
static struct xg_table_entry *probe(const struct xg_table *table, uint32_t name)
{
	const uint32_t mask = table->capacity - 1;
	uint32_t i = name * 0x9e3779b1u & mask;

	while (table->entries[i].name != name && table->entries[i].name)
		i = (i + 1) & mask;
	return &table->entries[i];
}

void xg_table_finish(struct xg_table *table)
{
	free(table->low);
	free(table->entries);
	*table = (struct xg_table){0};
}

void *xg_table_find(const struct xg_table *table, uint32_t name)
{
	if (name < XG_TABLE_LOW)
		return xg_table_find_low(table, name);
	return table->capacity ? probe(table, name)->object : NULL;
}

void **xg_table_next(const struct xg_table *table, uint32_t *at)
{
	while (*at < table->low_count + table->capacity) {
		const uint32_t i = (*at)++;
		void **object = i < table->low_count ? &table->low[i]
						     : &table->entries[i - table->low_count].object;

		if (*object)
			return object;
	}
	return NULL;
}

static bool add_low(struct xg_table *table, uint32_t name, void *object)
{
	uint32_t count = table->low_count ? table->low_count : 16;

	while (count <= name)
		count *= 2;
	if (count > table->low_count) {
		void **larger = realloc(table->low, count * sizeof(*larger));

		if (!larger)
			return false;
		memset(larger + table->low_count, 0, (count - table->low_count) * sizeof(*larger));
		table->low = larger;
		table->low_count = count;
	}
	table->low[name] = object;
	return true;
}

/* Makes room for one more entry; what was removed is left behind. */
static bool grow(struct xg_table *table)
{
	struct xg_table larger = {.low = table->low, .low_count = table->low_count};
	uint32_t live = 0;

	for (uint32_t i = 0; i < table->capacity; i++)
		live += table->entries[i].object != NULL;
	larger.capacity = 16;
	while (larger.capacity < 2 * (live + 1))
		larger.capacity *= 2;
	larger.entries = calloc(larger.capacity, sizeof(*larger.entries));
	if (!larger.entries)
		return false;
	for (uint32_t i = 0; i < table->capacity; i++) {
		if (table->entries[i].object)
			*probe(&larger, table->entries[i].name) = table->entries[i];
	}
	larger.used = live;
	free(table->entries);
	*table = larger;
	return true;
}

bool xg_table_add(struct xg_table *table, uint32_t name, void *object)
{
	if (name < XG_TABLE_LOW)
		return add_low(table, name, object);
	if (4 * (table->used + 1) > 3 * table->capacity && !grow(table))
		return false;

	struct xg_table_entry *entry = probe(table, name);
	if (!entry->name)
		table->used++;
	*entry = (struct xg_table_entry){.name = name, .object = object};
	return true;
}

void *xg_table_remove(struct xg_table *table, uint32_t name)
{
	void *const object = xg_table_find(table, name);

	if (object)
		*(name < XG_TABLE_LOW ? &table->low[name] : &probe(table, name)->object) = NULL;
	return object;
}

void *xg_table_pop(struct xg_table *table)
{
	uint32_t at = 0;
	void **next = xg_table_next(table, &at);
	void *object = next ? *next : NULL;

	if (next)
		*next = NULL;
	return object;
}

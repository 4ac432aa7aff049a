/* SPDX-License-Identifier: MIT */
/* See table.h. Linear probing; a removed entry keeps its name, so that probing goes on behind it.
 */
#include "gles/table.h"

#include <stdlib.h>

void xg_table_finish(struct xg_table *table)
{
	free(table->entries);
	*table = (struct xg_table){0};
}

/* Makes room for one more entry; what was removed is left behind. */
static bool grow(struct xg_table *table)
{
	struct xg_table larger = {0};
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
			*xg_table_probe(&larger, table->entries[i].name) = table->entries[i];
	}
	larger.used = live;
	free(table->entries);
	*table = larger;
	return true;
}

bool xg_table_add(struct xg_table *table, uint32_t name, void *object)
{
	if (4 * (table->used + 1) > 3 * table->capacity && !grow(table))
		return false;

	struct xg_table_entry *entry = xg_table_probe(table, name);
	if (!entry->name)
		table->used++;
	*entry = (struct xg_table_entry){.name = name, .object = object};
	return true;
}

void *xg_table_remove(struct xg_table *table, uint32_t name)
{
	if (!table->capacity || !name)
		return NULL;

	struct xg_table_entry *entry = xg_table_probe(table, name);
	void *object = entry->object;
	entry->object = NULL;
	return object;
}

void *xg_table_pop(struct xg_table *table)
{
	for (uint32_t i = 0; i < table->capacity; i++) {
		void *object = table->entries[i].object;
		if (object) {
			table->entries[i].object = NULL;
			return object;
		}
	}
	return NULL;
}

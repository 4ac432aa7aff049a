/* SPDX-License-Identifier: MIT */
/*
 * A table from object names (never 0) to pointers: open addressing, doubled when three quarters
 * full. It owns no object and takes no lock.
 */
#ifndef XG_GLES_TABLE_H
#define XG_GLES_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_table_entry {
	uint32_t name; /* 0: free */
	void *object;  /* NULL with a name: removed */
};

/* All zero is a valid, empty table. */
struct xg_table {
	struct xg_table_entry *entries;
	uint32_t capacity; /* a power of two, or 0 */
	uint32_t used;	   /* entries with a name, the removed ones too */
};

/* Frees the table, not the objects. */
void xg_table_finish(struct xg_table *table);

/* The entry of that name, or the free one where it would go. The table has a free entry. */
static inline struct xg_table_entry *xg_table_probe(const struct xg_table *table, uint32_t name)
{
	const uint32_t mask = table->capacity - 1;
	uint32_t i = name * 0x9e3779b1u & mask;

	while (table->entries[i].name != name && table->entries[i].name)
		i = (i + 1) & mask;
	return &table->entries[i];
}

/* NULL if there is none. */
static inline void *xg_table_find(const struct xg_table *table, uint32_t name)
{
	return table->capacity && name ? xg_table_probe(table, name)->object : NULL;
}

/* Adds an object (not NULL) under a name that has none. False without memory. */
bool xg_table_add(struct xg_table *table, uint32_t name, void *object);

/* Takes the object out and returns it, NULL if there was none. */
void *xg_table_remove(struct xg_table *table, uint32_t name);

/* Takes out one object after the other, in no order, until it returns NULL: for the end. */
void *xg_table_pop(struct xg_table *table);

#endif

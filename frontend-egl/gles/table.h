/* SPDX-License-Identifier: MIT */
/*
 * A table from object names (never 0) to pointers: an array for the low names that GL gives out,
 * and open addressing, doubled when three quarters full, for the names above. It owns no object and
 * takes no lock.
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

/* Names below it are in the array, however large that is now. */
#define XG_TABLE_LOW 4096u

/* All zero is a valid, empty table. */
struct xg_table {
	void **low; /* by name */
	uint32_t low_count;
	uint32_t capacity; /* a power of two, or 0 */
	uint32_t used;	   /* entries with a name, the removed ones too */
	struct xg_table_entry *entries;
};

/* Frees the table, not the objects. */
void xg_table_finish(struct xg_table *table);

/* The object of a low name; NULL if there is none, and for other names. */
static inline void *xg_table_find_low(const struct xg_table *table, uint32_t name)
{
	return name < table->low_count ? table->low[name] : NULL;
}

/* False if there never was an object in it. */
static inline bool xg_table_was_used(const struct xg_table *table)
{
	return table->low_count || table->capacity;
}

/* NULL if there is none. */
void *xg_table_find(const struct xg_table *table, uint32_t name);

/* Where the next object is kept, NULL after the last one; *at begins as 0. There an object may be
 * taken out. */
void **xg_table_next(const struct xg_table *table, uint32_t *at);

/* Adds an object (not NULL) under a name that has none. False without memory. */
bool xg_table_add(struct xg_table *table, uint32_t name, void *object);

/* Takes the object out and returns it, NULL if there was none. */
void *xg_table_remove(struct xg_table *table, uint32_t name);

/* Takes out one object after the other, in no order, until it returns NULL: for the end. */
void *xg_table_pop(struct xg_table *table);

#endif

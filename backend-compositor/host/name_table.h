/* SPDX-License-Identifier: MIT */
/*
 * The names of one class of objects in a share group, or of one context where the class is not
 * shared: which of the driver's names a guest's name stands for, and what each object takes of the
 * quota.
 *
 * The guest's names are mapped by two levels of pages, which are made when first needed and stay
 * until the table goes. The way back, for queries, is an index. It leads to a guest's name until
 * that is joined anew, even when it was deleted: another context of the group may have the object
 * bound still, and ask.
 *
 * Who has the group's turn (share.h) may look and change. Memory that cannot be had ends the
 * process.
 */
#ifndef XG_HOST_NAME_TABLE_H
#define XG_HOST_NAME_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"
#include "name_index.h"
#include "names.h"
#include "quota.h"
#include "xg_tables.h"

#define XG_NAME_PAGE_BITS    12
#define XG_NAME_PAGE_ENTRIES (1u << XG_NAME_PAGE_BITS)
#define MAP_PAGES	     (XG_NAME_LIMIT / XG_NAME_PAGE_ENTRIES)
#define XG_GHOSTS_MIN	     64u

struct xg_name_page {
	uint32_t names[XG_NAME_PAGE_ENTRIES];
};

struct xg_name_map {
	struct xg_name_page *pages[MAP_PAGES];
};

/* A deleted object that a context still holds, by the driver's name. */
struct xg_ghost {
	uint32_t name;
	uint64_t bytes;
};

struct xg_name_table {
	uint32_t references;
	struct xg_quota *quota;
	uint32_t count;		      /* names joined */
	struct xg_name_map host;      /* by the guest's names */
	struct xg_name_map last;      /* the same, of deleted names too */
	struct xg_name_map lingering; /* not 0: deleted, and in the driver when last looked at */
	struct xg_name_map kinds;     /* see names.h; of joined names */
	uint32_t lingering_count, lingering_next; /* next: at that count they are looked through */
	struct xg_name_index guest;
	enum xg_quota_kind memory_kind;
	struct xg_memory memory; /* by the driver's names */
	struct xg_ghost *ghosts;
	uint32_t ghost_count, ghosts_next; /* next: at that count they are looked through */
	uint32_t *discarded; /* the driver's names of the host's own objects, to be deleted */
	uint32_t discarded_count;
};

/* 0 for a name that is not in the map, or above the limit. */
static inline uint32_t xg_name_map_get(const struct xg_name_map *map, uint32_t name)
{
	if (name >= XG_NAME_LIMIT)
		return 0;

	const struct xg_name_page *page = map->pages[name >> XG_NAME_PAGE_BITS];
	return page ? page->names[name & (XG_NAME_PAGE_ENTRIES - 1)] : 0;
}

/* The name is below the limit. */
void xg_name_map_set(struct xg_name_map *map, uint32_t name, uint32_t value);

/* With one reference. */
struct xg_name_table *xg_name_table_create(struct xg_quota *quota, enum xg_class class);
struct xg_name_table *xg_name_table_ref(struct xg_name_table *table);

/* The last one gives back to the quota all that is counted. NULL is legal. */
void xg_name_table_unref(struct xg_name_table *table);

/* Lets a guest's name stand for a driver's. One object of the quota was taken. False if the guest's
 * name is above the limit. */
bool xg_name_table_join(struct xg_name_table *table, uint32_t guest_name, uint32_t host_name);

/* Forgets the guest's name, and gives back what its object took. */
void xg_name_table_unjoin(struct xg_name_table *table, uint32_t guest_name);

/* A joined name was deleted, but the driver may have the object still: 1, or 0 for not so. */
void xg_name_table_set_lingering(
	struct xg_name_table *table, uint32_t guest_name, uint32_t is_lingering);

/* A deleted object stays counted, by the driver's name. */
void xg_name_table_keep_ghost(struct xg_name_table *table, uint32_t host_name);
struct xg_ghost *xg_name_table_find_ghost(const struct xg_name_table *table, uint32_t host_name);

#endif

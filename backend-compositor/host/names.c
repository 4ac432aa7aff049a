/* SPDX-License-Identifier: MIT */
/*
 * See names.h. A table maps the guest's names by two levels of pages that are made when first
 * needed and stay until the table goes, so that a reader needs no lock. The way back, for queries,
 * is an index under the table's lock. It leads to a guest's name until that is joined anew, even
 * when it was deleted: another context of the group may have the object bound still, and ask.
 *
 * The driver may free a shader or program later than the guest deleted it, and then hand its
 * number out anew. Such a guest name stays joined until the driver's number turns up again or the
 * guest reuses the name.
 */
#include "names.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "memory.h"
#include "name_index.h"
#include "quota.h"
#include "replay.h"
#include "xg_gl_table.h"

#define PAGE_BITS    12
#define PAGE_ENTRIES (1u << PAGE_BITS)
#define MAP_PAGES    (XG_NAME_LIMIT / PAGE_ENTRIES)

struct name_page {
	_Atomic uint32_t names[PAGE_ENTRIES];
};

struct name_map {
	_Atomic(struct name_page *) pages[MAP_PAGES];
};

struct name_table {
	_Atomic uint32_t references;
	pthread_mutex_t lock; /* held by who changes the maps */
	struct xg_quota *quota;
	uint32_t count;	      /* names joined */
	struct name_map host; /* by the guest's names */
	struct name_map last; /* the same, of deleted names too */
	struct xg_name_index guest;
	enum xg_quota_kind memory_kind;
	struct xg_memory memory; /* by the driver's names */
	uint32_t *discarded;	 /* the driver's names of the host's own objects, to be deleted */
	_Atomic uint32_t discarded_count;
};

struct xg_names {
	struct name_table *tables[XG_CLASS_COUNT];
};

/* Classes that an application may bind names of that it never generated. */
static bool class_binds_any_name(enum xg_class class)
{
	switch (class) {
	case XG_CLASS_BUFFER:
	case XG_CLASS_TEXTURE:
	case XG_CLASS_RENDERBUFFER:
	case XG_CLASS_FRAMEBUFFER:
		return true;
	default:
		return false;
	}
}

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		abort();
	return memory;
}

static uint32_t map_get(const struct name_map *map, uint32_t name)
{
	if (name >= XG_NAME_LIMIT)
		return 0;

	/* Pairs with the release in map_set: a page is seen zeroed. */
	struct name_page *page =
		atomic_load_explicit(&map->pages[name >> PAGE_BITS], memory_order_acquire);
	if (!page)
		return 0;
	return atomic_load_explicit(&page->names[name & (PAGE_ENTRIES - 1)], memory_order_relaxed);
}

/* The table's lock is held; name is below the limit. */
static void map_set(struct name_map *map, uint32_t name, uint32_t value)
{
	_Atomic(struct name_page *) *slot = &map->pages[name >> PAGE_BITS];
	struct name_page *page = atomic_load_explicit(slot, memory_order_relaxed);

	if (!page) {
		if (!value)
			return;
		page = allocate(sizeof(*page));
		atomic_store_explicit(slot, page, memory_order_release); /* see map_get */
	}
	atomic_store_explicit(&page->names[name & (PAGE_ENTRIES - 1)], value, memory_order_relaxed);
}

static void map_finish(struct name_map *map)
{
	for (uint32_t i = 0; i < MAP_PAGES; i++) {
		struct name_page *page = atomic_load_explicit(&map->pages[i], memory_order_relaxed);

		if (page)
			free(page);
	}
}

static enum xg_quota_kind memory_kind(enum xg_class class)
{
	switch (class) {
	case XG_CLASS_BUFFER:
		return XG_QUOTA_BUFFER_BYTES;
	case XG_CLASS_SHADER:
	case XG_CLASS_PROGRAM:
		return XG_QUOTA_SHADER_BYTES;
	default:
		return XG_QUOTA_TEXTURE_BYTES;
	}
}

static struct name_table *table_create(struct xg_quota *quota, enum xg_class class)
{
	struct name_table *table = allocate(sizeof(*table));

	table->references = 1;
	table->quota = quota;
	table->memory_kind = memory_kind(class);
	pthread_mutex_init(&table->lock, NULL);
	return table;
}

static struct name_table *table_ref(struct name_table *table)
{
	atomic_fetch_add(&table->references, 1);
	return table;
}

static void table_unref(struct name_table *table)
{
	if (!table || atomic_fetch_sub(&table->references, 1) != 1)
		return;
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, table->count);
	map_finish(&table->host);
	map_finish(&table->last);
	xg_name_index_finish(&table->guest);
	xg_quota_give(table->quota, table->memory_kind, xg_memory_finish(&table->memory));
	free(table->discarded);
	pthread_mutex_destroy(&table->lock);
	free(table);
}

/* The lock is held. */
static void table_unjoin(struct name_table *table, uint32_t guest_name)
{
	const uint32_t host_name = map_get(&table->host, guest_name);

	if (!host_name)
		return;
	map_set(&table->host, guest_name, 0);
	table->count--;
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
	xg_quota_give(table->quota, table->memory_kind, xg_memory_drop(&table->memory, host_name));
}

/* One object of the quota was taken. False if the guest's name is above the limit. */
static bool table_join(struct name_table *table, uint32_t guest_name, uint32_t host_name)
{
	if (guest_name >= XG_NAME_LIMIT)
		return false;
	pthread_mutex_lock(&table->lock);
	const uint32_t before = xg_name_index_find(&table->guest, host_name);
	const uint32_t last = map_get(&table->last, guest_name);
	table_unjoin(table, guest_name);
	if (map_get(&table->host, before) == host_name)
		table_unjoin(table, before);
	if (xg_name_index_find(&table->guest, last) == guest_name)
		xg_name_index_remove(&table->guest, last);
	map_set(&table->host, guest_name, host_name);
	map_set(&table->last, guest_name, host_name);
	xg_name_index_set(&table->guest, host_name, guest_name);
	table->count++;
	pthread_mutex_unlock(&table->lock);
	return true;
}

struct xg_names *xg_names_create(struct xg_quota *quota, struct xg_names *share_with)
{
	struct xg_names *names = allocate(sizeof(*names));

	for (int class = 0; class < XG_CLASS_COUNT; class ++) {
		if (class == XG_CLASS_PROGRAM)
			continue;
		if (share_with && xg_class_is_shared[class])
			names->tables[class] = table_ref(share_with->tables[class]);
		else
			names->tables[class] = table_create(quota, class);
	}
	names->tables[XG_CLASS_PROGRAM] = table_ref(names->tables[XG_CLASS_SHADER]);
	return names;
}

void xg_names_destroy(struct xg_names *names)
{
	if (!names)
		return;
	for (int class = 0; class < XG_CLASS_COUNT; class ++)
		table_unref(names->tables[class]);
	free(names);
}

uint32_t xg_names_find(const struct xg_names *names, enum xg_class class, uint32_t untrusted_name)
{
	if (!untrusted_name)
		return 0;

	const uint32_t host_name = map_get(&names->tables[class]->host, untrusted_name);
	return host_name ? host_name : XG_NAME_UNKNOWN;
}

uint32_t xg_names_reverse(const struct xg_names *names, enum xg_class class, uint32_t host_name)
{
	struct name_table *table = names->tables[class];

	pthread_mutex_lock(&table->lock);
	const uint32_t guest_name = xg_name_index_find(&table->guest, host_name);
	pthread_mutex_unlock(&table->lock);
	return guest_name;
}

/* Lists of names may lie in memory that the guest shares and changes: each is read once. */
static uint32_t read_once(const uint32_t *untrusted_name)
{
	return *(const volatile uint32_t *)untrusted_name;
}

static bool is_joined(const struct name_table *table, uint32_t guest_name)
{
	return map_get(&table->host, guest_name) != 0;
}

/* A new object of the driver's for a guest name that is not joined; 0 if it cannot be. */
static uint32_t make(struct xg_replay *r, struct name_table *table, uint32_t untrusted_name,
	void (*gen)(int count, unsigned *names))
{
	unsigned host_name = 0;

	if (untrusted_name >= XG_NAME_LIMIT || !xg_quota_take(table->quota, XG_QUOTA_OBJECTS, 1)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return 0;
	}
	gen(1, &host_name);
	if (host_name && table_join(table, untrusted_name, host_name))
		return host_name;
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
	return 0;
}

void xg_names_gen(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*gen)(int count, unsigned *names))
{
	struct name_table *table = r->names->tables[class];

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t name = read_once(&untrusted_names[i]);

		if (name && !is_joined(table, name))
			make(r, table, name, gen);
	}
}

void xg_names_delete(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*delete)(int count, const unsigned *names))
{
	struct name_table *table = r->names->tables[class];

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t name = read_once(&untrusted_names[i]);
		const unsigned host_name = map_get(&table->host, name);

		if (!host_name)
			continue;
		pthread_mutex_lock(&table->lock);
		table_unjoin(table, name);
		pthread_mutex_unlock(&table->lock);
		delete (1, &host_name);
	}
}

uint32_t xg_names_bind(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name,
	void (*gen)(int count, unsigned *names))
{
	struct name_table *table = r->names->tables[class];

	if (!untrusted_name)
		return 0;

	const uint32_t host_name = map_get(&table->host, untrusted_name);
	if (host_name)
		return host_name;
	if (!class_binds_any_name(class))
		return XG_NAME_UNKNOWN;
	return make(r, table, untrusted_name, gen);
}

/* Whether the driver still has a shader or program of that number. */
static bool is_alive(const struct xg_replay *r, uint32_t host_name)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	return gl->glIsShader(host_name) || gl->glIsProgram(host_name);
}

bool xg_names_may_add(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name)
{
	struct name_table *table = r->names->tables[class];
	const uint32_t old = map_get(&table->host, untrusted_name);

	/* The driver frees deleted shaders and programs in its own time; only a name whose object
	 * is really gone may be used again. */
	if (!untrusted_name || untrusted_name >= XG_NAME_LIMIT || (old && is_alive(r, old))) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return false;
	}
	if (!xg_quota_take(table->quota, XG_QUOTA_OBJECTS, 1)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return false;
	}
	return true;
}

void xg_names_add(
	struct xg_replay *r, enum xg_class class, uint32_t untrusted_name, uint32_t host_name)
{
	struct name_table *table = r->names->tables[class];

	if (!host_name || !table_join(table, untrusted_name, host_name))
		xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
}

void xg_names_remove(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name,
	void (*delete)(unsigned name))
{
	struct name_table *table = r->names->tables[class];
	const uint32_t host_name = xg_names_find(r->names, class, untrusted_name);

	delete (host_name);
	if (!host_name || host_name == XG_NAME_UNKNOWN || is_alive(r, host_name))
		return;
	pthread_mutex_lock(&table->lock);
	table_unjoin(table, untrusted_name);
	pthread_mutex_unlock(&table->lock);
}

bool xg_names_reserve(struct xg_replay *r, enum xg_class class, uint64_t bytes)
{
	const struct name_table *table = r->names->tables[class];

	if (xg_quota_take(table->quota, table->memory_kind, bytes))
		return true;
	xg_replay_error(r, GL_OUT_OF_MEMORY);
	return false;
}

void xg_names_charge(
	struct xg_replay *r, enum xg_class class, uint32_t host_name, uint32_t slot, uint64_t bytes)
{
	struct name_table *table = r->names->tables[class];

	pthread_mutex_lock(&table->lock);
	const uint64_t old = xg_memory_set(&table->memory, host_name, slot, bytes);
	pthread_mutex_unlock(&table->lock);
	xg_quota_give(table->quota, table->memory_kind, old);
}

void xg_names_release(struct xg_replay *r, enum xg_class class, uint64_t bytes)
{
	const struct name_table *table = r->names->tables[class];

	xg_quota_give(table->quota, table->memory_kind, bytes);
}

void xg_names_discard_buffer(struct xg_names *names, uint32_t host_name)
{
	struct name_table *table = names->tables[XG_CLASS_BUFFER];

	pthread_mutex_lock(&table->lock);
	const uint32_t count = atomic_load_explicit(&table->discarded_count, memory_order_relaxed);
	uint32_t *discarded = realloc(table->discarded, (count + 1) * sizeof(*discarded));
	if (!discarded)
		abort();
	discarded[count] = host_name;
	table->discarded = discarded;
	atomic_store_explicit(&table->discarded_count, count + 1, memory_order_relaxed);
	pthread_mutex_unlock(&table->lock);
}

void xg_names_collect(struct xg_replay *r)
{
	struct name_table *table = r->names->tables[XG_CLASS_BUFFER];

	if (!atomic_load_explicit(&table->discarded_count, memory_order_relaxed))
		return;
	pthread_mutex_lock(&table->lock);
	xg_replay_gl(r)->glDeleteBuffers((int)table->discarded_count, table->discarded);
	atomic_store_explicit(&table->discarded_count, 0, memory_order_relaxed);
	pthread_mutex_unlock(&table->lock);
}

/* SPDX-License-Identifier: MIT */
/*
 * See names.h. A table maps the guest's names by two levels of pages that are made when first
 * needed and stay until the table goes. The way back, for queries, is an index. It leads to a
 * guest's name until that is joined anew, even when it was deleted: another context of the group
 * may have the object bound still, and ask.
 *
 * An object that was deleted while it is held somewhere stays in its table's list of ghosts, with
 * what it takes. Ghosts are looked through when they have doubled, and before the quota refuses.
 *
 * The driver may free a shader or program later than the guest deleted it, and then hand its
 * number out anew. Such a guest name lingers: it stays joined until the driver's number turns up
 * again, the guest reuses the name, or, before the quota refuses, the driver is seen to have freed
 * it.
 */
#include "names.h"

#include <stdlib.h>

#include "holds.h"
#include "memory.h"
#include "name_index.h"
#include "quota.h"
#include "query.h"
#include "replay.h"
#include "share.h"
#include "xg_gl_table.h"

#define PAGE_BITS    12
#define PAGE_ENTRIES (1u << PAGE_BITS)
#define MAP_PAGES    (XG_NAME_LIMIT / PAGE_ENTRIES)
#define GHOSTS_MIN   64u

struct name_page {
	uint32_t names[PAGE_ENTRIES];
};

struct name_map {
	struct name_page *pages[MAP_PAGES];
};

/* A deleted object that a context still holds, by the driver's name. */
struct ghost {
	uint32_t name;
	uint64_t bytes;
};

struct name_table {
	uint32_t references;
	struct xg_quota *quota;
	uint32_t count;		   /* names joined */
	struct name_map host;	   /* by the guest's names */
	struct name_map last;	   /* the same, of deleted names too */
	struct name_map lingering; /* not 0: deleted, and in the driver when last looked at */
	uint32_t lingering_count, lingering_next; /* next: at that count they are looked through */
	struct xg_name_index guest;
	enum xg_quota_kind memory_kind;
	struct xg_memory memory; /* by the driver's names */
	struct ghost *ghosts;
	uint32_t ghost_count, ghosts_next; /* next: at that count they are looked through */
	uint32_t *discarded; /* the driver's names of the host's own objects, to be deleted */
	uint32_t discarded_count;
};

struct xg_names {
	struct xg_share *share;
	bool is_alone; /* the own thread has its turn without a lock */
	struct xg_holds holds;
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

	const struct name_page *page = map->pages[name >> PAGE_BITS];
	return page ? page->names[name & (PAGE_ENTRIES - 1)] : 0;
}

/* The name is below the limit. */
static void map_set(struct name_map *map, uint32_t name, uint32_t value)
{
	struct name_page **page = &map->pages[name >> PAGE_BITS];

	if (!*page) {
		if (!value)
			return;
		*page = allocate(sizeof(**page));
	}
	(*page)->names[name & (PAGE_ENTRIES - 1)] = value;
}

static void map_finish(struct name_map *map)
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

static struct name_table *table_create(struct xg_quota *quota, enum xg_class class)
{
	struct name_table *table = allocate(sizeof(*table));

	table->references = 1;
	table->quota = quota;
	table->memory_kind = memory_kind(class);
	table->ghosts_next = table->lingering_next = GHOSTS_MIN;
	return table;
}

static struct name_table *table_ref(struct name_table *table)
{
	table->references++;
	return table;
}

static void table_unref(struct name_table *table)
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
	xg_name_index_finish(&table->guest);
	xg_quota_give(table->quota, table->memory_kind, xg_memory_finish(&table->memory));
	free(table->discarded);
	free(table);
}

static struct ghost *find_ghost(const struct name_table *table, uint32_t host_name)
{
	for (uint32_t i = 0; i < table->ghost_count; i++) {
		if (table->ghosts[i].name == host_name)
			return &table->ghosts[i];
	}
	return NULL;
}

static void set_lingering(struct name_table *table, uint32_t guest_name, uint32_t is_lingering)
{
	table->lingering_count += is_lingering - map_get(&table->lingering, guest_name);
	map_set(&table->lingering, guest_name, is_lingering);
}

/* A deleted object stays counted. */
static void keep_ghost(struct name_table *table, uint32_t host_name)
{
	if (!(table->ghost_count & (table->ghost_count - 1))) {
		const uint32_t capacity = table->ghost_count ? 2 * table->ghost_count : 1;

		table->ghosts = realloc(table->ghosts, capacity * sizeof(*table->ghosts));
		if (!table->ghosts)
			abort();
	}
	table->ghosts[table->ghost_count++] =
		(struct ghost){host_name, xg_memory_drop(&table->memory, host_name)};
}

static void table_unjoin(struct name_table *table, uint32_t guest_name)
{
	const uint32_t host_name = map_get(&table->host, guest_name);

	if (!host_name)
		return;
	map_set(&table->host, guest_name, 0);
	set_lingering(table, guest_name, 0);
	table->count--;
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
	xg_quota_give(table->quota, table->memory_kind, xg_memory_drop(&table->memory, host_name));
}

/* One object of the quota was taken. False if the guest's name is above the limit. */
static bool table_join(struct name_table *table, uint32_t guest_name, uint32_t host_name)
{
	if (guest_name >= XG_NAME_LIMIT)
		return false;
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
	return true;
}

struct xg_names *xg_names_create(struct xg_quota *quota, struct xg_names *share_with)
{
	struct xg_names *names = allocate(sizeof(*names));

	names->share = share_with ? xg_share_ref(share_with->share) : xg_share_create();
	names->holds.next = names->share->holds;
	names->share->holds = &names->holds;
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

	struct xg_holds **link = &names->share->holds;

	xg_names_enter_last(names);
	while (*link != &names->holds)
		link = &(*link)->next;
	*link = names->holds.next;
	xg_holds_finish(&names->holds);
	for (int class = 0; class < XG_CLASS_COUNT; class ++)
		table_unref(names->tables[class]);
	xg_names_leave(names);
	xg_share_unref(names->share);
	free(names);
}

void xg_names_enter(struct xg_names *names)
{
	xg_share_enter(names->share, names);
}

void xg_names_leave(struct xg_names *names)
{
	xg_share_leave(names->share);
}

void xg_names_enter_last(struct xg_names *names)
{
	xg_share_lock(names->share, names);
}

void xg_names_enter_own(struct xg_names *names)
{
	names->is_alone = xg_share_enter_own(names->share, names);
}

void xg_names_leave_own(struct xg_names *names)
{
	xg_share_leave_own(names->share, names->is_alone);
}

struct xg_texture_stores *xg_names_texture_stores(struct xg_names *names)
{
	return &names->share->texture_stores;
}

struct xg_holds *xg_names_holds(struct xg_names *names)
{
	return &names->holds;
}

void xg_names_doubt(struct xg_names *names)
{
	for (struct xg_holds *holds = names->share->holds; holds; holds = holds->next)
		holds->is_doubtful = true;
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
	return xg_name_index_find(&names->tables[class]->guest, host_name);
}

uint32_t xg_names_next(const struct xg_names *names, enum xg_class class, uint32_t *guest_name)
{
	const struct name_map *map = &names->tables[class]->host;
	uint32_t host_name = 0;

	while (!host_name && ++*guest_name < XG_NAME_LIMIT) {
		if (!map->pages[*guest_name >> PAGE_BITS])
			*guest_name |= PAGE_ENTRIES - 1;
		else
			host_name = map_get(map, *guest_name);
	}
	return host_name;
}

bool xg_names_is_joined(const struct xg_names *names, enum xg_class class, uint32_t host_name)
{
	const uint32_t guest_name = xg_names_reverse(names, class, host_name);

	return guest_name && map_get(&names->tables[class]->host, guest_name) == host_name;
}

/* Whether the driver keeps a deleted object. */
static bool is_held(const struct xg_share *share, enum xg_class class, uint32_t host_name)
{
	return xg_holds_any(share->holds, class, host_name) ||
	       xg_texture_stores_has(&share->texture_stores, class, host_name);
}

/* Of things that are looked through when there are many: that many are left. */
static uint32_t next_look(uint32_t left)
{
	return left < GHOSTS_MIN / 2 ? GHOSTS_MIN : 2 * left;
}

/* Gives back what the ghosts had that nothing holds any more. */
static void drop_ghosts(struct name_table *table, struct xg_share *share, enum xg_class class)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < table->ghost_count; i++) {
		const struct ghost ghost = table->ghosts[i];

		if (is_held(share, class, ghost.name)) {
			table->ghosts[kept++] = ghost;
		} else {
			if (class == XG_CLASS_TEXTURE)
				xg_texture_stores_drop(&share->texture_stores, ghost.name, true);
			xg_quota_give(table->quota, table->memory_kind, ghost.bytes);
			xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
		}
	}
	table->ghost_count = kept;
	table->ghosts_next = next_look(kept);
}

/* Whether the driver still has a shader or program of that number. */
static bool is_alive(const struct xg_replay *r, enum xg_class class, uint32_t host_name)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	if (class == XG_CLASS_SYNC)
		return true; /* until the guest deletes it */
	return gl->glIsShader(host_name) || gl->glIsProgram(host_name);
}

/* Gives back what deleted shaders and programs had that the driver has freed meanwhile. */
static void drop_lingering(const struct xg_replay *r)
{
	struct name_table *table = r->names->tables[XG_CLASS_SHADER];

	for (uint32_t name = 0; table->lingering_count && name < XG_NAME_LIMIT; name++) {
		if (!table->lingering.pages[name >> PAGE_BITS])
			name |= PAGE_ENTRIES - 1;
		else if (map_get(&table->lingering, name) &&
			 !is_alive(r, XG_CLASS_SHADER, map_get(&table->host, name)))
			table_unjoin(table, name);
	}
	table->lingering_next = next_look(table->lingering_count);
}

/* Takes from the quota, with what deleted objects that are gone give back. */
static bool take(const struct xg_replay *r, enum xg_quota_kind kind, uint64_t amount)
{
	/* Views before the textures, and textures before the buffers that they have. */
	static const enum xg_class classes[] = {XG_CLASS_TEXTURE, XG_CLASS_TEXTURE, XG_CLASS_BUFFER,
		XG_CLASS_RENDERBUFFER, XG_CLASS_SAMPLER};
	const struct xg_names *names = r->names;
	struct xg_quota *quota = names->tables[XG_CLASS_BUFFER]->quota;

	if (xg_quota_take(quota, kind, amount))
		return true;
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		drop_ghosts(names->tables[classes[i]], names->share, classes[i]);
	drop_lingering(r);
	return xg_quota_take(quota, kind, amount);
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

	if (untrusted_name >= XG_NAME_LIMIT || !take(r, XG_QUOTA_OBJECTS, 1)) {
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

/* A transform feedback that is under way is not deleted. */
static bool is_refused(const struct xg_replay *r, enum xg_class class, uint32_t host_name)
{
	return class == XG_CLASS_TRANSFORM_FEEDBACK &&
	       xg_replay_gl(r)->glIsTransformFeedback(host_name);
}

/* Deletes an object that is joined, in the driver and here. */
static void delete_one(struct xg_replay *r, enum xg_class class, uint32_t guest_name,
	void (*delete)(int count, const unsigned *names))
{
	struct name_table *table = r->names->tables[class];
	struct xg_share *share = r->names->share;
	const unsigned host_name = map_get(&table->host, guest_name);

	if (class == XG_CLASS_QUERY)
		xg_replay_end_condition(r, host_name);
	delete (1, &host_name);
	if (is_refused(r, class, host_name))
		return;
	xg_holds_forget(&r->names->holds, r, class, host_name);
	if (!is_held(share, class, host_name)) {
		if (class == XG_CLASS_TEXTURE)
			xg_texture_stores_drop(&share->texture_stores, host_name, false);
		table_unjoin(table, guest_name);
		return;
	}
	if (class == XG_CLASS_TEXTURE)
		xg_texture_stores_keep(&share->texture_stores, host_name);
	map_set(&table->host, guest_name, 0);
	table->count--;
	keep_ghost(table, host_name);
	if (table->ghost_count >= table->ghosts_next)
		drop_ghosts(table, share, class);
}

void xg_names_delete(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*delete)(int count, const unsigned *names))
{
	struct name_table *table = r->names->tables[class];

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t name = read_once(&untrusted_names[i]);

		if (is_joined(table, name))
			delete_one(r, class, name, delete);
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

bool xg_names_may_add(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name)
{
	struct name_table *table = r->names->tables[class];
	const uint32_t old = map_get(&table->host, untrusted_name);

	/* The driver frees deleted shaders and programs in its own time; only a name whose object
	 * is really gone may be used again. */
	if (!untrusted_name || untrusted_name >= XG_NAME_LIMIT ||
		(old && is_alive(r, class, old))) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return false;
	}
	if (!take(r, XG_QUOTA_OBJECTS, 1)) {
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
	if (!host_name || host_name == XG_NAME_UNKNOWN)
		return;
	if (is_alive(r, class, host_name))
		set_lingering(table, untrusted_name, 1);
	else
		table_unjoin(table, untrusted_name);
	if (table->lingering_count > table->lingering_next)
		drop_lingering(r);
}

void xg_names_unjoin(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name)
{
	if (untrusted_name < XG_NAME_LIMIT)
		table_unjoin(r->names->tables[class], untrusted_name);
}

struct xg_syncs *xg_names_syncs(const struct xg_names *names)
{
	return &names->share->syncs;
}

bool xg_names_reserve(struct xg_replay *r, enum xg_class class, uint64_t bytes)
{
	if (take(r, r->names->tables[class]->memory_kind, bytes))
		return true;
	xg_replay_error(r, GL_OUT_OF_MEMORY);
	return false;
}

/*
 * A ghost may be asked for more memory where it is bound, and the driver may give its number to
 * another object, too: nothing that either has had is given back before the ghost is gone.
 */
void xg_names_charge(
	struct xg_replay *r, enum xg_class class, uint32_t host_name, uint32_t slot, uint64_t bytes)
{
	struct name_table *table = r->names->tables[class];
	struct ghost *ghost = find_ghost(table, host_name);

	if (ghost && !xg_names_is_joined(r->names, class, host_name)) {
		ghost->bytes += bytes;
		return;
	}

	const uint64_t old = xg_memory_set(&table->memory, host_name, slot, bytes);
	if (ghost)
		ghost->bytes += old;
	else
		xg_quota_give(table->quota, table->memory_kind, old);
}

uint64_t xg_names_object_bytes(
	const struct xg_names *names, enum xg_class class, uint32_t host_name)
{
	return xg_memory_sum(&names->tables[class]->memory, host_name);
}

uint64_t xg_names_slot_bytes(
	const struct xg_names *names, enum xg_class class, uint32_t host_name, uint32_t slot)
{
	return xg_memory_get(&names->tables[class]->memory, host_name, slot);
}

void xg_names_release(struct xg_replay *r, enum xg_class class, uint64_t bytes)
{
	const struct name_table *table = r->names->tables[class];

	xg_quota_give(table->quota, table->memory_kind, bytes);
}

void xg_names_discard_buffer(struct xg_names *names, uint32_t host_name)
{
	struct name_table *table = names->tables[XG_CLASS_BUFFER];
	const uint32_t count = table->discarded_count;
	uint32_t *discarded = realloc(table->discarded, (count + 1) * sizeof(*discarded));

	if (!discarded)
		abort();
	discarded[count] = host_name;
	table->discarded = discarded;
	table->discarded_count = count + 1;
}

void xg_names_collect(struct xg_replay *r)
{
	struct name_table *table = r->names->tables[XG_CLASS_BUFFER];

	if (!table->discarded_count)
		return;
	xg_replay_gl(r)->glDeleteBuffers((int)table->discarded_count, table->discarded);
	table->discarded_count = 0;
}

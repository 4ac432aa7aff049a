/* SPDX-License-Identifier: MIT */
/*
 * See names.h; a class's names are in its table (name_table.h).
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
#include "name_table.h"
#include "quota.h"
#include "query.h"
#include "replay.h"
#include "share.h"
#include "xg_gl_table.h"

struct xg_names {
	struct xg_turn turn; /* the own thread's */
	struct xg_holds holds;
	struct xg_name_table *tables[XG_CLASS_COUNT];
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

struct xg_names *xg_names_create(struct xg_quota *quota, struct xg_names *share_with)
{
	struct xg_names *names = calloc(1, sizeof(*names));

	if (!names)
		abort();

	names->turn.share = share_with ? xg_share_ref(share_with->turn.share) : xg_share_create();
	names->holds.next = names->turn.share->holds;
	names->turn.share->holds = &names->holds;
	for (int class = 0; class < XG_CLASS_COUNT; class ++) {
		if (class == XG_CLASS_PROGRAM)
			continue;
		if (share_with && xg_class_is_shared[class])
			names->tables[class] = xg_name_table_ref(share_with->tables[class]);
		else
			names->tables[class] = xg_name_table_create(quota, class);
	}
	names->tables[XG_CLASS_PROGRAM] = xg_name_table_ref(names->tables[XG_CLASS_SHADER]);
	return names;
}

void xg_names_destroy(struct xg_names *names)
{
	if (!names)
		return;

	struct xg_holds **link = &names->turn.share->holds;

	xg_names_enter_last(names);
	while (*link != &names->holds)
		link = &(*link)->next;
	*link = names->holds.next;
	xg_holds_finish(&names->holds);
	for (int class = 0; class < XG_CLASS_COUNT; class ++)
		xg_name_table_unref(names->tables[class]);
	xg_names_leave(names);
	xg_share_unref(names->turn.share);
	free(names);
}

struct xg_turn *xg_names_turn(struct xg_names *names)
{
	return &names->turn;
}

void xg_names_enter(struct xg_names *names)
{
	xg_share_enter(names->turn.share, names);
}

void xg_names_leave(struct xg_names *names)
{
	xg_share_leave(names->turn.share);
}

void xg_names_enter_last(struct xg_names *names)
{
	xg_share_lock(names->turn.share, names);
}

void xg_names_enter_own(struct xg_names *names)
{
	xg_turn_enter(&names->turn, names);
}

void xg_names_leave_own(struct xg_names *names)
{
	xg_turn_leave(&names->turn);
}

struct xg_texture_stores *xg_names_texture_stores(struct xg_names *names)
{
	return &names->turn.share->texture_stores;
}

struct xg_holds *xg_names_holds(struct xg_names *names)
{
	return &names->holds;
}

void xg_names_doubt(struct xg_names *names, uint32_t doubt)
{
	for (struct xg_holds *holds = names->turn.share->holds; holds; holds = holds->next)
		holds->doubts |= doubt;
}

uint32_t xg_names_find(const struct xg_names *names, enum xg_class class, uint32_t untrusted_name)
{
	if (!untrusted_name)
		return 0;

	const uint32_t host_name = xg_name_map_get(&names->tables[class]->host, untrusted_name);
	return host_name ? host_name : XG_NAME_UNKNOWN;
}

uint32_t xg_names_reverse(const struct xg_names *names, enum xg_class class, uint32_t host_name)
{
	return xg_name_index_find(&names->tables[class]->guest, host_name);
}

uint32_t xg_names_next(const struct xg_names *names, enum xg_class class, uint32_t *guest_name)
{
	const struct xg_name_map *map = &names->tables[class]->host;
	uint32_t host_name = 0;

	while (!host_name && ++*guest_name < XG_NAME_LIMIT) {
		if (!map->pages[*guest_name >> XG_NAME_PAGE_BITS])
			*guest_name |= XG_NAME_PAGE_ENTRIES - 1;
		else
			host_name = xg_name_map_get(map, *guest_name);
	}
	return host_name;
}

bool xg_names_is_joined(const struct xg_names *names, enum xg_class class, uint32_t host_name)
{
	const uint32_t guest_name = xg_names_reverse(names, class, host_name);

	return guest_name && xg_name_map_get(&names->tables[class]->host, guest_name) == host_name;
}

bool xg_names_has_kind(
	const struct xg_names *names, enum xg_class class, uint32_t untrusted_name, uint32_t kind)
{
	return xg_name_map_get(&names->tables[class]->kinds, untrusted_name) == kind;
}

void xg_names_set_kind(
	struct xg_names *names, enum xg_class class, uint32_t untrusted_name, uint32_t kind)
{
	if (untrusted_name < XG_NAME_LIMIT)
		xg_name_map_set(&names->tables[class]->kinds, untrusted_name, kind);
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
	return left < XG_GHOSTS_MIN / 2 ? XG_GHOSTS_MIN : 2 * left;
}

/* Gives back what the ghosts had that nothing holds any more. */
static void drop_ghosts(struct xg_name_table *table, struct xg_share *share, enum xg_class class)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < table->ghost_count; i++) {
		const struct xg_ghost ghost = table->ghosts[i];

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
	struct xg_name_table *table = r->names->tables[XG_CLASS_SHADER];

	for (uint32_t name = 0; table->lingering_count && name < XG_NAME_LIMIT; name++) {
		if (!table->lingering.pages[name >> XG_NAME_PAGE_BITS])
			name |= XG_NAME_PAGE_ENTRIES - 1;
		else if (xg_name_map_get(&table->lingering, name) &&
			 !is_alive(r, XG_CLASS_SHADER, xg_name_map_get(&table->host, name)))
			xg_name_table_unjoin(table, name);
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
		drop_ghosts(names->tables[classes[i]], names->turn.share, classes[i]);
	drop_lingering(r);
	return xg_quota_take(quota, kind, amount);
}

/* Lists of names may lie in memory that the guest shares and changes: each is read once. */
static uint32_t read_once(const uint32_t *untrusted_name)
{
	return *(const volatile uint32_t *)untrusted_name;
}

static bool is_joined(const struct xg_name_table *table, uint32_t guest_name)
{
	return xg_name_map_get(&table->host, guest_name) != 0;
}

/* A new object of the driver's for a guest name that is not joined; 0 if it cannot be. */
static uint32_t make(struct xg_replay *r, struct xg_name_table *table, uint32_t untrusted_name,
	void (*gen)(int count, unsigned *names))
{
	unsigned host_name = 0;

	if (untrusted_name >= XG_NAME_LIMIT || !take(r, XG_QUOTA_OBJECTS, 1)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return 0;
	}
	gen(1, &host_name);
	if (host_name && xg_name_table_join(table, untrusted_name, host_name))
		return host_name;
	xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
	return 0;
}

void xg_names_gen(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*gen)(int count, unsigned *names))
{
	struct xg_name_table *table = r->names->tables[class];

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
	struct xg_name_table *table = r->names->tables[class];
	struct xg_share *share = r->names->turn.share;
	const unsigned host_name = xg_name_map_get(&table->host, guest_name);

	if (class == XG_CLASS_QUERY)
		xg_replay_end_condition(r, host_name);
	delete (1, &host_name);
	if (is_refused(r, class, host_name))
		return;
	xg_holds_forget(&r->names->holds, r, class, host_name);
	if (!is_held(share, class, host_name)) {
		if (class == XG_CLASS_TEXTURE)
			xg_texture_stores_drop(&share->texture_stores, host_name, false);
		xg_name_table_unjoin(table, guest_name);
		return;
	}
	if (class == XG_CLASS_TEXTURE)
		xg_texture_stores_keep(&share->texture_stores, host_name);
	xg_name_map_set(&table->host, guest_name, 0);
	table->count--;
	xg_name_table_keep_ghost(table, host_name);
	if (table->ghost_count >= table->ghosts_next)
		drop_ghosts(table, share, class);
}

void xg_names_delete(struct xg_replay *r, enum xg_class class, uint32_t count,
	const uint32_t *untrusted_names, void (*delete)(int count, const unsigned *names))
{
	struct xg_name_table *table = r->names->tables[class];

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t name = read_once(&untrusted_names[i]);

		if (is_joined(table, name))
			delete_one(r, class, name, delete);
	}
}

uint32_t xg_names_bind(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name,
	void (*gen)(int count, unsigned *names))
{
	struct xg_name_table *table = r->names->tables[class];

	if (!untrusted_name)
		return 0;

	const uint32_t host_name = xg_name_map_get(&table->host, untrusted_name);
	if (host_name)
		return host_name;
	if (!class_binds_any_name(class))
		return XG_NAME_UNKNOWN;
	return make(r, table, untrusted_name, gen);
}

bool xg_names_may_add(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name)
{
	struct xg_name_table *table = r->names->tables[class];
	const uint32_t old = xg_name_map_get(&table->host, untrusted_name);

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
	struct xg_name_table *table = r->names->tables[class];

	if (!host_name || !xg_name_table_join(table, untrusted_name, host_name))
		xg_quota_give(table->quota, XG_QUOTA_OBJECTS, 1);
}

void xg_names_remove(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name,
	void (*delete)(unsigned name))
{
	struct xg_name_table *table = r->names->tables[class];
	const uint32_t host_name = xg_names_find(r->names, class, untrusted_name);

	delete (host_name);
	if (!host_name || host_name == XG_NAME_UNKNOWN)
		return;
	if (is_alive(r, class, host_name))
		xg_name_table_set_lingering(table, untrusted_name, 1);
	else
		xg_name_table_unjoin(table, untrusted_name);
	if (table->lingering_count > table->lingering_next)
		drop_lingering(r);
}

void xg_names_unjoin(struct xg_replay *r, enum xg_class class, uint32_t untrusted_name)
{
	if (untrusted_name < XG_NAME_LIMIT)
		xg_name_table_unjoin(r->names->tables[class], untrusted_name);
}

struct xg_syncs *xg_names_syncs(const struct xg_names *names)
{
	return &names->turn.share->syncs;
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
	struct xg_name_table *table = r->names->tables[class];
	struct xg_ghost *ghost = xg_name_table_find_ghost(table, host_name);

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
	const struct xg_name_table *table = r->names->tables[class];

	xg_quota_give(table->quota, table->memory_kind, bytes);
}

void xg_names_discard_buffer(struct xg_names *names, uint32_t host_name)
{
	struct xg_name_table *table = names->tables[XG_CLASS_BUFFER];
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
	struct xg_name_table *table = r->names->tables[XG_CLASS_BUFFER];

	if (!table->discarded_count)
		return;
	xg_replay_gl(r)->glDeleteBuffers((int)table->discarded_count, table->discarded);
	table->discarded_count = 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Sync objects of GL. A wait is cut into slices, so that a guest which waits for ever can still be
 * ended, and so that the share group's other contexts have their turns in between.
 */
#include <stdlib.h>

#include "context.h"
#include "names.h"
#include "replay.h"
#include "share.h"
#include "stream.h"
#include "xg_thunks.h"

#define WAIT_SLICE_NS UINT64_C(1000000)

/* Where a sync is kept: the name that stands for it. */
static uint32_t put(struct xg_syncs *syncs, GLsync sync)
{
	if (!syncs->free) {
		const uint32_t count = syncs->count ? 2 * syncs->count : 64;

		syncs->slots = realloc(syncs->slots, count * sizeof(*syncs->slots));
		if (!syncs->slots)
			abort();
		for (uint32_t i = syncs->count; i < count; i++)
			syncs->slots[i] = (struct xg_sync_slot){NULL, i + 1 < count ? i + 2 : 0};
		syncs->free = syncs->count + 1;
		syncs->count = count;
	}

	const uint32_t name = syncs->free;
	syncs->free = syncs->slots[name - 1].next_free;
	syncs->slots[name - 1].sync = sync;
	return name;
}

/* NULL, with the error recorded, if the guest has no such sync. */
static GLsync find(struct xg_replay *r, uint32_t untrusted_name)
{
	const uint32_t name = xg_names_find(r->names, XG_CLASS_SYNC, untrusted_name);

	if (name && name != XG_NAME_UNKNOWN)
		return xg_names_syncs(r->names)->slots[name - 1].sync;
	xg_replay_error(r, GL_INVALID_VALUE);
	return NULL;
}

static void delete_sync(struct xg_replay *r, uint32_t untrusted_name)
{
	struct xg_syncs *syncs = xg_names_syncs(r->names);
	const uint32_t name = xg_names_find(r->names, XG_CLASS_SYNC, untrusted_name);
	struct xg_sync_slot *slot = &syncs->slots[name - 1];

	xg_replay_gl(r)->glDeleteSync(slot->sync);
	*slot = (struct xg_sync_slot){NULL, syncs->free};
	syncs->free = name;
	xg_names_unjoin(r, XG_CLASS_SYNC, untrusted_name);
}

void xg_replay_glFenceSync(
	struct xg_replay *r, const struct xg_cmd_glFenceSync *c, const struct xg_payload *p)
{
	if (!xg_names_may_add(r, XG_CLASS_SYNC, c->name))
		return;

	const GLsync sync = xg_replay_gl(r)->glFenceSync(c->condition, c->flags);
	const uint32_t name = sync ? put(xg_names_syncs(r->names), sync) : 0;

	xg_names_add(r, XG_CLASS_SYNC, c->name, name);
}

void xg_replay_glDeleteSync(
	struct xg_replay *r, const struct xg_cmd_glDeleteSync *c, const struct xg_payload *p)
{
	if (c->sync && find(r, c->sync))
		delete_sync(r, c->sync);
}

void xg_replay_glClientWaitSync(
	struct xg_replay *r, const struct xg_cmd_glClientWaitSync *c, const struct xg_payload *p)
{
	uint64_t left_ns = c->timeout;
	GLenum state = GL_WAIT_FAILED;

	for (GLsync sync = find(r, c->sync); sync; sync = find(r, c->sync)) {
		const uint64_t slice_ns = left_ns < WAIT_SLICE_NS ? left_ns : WAIT_SLICE_NS;

		state = xg_replay_gl(r)->glClientWaitSync(sync, c->flags, slice_ns);
		if (c->timeout != GL_TIMEOUT_IGNORED)
			left_ns -= slice_ns;
		if (state != GL_TIMEOUT_EXPIRED || !left_ns || xg_host_stream_is_killed(r->stream))
			break;
		xg_names_leave_own(r->names);
		xg_names_enter_own(r->names);
	}
	*xg_replay_result(r) = state;
}

void xg_replay_glWaitSync(
	struct xg_replay *r, const struct xg_cmd_glWaitSync *c, const struct xg_payload *p)
{
	const GLsync sync = find(r, c->sync);

	if (sync)
		xg_replay_gl(r)->glWaitSync(sync, c->flags, c->timeout);
}

void xg_replay_glGetSynciv(
	struct xg_replay *r, const struct xg_cmd_glGetSynciv *c, const struct xg_payload *p)
{
	const GLsync sync = find(r, c->sync);

	if (sync)
		xg_replay_gl(r)->glGetSynciv(sync, c->pname, c->count, p[0].data, p[1].data);
}

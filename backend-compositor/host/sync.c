/* SPDX-License-Identifier: MIT */
/*
 * A guest's fences. A wait is cut into slices, so that a guest which waits for ever can still be
 * ended. Syncs that wait for no GL command are the guest's own, and unknown here.
 */
#include <stdlib.h>

#include <EGL/egl.h>

#include "client.h"
#include "display.h"
#include "egl_args.h"
#include "object.h"
#include "replay.h"
#include "stream.h"

#define WAIT_SLICE_NS UINT64_C(20000000)

struct xg_host_sync {
	struct xg_host_object object;
	EGLSync egl;
	struct xg_quota *quota;
};

static void destroy_sync(struct xg_host_object *object)
{
	struct xg_host_sync *sync = (struct xg_host_sync *)object;

	if (sync->egl != EGL_NO_SYNC)
		eglDestroySync(object->display->egl, sync->egl);
	xg_quota_give(sync->quota, XG_QUOTA_EGL_OBJECTS, 1);
	free(sync);
}

static struct xg_host_sync *find_sync(struct xg_replay *r, uint32_t untrusted_id)
{
	return (struct xg_host_sync *)xg_host_objects_find(
		&r->client->objects, XG_HOST_SYNC, untrusted_id);
}

static void unref_sync(struct xg_host_sync *sync)
{
	if (sync)
		xg_host_object_unref(&sync->object);
}

static void create_sync(
	struct xg_replay *r, struct xg_host_display *display, const struct xg_cmd_xgCreateSync *c)
{
	struct xg_client *client = r->client;

	if (!xg_quota_take(&client->quota, XG_QUOTA_EGL_OBJECTS, 1))
		return;

	struct xg_host_sync *sync = calloc(1, sizeof(*sync));
	if (!sync)
		abort();
	xg_host_object_init(&sync->object, XG_HOST_SYNC, display, destroy_sync);
	sync->quota = &client->quota;
	sync->egl = eglCreateSync(display->egl, EGL_SYNC_FENCE, NULL);
	/* An id that is in use stays the first one's. */
	if (sync->egl != EGL_NO_SYNC)
		(void)!xg_host_objects_add(&client->objects, &sync->object, c->sync);
	xg_host_object_unref(&sync->object);
}

void xg_replay_xgCreateSync(
	struct xg_replay *r, const struct xg_cmd_xgCreateSync *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);

	if (display)
		create_sync(r, display, c);
	xg_host_display_unref(display);
}

void xg_replay_xgDestroySync(
	struct xg_replay *r, const struct xg_cmd_xgDestroySync *c, const struct xg_payload *p)
{
	xg_host_objects_remove(&r->client->objects, XG_HOST_SYNC, c->sync);
}

static EGLint wait_in_slices(
	struct xg_replay *r, const struct xg_host_sync *sync, EGLint flags, uint64_t timeout_ns)
{
	const EGLDisplay egl = sync->object.display->egl;
	const bool is_endless = timeout_ns == EGL_FOREVER;

	for (;;) {
		const uint64_t slice_ns = timeout_ns < WAIT_SLICE_NS ? timeout_ns : WAIT_SLICE_NS;
		const EGLint state = eglClientWaitSync(egl, sync->egl, flags, slice_ns);

		if (!is_endless)
			timeout_ns -= slice_ns;
		if (state != EGL_TIMEOUT_EXPIRED || !timeout_ns ||
			xg_host_stream_is_killed(r->stream))
			return state;
	}
}

void xg_replay_xgClientWaitSync(
	struct xg_replay *r, const struct xg_cmd_xgClientWaitSync *c, const struct xg_payload *p)
{
	struct xg_host_sync *sync = find_sync(r, c->sync);
	EGLint error = EGL_BAD_PARAMETER, state = EGL_FALSE;

	if (sync) {
		state = wait_in_slices(r, sync, c->flags, c->timeout);
		error = state == EGL_FALSE ? xg_egl_error() : EGL_SUCCESS;
	}
	*xg_replay_result(r) = (uint32_t)state;
	xg_put_int(&p[0], error);
	unref_sync(sync);
}

void xg_replay_xgWaitSync(
	struct xg_replay *r, const struct xg_cmd_xgWaitSync *c, const struct xg_payload *p)
{
	struct xg_host_sync *sync = find_sync(r, c->sync);

	if (sync)
		eglWaitSync(sync->object.display->egl, sync->egl, c->flags);
	unref_sync(sync);
}

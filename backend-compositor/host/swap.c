/* SPDX-License-Identifier: MIT */
/*
 * Frames: a guest's swaps, and what it tells of the parts of a frame that changed. The rectangles
 * are cut to what a surface can have before a driver sees them.
 */
#include <string.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "base/timeline.h"
#include "client.h"
#include "display.h"
#include "egl_args.h"
#include "host.h"
#include "relay/window.h"
#include "replay.h"
#include "screen_time.h"
#include "stream.h"
#include "surface.h"
#include "xg_gl_table.h"

/* More rectangles than that are not passed on: then everything has changed. */
enum { RECTS_MAX = 64 };

struct rects {
	EGLint values[RECTS_MAX * 4]; /* x, y, width, height */
	EGLint count;
};

static int64_t cut(int64_t value)
{
	return value < 0 ? 0 : value > XG_HOST_SURFACE_SIDE_MAX ? XG_HOST_SURFACE_SIDE_MAX : value;
}

/* One dimension of a rectangle. */
static void cut_side(EGLint *start, EGLint *length)
{
	const int64_t first = cut(*start), end = cut((int64_t)*start + *length);

	*start = (EGLint)first;
	*length = (EGLint)(end > first ? end - first : 0);
}

static void read_rects(struct rects *rects, const struct xg_payload *untrusted)
{
	const size_t count = untrusted->data ? untrusted->size / (4 * sizeof(EGLint)) : 0;

	rects->count = count <= RECTS_MAX ? (EGLint)count : 0;
	if (!rects->count)
		return;
	memcpy(rects->values, untrusted->data, (size_t)rects->count * 4 * sizeof(EGLint));
	for (EGLint i = 0; i < rects->count; i++) {
		cut_side(&rects->values[4 * i], &rects->values[4 * i + 2]);
		cut_side(&rects->values[4 * i + 1], &rects->values[4 * i + 3]);
	}
}

static bool swap_driver(const struct xg_host_surface *surface, const struct xg_payload *payload)
{
	const struct xg_host_display *display = surface->object.display;
	struct rects rects;

	read_rects(&rects, payload);
	if (!rects.count || !display->swap_with_damage)
		return eglSwapBuffers(display->egl, surface->egl);
	return display->swap_with_damage(display->egl, surface->egl, rects.values, rects.count);
}

static EGLint swap(struct xg_replay *r, struct xg_host_surface *surface, uint32_t sequence,
	const struct xg_payload *rects)
{
	const uint32_t stream = xg_host_stream_id(r->stream);
	const struct xg_timeline_frame frame = {r->client->pid, stream, sequence};
	EGLint error = EGL_SUCCESS;

	atomic_fetch_add_explicit(&r->client->host->swaps, 1, memory_order_relaxed);
	if (!surface->window)
		return swap_driver(surface, rects) ? EGL_SUCCESS : xg_egl_error();
	/* The driver may begin to draw while the relay is on its way. */
	if (r->context && !xg_window_is_at_swap(surface->window, stream, sequence))
		r->gl->glFlush();

	uint64_t begin_ns = xg_timeline_begin();

	if (begin_ns && !surface->screen_time)
		surface->screen_time = xg_screen_time_create(surface->object.display->wayland);
	if (!xg_window_begin_swap(surface->window, stream, sequence))
		return EGL_BAD_SURFACE;
	xg_timeline_end(begin_ns, "wait for the relay", NULL);
	if (surface->screen_time)
		xg_screen_time_ask(
			surface->screen_time, xg_window_surface(surface->window), &frame);
	begin_ns = xg_timeline_begin();
	if (!swap_driver(surface, rects))
		error = xg_egl_error();
	xg_timeline_end(begin_ns, "swap", &frame);
	/* The driver does not tell that the compositor's connection has failed: the relay does. */
	if (!xg_window_end_swap(surface->window) && error == EGL_SUCCESS)
		error = EGL_BAD_SURFACE;
	return error;
}

/* The age of the surface's back buffer; -1 if the driver does not tell. */
static EGLint find_age(const struct xg_replay *r, const struct xg_host_surface *surface)
{
	EGLint age = -1;

	if (r->draw != surface || !eglQuerySurface(surface->object.display->egl, surface->egl,
					  EGL_BUFFER_AGE_EXT, &age))
		return -1;
	return age;
}

void xg_replay_xgSwapBuffers(
	struct xg_replay *r, const struct xg_cmd_xgSwapBuffers *c, const struct xg_payload *p)
{
	struct xg_host_surface *surface = xg_host_surface_find(r, c->surface);
	const EGLint error = surface ? swap(r, surface, c->sequence, &p[0]) : EGL_BAD_SURFACE;
	EGLint age = -1;

	if (error == EGL_SUCCESS && atomic_load(&surface->tells_age))
		age = find_age(r, surface);
	xg_host_stream_swap_done(
		r->stream, c->sequence, error == EGL_SUCCESS ? 0 : (uint32_t)error, age);
	if (surface)
		xg_host_object_unref(&surface->object);
}

/* The driver wants the age to have been asked for in the same frame. */
void xg_replay_xgSetDamageRegion(
	struct xg_replay *r, const struct xg_cmd_xgSetDamageRegion *c, const struct xg_payload *p)
{
	struct xg_host_surface *surface = xg_host_surface_find(r, c->surface);
	struct rects rects;

	if (surface && surface->object.display->set_damage_region && find_age(r, surface) >= 0) {
		read_rects(&rects, &p[0]);
		surface->object.display->set_damage_region(
			surface->object.display->egl, surface->egl, rects.values, rects.count);
	}
	if (surface)
		xg_host_object_unref(&surface->object);
}

/* SPDX-License-Identifier: MIT */
/*
 * eglSwapBuffers (EGL 1.5, section 3.10). No answer of the host is awaited: the swap is encoded in
 * the stream, and its place is marked on the application's Wayland connection. Both always go
 * together, since the host's swap waits for the mark.
 *
 * What keeps the pace: with an interval, a frame callback of ours that the previous swap asked for;
 * and in any case no more than XG_SURFACE_SWAPS_MAX swaps are in flight. An interval above 1 counts
 * as 1, as in Mesa.
 */
#include <pthread.h>
#include <string.h>

#include "base/timeline.h"
#include "egl/config.h"
#include "egl/context.h"
#include "egl/damage.h"
#include "egl/display.h"
#include "egl/error.h"
#include "egl/surface.h"
#include "platform/window.h"
#include "stats.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

/* Waits until the surface may have one more swap in flight. False: the stream is lost. */
static bool wait_turn(struct xg_surface *surface, struct xg_stream *stream)
{
	const struct xg_swap oldest = surface->swaps[0];

	if (oldest.stream != xg_stream_id(stream))
		return !xg_stream_is_lost(stream);
	return xg_stream_wait_swaps(stream, oldest.sequence);
}

/*
 * Held from a swap's record to its mark. Another thread's stream may be ordered after this record,
 * and then that thread's next mark must stand behind this one: the relay waits at a mark until its
 * swap is done, and the swap whose mark stands behind that could never be.
 */
static pthread_mutex_t mark_lock = PTHREAD_MUTEX_INITIALIZER;

void xg_swap_forked(void)
{
	pthread_mutex_init(&mark_lock, NULL);
}

/* Encodes the swap in the stream, and marks its place. False: the Wayland connection has failed. */
static bool send_swap(struct xg_surface *surface, struct xg_stream *stream, const EGLint *rects,
	EGLint rect_count)
{
	struct xg_thread *const thread = xg_current_state.thread;
	const struct xg_swap swap = {xg_stream_id(stream), ++thread->swaps};
	const uint64_t begin_ns = xg_timeline_begin();
	bool is_marked;

	pthread_mutex_lock(&mark_lock);
	xg_encode_xgSwapBuffers(stream, surface->handle.id, swap.sequence,
		(uint32_t)xg_damage_limit(rect_count), rects);
	is_marked = xg_window_mark_swap(
		surface->window, swap.stream, swap.sequence, surface->interval > 0);
	pthread_mutex_unlock(&mark_lock);
	xg_stats_swap(surface->handle.id, swap.stream, xg_stream_position(stream));
	xg_stream_flush(stream);
	memmove(surface->swaps, surface->swaps + 1,
		(XG_SURFACE_SWAPS_MAX - 1) * sizeof(surface->swaps[0]));
	surface->swaps[XG_SURFACE_SWAPS_MAX - 1] = swap;
	xg_damage_frame_sent(surface);
	is_marked = xg_window_flush(surface->window) && is_marked;
	xg_timeline_end(
		begin_ns, "swap", &(struct xg_timeline_frame){0, swap.stream, swap.sequence});
	return is_marked;
}

/* The error to raise. The surface is the current draw surface. */
static EGLint swap_window(struct xg_surface *surface, struct xg_stream *stream, const EGLint *rects,
	EGLint rect_count)
{
	uint64_t begin_ns;
	bool is_connected;
	uint32_t failed;

	if (!xg_window_is_alive(surface->window))
		return EGL_BAD_NATIVE_WINDOW;
	if (!wait_turn(surface, stream))
		return EGL_CONTEXT_LOST;
	begin_ns = xg_timeline_begin();
	is_connected = surface->interval > 0 ? xg_window_wait_frame(surface->window)
					     : xg_window_read_events(surface->window);
	xg_timeline_end(begin_ns, "wait for the frame callback", NULL);
	if (!is_connected)
		return EGL_BAD_SURFACE;
	failed = xg_stream_take_swap_error(stream);
	if (failed)
		return (EGLint)failed;
	if (!send_swap(surface, stream, rects, rect_count))
		return EGL_BAD_SURFACE;
	xg_surface_send_size(surface, stream);
	return EGL_SUCCESS;
}

static EGLBoolean swap(
	const char *call, EGLDisplay dpy, EGLSurface name, const EGLint *rects, EGLint rect_count)
{
	struct xg_display *display = xg_call_begin_for(call, dpy, XG_KIND_SURFACE, name);
	struct xg_context *const context = xg_current_context();
	EGLint error = EGL_SUCCESS;
	struct xg_surface *surface;

	if (!display)
		return EGL_FALSE;
	surface = xg_surface_get(display, name);
	if (!surface)
		return xg_call_fail(EGL_BAD_SURFACE, "not a surface");
	if (rect_count < 0 || (rect_count > 0 && !rects))
		error = EGL_BAD_PARAMETER;
	else if (!context || context->draw != surface)
		error = EGL_BAD_SURFACE;
	else if (surface->window)
		error = swap_window(surface, xg_current_stream(), rects, rect_count);
	if (error == EGL_CONTEXT_LOST)
		context->lost = true;
	xg_handle_unref(&surface->handle);
	return error == EGL_SUCCESS ? EGL_TRUE : xg_call_fail(error, "the surface is not swapped");
}

EGLBoolean xg_eglSwapBuffers(EGLDisplay dpy, EGLSurface surface)
{
	return swap("eglSwapBuffers", dpy, surface, NULL, 0);
}

EGLBoolean xg_eglSwapBuffersWithDamageKHR(
	EGLDisplay dpy, EGLSurface surface, const EGLint *rects, EGLint rect_count)
{
	return swap("eglSwapBuffersWithDamageKHR", dpy, surface, rects, rect_count);
}

EGLBoolean xg_eglSwapInterval(EGLDisplay dpy, EGLint interval)
{
	const struct xg_context *const context = xg_current_context();
	const struct xg_display *display = xg_call_begin_for(
		"eglSwapInterval", dpy, XG_KIND_SURFACE, context ? context->draw : NULL);
	EGLint least, most;

	if (!display)
		return EGL_FALSE;
	if (!context)
		return xg_call_fail(EGL_BAD_CONTEXT, "no context is current");
	if (!context->draw)
		return xg_call_fail(EGL_BAD_SURFACE, "the context has no surface");
	least = xg_config_get(context->draw->config, EGL_MIN_SWAP_INTERVAL);
	most = xg_config_get(context->draw->config, EGL_MAX_SWAP_INTERVAL);
	context->draw->interval = interval < least ? least : interval > most ? most : interval;
	return EGL_TRUE;
}

EGLBoolean xg_eglCopyBuffers(EGLDisplay dpy, EGLSurface name, EGLNativePixmapType target)
{
	struct xg_display *display =
		xg_call_begin_for("eglCopyBuffers", dpy, XG_KIND_SURFACE, name);
	struct xg_surface *surface;

	if (!display)
		return EGL_FALSE;
	surface = xg_surface_get(display, name);
	if (!surface)
		return xg_call_fail(EGL_BAD_SURFACE, "not a surface");
	xg_handle_unref(&surface->handle);
	return xg_call_fail(EGL_BAD_NATIVE_PIXMAP, "there are no native pixmaps");
}

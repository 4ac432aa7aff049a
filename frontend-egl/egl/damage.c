/* SPDX-License-Identifier: MIT */
/* See damage.h. */
#include "egl/damage.h"

#include "egl/context.h"
#include "egl/display.h"
#include "egl/error.h"
#include "egl/surface.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

EGLint xg_damage_limit(EGLint rect_count)
{
	return rect_count > XG_DAMAGE_RECTS_MAX ? 0 : rect_count;
}

void xg_damage_frame_sent(struct xg_surface *surface)
{
	surface->is_age_read = false;
	surface->has_region = false;
	surface->is_resized = false;
}

/* What the host has told with the last swap, for which it is waited; -1 where it must be asked. */
static EGLint told_age(const struct xg_surface *surface, struct xg_stream *stream)
{
	const struct xg_swap last = surface->swaps[XG_SURFACE_SWAPS_MAX - 1];

	if (!surface->is_age_wanted || surface->is_resized || last.stream != xg_stream_id(stream) ||
		!xg_stream_wait_swaps(stream, last.sequence))
		return -1;
	return xg_stream_swap_age(stream, last.sequence);
}

EGLint xg_damage_age(struct xg_surface *surface, struct xg_stream *stream, EGLint *age)
{
	const struct xg_context *const context = xg_current_context();
	const struct xg_handle *const handle = &surface->handle;
	EGLint error = EGL_SUCCESS, answer;

	if (!context || context->draw != surface)
		return EGL_BAD_SURFACE;
	answer = told_age(surface, stream);
	if (answer < 0 && !xg_encode_xgQuerySurface(stream, handle->session->id, handle->id,
				  EGL_BUFFER_AGE_EXT, &answer, &error))
		return error == EGL_SUCCESS ? EGL_CONTEXT_LOST : error;
	surface->is_age_wanted = surface->is_age_read = true;
	*age = answer;
	return EGL_SUCCESS;
}

/* The error to raise. */
static EGLint set_region(struct xg_surface *surface, const EGLint *rects, EGLint count)
{
	const struct xg_context *const context = xg_current_context();

	if (!context || context->draw != surface || !surface->window || surface->is_preserved)
		return EGL_BAD_MATCH;
	if (!surface->is_age_read || surface->has_region)
		return EGL_BAD_ACCESS;
	if (count < 0 || (count > 0 && !rects))
		return EGL_BAD_PARAMETER;
	surface->has_region = true;
	xg_encode_xgSetDamageRegion(
		xg_current_stream(), surface->handle.id, (uint32_t)xg_damage_limit(count), rects);
	return EGL_SUCCESS;
}

EGLBoolean xg_eglSetDamageRegionKHR(EGLDisplay dpy, EGLSurface name, EGLint *rects, EGLint count)
{
	struct xg_display *display =
		xg_call_begin_for("eglSetDamageRegionKHR", dpy, XG_KIND_SURFACE, name);
	struct xg_surface *surface;
	EGLint error;

	if (!display)
		return EGL_FALSE;
	surface = xg_surface_get(display, name);
	if (!surface)
		return xg_call_fail(EGL_BAD_SURFACE, "not a surface");
	error = set_region(surface, rects, count);
	xg_handle_unref(&surface->handle);
	return error == EGL_SUCCESS ? EGL_TRUE
				    : xg_call_fail(error, "this frame's damage cannot be told now");
}

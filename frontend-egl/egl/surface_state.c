/* SPDX-License-Identifier: MIT */
/*
 * Attributes of surfaces, and pbuffers as textures (EGL 1.5, sections 3.5.6 and 3.6). The host has
 * them all; only a window's size is known here first.
 */
#include "egl/context.h"
#include "egl/damage.h"
#include "egl/display.h"
#include "egl/error.h"
#include "egl/surface.h"
#include "platform/window.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

/* The surface that a call is about, with a reference, and the stream; NULL with the error set. */
static struct xg_surface *begin(
	const char *call, EGLDisplay dpy, EGLSurface name, struct xg_stream **stream)
{
	struct xg_display *display = xg_call_begin_for(call, dpy, XG_KIND_SURFACE, name);
	struct xg_surface *surface;

	if (!display)
		return NULL;
	surface = xg_surface_get(display, name);
	if (!surface) {
		xg_call_fail(EGL_BAD_SURFACE, "not a surface");
		return NULL;
	}
	*stream = xg_display_stream(display);
	if (*stream)
		return surface;
	xg_handle_unref(&surface->handle);
	return NULL;
}

/* Lets the surface go and says how it went: result, and if that is 0 the host's error. */
static EGLBoolean end(struct xg_surface *surface, uint32_t result, EGLint error)
{
	xg_handle_unref(&surface->handle);
	return result ? EGL_TRUE : xg_call_fail_from_host(error);
}

/* Answered without the host: the size of a window that is not being resized. */
static bool answer_here(const struct xg_surface *surface, EGLint attribute, EGLint *value)
{
	EGLint width, height;

	if (!surface->window || (attribute != EGL_WIDTH && attribute != EGL_HEIGHT) ||
		!xg_window_settled_size(surface->window, &width, &height))
		return false;
	*value = attribute == EGL_WIDTH ? width : height;
	return true;
}

/* Attributes that a window has not: asking is no error, and leaves the value as it was. */
static bool is_pbuffers_own(EGLint attribute)
{
	return attribute == EGL_LARGEST_PBUFFER || attribute == EGL_TEXTURE_FORMAT ||
	       attribute == EGL_TEXTURE_TARGET || attribute == EGL_MIPMAP_TEXTURE ||
	       attribute == EGL_MIPMAP_LEVEL;
}

EGLBoolean xg_eglQuerySurface(EGLDisplay dpy, EGLSurface name, EGLint attribute, EGLint *value)
{
	struct xg_stream *stream = NULL;
	struct xg_surface *surface = begin("eglQuerySurface", dpy, name, &stream);
	EGLint error = EGL_SUCCESS, answer = 0;
	uint32_t result;

	if (!surface)
		return EGL_FALSE;
	if (!value)
		return end(surface, 0, EGL_BAD_PARAMETER);
	if (answer_here(surface, attribute, value))
		return end(surface, 1, error);
	if (attribute == EGL_BUFFER_AGE_EXT &&
		xg_display_has(surface->handle.display, "EGL_EXT_buffer_age")) {
		error = xg_damage_age(surface, stream, value);
		return end(surface, error == EGL_SUCCESS, error);
	}
	result = xg_encode_xgQuerySurface(stream, surface->handle.session->id, surface->handle.id,
		(uint32_t)attribute, &answer, &error);
	if (result && !(surface->window && is_pbuffers_own(attribute)))
		*value = answer;
	return end(surface, result, error);
}

EGLBoolean xg_eglSurfaceAttrib(EGLDisplay dpy, EGLSurface name, EGLint attribute, EGLint value)
{
	struct xg_stream *stream = NULL;
	struct xg_surface *surface = begin("eglSurfaceAttrib", dpy, name, &stream);
	EGLint error = EGL_SUCCESS;
	uint32_t result;

	if (!surface)
		return EGL_FALSE;
	result = xg_encode_xgSurfaceAttrib(stream, surface->handle.session->id, surface->handle.id,
		(uint32_t)attribute, value, &error);
	if (result && attribute == EGL_SWAP_BEHAVIOR)
		surface->is_preserved = value == EGL_BUFFER_PRESERVED;
	return end(surface, result, error);
}

/* Either command about a pbuffer as a texture. */
static EGLBoolean tex_image(const char *call, EGLDisplay dpy, EGLSurface name, EGLint buffer,
	uint32_t (*encode)(struct xg_stream *stream, uint32_t display, uint32_t surface,
		uint32_t buffer, int32_t *error))
{
	struct xg_stream *stream = NULL;
	struct xg_surface *surface = begin(call, dpy, name, &stream);
	EGLint error = EGL_SUCCESS;
	uint32_t result;

	if (!surface)
		return EGL_FALSE;
	result = encode(
		stream, surface->handle.session->id, surface->handle.id, (uint32_t)buffer, &error);
	return end(surface, result, error);
}

EGLBoolean xg_eglBindTexImage(EGLDisplay dpy, EGLSurface name, EGLint buffer)
{
	return tex_image("eglBindTexImage", dpy, name, buffer, xg_encode_xgBindTexImage);
}

EGLBoolean xg_eglReleaseTexImage(EGLDisplay dpy, EGLSurface name, EGLint buffer)
{
	return tex_image("eglReleaseTexImage", dpy, name, buffer, xg_encode_xgReleaseTexImage);
}

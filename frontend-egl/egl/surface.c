/* SPDX-License-Identifier: MIT */
/* See surface.h. There are no native pixmaps on our platforms. */
#include "egl/surface.h"

#include <stdlib.h>

#include "egl/attributes.h"
#include "egl/config.h"
#include "egl/context.h"
#include "egl/display.h"
#include "egl/error.h"
#include "platform/window.h"
#include "stream.h"
#include "thread.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

void xg_surface_destroy(struct xg_surface *surface)
{
	const struct xg_handle *const handle = &surface->handle;
	struct xg_stream *const stream = xg_session_stream(handle->session);

	if (stream && surface->is_on_host) {
		xg_encode_xgDestroySurface(stream, handle->session->id, handle->id);
		xg_stream_flush(stream);
	}
	xg_window_destroy(surface->window);
	free(surface);
}

struct xg_surface *xg_surface_get(struct xg_display *display, EGLSurface name)
{
	struct xg_surface *surface;

	xg_egl_lock();
	surface = (struct xg_surface *)xg_handle_find(display, XG_KIND_SURFACE, name);
	xg_egl_unlock();
	return surface;
}

void xg_surface_send_size(struct xg_surface *surface, struct xg_stream *stream)
{
	struct xg_window_size size;

	if (!surface->window || !xg_window_take_resize(surface->window, &size))
		return;
	surface->is_resized = true;
	xg_encode_xgResizeWindow(
		stream, surface->handle.id, size.width, size.height, size.dx, size.dy);
}

/* So that what is drawn next already has the new size; on another thread it waits for the swap. */
static void handle_resized(void *data)
{
	struct xg_surface *surface = data;
	const struct xg_context *const context = xg_current_context();

	if (context && context->draw == surface)
		xg_surface_send_size(surface, xg_current_stream());
}

/* A surface, not yet on the host. NULL with the thread's error set. */
static struct xg_surface *allocate(struct xg_display *display, EGLConfig config)
{
	struct xg_surface *surface;

	if (!xg_config_find(display, config)) {
		xg_call_fail(EGL_BAD_CONFIG, "not a config");
		return NULL;
	}
	surface = calloc(1, sizeof(*surface));
	if (!surface) {
		xg_call_fail(EGL_BAD_ALLOC, NULL);
		return NULL;
	}
	surface->config = xg_config_find(display, config);
	surface->interval = 1;
	if (!xg_handle_init(&surface->handle, display, XG_KIND_SURFACE)) {
		free(surface);
		xg_call_fail(EGL_NOT_INITIALIZED, "the display was terminated");
		return NULL;
	}
	return surface;
}

/* Enters what the host has made, or lets go what it has refused. */
static EGLSurface finish_creation(struct xg_surface *surface, EGLint error)
{
	if (surface->is_on_host) {
		xg_handle_link(&surface->handle);
		return surface;
	}
	xg_handle_unref(&surface->handle);
	xg_call_fail_from_host(error);
	return EGL_NO_SURFACE;
}

static EGLSurface create_window_surface(struct xg_display *display, EGLConfig config, void *native,
	const struct xg_attributes *attributes)
{
	EGLint error = EGL_SUCCESS, width, height;
	struct xg_surface *surface;
	struct xg_stream *stream;

	if (display->platform != &xg_platform_wayland) {
		xg_call_fail(EGL_BAD_NATIVE_WINDOW, "this platform has no windows");
		return EGL_NO_SURFACE;
	}
	stream = xg_display_stream(display);
	surface = stream ? allocate(display, config) : NULL;
	if (!surface)
		return EGL_NO_SURFACE;
	surface->window = xg_window_create(
		surface->handle.session->state, native, surface->handle.id, &error);
	if (!surface->window) {
		xg_handle_unref(&surface->handle);
		xg_call_fail(error, "the native window cannot be used");
		return EGL_NO_SURFACE;
	}
	xg_window_on_resize(surface->window, handle_resized, surface);
	xg_window_settled_size(surface->window, &width, &height);
	surface->is_on_host = xg_encode_xgCreateWindowSurface(stream, surface->handle.session->id,
		surface->handle.id, xg_config_id(surface->config), width, height, attributes->count,
		attributes->values, &error);
	return finish_creation(surface, error);
}

EGLSurface xg_eglCreateWindowSurface(
	EGLDisplay dpy, EGLConfig config, EGLNativeWindowType window, const EGLint *list)
{
	struct xg_display *display = xg_call_begin_on("eglCreateWindowSurface", dpy);
	struct xg_attributes attributes;

	if (!display)
		return EGL_NO_SURFACE;
	if (!xg_attributes_from_ints(&attributes, list)) {
		xg_call_fail(EGL_BAD_ATTRIBUTE, "the list of attributes is too long");
		return EGL_NO_SURFACE;
	}
	return create_window_surface(display, config, (void *)window, &attributes);
}

EGLSurface xg_eglCreatePlatformWindowSurface(
	EGLDisplay dpy, EGLConfig config, void *window, const EGLAttrib *list)
{
	struct xg_display *display = xg_call_begin_on("eglCreatePlatformWindowSurface", dpy);
	struct xg_attributes attributes;

	if (!display)
		return EGL_NO_SURFACE;
	if (!xg_attributes_from_attribs(&attributes, list)) {
		xg_call_fail(EGL_BAD_ATTRIBUTE, "the list of attributes is not valid");
		return EGL_NO_SURFACE;
	}
	return create_window_surface(display, config, window, &attributes);
}

EGLSurface xg_eglCreatePlatformWindowSurfaceEXT(
	EGLDisplay dpy, EGLConfig config, void *window, const EGLint *list)
{
	return xg_eglCreateWindowSurface(dpy, config, (EGLNativeWindowType)window, list);
}

EGLSurface xg_eglCreatePbufferSurface(EGLDisplay dpy, EGLConfig config, const EGLint *list)
{
	struct xg_display *display = xg_call_begin_on("eglCreatePbufferSurface", dpy);
	struct xg_attributes attributes;
	struct xg_surface *surface;
	EGLint error = EGL_SUCCESS;
	struct xg_stream *stream;

	if (!display)
		return EGL_NO_SURFACE;
	if (!xg_attributes_from_ints(&attributes, list)) {
		xg_call_fail(EGL_BAD_ATTRIBUTE, "the list of attributes is too long");
		return EGL_NO_SURFACE;
	}
	stream = xg_display_stream(display);
	surface = stream ? allocate(display, config) : NULL;
	if (!surface)
		return EGL_NO_SURFACE;
	surface->is_on_host = xg_encode_xgCreatePbufferSurface(stream, surface->handle.session->id,
		surface->handle.id, xg_config_id(surface->config), attributes.count,
		attributes.values, &error);
	return finish_creation(surface, error);
}

static EGLSurface refuse_pixmap(const char *call, EGLDisplay dpy, EGLConfig config)
{
	const struct xg_display *display = xg_call_begin_on(call, dpy);

	if (display && !xg_config_find(display, config))
		xg_call_fail(EGL_BAD_CONFIG, "not a config");
	else if (display && display->platform == &xg_platform_wayland)
		xg_call_fail(EGL_BAD_MATCH, "no config has pixmaps");
	else if (display)
		xg_call_fail(EGL_BAD_NATIVE_PIXMAP, "there are no native pixmaps");
	return EGL_NO_SURFACE;
}

EGLSurface xg_eglCreatePixmapSurface(
	EGLDisplay dpy, EGLConfig config, EGLNativePixmapType pixmap, const EGLint *list)
{
	return refuse_pixmap("eglCreatePixmapSurface", dpy, config);
}

EGLSurface xg_eglCreatePlatformPixmapSurface(
	EGLDisplay dpy, EGLConfig config, void *pixmap, const EGLAttrib *list)
{
	return refuse_pixmap("eglCreatePlatformPixmapSurface", dpy, config);
}

EGLSurface xg_eglCreatePlatformPixmapSurfaceEXT(
	EGLDisplay dpy, EGLConfig config, void *pixmap, const EGLint *list)
{
	return refuse_pixmap("eglCreatePlatformPixmapSurfaceEXT", dpy, config);
}

EGLSurface xg_eglCreatePbufferFromClientBuffer(
	EGLDisplay dpy, EGLenum type, EGLClientBuffer buffer, EGLConfig config, const EGLint *list)
{
	const struct xg_display *display =
		xg_call_begin_on("eglCreatePbufferFromClientBuffer", dpy);

	if (display && !xg_config_find(display, config))
		xg_call_fail(EGL_BAD_CONFIG, "not a config");
	else if (display)
		xg_call_fail(EGL_BAD_ALLOC, "there are no client buffers");
	return EGL_NO_SURFACE;
}

EGLBoolean xg_eglDestroySurface(EGLDisplay dpy, EGLSurface name)
{
	struct xg_display *display =
		xg_call_begin_for("eglDestroySurface", dpy, XG_KIND_SURFACE, name);
	struct xg_handle *handle;

	if (!display)
		return EGL_FALSE;
	handle = xg_handle_take(display, XG_KIND_SURFACE, name);
	if (!handle)
		return xg_call_fail(EGL_BAD_SURFACE, "not a surface");
	xg_handle_unref(handle);
	return EGL_TRUE;
}

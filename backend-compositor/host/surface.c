/* SPDX-License-Identifier: MIT */
/* See surface.h. */
#include "surface.h"

#include <stdlib.h>

#include <wayland-egl.h>

#include "client.h"
#include "display.h"
#include "host.h"
#include "egl_args.h"
#include "image.h"
#include "names.h"
#include "relay/window.h"
#include "replay.h"
#include "screen_time.h"
#include "stream.h"
#include "xg_gl_table.h"

/* What a buffer of a window or a pbuffer takes: colour, depth and stencil, and the multisamples
 * that a configuration may have are not more than the driver's own business. */
enum { BYTES_PER_PIXEL = 8, WINDOW_BUFFERS = 3, WINDOW_SIZE_MAX = XG_HOST_SURFACE_SIDE_MAX };

static bool size_is_sane(int32_t width, int32_t height)
{
	return width > 0 && height > 0 && width <= WINDOW_SIZE_MAX && height <= WINDOW_SIZE_MAX;
}

static uint64_t window_bytes(int32_t width, int32_t height)
{
	return (uint64_t)width * (uint64_t)height * BYTES_PER_PIXEL * WINDOW_BUFFERS;
}

/* More than any quota where the product would not fit. */
static uint64_t pbuffer_bytes(int32_t width, int32_t height)
{
	uint64_t bytes;

	if (width <= 0 || height <= 0)
		return 0;
	return __builtin_mul_overflow((uint64_t)width * BYTES_PER_PIXEL, (uint64_t)height, &bytes)
		       ? UINT64_MAX
		       : bytes;
}

static void destroy_surface(struct xg_host_object *object)
{
	struct xg_host_surface *surface = (struct xg_host_surface *)object;

	xg_screen_time_destroy(surface->screen_time);
	if (surface->egl != EGL_NO_SURFACE)
		eglDestroySurface(object->display->egl, surface->egl);
	if (surface->native)
		wl_egl_window_destroy(surface->native);
	xg_window_unref(surface->window);
	xg_quota_give(surface->quota, XG_QUOTA_TEXTURE_BYTES, surface->bytes);
	xg_quota_give(surface->quota, XG_QUOTA_SURFACES, 1);
	free(surface);
}

/* A surface with nothing in it yet, counted; NULL over the quota. */
static struct xg_host_surface *create_surface(
	struct xg_client *client, struct xg_host_display *display, uint64_t bytes)
{
	if (!xg_quota_take(&client->quota, XG_QUOTA_SURFACES, 1))
		return NULL;
	if (!xg_quota_take(&client->quota, XG_QUOTA_TEXTURE_BYTES, bytes)) {
		xg_quota_give(&client->quota, XG_QUOTA_SURFACES, 1);
		return NULL;
	}

	struct xg_host_surface *surface = calloc(1, sizeof(*surface));
	if (!surface)
		abort();
	xg_host_object_init(&surface->object, XG_HOST_SURFACE, display, destroy_surface);
	surface->egl = EGL_NO_SURFACE;
	surface->quota = &client->quota;
	surface->bytes = bytes;
	return surface;
}

struct xg_host_surface *xg_host_surface_find(struct xg_replay *r, uint32_t untrusted_id)
{
	if (!untrusted_id)
		return NULL;
	return (struct xg_host_surface *)xg_host_objects_find(
		&r->client->objects, XG_HOST_SURFACE, untrusted_id);
}

void xg_host_surface_made_current(struct xg_host_surface *surface)
{
	if (!surface->native || surface->has_interval)
		return;
	eglSwapInterval(surface->object.display->egl, 0);
	surface->has_interval = true;
}

static EGLint create_pbuffer(struct xg_replay *r, struct xg_host_display *display, uint32_t id,
	uint32_t config_id, const struct xg_payload *attribs)
{
	struct xg_egl_attributes attributes;
	EGLConfig config;

	if (!xg_egl_attributes_read(&attributes, attribs))
		return EGL_BAD_ATTRIBUTE;
	if (!config_id || !xg_host_display_config(display, config_id, &config))
		return EGL_BAD_CONFIG;

	const EGLint width = xg_egl_attributes_get(&attributes, EGL_WIDTH, 0);
	const EGLint height = xg_egl_attributes_get(&attributes, EGL_HEIGHT, 0);
	const uint64_t bytes = pbuffer_bytes(width, height);
	struct xg_host_surface *surface = create_surface(r->client, display, bytes);
	if (!surface)
		return EGL_BAD_ALLOC;

	EGLint error = EGL_SUCCESS;
	surface->egl = eglCreatePbufferSurface(display->egl, config, attributes.values);
	if (surface->egl == EGL_NO_SURFACE)
		error = xg_egl_error();
	else if (!xg_host_objects_add(&r->client->objects, &surface->object, id))
		error = EGL_BAD_ALLOC;
	xg_host_object_unref(&surface->object);
	return error;
}

void xg_replay_xgCreatePbufferSurface(struct xg_replay *r,
	const struct xg_cmd_xgCreatePbufferSurface *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	const EGLint error = display ? create_pbuffer(r, display, c->surface, c->config, &p[0])
				     : EGL_BAD_DISPLAY;

	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[1], error);
	xg_host_display_unref(display);
}

/* Puts the driver's window on the relayed surface, which may go at any time outside begin/end. */
static EGLint fill_window(struct xg_host_surface *surface, EGLConfig config, int32_t width,
	int32_t height, const struct xg_egl_attributes *attributes)
{
	EGLAttrib values[XG_EGL_ATTRIBUTES_MAX + 1];
	EGLint error = EGL_SUCCESS;

	for (size_t i = 0; i <= attributes->count; i++)
		values[i] = attributes->values[i];
	if (!xg_window_begin(surface->window))
		return EGL_BAD_NATIVE_WINDOW;

	struct wl_surface *wayland = xg_window_surface(surface->window);
	surface->native = wayland ? wl_egl_window_create(wayland, width, height) : NULL;
	if (surface->native)
		surface->egl = eglCreatePlatformWindowSurface(
			surface->object.display->egl, config, surface->native, values);
	if (!surface->native)
		error = EGL_BAD_NATIVE_WINDOW;
	else if (surface->egl == EGL_NO_SURFACE)
		error = xg_egl_error();
	xg_window_end(surface->window);
	return error;
}

static EGLint create_window(struct xg_replay *r, struct xg_host_display *display,
	const struct xg_cmd_xgCreateWindowSurface *c, const struct xg_payload *attribs)
{
	struct xg_client *client = r->client;
	struct xg_egl_attributes attributes;
	EGLConfig config;

	if (!xg_egl_attributes_read(&attributes, attribs))
		return EGL_BAD_ATTRIBUTE;
	if (!c->config || !xg_host_display_config(display, c->config, &config))
		return EGL_BAD_CONFIG;
	if (!display->wayland || !size_is_sane(c->width, c->height))
		return EGL_BAD_NATIVE_WINDOW;

	struct xg_host_surface *surface =
		create_surface(client, display, window_bytes(c->width, c->height));
	if (!surface)
		return EGL_BAD_ALLOC;

	EGLint error = EGL_BAD_NATIVE_WINDOW;
	surface->window = xg_windows_wait_window(client->host->windows, client->id,
		xg_host_stream_id(r->stream), display->wayland, c->surface);
	if (surface->window)
		error = fill_window(surface, config, c->width, c->height, &attributes);
	if (error == EGL_SUCCESS &&
		!xg_host_objects_add(&client->objects, &surface->object, c->surface))
		error = EGL_BAD_ALLOC;
	xg_host_object_unref(&surface->object);
	return error;
}

void xg_replay_xgCreateWindowSurface(struct xg_replay *r,
	const struct xg_cmd_xgCreateWindowSurface *c, const struct xg_payload *p)
{
	struct xg_host_display *display = xg_host_display_find(r, c->display);
	const EGLint error = display ? create_window(r, display, c, &p[0]) : EGL_BAD_DISPLAY;

	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[1], error);
	xg_host_display_unref(display);
}

void xg_replay_xgResizeWindow(
	struct xg_replay *r, const struct xg_cmd_xgResizeWindow *c, const struct xg_payload *p)
{
	struct xg_host_surface *surface = xg_host_surface_find(r, c->surface);

	if (surface && surface->native && size_is_sane(c->width, c->height)) {
		const uint64_t bytes = window_bytes(c->width, c->height);

		if (xg_quota_take(surface->quota, XG_QUOTA_TEXTURE_BYTES, bytes)) {
			xg_quota_give(surface->quota, XG_QUOTA_TEXTURE_BYTES, surface->bytes);
			surface->bytes = bytes;
			wl_egl_window_resize(surface->native, c->width, c->height, c->dx, c->dy);
		}
	}
	if (surface)
		xg_host_object_unref(&surface->object);
}

void xg_replay_xgDestroySurface(
	struct xg_replay *r, const struct xg_cmd_xgDestroySurface *c, const struct xg_payload *p)
{
	xg_host_objects_remove(&r->client->objects, XG_HOST_SURFACE, c->surface);
}

/* Looks up a display and a surface of it; false, with the error, if one is not there. */
static bool find_both(struct xg_replay *r, uint32_t display_id, uint32_t surface_id,
	struct xg_host_display **display, struct xg_host_surface **surface, EGLint *error)
{
	*display = xg_host_display_find(r, display_id);
	*surface = xg_host_surface_find(r, surface_id);
	*error = EGL_SUCCESS;
	if (!*display)
		*error = EGL_BAD_DISPLAY;
	else if (!*surface || (*surface)->object.display->egl != (*display)->egl)
		*error = EGL_BAD_SURFACE;
	return *error == EGL_SUCCESS;
}

static void unref_both(struct xg_host_display *display, struct xg_host_surface *surface)
{
	xg_host_display_unref(display);
	if (surface)
		xg_host_object_unref(&surface->object);
}

void xg_replay_xgSurfaceAttrib(
	struct xg_replay *r, const struct xg_cmd_xgSurfaceAttrib *c, const struct xg_payload *p)
{
	struct xg_host_display *display;
	struct xg_host_surface *surface;
	EGLint error;

	if (find_both(r, c->display, c->surface, &display, &surface, &error) &&
		!eglSurfaceAttrib(display->egl, surface->egl, (EGLint)c->attribute, c->value))
		error = xg_egl_error();
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[0], error);
	unref_both(display, surface);
}

void xg_replay_xgQuerySurface(
	struct xg_replay *r, const struct xg_cmd_xgQuerySurface *c, const struct xg_payload *p)
{
	struct xg_host_display *display;
	struct xg_host_surface *surface;
	EGLint error, value = 0;

	if (find_both(r, c->display, c->surface, &display, &surface, &error)) {
		if (c->attribute == EGL_BUFFER_AGE_EXT)
			atomic_store(&surface->tells_age, true);
		if (!eglQuerySurface(display->egl, surface->egl, (EGLint)c->attribute, &value))
			error = xg_egl_error();
	}
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[0], value);
	xg_put_int(&p[1], error);
	unref_both(display, surface);
}

/* The texture keeps the surface's memory, however long the surface lives. */
static EGLint bind_tex_image(
	struct xg_replay *r, const struct xg_host_surface *surface, EGLint buffer)
{
	const EGLDisplay egl = surface->object.display->egl;
	EGLint error = EGL_BAD_ALLOC;

	if (!r->context)
		return eglBindTexImage(egl, surface->egl, buffer) ? EGL_SUCCESS : xg_egl_error();
	xg_names_enter_own(r->names);
	if (xg_names_reserve(r, XG_CLASS_TEXTURE, surface->bytes)) {
		error = eglBindTexImage(egl, surface->egl, buffer) ? EGL_SUCCESS : xg_egl_error();
		if (error == EGL_SUCCESS)
			xg_replay_charge_sibling(r, GL_TEXTURE_2D, surface->bytes);
		else
			xg_names_release(r, XG_CLASS_TEXTURE, surface->bytes);
	}
	xg_names_leave_own(r->names);
	return error;
}

void xg_replay_xgBindTexImage(
	struct xg_replay *r, const struct xg_cmd_xgBindTexImage *c, const struct xg_payload *p)
{
	struct xg_host_display *display;
	struct xg_host_surface *surface;
	EGLint error;

	if (find_both(r, c->display, c->surface, &display, &surface, &error))
		error = bind_tex_image(r, surface, (EGLint)c->buffer);
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[0], error);
	unref_both(display, surface);
}

void xg_replay_xgReleaseTexImage(
	struct xg_replay *r, const struct xg_cmd_xgReleaseTexImage *c, const struct xg_payload *p)
{
	struct xg_host_display *display;
	struct xg_host_surface *surface;
	EGLint error;

	if (find_both(r, c->display, c->surface, &display, &surface, &error)) {
		if (r->names)
			xg_names_enter_own(r->names);
		if (!eglReleaseTexImage(display->egl, surface->egl, (EGLint)c->buffer))
			error = xg_egl_error();
		if (r->names)
			xg_names_leave_own(r->names);
	}
	*xg_replay_result(r) = error == EGL_SUCCESS;
	xg_put_int(&p[0], error);
	unref_both(display, surface);
}

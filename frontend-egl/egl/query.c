/* SPDX-License-Identifier: MIT */
/*
 * See query.h. An extension is carried if its name stands in the list below and the host has it.
 * Some need nothing of the host's, and are there on every display.
 */
#include "egl/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "egl/display.h"
#include "egl/error.h"
#include "xenglass/driver.h"
#include "xg_egl_entry.h"
#include "xg_encode.h"

enum { HOST_STRING_EXPECTED = 4096 };

static const struct {
	const char *name;
	bool is_our_own; /* done in this library: the host need not have it */
} carried[] = {
	{"EGL_EXT_buffer_age", false},
	{"EGL_EXT_create_context_robustness", false},
	{"EGL_EXT_pixel_format_float", false},
	{"EGL_EXT_swap_buffers_with_damage", false},
	{"EGL_IMG_context_priority", false},
	{"EGL_KHR_config_attribs", false},
	{"EGL_KHR_context_flush_control", false},
	{"EGL_KHR_create_context", false},
	{"EGL_KHR_create_context_no_error", false},
	{"EGL_KHR_fence_sync", false},
	{"EGL_KHR_get_all_proc_addresses", true},
	{"EGL_KHR_gl_colorspace", false},
	{"EGL_KHR_gl_renderbuffer_image", false},
	{"EGL_KHR_gl_texture_2D_image", false},
	{"EGL_KHR_gl_texture_3D_image", false},
	{"EGL_KHR_gl_texture_cubemap_image", false},
	{"EGL_KHR_image_base", false},
	{"EGL_KHR_no_config_context", false},
	{"EGL_KHR_partial_update", false},
	{"EGL_KHR_reusable_sync", true},
	{"EGL_KHR_surfaceless_context", false},
	{"EGL_KHR_swap_buffers_with_damage", false},
	{"EGL_KHR_wait_sync", false},
	{"EGL_MESA_configless_context", false},
	{"EGL_MESA_query_driver", false},
};

bool xg_query_list_has(const char *list, const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = list; (at = strstr(at, name)) != NULL; at += length) {
		const bool begins = at == list || at[-1] == ' ';

		if (begins && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

char *xg_query_fetch_string(struct xg_stream *stream, uint32_t display_id, uint32_t name)
{
	uint32_t room = HOST_STRING_EXPECTED, length;
	char *string = NULL;

	for (;;) {
		char *const more = realloc(string, room);

		if (!more)
			break;
		string = more;
		length = xg_encode_xgQueryString(stream, display_id, name, room, string);
		if (length == 0)
			break;
		if (length <= room) {
			string[room - 1] = '\0';
			return string;
		}
		room = length;
	}
	free(string);
	return NULL;
}

char *xg_query_fetch_extensions(struct xg_stream *stream, uint32_t display_id)
{
	char *const host = xg_query_fetch_string(stream, display_id, EGL_EXTENSIONS);
	size_t size = 1, used = 0;
	char *list;

	if (!host)
		return NULL;
	for (size_t i = 0; i < sizeof(carried) / sizeof(carried[0]); i++)
		size += strlen(carried[i].name) + 1;
	list = calloc(1, size);
	for (size_t i = 0; list && i < sizeof(carried) / sizeof(carried[0]); i++) {
		if (carried[i].is_our_own || xg_query_list_has(host, carried[i].name))
			used += (size_t)snprintf(
				list + used, size - used, "%s%s", used ? " " : "", carried[i].name);
	}
	free(host);
	return list;
}

/* Client strings (EGL_EXT_client_extensions); libEGL.so.1 adds the platforms' extensions. */
static const char *client_string(EGLint name)
{
	switch (name) {
	case EGL_EXTENSIONS:
		return "EGL_EXT_client_extensions EGL_EXT_device_base EGL_EXT_device_enumeration "
		       "EGL_EXT_device_query EGL_EXT_platform_base "
		       "EGL_KHR_client_get_all_proc_addresses EGL_KHR_debug";
	case EGL_VERSION:
		return "1.5";
	default:
		xg_call_fail(EGL_BAD_DISPLAY, "only a display has that string");
		return NULL;
	}
}

const char *xg_eglQueryString(EGLDisplay dpy, EGLint name)
{
	const struct xg_display *display;

	if (!xg_call_begin("eglQueryString"))
		return NULL;
	if (dpy == EGL_NO_DISPLAY)
		return client_string(name);
	display = xg_call_begin_on("eglQueryString", dpy);
	if (!display)
		return NULL;
	switch (name) {
	case EGL_CLIENT_APIS:
		return "OpenGL_ES";
	case EGL_EXTENSIONS:
		return display->extensions;
	case EGL_VENDOR:
		return "xenglass";
	case EGL_VERSION:
		return display->major == 1 && display->minor == 4 ? "1.4" : "1.5";
	default:
		xg_call_fail(EGL_BAD_PARAMETER, "there is no such string");
		return NULL;
	}
}

/* One of EGL_MESA_query_driver's strings, on the heap; NULL with the thread's error set. */
static char *fetch_driver_string(const char *call, EGLDisplay dpy, uint32_t what)
{
	struct xg_display *display = xg_call_begin_on(call, dpy);
	struct xg_stream *stream;
	char *string;

	if (!display)
		return NULL;
	stream = xg_display_stream(display);
	if (!stream)
		return NULL;
	string = xg_query_fetch_string(stream, xg_display_id(display), what);
	if (!string)
		xg_call_fail(EGL_BAD_ALLOC, "the host does not say");
	return string;
}

char *xg_eglGetDisplayDriverConfig(EGLDisplay dpy)
{
	return fetch_driver_string("eglGetDisplayDriverConfig", dpy, XG_STRING_DRIVER_CONFIG);
}

const char *xg_eglGetDisplayDriverName(EGLDisplay dpy)
{
	struct xg_display *display = xg_display_find(dpy);
	char *name, *older;

	name = fetch_driver_string("eglGetDisplayDriverName", dpy, XG_STRING_DRIVER_NAME);
	if (!name)
		return NULL;
	/* The display keeps the first one: an application may still hold it. */
	xg_egl_lock();
	older = display->driver_name;
	if (!older)
		display->driver_name = name;
	xg_egl_unlock();
	if (older)
		free(name);
	return display->driver_name;
}

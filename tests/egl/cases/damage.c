/* SPDX-License-Identifier: MIT */
/*
 * The age of a window's buffers, the region that a frame is said to change, and the damage that a
 * swap tells: with a driver that has them, that is, with layer.c before one that has not.
 */
#include "case.h"

#include <wayland-egl.h>

#include "toplevel.h"

static PFNEGLSETDAMAGEREGIONKHRPROC set_region;
static PFNEGLSWAPBUFFERSWITHDAMAGEKHRPROC swap_with_damage;

static bool has(const char *extension)
{
	return strstr(eglQueryString(display, EGL_EXTENSIONS), extension) != NULL;
}

static EGLint age(EGLSurface surface)
{
	EGLint value = -1;
	const EGLBoolean is_known = eglQuerySurface(display, surface, EGL_BUFFER_AGE_EXT, &value);

	say("age: %d %d, error 0x%04x", is_known, value, (unsigned)eglGetError());
	return value;
}

static void errors(EGLSurface surface)
{
	EGLint rects[] = {0, 0, 4, 4};

	TRY(set_region(display, surface, rects, 1));
	age(surface);
	TRY(set_region(display, surface, rects, 1));
	TRY(set_region(display, surface, rects, 1));
	TRY(set_region(EGL_NO_DISPLAY, surface, rects, 1));
	TRY(set_region(display, (EGLSurface)rects, rects, 1));
	TRY(swap_with_damage(display, surface, rects, -1));
	TRY(swap_with_damage(display, surface, NULL, 1));
	TRY(swap_with_damage(display, surface, NULL, 0));
	TRY(swap_with_damage(display, (EGLSurface)rects, rects, 1));
	age(surface);
	age((EGLSurface)rects);
}

static void frames(EGLSurface surface)
{
	EGLint rects[64 * 4];

	for (int i = 0; i < (int)COUNT(rects); i++)
		rects[i] = i % 32;
	for (int frame = 0; frame < 40; frame++) {
		clear((float)(frame % 2), 1, 0, 1);
		age(surface);
		if (frame % 3)
			TRY(set_region(display, surface, rects + frame, frame % 5));
		if (frame % 4)
			TRY(swap_with_damage(display, surface, rects + 2 * frame, frame % 7));
		else
			TRY(eglSwapBuffers(display, surface));
	}
	/* As many as are told of. */
	TRY(swap_with_damage(display, surface, rects, 64));
	age(surface);
}

static void resized(EGLSurface surface, struct wl_egl_window *window)
{
	for (int i = 0; i < 4; i++) {
		wl_egl_window_resize(window, 64 + i, 64, 0, 0);
		clear(0, 1, 0, 1);
		TRY(eglSwapBuffers(display, surface));
		age(surface);
	}
}

static void not_current(EGLSurface surface, EGLContext context)
{
	EGLint rects[] = {0, 0, 4, 4};

	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context));
	age(surface);
	TRY(set_region(display, surface, rects, 1));
	TRY(eglMakeCurrent(display, surface, surface, context));
	age(surface);
	TRY(eglSwapBuffers(display, surface));
	age(surface);
}

XG_EGL_CASE(damage)
{
	struct toplevel *toplevel;
	struct wl_egl_window *window;
	EGLContext context;
	EGLSurface surface;

	if (platform != EGL_PLATFORM_WAYLAND_KHR || !has("EGL_EXT_buffer_age") ||
		!has("EGL_KHR_partial_update") || !has("EGL_KHR_swap_buffers_with_damage")) {
		say("not here");
		return;
	}
	set_region = (PFNEGLSETDAMAGEREGIONKHRPROC)eglGetProcAddress("eglSetDamageRegionKHR");
	swap_with_damage = (PFNEGLSWAPBUFFERSWITHDAMAGEKHRPROC)eglGetProcAddress(
		"eglSwapBuffersWithDamageKHR");
	toplevel = toplevel_create(native);
	window = wl_egl_window_create(toplevel_surface(toplevel), 64, 64);
	surface = TRY(eglCreateWindowSurface(display, config, (EGLNativeWindowType)window, NULL));
	context = TRY(new_context(EGL_NO_CONTEXT));
	TRY(eglMakeCurrent(display, surface, surface, context));
	TRY(eglSwapInterval(display, 0));
	errors(surface);
	frames(surface);
	resized(surface, window);
	not_current(surface, context);
	TRY(eglSwapInterval(display, 1));
	frames(surface);
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	TRY(eglDestroySurface(display, surface));
	wl_egl_window_destroy(window);
	toplevel_destroy(toplevel);
}

/* SPDX-License-Identifier: MIT */
/* See window.h. */
#include "window.h"

#include <EGL/eglext.h>
#include <time.h>

#include <wayland-egl.h>

#include "toplevel.h"

struct wl_surface *bench_window_open(
	struct wl_display *native, int width, int height, EGLDisplay *display, EGLSurface *surface)
{
	static const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	static const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_WINDOW_BIT, EGL_RENDERABLE_TYPE,
		EGL_OPENGL_ES2_BIT, EGL_NONE};
	struct toplevel *toplevel = toplevel_create(native);
	EGLConfig config;
	EGLint count;

	*display = eglGetPlatformDisplay(EGL_PLATFORM_WAYLAND_KHR, native, NULL);
	if (!toplevel || !eglInitialize(*display, NULL, NULL) ||
		!eglChooseConfig(*display, wanted, &config, 1, &count) || count != 1)
		return NULL;

	struct wl_egl_window *window =
		wl_egl_window_create(toplevel_surface(toplevel), width, height);
	const EGLContext context = eglCreateContext(*display, config, EGL_NO_CONTEXT, version);

	*surface = eglCreateWindowSurface(*display, config, (EGLNativeWindowType)window, NULL);
	if (!eglMakeCurrent(*display, *surface, *surface, context) || !eglSwapInterval(*display, 0))
		return NULL;
	return toplevel_surface(toplevel);
}

uint64_t bench_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

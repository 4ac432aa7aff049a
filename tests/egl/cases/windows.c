/* SPDX-License-Identifier: MIT */
/* Windows: swapping with and without an interval, resizing, and ends in all orders. */
#include "case.h"

#include <wayland-client.h>
#include <wayland-egl.h>

#include "toplevel.h"

static EGLSurface new_window(EGLConfig with, struct wl_egl_window *window)
{
	return eglCreateWindowSurface(display, with, (EGLNativeWindowType)window, NULL);
}

static void say_size(EGLSurface surface, struct wl_egl_window *window)
{
	EGLint width = -1, height = -1;
	int attached_width = -1, attached_height = -1;

	eglQuerySurface(display, surface, EGL_WIDTH, &width);
	eglQuerySurface(display, surface, EGL_HEIGHT, &height);
	wl_egl_window_get_attached_size(window, &attached_width, &attached_height);
	say("%dx%d, attached %dx%d", width, height, attached_width, attached_height);
}

static void say_pixels(EGLint width, EGLint height)
{
	uint8_t last[4] = {0xaa, 0xaa, 0xaa, 0xaa};

	glReadPixels(width - 1, height - 1, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, last);
	say("the last pixel %02x%02x%02x%02x", last[0], last[1], last[2], last[3]);
}

static void frames(EGLSurface surface, struct wl_egl_window *window, int count)
{
	for (int i = 0; i < count; i++) {
		clear((float)i / 8, 0.5f, 0.25f, 1);
		if (eglSwapBuffers(display, surface) != EGL_TRUE)
			say("swap %d failed, error 0x%04x", i, (unsigned)eglGetError());
	}
	say_size(surface, window);
}

static void attributes_of(EGLSurface surface)
{
	static const EGLint names[] = {EGL_CONFIG_ID, EGL_RENDER_BUFFER, EGL_SWAP_BEHAVIOR,
		EGL_LARGEST_PBUFFER, EGL_TEXTURE_FORMAT, EGL_GL_COLORSPACE, EGL_BUFFER_AGE_EXT};

	for (size_t i = 0; i < COUNT(names); i++) {
		EGLint value = -77;
		const EGLBoolean is_known = eglQuerySurface(display, surface, names[i], &value);

		say("  0x%04x: %d %d, error 0x%04x", (unsigned)names[i], is_known,
			i == 0 ? (int)is_known : value, (unsigned)eglGetError());
	}
}

/* A resize before anything is drawn holds for that frame; one after that for the next. */
static void resize(EGLSurface surface, struct wl_egl_window *window)
{
	wl_egl_window_resize(window, 64, 48, 0, 0);
	glViewport(0, 0, 64, 48);
	clear(0, 1, 0, 1);
	say_pixels(64, 48);
	TRY(eglSwapBuffers(display, surface));
	say_size(surface, window);
	clear(0, 0, 1, 1);
	say_pixels(64, 48);
	wl_egl_window_resize(window, 16, 16, 3, 5);
	TRY(eglSwapBuffers(display, surface));
	clear(1, 0, 1, 1);
	say_pixels(16, 16);
	TRY(eglSwapBuffers(display, surface));
	say_size(surface, window);
}

XG_EGL_CASE(windows)
{
	struct toplevel *toplevel;
	struct wl_egl_window *window;
	EGLSurface surface, pbuffer;
	EGLContext context;

	if (platform != EGL_PLATFORM_WAYLAND_KHR) {
		say("no windows here");
		return;
	}
	toplevel = toplevel_create(native);
	say("toplevel: %d", toplevel != NULL);
	window = wl_egl_window_create(toplevel_surface(toplevel), 40, 30);
	TRY(eglCreateWindowSurface(display, config, (EGLNativeWindowType)NULL, NULL));
	TRY(new_window((EGLConfig)&surface, window));
	TRY(eglCreateWindowSurface(display, config, (EGLNativeWindowType)window,
		(const EGLint[]){EGL_WIDTH, 5, EGL_NONE}));
	surface = TRY(new_window(config, window));
	TRY(new_window(config, window));
	attributes_of(surface);
	say_size(surface, window);
	context = TRY(new_context(EGL_NO_CONTEXT));
	TRY(eglSwapBuffers(display, surface));
	TRY(eglMakeCurrent(display, surface, surface, context));
	TRY(eglSwapInterval(display, 0));
	frames(surface, window, 20);
	TRY(eglSwapInterval(display, 1));
	frames(surface, window, 5);
	resize(surface, window);

	pbuffer = TRY(new_pbuffer(8));
	TRY(eglMakeCurrent(display, pbuffer, pbuffer, context));
	TRY(eglSwapBuffers(display, surface));
	clear(1, 1, 1, 1);
	say_pixel("pbuffer");
	TRY(eglMakeCurrent(display, surface, surface, context));
	frames(surface, window, 2);

	/* A second surface on the same wl_surface, after the first. */
	TRY(eglDestroySurface(display, surface));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	wl_egl_window_destroy(window);
	window = wl_egl_window_create(toplevel_surface(toplevel), 20, 20);
	surface = TRY(new_window(config, window));
	TRY(eglMakeCurrent(display, surface, surface, context));
	frames(surface, window, 3);

	/* The window goes before its surface. */
	wl_egl_window_destroy(window);
	TRY(eglSwapBuffers(display, surface));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	TRY(eglDestroySurface(display, surface));
	toplevel_destroy(toplevel);
	say("connection: %d", wl_display_get_error(native));
	TRY(eglTerminate(display));
	wl_display_disconnect(native);
}

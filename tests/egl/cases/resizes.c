/* SPDX-License-Identifier: MIT */
/*
 * Resizes of windows at every moment: before a frame, within one, of a window that is not current,
 * to one pixel and to a large one, many before one swap, and with two windows in turn. What is read
 * back is larger than the window, so that its pixels show how large it is.
 */
#include "case.h"

#include <wayland-client.h>
#include <wayland-egl.h>

#include "toplevel.h"

enum { READ = 96 };

struct pane {
	struct toplevel *toplevel;
	struct wl_egl_window *window;
	EGLSurface surface;
};

static EGLContext context;

static void open_pane(struct pane *pane, int width, int height)
{
	pane->toplevel = toplevel_create(native);
	pane->window = wl_egl_window_create(toplevel_surface(pane->toplevel), width, height);
	pane->surface =
		eglCreateWindowSurface(display, config, (EGLNativeWindowType)pane->window, NULL);
}

static void close_pane(struct pane *pane)
{
	eglDestroySurface(display, pane->surface);
	wl_egl_window_destroy(pane->window);
	toplevel_destroy(pane->toplevel);
}

static void make_current(const struct pane *pane)
{
	eglMakeCurrent(display, pane->surface, pane->surface, context);
}

static void say_size(const char *when, const struct pane *pane)
{
	EGLint width = -1, height = -1;

	eglQuerySurface(display, pane->surface, EGL_WIDTH, &width);
	eglQuerySurface(display, pane->surface, EGL_HEIGHT, &height);
	say("%s: %dx%d", when, width, height);
}

/* How many pixels of READ squared have each colour: what is outside stays as it was. */
static void say_content(const char *when)
{
	static uint8_t pixels[READ * READ][4];
	uint32_t colours[8];
	int counts[8], used = 0;

	memset(pixels, 0xaa, sizeof(pixels));
	glReadPixels(0, 0, READ, READ, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	for (int i = 0; i < READ * READ; i++) {
		uint32_t colour;
		int at = 0;

		memcpy(&colour, pixels[i], 4);
		while (at < used && colours[at] != colour)
			at++;
		if (at == used && used < 8) {
			colours[used] = colour;
			counts[used++] = 0;
		}
		if (at < used)
			counts[at]++;
	}
	for (int i = 0; i < used; i++)
		say("%s: %d of %08x", when, counts[i], (unsigned)colours[i]);
}

static void frame(struct pane *pane, const char *when)
{
	clear(0.25f, 0.5f, 0.75f, 1);
	say_size(when, pane);
	say_content(when);
	if (!eglSwapBuffers(display, pane->surface))
		say("no swap, error 0x%04x", (unsigned)eglGetError());
	say_size("swapped", pane);
}

static void in_mid_frame(struct pane *pane)
{
	clear(1, 0, 0, 1);
	wl_egl_window_resize(pane->window, 60, 20, 0, 0);
	say_size("resized in mid-frame", pane);
	say_content("resized in mid-frame");
	glEnable(GL_SCISSOR_TEST);
	glScissor(0, 0, 10, 50);
	clear(0, 1, 0, 1);
	glDisable(GL_SCISSOR_TEST);
	say_content("drawn on");
	eglSwapBuffers(display, pane->surface);
	say_size("swapped", pane);
	frame(pane, "the frame after");
}

static void before_frames(struct pane *pane)
{
	static const int sizes[][2] = {{1, 1}, {90, 1}, {1, 90}, {2000, 3}, {33, 34}, {33, 34}};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		wl_egl_window_resize(pane->window, sizes[i][0], sizes[i][1], 0, 0);
		say_size("resized", pane);
		frame(pane, "drawn");
	}
	for (int i = 1; i < 40; i++)
		wl_egl_window_resize(pane->window, i, 2 * i, i, -i);
	frame(pane, "resized often");
	wl_egl_window_resize(pane->window, 50, 50, 0, 0);
	wl_egl_window_resize(pane->window, 39, 78, 0, 0);
	frame(pane, "resized and back");
	wl_egl_window_resize(pane->window, 0, 0, 0, 0);
	wl_egl_window_resize(pane->window, -5, 10, 0, 0);
	frame(pane, "resized to nothing");
	for (int i = 0; i < 30; i++) {
		wl_egl_window_resize(pane->window, 20 + i, 60 - i, 0, 0);
		clear(1, 1, 0, 1);
		eglSwapBuffers(display, pane->surface);
	}
	frame(pane, "resized each frame");
	for (int i = 0; i < 30; i++) {
		clear(1, 1, 0, 1);
		wl_egl_window_resize(pane->window, 20 + i, 70 - i, 0, 0);
		eglSwapBuffers(display, pane->surface);
	}
	frame(pane, "resized before each swap");
}

static void two_in_turn(struct pane *a, struct pane *b)
{
	for (int i = 0; i < 6; i++) {
		struct pane *const pane = i % 2 ? b : a, *const other = i % 2 ? a : b;

		make_current(pane);
		say_size("in turn", pane);
		clear(0, 0, 1, 1);
		wl_egl_window_resize(other->window, 30 + i, 40 + i, 0, 0);
		say_size("the other", other);
		frame(pane, "in turn");
	}
	/* Drawn to the one and read from the other. */
	eglMakeCurrent(display, a->surface, b->surface, context);
	wl_egl_window_resize(b->window, 70, 71, 0, 0);
	wl_egl_window_resize(a->window, 72, 73, 0, 0);
	clear(1, 1, 1, 1);
	say_size("drawn to", a);
	say_size("read from", b);
	eglSwapBuffers(display, a->surface);
	make_current(b);
	frame(b, "was read from");
	make_current(a);
	frame(a, "was drawn to");
}

XG_EGL_CASE(resizes)
{
	struct pane a, b;

	if (platform != EGL_PLATFORM_WAYLAND_KHR) {
		say("no windows here");
		return;
	}
	open_pane(&a, 40, 30);
	open_pane(&b, 20, 50);
	context = new_context(EGL_NO_CONTEXT);
	wl_egl_window_resize(a.window, 41, 31, 0, 0);
	say_size("resized before it was current", &a);
	make_current(&a);
	say_size("current", &a);
	frame(&a, "first frame");
	for (EGLint interval = 1; interval >= 0; interval--) {
		eglSwapInterval(display, interval);
		in_mid_frame(&a);
		before_frames(&a);
	}
	two_in_turn(&a, &b);

	/* The window goes while its swap may be on the way. */
	make_current(&a);
	clear(0, 0, 0, 1);
	wl_egl_window_resize(a.window, 80, 80, 0, 0);
	eglSwapBuffers(display, a.surface);
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	close_pane(&a);
	make_current(&b);
	frame(&b, "the other went");
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	close_pane(&b);
	say("connection: %d", wl_display_get_error(native));
	eglDestroyContext(display, context);
	TRY(eglTerminate(display));
	wl_display_disconnect(native);
}

/* SPDX-License-Identifier: MIT */
/* Three windows on one connection, each drawn by a thread of its own; one is resized by another. */
#include "case.h"

#include <pthread.h>

#include <wayland-client.h>
#include <wayland-egl.h>

#include "toplevel.h"

enum { WINDOWS = 3, FRAMES = 40 };

static struct worker {
	pthread_t thread;
	struct toplevel *toplevel;
	struct wl_egl_window *window;
	unsigned swapped;
	EGLint width;
	uint8_t pixel[4];
} workers[WINDOWS];

/* All windows have surfaces; one has been resized. What is resized must not be destroyed meanwhile.
 */
static pthread_barrier_t made, resized;

static void *draw(void *data)
{
	struct worker *self = data;
	const int index = (int)(self - workers);
	EGLSurface surface =
		eglCreateWindowSurface(display, config, (EGLNativeWindowType)self->window, NULL);
	EGLContext context = new_context(EGL_NO_CONTEXT);

	eglMakeCurrent(display, surface, surface, context);
	eglSwapInterval(display, index % 2);
	pthread_barrier_wait(&made);
	for (int i = 0; i < FRAMES; i++) {
		clear((float)index / WINDOWS, (float)i / FRAMES, 0, 1);
		if (i == FRAMES / 2)
			pthread_barrier_wait(&resized);
		if (i == FRAMES - 1)
			glReadPixels(3, 3, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, self->pixel);
		self->swapped += eglSwapBuffers(display, surface) == EGL_TRUE;
	}
	clear(1, 1, 1, 1);
	eglQuerySurface(display, surface, EGL_WIDTH, &self->width);
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglDestroySurface(display, surface);
	eglDestroyContext(display, context);
	return NULL;
}

XG_EGL_CASE(windows_in_threads)
{
	if (platform != EGL_PLATFORM_WAYLAND_KHR) {
		say("no windows here");
		return;
	}
	for (int i = 0; i < WINDOWS; i++) {
		workers[i].toplevel = toplevel_create(native);
		workers[i].window =
			wl_egl_window_create(toplevel_surface(workers[i].toplevel), 50, 40);
	}
	pthread_barrier_init(&made, NULL, WINDOWS + 1);
	pthread_barrier_init(&resized, NULL, WINDOWS + 1);
	for (int i = 0; i < WINDOWS; i++)
		pthread_create(&workers[i].thread, NULL, draw, &workers[i]);
	pthread_barrier_wait(&made);
	wl_egl_window_resize(workers[0].window, 70, 60, 0, 0);
	pthread_barrier_wait(&resized);
	for (int i = 0; i < WINDOWS; i++) {
		pthread_join(workers[i].thread, NULL);
		wl_egl_window_destroy(workers[i].window);
		toplevel_destroy(workers[i].toplevel);
		say("window %d: %u swapped, %d wide, %02x %02x %02x %02x", i, workers[i].swapped,
			workers[i].width, workers[i].pixel[0], workers[i].pixel[1],
			workers[i].pixel[2], workers[i].pixel[3]);
	}
	say("connection: %d", wl_display_get_error(native));
}

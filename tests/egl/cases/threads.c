/* SPDX-License-Identifier: MIT */
/* Eight contexts in eight threads at once, each on a surface of its own; errors are per thread. */
#include "case.h"

#include <pthread.h>

enum { THREADS = 8, ROUNDS = 20 };

static struct worker {
	pthread_t thread;
	uint8_t pixel[4];
	unsigned errors;
	bool is_current;
} workers[THREADS];

static void *work(void *data)
{
	struct worker *self = data;
	const float shade = (float)(self - workers + 1) / (THREADS + 1);
	EGLSurface surface = new_pbuffer(16);
	EGLContext context = new_context(EGL_NO_CONTEXT);

	for (int i = 0; i < ROUNDS; i++) {
		self->is_current = eglMakeCurrent(display, surface, surface, context);
		clear(shade, 1 - shade, (float)i / ROUNDS, 1);
		glReadPixels(15, 15, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, self->pixel);
		eglDestroyImage(display, EGL_NO_IMAGE);
		self->errors += eglGetError() == EGL_BAD_PARAMETER;
		eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	}
	eglDestroyContext(display, context);
	eglDestroySurface(display, surface);
	return NULL;
}

XG_EGL_CASE(threads)
{
	for (int i = 0; i < THREADS; i++)
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	for (int i = 0; i < THREADS; i++)
		pthread_join(workers[i].thread, NULL);
	say("error here 0x%04x", (unsigned)eglGetError());
	for (int i = 0; i < THREADS; i++) {
		const uint8_t *pixel = workers[i].pixel;

		say("thread %d: %d, %u errors, %02x %02x %02x %02x", i, workers[i].is_current,
			workers[i].errors, pixel[0], pixel[1], pixel[2], pixel[3]);
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * One thread uploads, the other draws, in contexts that share: handed over after glFinish, after a
 * fence that the other waits for on the CPU or on the GPU, and, where that is a promise, after
 * glFlush and a bind anew.
 */
#include "../threads.h"

enum { STEPS = 60, WAYS = 4 };
static const char *const way_names[WAYS] = {"finish", "client wait", "wait", "flush"};

static struct turn turn = TURN_FIRST;
static EGLContext contexts[2];
static GLuint texture;
static EGLSync fence;
static unsigned errors;

static void hand_over(unsigned way)
{
	fence = EGL_NO_SYNC;
	if (way == 0)
		glFinish();
	else if (way != 3)
		fence = eglCreateSync(display, EGL_SYNC_FENCE, NULL);
	glFlush();
}

static void take_over(unsigned way)
{
	if (way == 1)
		errors += eglClientWaitSync(display, fence, 0, EGL_FOREVER) !=
			  EGL_CONDITION_SATISFIED;
	else if (way == 2)
		errors += !eglWaitSync(display, fence, 0);
	if (fence)
		errors += !eglDestroySync(display, fence);
}

static void *upload_each(void *unused)
{
	EGLSurface surface = enter(contexts[0]);

	(void)unused;
	glGenTextures(1, &texture);
	for (unsigned step = 0; step < STEPS * WAYS; step++) {
		turn_await(&turn, 2 * step);
		glBindTexture(GL_TEXTURE_2D, texture);
		fill_texture(step);
		hand_over(step / STEPS);
		turn_pass(&turn);
	}
	turn_await(&turn, 2 * STEPS * WAYS);
	glDeleteTextures(1, &texture);
	errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	return NULL;
}

XG_EGL_CASE(upload)
{
	pthread_t uploader;
	unsigned right[WAYS] = {0};

	contexts[0] = new_context(EGL_NO_CONTEXT);
	contexts[1] = new_context(contexts[0]);
	pthread_create(&uploader, NULL, upload_each, NULL);

	EGLSurface surface = enter(contexts[1]);

	use_texture_program();
	for (unsigned step = 0; step < STEPS * WAYS; step++) {
		turn_await(&turn, 2 * step + 1);
		take_over(step / STEPS);
		glBindTexture(GL_TEXTURE_2D, texture);
		draw_all();
		right[step / STEPS] += is_drawn(step);
		turn_pass(&turn);
	}
	pthread_join(uploader, NULL);
	errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	for (int way = 0; way < WAYS; way++)
		say("%s: %u of %u are right", way_names[way], right[way], STEPS);
	say("%u errors", errors);
}

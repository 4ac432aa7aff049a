/* SPDX-License-Identifier: MIT */
/*
 * A texture and a program are made in one thread and deleted in another while the first
 * has them bound: they live on where they are bound, and their names are free.
 */
#include "../threads.h"

enum { STEPS = 30 };

static struct turn turn = TURN_FIRST;
static EGLContext contexts[2];
static GLuint texture, program;
static unsigned names_left, errors;

static void *delete_each(void *unused)
{
	EGLSurface surface = enter(contexts[1]);

	(void)unused;
	for (unsigned step = 0; step < STEPS; step++) {
		turn_await(&turn, 2 * step + 1);
		glDeleteTextures(1, &texture);
		glDeleteProgram(program);
		names_left += glIsTexture(texture);
		glFinish();
		turn_pass(&turn);
	}
	errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	return NULL;
}

XG_EGL_CASE(deleted)
{
	unsigned right = 0;
	pthread_t deleter;

	contexts[0] = new_context(EGL_NO_CONTEXT);
	contexts[1] = new_context(contexts[0]);
	pthread_create(&deleter, NULL, delete_each, NULL);

	EGLSurface surface = enter(contexts[0]);

	for (unsigned step = 0; step < STEPS; step++) {
		program = use_texture_program();
		glGenTextures(1, &texture);
		glBindTexture(GL_TEXTURE_2D, texture);
		fill_texture(step);
		glFinish();
		turn_pass(&turn);
		turn_await(&turn, 2 * step + 2);
		draw_all();
		right += is_drawn(step);
	}
	pthread_join(deleter, NULL);
	errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	say("%u of %u are right, %u names left, %u errors", right, STEPS, names_left, errors);
}

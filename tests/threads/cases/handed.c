/* SPDX-License-Identifier: MIT */
/*
 * One context goes around among threads, which wait for it. Each finds what the one before drew and
 * left in the state, and counts on: in a clear colour, in a texture, and in a uniform.
 */
#include "../threads.h"

enum { THREADS = 4, STEPS = 80 };

static struct turn turn = TURN_FIRST;
static EGLSurface surface;
static EGLContext context;
static GLuint texture;
static unsigned right, state_right;

static void take_step(unsigned step)
{
	GLint bound = 0;

	if (!eglMakeCurrent(display, surface, surface, context))
		say("step %u cannot enter", step);
	if (step == 0) {
		use_texture_program();
		glGenTextures(1, &texture);
		glBindTexture(GL_TEXTURE_2D, texture);
	} else {
		right += is_drawn(step - 1);
	}
	glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
	state_right += (GLuint)bound == texture;
	fill_texture(step);
	draw_all();
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

static void *go_around(void *data)
{
	const unsigned self = *(const unsigned *)data;

	for (unsigned step = self; step < STEPS; step += THREADS) {
		turn_await(&turn, step);
		take_step(step);
		turn_pass(&turn);
	}
	return NULL;
}

XG_EGL_CASE(handed)
{
	pthread_t threads[THREADS];
	unsigned numbers[THREADS];

	surface = new_pbuffer(4);
	context = new_context(EGL_NO_CONTEXT);
	for (unsigned i = 0; i < THREADS; i++) {
		numbers[i] = i;
		pthread_create(&threads[i], NULL, go_around, &numbers[i]);
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	say("%u of %u found the drawing, %u of %u the state", right, STEPS - 1, state_right, STEPS);
}

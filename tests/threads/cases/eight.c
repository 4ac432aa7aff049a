/* SPDX-License-Identifier: MIT */
/*
 * Eight contexts in eight threads: each on its own first; then all sharing, where each uploads a
 * texture, waits for the others, and draws every one of them. The textures keep their size.
 */
#include "../threads.h"

enum { THREADS = 8, ROUNDS = 12 };

static struct worker {
	pthread_t thread;
	EGLContext context;
	unsigned number, right, errors;
} workers[THREADS];
static GLuint textures[THREADS];
static pthread_barrier_t barrier;

static void *draw_alone(void *data)
{
	struct worker *self = data;
	EGLSurface surface = enter(self->context);
	GLuint texture;

	use_texture_program();
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	for (unsigned round = 0; round < ROUNDS; round++) {
		fill_texture(self->number * ROUNDS + round);
		draw_all();
		self->right += is_drawn(self->number * ROUNDS + round);
	}
	self->errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	return NULL;
}

static void *draw_shared(void *data)
{
	struct worker *self = data;
	EGLSurface surface = enter(self->context);

	use_texture_program();
	glGenTextures(1, &textures[self->number]);
	glBindTexture(GL_TEXTURE_2D, textures[self->number]);
	fill_texture(0);
	for (unsigned round = 0; round < ROUNDS; round++) {
		glBindTexture(GL_TEXTURE_2D, textures[self->number]);
		refill_texture(self->number * ROUNDS + round);
		glFinish();
		pthread_barrier_wait(&barrier);
		for (unsigned other = 0; other < THREADS; other++) {
			glBindTexture(GL_TEXTURE_2D, textures[other]);
			draw_all();
			self->right += is_drawn(other * ROUNDS + round);
		}
		pthread_barrier_wait(&barrier);
	}
	self->errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	return NULL;
}

static void run_all(const char *name, void *(*work)(void *), bool is_shared)
{
	unsigned right = 0, errors = 0;

	for (unsigned i = 0; i < THREADS; i++) {
		EGLContext share = is_shared && i > 0 ? workers[0].context : EGL_NO_CONTEXT;

		workers[i] = (struct worker){.number = i, .context = new_context(share)};
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		right += workers[i].right;
		errors += workers[i].errors;
	}
	for (unsigned i = 0; i < THREADS; i++)
		eglDestroyContext(display, workers[i].context);
	say("%s: %u are right, %u errors", name, right, errors);
}

XG_EGL_CASE(eight)
{
	pthread_barrier_init(&barrier, NULL, THREADS);
	run_all("each its own", draw_alone, false);
	run_all("all share", draw_shared, true);
	pthread_barrier_destroy(&barrier);
}

/* SPDX-License-Identifier: MIT */
/*
 * Four threads whose contexts share make, map, fill, fence, draw and delete objects by their dice.
 * What they draw follows from the dice alone: a step's uploads are fenced, and each thread waits
 * for all fences, in one way or another, before it draws; then each deletes what another has made.
 * No thread uploads while another draws, which Mesa 22.3 does not always survive.
 *
 * XENGLASS_CYCLES says how many steps there are, and XENGLASS_SEED, a number, is for other dice.
 */
#include "../threads.h"

#include <stdlib.h>

#include <GLES3/gl3.h>

enum { THREADS = 4, STEPS = 25, KINDS = 3 };

static struct worker {
	pthread_t thread;
	EGLContext context;
	unsigned number, errors;
	uint32_t dice, sum;
} workers[THREADS];

/* What a thread made in this step. */
static struct {
	GLuint texture, vertices;
	GLsync fence; /* one of these two; neither after glFinish */
	EGLSync egl_fence;
} made[THREADS];

static pthread_barrier_t barrier;
static unsigned steps;

static uint32_t roll(struct worker *self, uint32_t sides)
{
	self->dice = self->dice * 1664525u + 1013904223u;
	return (self->dice >> 16) % sides;
}

static void fill_by_buffer(unsigned step)
{
	GLuint buffer;
	uint8_t *texels;

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffer);
	glBufferData(GL_PIXEL_UNPACK_BUFFER, 64, NULL, GL_STREAM_DRAW);
	texels = glMapBufferRange(
		GL_PIXEL_UNPACK_BUFFER, 0, 64, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);
	for (int i = 0; texels && i < 16; i++)
		step_colour(step, texels + 4 * i);
	glUnmapBuffer(GL_PIXEL_UNPACK_BUFFER);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glDeleteBuffers(1, &buffer);
}

static void make_vertices(struct worker *self)
{
	/* Corners of a strip that covers a part of the picture. */
	const GLfloat x = (GLfloat)roll(self, 5) / 2 - 1;
	const GLfloat corners[] = {-1, -1, x, -1, -1, 1, x, 1};
	GLuint *vertices = &made[self->number].vertices;

	if (!*vertices)
		glGenBuffers(1, vertices);
	glBindBuffer(GL_ARRAY_BUFFER, *vertices);
	if (roll(self, 2)) {
		glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STREAM_DRAW);
		return;
	}
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), NULL, GL_STREAM_DRAW);
	memcpy(glMapBufferRange(GL_ARRAY_BUFFER, 0, sizeof(corners),
		       GL_MAP_WRITE_BIT | GL_MAP_UNSYNCHRONIZED_BIT),
		corners, sizeof(corners));
	glUnmapBuffer(GL_ARRAY_BUFFER);
}

static void make_things(struct worker *self, unsigned step)
{
	const unsigned colour = step * THREADS + self->number;
	GLuint *texture = &made[self->number].texture;

	if (!*texture)
		glGenTextures(1, texture);
	glBindTexture(GL_TEXTURE_2D, *texture);
	fill_texture(colour);
	if (roll(self, 2))
		fill_by_buffer(colour + 1);
	else if (roll(self, 2))
		refill_texture(colour + 2);
	make_vertices(self);
	switch (roll(self, KINDS)) {
	case 0:
		glFinish();
		break;
	case 1:
		made[self->number].fence = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
		break;
	default:
		made[self->number].egl_fence = eglCreateSync(display, EGL_SYNC_FENCE, NULL);
	}
	glFlush();
}

static void await(struct worker *self, unsigned other)
{
	if (made[other].fence && roll(self, 2))
		glWaitSync(made[other].fence, 0, GL_TIMEOUT_IGNORED);
	else if (made[other].fence)
		self->errors +=
			glClientWaitSync(made[other].fence, 0, 60000000000) == GL_WAIT_FAILED;
	else if (made[other].egl_fence && roll(self, 2))
		self->errors += !eglWaitSync(display, made[other].egl_fence, 0);
	else if (made[other].egl_fence)
		self->errors += eglClientWaitSync(display, made[other].egl_fence, 0, EGL_FOREVER) !=
				EGL_CONDITION_SATISFIED;
}

static void draw_things(struct worker *self)
{
	const unsigned first = roll(self, THREADS);
	uint8_t pixels[4 * 4 * 4] = {0};

	for (unsigned other = 0; other < THREADS; other++)
		await(self, other);
	glClear(GL_COLOR_BUFFER_BIT);
	for (unsigned i = 0; i < THREADS; i++) {
		const unsigned other = (first + i) % THREADS;

		glBindTexture(GL_TEXTURE_2D, made[other].texture);
		glBindBuffer(GL_ARRAY_BUFFER, made[other].vertices);
		glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
		glEnableVertexAttribArray(0);
		glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
		glReadPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
		for (size_t p = 0; p < sizeof(pixels); p++)
			self->sum = self->sum * 31 + pixels[p];
	}
}

/* Deletes some of what another made, and its fence. */
static void delete_things(struct worker *self, unsigned step)
{
	const unsigned other = (self->number + step) % THREADS;

	glDeleteSync(made[other].fence);
	made[other].fence = NULL;
	if (made[other].egl_fence)
		self->errors += !eglDestroySync(display, made[other].egl_fence);
	made[other].egl_fence = EGL_NO_SYNC;
	if (roll(self, 2)) {
		glDeleteTextures(1, &made[other].texture);
		made[other].texture = 0;
	}
	if (roll(self, 2)) {
		glDeleteBuffers(1, &made[other].vertices);
		made[other].vertices = 0;
	}
	glFinish();
}

static void *work(void *data)
{
	struct worker *self = data;
	EGLSurface surface = enter(self->context);

	use_texture_program();
	for (unsigned step = 0; step < steps; step++) {
		make_things(self, step);
		pthread_barrier_wait(&barrier);
		draw_things(self);
		pthread_barrier_wait(&barrier);
		delete_things(self, step);
		pthread_barrier_wait(&barrier);
	}
	self->errors += glGetError() != GL_NO_ERROR;
	leave(surface);
	return NULL;
}

XG_EGL_CASE(random_steps)
{
	static const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_NONE};
	const char *cycles = getenv("XENGLASS_CYCLES"), *seed = getenv("XENGLASS_SEED");

	steps = cycles ? (unsigned)atoi(cycles) : STEPS;
	pthread_barrier_init(&barrier, NULL, THREADS);
	for (unsigned i = 0; i < THREADS; i++) {
		EGLContext share = i > 0 ? workers[0].context : EGL_NO_CONTEXT;

		workers[i].number = i;
		workers[i].dice = (seed ? (uint32_t)atoi(seed) : 2026) + i;
		workers[i].context = eglCreateContext(display, config, share, attributes);
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		say("thread %u: sum %08x, %u errors", i, workers[i].sum, workers[i].errors);
	}
	for (unsigned i = 0; i < THREADS; i++)
		eglDestroyContext(display, workers[i].context);
	pthread_barrier_destroy(&barrier);
}

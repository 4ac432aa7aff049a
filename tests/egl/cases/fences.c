/* SPDX-License-Identifier: MIT */
/* Fences between threads: one draws, another waits on the server or the client, and reads. */
#include "case.h"

#include <pthread.h>

enum { ROUNDS = 40 };

static pthread_barrier_t barrier;
static EGLContext contexts[2];
static EGLSync fence;
static GLuint texture;
static unsigned seen[ROUNDS];

static void attach(void)
{
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
}

/* In turns it waits on the server, on the client, and for ever. */
static void wait_in_some_way(int round)
{
	if (round % 3 == 0)
		eglWaitSync(display, fence, 0);
	else
		eglClientWaitSync(display, fence, 0, round % 3 == 1 ? EGL_FOREVER : UINT64_MAX / 4);
}

static void *read_pixels(void *unused)
{
	uint8_t pixel[4];

	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, contexts[1]);
	glBindTexture(GL_TEXTURE_2D, texture);
	attach();
	for (int round = 0; round < ROUNDS; round++) {
		pthread_barrier_wait(&barrier);
		wait_in_some_way(round);
		/* What was drawn elsewhere is seen once it is bound anew. */
		glBindTexture(GL_TEXTURE_2D, texture);
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
		glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
		seen[round] = (unsigned)pixel[0] << 16 | (unsigned)pixel[1] << 8 | pixel[2];
		/* Who waits and who made it end it in turns. */
		if (round % 2)
			eglDestroySync(display, fence);
		pthread_barrier_wait(&barrier);
	}
	eglReleaseThread();
	return unused;
}

static void draw(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		clear((float)(round * 6) / 255, (float)(255 - round) / 255, (float)round / 255, 1);
		fence = eglCreateSync(display, EGL_SYNC_FENCE, NULL);
		glFlush();
		pthread_barrier_wait(&barrier);
		pthread_barrier_wait(&barrier);
		if (round % 2 == 0)
			eglDestroySync(display, fence);
	}
}

XG_EGL_CASE(fences)
{
	pthread_t thread;

	contexts[0] = TRY(new_context(EGL_NO_CONTEXT));
	contexts[1] = TRY(new_context(contexts[0]));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, contexts[0]));
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 64, 64, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	attach();
	glFinish();
	pthread_barrier_init(&barrier, NULL, 2);
	pthread_create(&thread, NULL, read_pixels, NULL);
	draw();
	pthread_join(thread, NULL);
	for (int round = 0; round < ROUNDS; round++)
		say("round %d: %06x", round, seen[round]);
	say("GL error 0x%04x, EGL error 0x%04x", glGetError(), (unsigned)eglGetError());
}

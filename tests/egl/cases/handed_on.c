/* SPDX-License-Identifier: MIT */
/* One context handed from thread to thread: each goes on where the last one stopped. */
#include "case.h"

#include <pthread.h>

static EGLSurface surface;
static EGLContext context;
static GLuint texture;

static void *take_turn(void *step)
{
	const int turn = *(const int *)step;

	TRY(eglMakeCurrent(display, surface, surface, context));
	if (turn == 0) {
		glGenTextures(1, &texture);
		glBindTexture(GL_TEXTURE_2D, texture);
		clear(0, 0, 0, 1);
	}
	glEnable(GL_SCISSOR_TEST);
	glScissor(turn, 0, 1, 1);
	clear(1, (float)turn / 8, 0, 1);
	glDisable(GL_SCISSOR_TEST);
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	return NULL;
}

XG_EGL_CASE(handed_on)
{
	uint8_t row[8][4] = {0};
	pthread_t thread;
	GLint bound = 0;

	surface = TRY(new_pbuffer(8));
	context = TRY(new_context(EGL_NO_CONTEXT));
	for (int turn = 0; turn < 8; turn++) {
		pthread_create(&thread, NULL, take_turn, &turn);
		pthread_join(thread, NULL);
	}
	TRY(eglMakeCurrent(display, surface, surface, context));
	glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
	say("still bound: %d", (GLuint)bound == texture);
	glReadPixels(0, 0, 8, 1, GL_RGBA, GL_UNSIGNED_BYTE, row);
	for (int i = 0; i < 8; i++)
		say("%02x %02x %02x %02x", row[i][0], row[i][1], row[i][2], row[i][3]);
}

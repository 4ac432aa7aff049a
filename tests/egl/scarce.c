/* SPDX-License-Identifier: MIT */
/*
 * What an application sees when its guest's pages are used up, for which the host's quotas stand: a
 * thread that there is no stream for gets EGL_BAD_ALLOC and may try again, one without a bulk
 * region goes on without. The host gives this guest one stream and no bulk region.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIZE = 512 };

static EGLDisplay display;
static EGLConfig config;

static EGLContext create_context(void)
{
	static const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};

	return eglCreateContext(display, config, EGL_NO_CONTEXT, version);
}

static bool begin(void)
{
	static const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
		EGL_OPENGL_ES2_BIT, EGL_NONE};
	EGLint count = 0;

	display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, NULL, NULL);
	return eglInitialize(display, NULL, NULL) &&
	       eglChooseConfig(display, wanted, &config, 1, &count) && count == 1;
}

static void *bind_in_vain(void *context)
{
	const EGLBoolean is_bound =
		eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context);

	printf("the second thread: %s, 0x%x\n", is_bound ? "bound" : "not bound", eglGetError());
	eglReleaseThread();
	return NULL;
}

/* The stream of the first thread ends some time after it was let go of. */
static void *bind_at_last(void *context)
{
	while (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context))
		usleep(1000);
	printf("the second thread, afterwards: 0x%x\n", glGetError());
	eglReleaseThread();
	return NULL;
}

static void run_thread(void *(*run)(void *), EGLContext context)
{
	pthread_t thread;

	pthread_create(&thread, NULL, run, context);
	pthread_join(thread, NULL);
}

/* A payload of a mebibyte, and what comes back of it. */
static bool upload_comes_back(void)
{
	uint8_t *sent = malloc(SIZE * SIZE * 4), *received = calloc(SIZE * SIZE, 4);
	GLuint texture, framebuffer;

	for (uint32_t i = 0; i < SIZE * SIZE * 4; i++)
		sent[i] = (uint8_t)(i * 2654435761u >> 24);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, SIZE, SIZE, 0, GL_RGBA, GL_UNSIGNED_BYTE, sent);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	glReadPixels(0, 0, SIZE, SIZE, GL_RGBA, GL_UNSIGNED_BYTE, received);

	const bool is_same = memcmp(sent, received, SIZE * SIZE * 4) == 0;

	free(sent);
	free(received);
	return is_same;
}

int main(void)
{
	EGLContext first, second;

	if (!begin())
		return 1;
	first = create_context();
	second = create_context();
	printf("the first thread: %s\n",
		eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, first) ? "bound"
									       : "not bound");
	run_thread(bind_in_vain, second);
	printf("an upload: %s, 0x%x\n", upload_comes_back() ? "the same" : "another", glGetError());
	eglReleaseThread();
	run_thread(bind_at_last, second);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/* A display ends, and begins anew, while other threads have contexts of it current. */
#include "case.h"

#include <pthread.h>

enum { THREADS = 3 };

static pthread_barrier_t barrier;
static EGLSurface surfaces[THREADS];
static EGLContext contexts[THREADS];

/* All wait for this; the main thread says what is said, between two of them. */
static void meet(void)
{
	pthread_barrier_wait(&barrier);
}

static void *draw_on(void *data)
{
	const int i = (int)(intptr_t)data;
	const bool is_current = eglMakeCurrent(display, surfaces[i], surfaces[i], contexts[i]);
	uint8_t pixel[4] = {0};
	EGLint value = -1;

	clear((float)i / THREADS, 1, 0, 1);
	meet();
	/* The display is terminated here. */
	meet();
	for (int turn = 0; turn < THREADS; turn++) {
		meet();
		if (turn != i)
			continue;
		say("thread %d", i);
		TRY(is_current);
		TRY(eglGetCurrentContext() == contexts[i]);
		TRY(eglGetCurrentDisplay() == display);
		TRY(eglGetCurrentSurface(EGL_DRAW) == surfaces[i]);
		glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
		say("pixel %02x%02x%02x%02x, GL error 0x%04x", pixel[0], pixel[1], pixel[2],
			pixel[3], glGetError());
		TRY(eglQuerySurface(display, surfaces[i], EGL_WIDTH, &value));
		TRY(eglQueryContext(display, contexts[i], EGL_CONFIG_ID, &value));
		TRY(eglSwapBuffers(display, surfaces[i]));
		TRY(eglSwapInterval(display, 1));
		TRY(eglWaitClient());
		TRY(eglWaitGL());
		TRY(eglWaitNative(EGL_CORE_NATIVE_ENGINE));
	}
	meet();
	/* It is initialized again here. */
	meet();
	for (int turn = 0; turn < THREADS; turn++) {
		meet();
		if (turn != i)
			continue;
		say("thread %d, again", i);
		TRY(eglGetCurrentContext() == contexts[i]);
		TRY(eglQuerySurface(display, surfaces[i], EGL_WIDTH, &value));
		TRY(eglMakeCurrent(display, surfaces[i], surfaces[i], contexts[i]));
		TRY(eglDestroyContext(display, contexts[i]));
		TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
		TRY(eglGetCurrentContext() == EGL_NO_CONTEXT);
		contexts[i] = TRY(new_context(EGL_NO_CONTEXT));
		TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, contexts[i]));
		TRY(eglReleaseThread());
		TRY(eglGetCurrentContext() == EGL_NO_CONTEXT);
		TRY(eglDestroyContext(display, contexts[i]));
	}
	meet();
	return NULL;
}

static void take_turns(void)
{
	for (int turn = 0; turn < THREADS; turn++)
		meet();
	meet();
}

XG_EGL_CASE(terminate_threads)
{
	pthread_t threads[THREADS];

	if (platform == EGL_PLATFORM_WAYLAND_KHR) {
		say("no pbuffers here");
		return;
	}
	pthread_barrier_init(&barrier, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++) {
		surfaces[i] = TRY(new_pbuffer(8));
		contexts[i] = TRY(new_context(EGL_NO_CONTEXT));
	}
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, draw_on, (void *)(intptr_t)i);
	meet();
	TRY(eglTerminate(display));
	meet();
	take_turns();
	TRY(eglInitialize(display, NULL, NULL));
	TRY(choose_config());
	meet();
	take_turns();
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	TRY(eglTerminate(display));
}

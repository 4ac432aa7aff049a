/* SPDX-License-Identifier: MIT */
/* What is current in one thread cannot be made current in another, though it was there before. */
#include "case.h"

#include <pthread.h>

struct attempt {
	EGLSurface surface;
	EGLContext context;
	bool is_current;
	EGLint error;
};

static void *make_attempt(void *data)
{
	struct attempt *attempt = data;

	attempt->is_current =
		eglMakeCurrent(display, attempt->surface, attempt->surface, attempt->context);
	attempt->error = eglGetError();
	eglReleaseThread();
	return NULL;
}

static void say_attempt(const char *what, EGLSurface surface, EGLContext context)
{
	struct attempt attempt = {.surface = surface, .context = context};
	pthread_t thread;

	pthread_create(&thread, NULL, make_attempt, &attempt);
	pthread_join(thread, NULL);
	say("%s: %d, error 0x%04x", what, attempt.is_current, (unsigned)attempt.error);
}

XG_EGL_CASE(taken)
{
	const EGLSurface surfaces[] = {new_pbuffer(16), new_pbuffer(16)};
	const EGLContext contexts[] = {new_context(EGL_NO_CONTEXT), new_context(EGL_NO_CONTEXT)};

	/* Each with each once, so that no combination is new. */
	for (int i = 0; i < 4; i++)
		TRY(eglMakeCurrent(display, surfaces[i % 2], surfaces[i % 2], contexts[i / 2]));
	TRY(eglMakeCurrent(display, surfaces[0], surfaces[0], contexts[0]));
	say_attempt("the context that is current", surfaces[1], contexts[0]);
	say_attempt("the surface that is current", surfaces[0], contexts[1]);
	say_attempt("neither", surfaces[1], contexts[1]);
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	say_attempt("what is free again", surfaces[0], contexts[0]);
}

/* SPDX-License-Identifier: MIT */
/* What eglReleaseThread takes and leaves, and what each thread has for itself. */
#include "case.h"

#include <pthread.h>

static EGLContext context;
static EGLSurface surface;

static void *on_another_thread(void *unused)
{
	TRY(eglReleaseThread());
	TRY(eglReleaseThread());
	TRY(eglQueryAPI() == EGL_OPENGL_ES_API);
	TRY(eglGetCurrentContext());
	TRY(eglWaitClient());
	TRY(eglWaitGL());
	TRY(eglWaitNative(EGL_CORE_NATIVE_ENGINE));
	eglDestroyContext(display, EGL_NO_CONTEXT);
	TRY(eglReleaseThread());
	TRY(eglMakeCurrent(display, surface, surface, context));
	clear(1, 0, 0, 1);
	say_pixel("there");
	TRY(eglReleaseThread());
	TRY(eglGetCurrentContext());
	TRY(eglMakeCurrent(display, surface, surface, context));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	return unused;
}

/* An error waits in its thread. */
static void *fail(void *unused)
{
	eglDestroySurface(display, EGL_NO_SURFACE);
	say("there 0x%04x", (unsigned)eglGetError());
	say("then 0x%04x", (unsigned)eglGetError());
	return unused;
}

static void run(void *(*function)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, function, NULL);
	pthread_join(thread, NULL);
}

XG_EGL_CASE(release_thread)
{
	surface = TRY(new_pbuffer(8));
	context = TRY(new_context(EGL_NO_CONTEXT));
	eglDestroyContext(display, EGL_NO_CONTEXT);
	run(fail);
	say("here 0x%04x", (unsigned)eglGetError());
	run(on_another_thread);
	TRY(eglMakeCurrent(display, surface, surface, context));
	say_pixel("here");
	TRY(eglReleaseThread());
	TRY(eglGetCurrentContext());
	TRY(eglGetCurrentSurface(EGL_READ));
	TRY(eglGetCurrentDisplay());
	TRY(eglWaitClient());
	TRY(eglSwapBuffers(display, surface));
	TRY(eglMakeCurrent(display, surface, surface, context));
	say_pixel("again");
	/* Destroyed, and only current here: it goes with the thread. */
	TRY(eglDestroyContext(display, context));
	TRY(eglDestroySurface(display, surface));
	TRY(eglReleaseThread());
	TRY(eglMakeCurrent(display, surface, surface, context));
}

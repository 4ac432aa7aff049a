/* SPDX-License-Identifier: MIT */
/* What may be current where, and what stays when it is destroyed. */
#include "case.h"

#include <pthread.h>

static EGLSurface first, second;
static EGLContext context, other;

static void *on_another_thread(void *unused)
{
	TRY(eglMakeCurrent(display, first, first, context));
	TRY(eglMakeCurrent(display, first, first, other));
	TRY(eglMakeCurrent(display, second, second, other));
	clear(0, 0, 1, 1);
	say_pixel("second, drawn on another thread");
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	return unused;
}

XG_EGL_CASE(current)
{
	pthread_t thread;
	EGLint value = 0;

	first = TRY(new_pbuffer(8));
	second = TRY(new_pbuffer(8));
	context = TRY(new_context(EGL_NO_CONTEXT));
	other = TRY(new_context(EGL_NO_CONTEXT));
	TRY(eglGetCurrentContext());
	TRY(eglGetCurrentDisplay());
	TRY(eglGetCurrentSurface(EGL_DRAW));
	TRY(eglGetCurrentSurface(EGL_WIDTH));
	TRY(eglMakeCurrent(display, first, EGL_NO_SURFACE, context));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, first, context));
	TRY(eglMakeCurrent(display, first, first, EGL_NO_CONTEXT));
	TRY(eglMakeCurrent(display, (EGLSurface)&value, first, context));
	TRY(eglMakeCurrent(display, first, first, (EGLContext)&value));
	TRY(eglMakeCurrent(display, first, second, context));
	TRY(eglGetCurrentContext() == context);
	TRY(eglGetCurrentSurface(EGL_DRAW) == first);
	TRY(eglGetCurrentSurface(EGL_READ) == second);
	TRY(eglGetCurrentDisplay() == display);
	clear(1, 0, 0, 1);
	say_pixel("second, not drawn");
	TRY(eglMakeCurrent(display, first, first, context));
	say_pixel("first");
	pthread_create(&thread, NULL, on_another_thread, NULL);
	pthread_join(thread, NULL);
	TRY(eglMakeCurrent(display, second, second, other));
	say_pixel("second, seen here");
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, other));
	TRY(eglSwapInterval(display, 0));
	TRY(eglMakeCurrent(display, first, first, context));
	TRY(eglSwapBuffers(display, first));
	TRY(eglSwapBuffers(display, second));
	TRY(eglSwapInterval(display, 0));
	TRY(eglWaitClient());
	TRY(eglWaitGL());
	TRY(eglWaitNative(EGL_CORE_NATIVE_ENGINE));

	/* Destroyed while current: it goes on, but can no longer be named. */
	TRY(eglDestroySurface(display, first));
	TRY(eglDestroyContext(display, context));
	clear(0, 1, 0, 1);
	say_pixel("after its end");
	TRY(eglQuerySurface(display, first, EGL_WIDTH, &value));
	TRY(eglMakeCurrent(display, first, first, context));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	TRY(eglGetCurrentContext());
	TRY(eglSwapBuffers(display, second));
	TRY(eglSwapInterval(display, 1));
	TRY(eglReleaseThread());
	TRY(eglMakeCurrent(display, second, second, other));
	say_pixel("second again");
}

/* SPDX-License-Identifier: MIT */
/* Terminating, and initializing again, with objects alive and current. */
#include "case.h"

XG_EGL_CASE(terminate)
{
	EGLSurface surface = TRY(new_pbuffer(8));
	EGLContext context = TRY(new_context(EGL_NO_CONTEXT));
	EGLint major = -1, minor = -1, value;

	TRY(eglInitialize(display, &major, &minor));
	say("version %d.%d", major, minor);
	TRY(eglMakeCurrent(display, surface, surface, context));
	clear(1, 1, 0, 1);
	TRY(eglTerminate(display));
	TRY(eglTerminate(display));
	say_pixel("after the end");
	TRY(eglQuerySurface(display, surface, EGL_WIDTH, &value));
	TRY(eglCreateContext(display, config, EGL_NO_CONTEXT, NULL));
	TRY(eglMakeCurrent(display, surface, surface, context));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	for (int i = 0; i < 3; i++) {
		TRY(eglInitialize(display, &major, &minor));
		say("version %d.%d", major, minor);
		TRY(eglQuerySurface(display, surface, EGL_WIDTH, &value));
		TRY(choose_config());
		surface = TRY(new_pbuffer(4));
		context = TRY(new_context(EGL_NO_CONTEXT));
		TRY(eglMakeCurrent(display, surface, surface, context));
		clear(0, 1, 1, 1);
		say_pixel("in the next life");
		TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
		TRY(eglTerminate(display));
	}
}

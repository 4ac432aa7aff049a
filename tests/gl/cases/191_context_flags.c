/* SPDX-License-Identifier: MIT */
/* GL_CONTEXT_FLAGS of contexts that were asked for in each way that it tells of. */
#include "../case.h"

#define CONTEXT_FLAGS 0x821E

static void say_flags(const char *what, EGLint name, EGLint value)
{
	const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, 3, name, value, EGL_NONE};
	const EGLContext context =
		eglCreateContext(egl.display, egl.config, EGL_NO_CONTEXT, attributes);
	GLint flags = -1;

	say("%s: context %d", what, context != EGL_NO_CONTEXT);
	if (context == EGL_NO_CONTEXT)
		return;
	eglMakeCurrent(egl.display, egl.surface, egl.surface, context);
	glGetIntegerv(CONTEXT_FLAGS, &flags);
	say("flags %d", flags);
	eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context);
	eglDestroyContext(egl.display, context);
}

XG_CASE_ES3(context_flags)
{
	need_extension("GL_KHR_debug");
	say_flags("plain", EGL_CONTEXT_MINOR_VERSION, 0);
	say_flags("debug", EGL_CONTEXT_OPENGL_DEBUG, EGL_TRUE);
	say_flags("robust", EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE);
	say_flags("no error", EGL_CONTEXT_OPENGL_NO_ERROR_KHR, EGL_TRUE);
	say_flags("errors", EGL_CONTEXT_OPENGL_NO_ERROR_KHR, EGL_FALSE);
}

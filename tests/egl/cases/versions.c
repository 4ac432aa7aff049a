/* SPDX-License-Identifier: MIT */
/* Contexts of every version there might be, by both attributes, with what each one then says. */
#include "case.h"

#include <stdio.h>

static EGLSurface surface;

static void say_context(EGLContext context)
{
	EGLint version = -1, major = -1, minor = -1, flags = -1, strategy = -1;

	eglQueryContext(display, context, EGL_CONTEXT_CLIENT_VERSION, &version);
	TRY(eglMakeCurrent(display, surface, surface, context));
	glGetIntegerv(0x821b /* GL_MAJOR_VERSION */, &major);
	glGetIntegerv(0x821c /* GL_MINOR_VERSION */, &minor);
	while (glGetError() != GL_NO_ERROR) {
	}
	glGetIntegerv(0x821e /* GL_CONTEXT_FLAGS */, &flags);
	glGetIntegerv(GL_RESET_NOTIFICATION_STRATEGY_EXT, &strategy);
	say("  client version %d, %.13s, %d.%d, flags %x, strategy %x, error %x", version,
		(const char *)glGetString(GL_VERSION), major, minor, (unsigned)flags,
		(unsigned)strategy, glGetError());
	say("  %s", (const char *)glGetString(GL_SHADING_LANGUAGE_VERSION));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
}

static void create(EGLint major, EGLint minor, EGLint name, EGLint value)
{
	const EGLint list[] = {EGL_CONTEXT_MAJOR_VERSION, major, EGL_CONTEXT_MINOR_VERSION, minor,
		name, value, EGL_NONE};
	EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, list);

	say("%d.%d 0x%04x %d: %d, error 0x%04x", major, minor, (unsigned)name, value,
		context != EGL_NO_CONTEXT, (unsigned)eglGetError());
	if (!context)
		return;
	say_context(context);
	TRY(eglDestroyContext(display, context));
}

XG_EGL_CASE(versions)
{
	surface = new_pbuffer(8);
	for (EGLint major = 2; major < 6; major++) {
		for (EGLint minor = -1; minor < 5; minor++) {
			create(major, minor, EGL_NONE, 0);
			create(major, minor, EGL_CONTEXT_OPENGL_DEBUG, EGL_TRUE);
			create(major, minor, EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE);
			create(major, minor, EGL_CONTEXT_OPENGL_NO_ERROR_KHR, EGL_TRUE);
			create(major, minor, EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT,
				EGL_LOSE_CONTEXT_ON_RESET_EXT);
		}
	}
}

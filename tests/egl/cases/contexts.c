/* SPDX-License-Identifier: MIT */
/* Contexts: attributes, versions, what a bad one raises, and what can be asked. */
#include "case.h"

static void create(const char *what, EGLConfig with, const EGLint *attributes)
{
	EGLContext context = eglCreateContext(display, with, EGL_NO_CONTEXT, attributes);

	say_result(what, context != EGL_NO_CONTEXT);
	if (!context)
		return;
	for (size_t i = 0; i < 4; i++) {
		static const EGLint names[] = {EGL_CONFIG_ID, EGL_CONTEXT_CLIENT_TYPE,
			EGL_CONTEXT_CLIENT_VERSION, EGL_RENDER_BUFFER};
		EGLint value = -1;
		const EGLBoolean is_known = eglQueryContext(display, context, names[i], &value);

		say("  0x%04x: %d %x, error 0x%04x", (unsigned)names[i], is_known, (unsigned)value,
			(unsigned)eglGetError());
	}
	TRY(eglDestroyContext(display, context));
	TRY(eglDestroyContext(display, context));
}

XG_EGL_CASE(contexts)
{
	EGLint value;
	EGLContext context;

	create("version 2", config, (const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE});
	create("major 2, minor 0", config,
		(const EGLint[]){
			EGL_CONTEXT_MAJOR_VERSION, 2, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE});
	create("version 3", config, (const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 3, EGL_NONE});
	create("major 3, minor 0", config,
		(const EGLint[]){
			EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE});
	create("major 3, minor 7", config,
		(const EGLint[]){
			EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 7, EGL_NONE});
	create("no config", EGL_NO_CONFIG_KHR,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE});
	create("robust", config,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2,
			EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_TRUE, EGL_NONE});
	create("reset notification", config,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2,
			EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_TRUE,
			EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT,
			EGL_LOSE_CONTEXT_ON_RESET_EXT, EGL_NONE});
	create("no error", config,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_CONTEXT_OPENGL_NO_ERROR_KHR,
			EGL_TRUE, EGL_NONE});
	create("debug", config,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_CONTEXT_OPENGL_DEBUG, EGL_TRUE,
			EGL_NONE});
	create("release none", config,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_CONTEXT_RELEASE_BEHAVIOR_KHR,
			EGL_CONTEXT_RELEASE_BEHAVIOR_NONE_KHR, EGL_NONE});
	create("version 9", config, (const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 9, EGL_NONE});
	create("minor 7", config,
		(const EGLint[]){
			EGL_CONTEXT_MAJOR_VERSION, 2, EGL_CONTEXT_MINOR_VERSION, 7, EGL_NONE});
	create("not an attribute", config, (const EGLint[]){EGL_WIDTH, 2, EGL_NONE});
	create("profile mask", config,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK, 1,
			EGL_NONE});
	create("bad config", (EGLConfig)&value,
		(const EGLint[]){EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE});

	TRY(eglCreateContext(display, config, (EGLContext)&value, NULL));
	context = TRY(new_context(EGL_NO_CONTEXT));
	TRY(eglQueryContext(display, context, EGL_WIDTH, &value));
	TRY(eglQueryContext(display, context, EGL_CONFIG_ID, NULL));
	TRY(eglQueryContext(display, (EGLContext)&value, EGL_CONFIG_ID, &value));
	TRY(eglDestroyContext(display, (EGLContext)&value));
	TRY(eglDestroyContext(display, EGL_NO_CONTEXT));
}

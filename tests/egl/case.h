/* SPDX-License-Identifier: MIT */
/*
 * What the EGL parity programs are made of. Each case is one file in cases/ with one XG_EGL_CASE;
 * it calls EGL and says what came out. What it says must be the same, to the byte, on the host's
 * driver and through the stack. So it holds no pointer, no time, nothing at random.
 *
 * A case runs in a process of its own, with an initialized display of the platform that the command
 * line names, and a config for windows or pbuffers on it.
 */
#ifndef XG_TESTS_EGL_CASE_H
#define XG_TESTS_EGL_CASE_H

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct xg_egl_case {
	const char *name;
	void (*run)(void);
	struct xg_egl_case *next;
};

void xg_egl_case_register(struct xg_egl_case *self);

/* Defines the case of that name; the body follows. */
#define XG_EGL_CASE(case_name)                                                                     \
	static void case_name(void);                                                               \
	static struct xg_egl_case self = {#case_name, case_name, NULL};                            \
	__attribute__((constructor)) static void register_case(void)                               \
	{                                                                                          \
		xg_egl_case_register(&self);                                                       \
	}                                                                                          \
	static void case_name(void)

extern EGLenum platform; /* EGL_PLATFORM_… */
extern void *native;	 /* what the display was made for */
extern EGLDisplay display;
extern EGLConfig config; /* RGBA8888 with 24 bits of depth and 8 of stencil, GL ES 2 */

/* A line of the transcript. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Makes the call, an expression, and says whether its value is not 0, and the error. Evaluates to
 * the value.
 */
#define TRY(...)                                                                                   \
	({                                                                                         \
		__typeof__(__VA_ARGS__) tried = (__VA_ARGS__);                                     \
		say_result(#__VA_ARGS__, tried != 0);                                              \
		tried;                                                                             \
	})
void say_result(const char *call, bool is_success);

/* Chooses config anew, after eglInitialize. */
bool choose_config(void);

/* A context of GL ES 2, sharing with another one or none; a pbuffer of size squared. */
EGLContext new_context(EGLContext share);
EGLSurface new_pbuffer(EGLint size);

/* Fills the current surface, or the framebuffer that is bound, and says the pixel in its corner. */
void clear(float red, float green, float blue, float alpha);
void say_pixel(const char *what);

#endif

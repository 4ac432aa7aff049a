/* SPDX-License-Identifier: MIT */
/*
 * How an entry point begins and how it fails (EGL 1.5, section 3.1): every call sets the thread's
 * error, to EGL_SUCCESS where nothing else is said. Failures also go to the callback of
 * EGL_KHR_debug, if the application has set one.
 */
#ifndef XG_EGL_ERROR_H
#define XG_EGL_ERROR_H

#include <stdbool.h>

#include <EGL/egl.h>

#include "egl/handle.h"

struct xg_display;

/*
 * First thing in every entry point that has an error to leave: notes the name (a literal) and
 * clears the thread's error. False without memory for the thread's state.
 */
bool xg_call_begin(const char *name);

/*
 * xg_call_begin() for entry points on a display: the display, or NULL after EGL_BAD_DISPLAY or
 * EGL_NOT_INITIALIZED has been set. The display lives as long as the process.
 */
struct xg_display *xg_call_begin_on(const char *name, EGLDisplay display);

/* The same for entry points on a display that need not be initialized. */
struct xg_display *xg_call_begin_at(const char *name, EGLDisplay display);

/*
 * xg_call_begin_on() for entry points on an object of the display: if they fail, EGL_KHR_debug's
 * callback is given the object's label and not the display's. There need not be such an object.
 */
struct xg_display *xg_call_begin_for(
	const char *name, EGLDisplay display, enum xg_kind kind, const void *object);

/* The call that has begun is about that object of the display. The EGL lock is free. */
void xg_call_concerns(struct xg_display *display, enum xg_kind kind, const void *object);

/*
 * Sets the thread's error and tells the debug callback; text says what was wrong, for people, and
 * may be NULL. Returns EGL_FALSE, for the entry point to return.
 */
EGLBoolean xg_call_fail(EGLint error, const char *text);

/*
 * xg_call_fail() where the host answered a call: with its error, or EGL_CONTEXT_LOST where the
 * answer is missing because the stream was lost.
 */
EGLBoolean xg_call_fail_from_host(EGLint error);

#endif

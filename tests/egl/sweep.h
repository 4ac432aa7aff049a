/* SPDX-License-Identifier: MIT */
/*
 * Sweeps: one call with every value that an argument may have, good and bad. The transcript has a
 * line for each run of values that came out alike, so that thousands of attempts take few lines.
 */
#ifndef XG_TESTS_EGL_SWEEP_H
#define XG_TESTS_EGL_SWEEP_H

#include "case.h"

/* Where EGL has its enumerants, and a few that it does not have. */
enum { SWEEP_FIRST = 0x3000, SWEEP_LAST = 0x3400 };

struct sweep {
	const char *what;
	bool is_begun;
	bool is_success;
	EGLint first, last; /* of the run */
	EGLint error;
	EGLAttrib answer;
};

/* An attempt with that value is over: how it went, eglGetError, and what was answered, 0 if
 * nothing. The values come in order. */
void sweep_add(struct sweep *sweep, EGLint value, bool is_success, EGLAttrib answer);

/* After the last one. */
void sweep_end(struct sweep *sweep);

#endif

/* SPDX-License-Identifier: MIT */
/* A GLES 3.1 context without a window, on whatever driver there is, for the programs of the bench.
 */
#ifndef XG_BENCH_OFFSCREEN_H
#define XG_BENCH_OFFSCREEN_H

#include <stdbool.h>

/* Makes one current for this thread: on EGL's first device, or without a platform where EGL has
 * none. False, with one line on standard error that begins with program, if that cannot be. */
bool bench_make_current(const char *program);

#endif

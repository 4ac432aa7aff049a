/* SPDX-License-Identifier: MIT */
/* A window with a GLES 2 context in it, for programs whose frames are measured. */
#ifndef XG_BENCH_WINDOW_H
#define XG_BENCH_WINDOW_H

#include <EGL/egl.h>
#include <stdint.h>

struct wl_display;
struct wl_surface;

/*
 * Opens a window of so many pixels on the connection, and makes its context current, with a swap
 * interval of 0. The window lives as long as the program. Its surface; NULL if that cannot be.
 */
struct wl_surface *bench_window_open(
	struct wl_display *native, int width, int height, EGLDisplay *display, EGLSurface *surface);

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t bench_now_ns(void);

#endif

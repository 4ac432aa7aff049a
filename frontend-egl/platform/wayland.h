/* SPDX-License-Identifier: MIT */
/*
 * EGL_KHR_platform_wayland: the application's wl_display, seen through a queue of our own, and the
 * private global by which the guest's daemon says that the display is one of its own.
 */
#ifndef XG_PLATFORM_WAYLAND_H
#define XG_PLATFORM_WAYLAND_H

#include <stdbool.h>

struct wl_display;
struct wl_event_queue;
struct xg_swap_v1;

struct xg_wayland {
	struct wl_display *display;
	bool owns_display; /* connected here, for EGL_DEFAULT_DISPLAY */
	struct wl_event_queue *queue;
	struct xg_swap_v1 *swap;
};

/* Sends all requests, waiting for room in the socket. False: the connection has failed. */
bool xg_wayland_flush(const struct xg_wayland *wayland);

#endif

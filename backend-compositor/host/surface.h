/* SPDX-License-Identifier: MIT */
/*
 * A guest's EGLSurface: a pbuffer, or a window, which is a wl_egl_window on a wl_surface that the
 * relay carries. The window's commit takes its place among the application's requests through
 * relay/window.h.
 */
#ifndef XG_HOST_SURFACE_H
#define XG_HOST_SURFACE_H

#include <stdatomic.h>
#include <stdbool.h>

#include <EGL/egl.h>

#include "object.h"

struct wl_egl_window;
struct xg_quota;
struct xg_replay;
struct xg_screen_time;
struct xg_window;

struct xg_host_surface {
	struct xg_host_object object;
	EGLSurface egl;
	struct xg_quota *quota;
	uint64_t bytes;			    /* of the texture quota */
	struct xg_window *window;	    /* NULL: a pbuffer */
	struct wl_egl_window *native;	    /* NULL: a pbuffer */
	bool has_interval;		    /* the driver knows that it must not wait */
	struct xg_screen_time *screen_time; /* NULL without a timeline */
	_Atomic bool tells_age;		    /* each swap is to tell the new back buffer's age */
};

/* No window is wider or higher. */
enum { XG_HOST_SURFACE_SIDE_MAX = 16384 };

/* The client's surface of that id with a new reference, or NULL. */
struct xg_host_surface *xg_host_surface_find(struct xg_replay *r, uint32_t untrusted_id);

/* Called after the surface was made current for drawing: a window never waits for a frame, the
 * guest's library does that. */
void xg_host_surface_made_current(struct xg_host_surface *surface);

#endif

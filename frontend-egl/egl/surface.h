/* SPDX-License-Identifier: MIT */
/* Rendering surfaces (EGL 1.5, section 3.5): windows and pbuffers. The host has the real one. */
#ifndef XG_EGL_SURFACE_H
#define XG_EGL_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

#include "egl/handle.h"

struct xg_config;
struct xg_stream;
struct xg_thread;
struct xg_window;

enum {
	XG_SURFACE_SWAPS_MAX = 2 /* in flight */
};

/* A swap that was sent: its place in the stream that carries it. */
struct xg_swap {
	uint32_t stream; /* 0: none */
	uint32_t sequence;
};

struct xg_surface {
	struct xg_handle handle;
	const struct xg_config *config;
	bool is_on_host;
	struct xg_window *window; /* NULL for a pbuffer */
	struct xg_thread *thread; /* where it is current; guarded by the EGL lock */

	/* Touched only where it is current. */
	EGLint interval;
	struct xg_swap swaps[XG_SURFACE_SWAPS_MAX]; /* the last ones, oldest first */
	bool is_resized;			    /* since the last swap */
	bool is_age_wanted;			    /* the age was asked for, once */
	bool is_age_read, has_region;		    /* in this frame: damage.h */
	bool is_preserved;			    /* EGL_SWAP_BEHAVIOR */
};

/* Destroys a surface whose last reference has gone. Called by xg_handle_unref. */
void xg_surface_destroy(struct xg_surface *surface);

/*
 * The surface that the application's handle names on that display, with a new reference, NULL if
 * there is none. Takes the EGL lock.
 */
struct xg_surface *xg_surface_get(struct xg_display *display, EGLSurface handle);

/* In the child of a fork: no thread is swapping any more. */
void xg_swap_forked(void);

/* Tells the host the window's size if it has changed. On the thread where the surface is current.
 */
void xg_surface_send_size(struct xg_surface *surface, struct xg_stream *stream);

#endif

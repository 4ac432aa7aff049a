/* SPDX-License-Identifier: MIT */
/*
 * A rendering context (EGL 1.5, section 3.7). The host has the real one under the same id; here is
 * what the guest must know to check arguments, and the GL client state (struct xg_gles).
 */
#ifndef XG_EGL_CONTEXT_H
#define XG_EGL_CONTEXT_H

#include "egl/handle.h"
#include "gles/state.h"

struct xg_config;
struct xg_surface;
struct xg_thread;

/* Draw and read surfaces that the host has once accepted for a context, as wire ids. */
struct xg_binding {
	uint32_t draw, read;
};

enum { XG_CONTEXT_BINDINGS = 16 };

struct xg_context {
	struct xg_handle handle;
	const struct xg_config *config; /* NULL: EGL_NO_CONFIG_KHR */
	EGLint major, minor;		/* the version that was asked for */
	bool is_on_host;
	struct xg_share *share;
	struct xg_gles gl;

	/* Guarded by the EGL lock. */
	struct xg_thread *thread; /* where it is current */
	struct xg_surface *draw, *read;
	bool lost;

	/* Combinations for which eglMakeCurrent needs no answer again; used where it is current. */
	struct xg_binding accepted[XG_CONTEXT_BINDINGS];
	unsigned accepted_count, next_accepted;
};

/* Destroys a context whose last reference has gone. Called by xg_handle_unref. */
void xg_context_destroy(struct xg_context *context);

/*
 * The context that the application's handle names on that display, with a new reference; NULL if
 * there is none. The caller holds the EGL lock.
 */
struct xg_context *xg_context_find(struct xg_display *display, EGLContext handle);

/* The same for who has not the lock. */
struct xg_context *xg_context_get(struct xg_display *display, EGLContext handle);

/*
 * Makes no context current on the calling thread, as eglMakeCurrent(EGL_NO_CONTEXT) does, but needs
 * no display and cannot fail: for eglReleaseThread and a thread's end.
 */
void xg_context_release_current(void);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Displays (EGL 1.5, section 3.2). A display is made once for each native display and never freed,
 * so its handle is its address and stays valid.
 *
 * What eglInitialize opens and eglTerminate ends is a session: the host's display, and the native
 * one's state. Objects hold a reference on the session that they were made in, so that it ends when
 * the last of them does; a context that is current at eglTerminate goes on working.
 */
#ifndef XG_EGL_DISPLAY_H
#define XG_EGL_DISPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "egl/config.h"
#include "egl/handle.h"
#include "platform/platform.h"

struct xg_connection;
struct xg_stream;

struct xg_session {
	uint32_t id;			  /* the display's, on the wire */
	unsigned references;		  /* guarded by the EGL lock */
	struct xg_connection *connection; /* where the host's display is */
	const struct xg_platform *platform;
	void *state; /* the platform's, NULL if it has none */
};

struct xg_display {
	struct xg_display *next; /* in the process's list */
	const struct xg_platform *platform;
	void *native;
	EGLLabelKHR label;
	char *driver_name; /* once it was asked for; guarded by the EGL lock, then constant */

	/* Guarded by the EGL lock. session is NULL while the display is not initialized. */
	struct xg_session *session;
	struct xg_handle *objects[XG_KIND_COUNT];

	/* Set at the first eglInitialize, constant from then on. */
	EGLint major, minor;
	char *extensions;
	struct xg_configs configs;
};

/* The display of that handle, NULL if there is none. Any thread. */
struct xg_display *xg_display_find(EGLDisplay handle);

bool xg_display_is_initialized(struct xg_display *display);

/* Whether the display's extension string has that name. The display has been initialized once. */
bool xg_display_has(const struct xg_display *display, const char *extension);

/*
 * The calling thread's stream, to reach the host's display; NULL with the thread's error set to
 * EGL_BAD_ALLOC or EGL_CONTEXT_LOST where it cannot be reached. May block to make the stream.
 */
struct xg_stream *xg_display_stream(const struct xg_display *display);

/*
 * The display's id on the wire, 0 if it was terminated meanwhile: a call that runs into that gets
 * the host's EGL_BAD_DISPLAY.
 */
uint32_t xg_display_id(struct xg_display *display);

/* One more reference; the caller has the EGL lock. */
struct xg_session *xg_session_ref(struct xg_session *session);

/* One less; the last one ends the host's display. Takes the lock. */
void xg_session_unref(struct xg_session *session);

/*
 * The calling thread's stream if it still leads to that session's host, else NULL: to destroy what
 * is there. Sets no error.
 */
struct xg_stream *xg_session_stream(const struct xg_session *session);

/* In the child of a fork: no thread is initializing a display any more. */
void xg_display_forked(void);

/* The platform extensions that libEGL.so.1 adds to the client extensions. */
const char *xg_display_platform_extensions(void);

#endif

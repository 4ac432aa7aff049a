/* SPDX-License-Identifier: MIT */
/*
 * What contexts, surfaces, images and syncs have in common: a wire id, a place in their display's
 * list, and a reference count. The application's handle is the object's address; it is looked up in
 * the list before it is ever followed, since an application may pass anything.
 *
 * One lock guards the lists, the references and who is current where. It is held for bookkeeping
 * only, never while waiting for the host or the compositor.
 */
#ifndef XG_EGL_HANDLE_H
#define XG_EGL_HANDLE_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

struct xg_display;
struct xg_session;

enum xg_kind {
	XG_KIND_CONTEXT,
	XG_KIND_SURFACE,
	XG_KIND_IMAGE,
	XG_KIND_SYNC,
	XG_KIND_COUNT,
};

struct xg_handle {
	struct xg_handle *next; /* in the display's list of this kind */
	struct xg_display *display;
	struct xg_session *session; /* a reference: what of the display the host must keep */
	enum xg_kind kind;
	bool is_linked; /* the application may still name it */
	unsigned
		references; /* one while linked, one for each place where it is current or in use */
	uint32_t id;	    /* on the wire; unique in the process */
	EGLLabelKHR label;  /* EGL_KHR_debug */
};

/* The EGL lock. Not recursive. */
void xg_egl_lock(void);
void xg_egl_unlock(void);

/* A new wire id: not 0, never given out before in this process. Any thread. */
uint32_t xg_handle_new_id(void);

/*
 * Fills a handle (zeroed memory) with a new id and one reference, the caller's, and counts it as an
 * object of the display's session. It is not linked yet. Takes the lock. False, and nothing done,
 * if the display was terminated meanwhile.
 */
bool xg_handle_init(struct xg_handle *handle, struct xg_display *display, enum xg_kind kind);

/*
 * Enters it in the display's list; the caller's reference becomes the list's. Takes the lock. After
 * a failure to make the object, xg_handle_unref() instead.
 */
void xg_handle_link(struct xg_handle *handle);

/* Takes it out of the list; the list's reference becomes the caller's. The caller has the lock. */
void xg_handle_unlink(struct xg_handle *handle);

/*
 * The object of that kind that the application calls `name`, with a new reference, or NULL. The
 * caller has the lock.
 */
struct xg_handle *xg_handle_find(struct xg_display *display, enum xg_kind kind, const void *name);

/*
 * Takes the object that the application calls `name` out of the list; the list's reference becomes
 * the caller's. NULL if there is none. Takes the lock.
 */
struct xg_handle *xg_handle_take(struct xg_display *display, enum xg_kind kind, const void *name);

/* One more reference. The caller has the lock. */
struct xg_handle *xg_handle_ref(struct xg_handle *handle);

/*
 * One reference less; NULL is legal. The last one destroys the object, on the host too. Takes the
 * lock, and is called without it.
 */
void xg_handle_unref(struct xg_handle *handle);

#endif

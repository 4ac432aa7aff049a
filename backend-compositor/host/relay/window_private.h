/* SPDX-License-Identifier: MIT */
/*
 * The relay's side of window.h: what the relay's thread announces, and how it learns that it may go
 * on. All of it is called with the relay's lock held, and nothing here waits.
 */
#ifndef XG_HOST_WINDOW_PRIVATE_H
#define XG_HOST_WINDOW_PRIVATE_H

#include "relay/window.h"

struct xg_window_display;

/* NULL without memory or descriptors. */
struct xg_windows *xg_windows_create(void);

/* Nothing may be left in it but clients and streams. NULL is legal. */
void xg_windows_destroy(struct xg_windows *windows);

/* An eventfd that becomes readable when the relay should look again. Owned by the windows. */
int xg_windows_fd(const struct xg_windows *windows);

/*
 * Makes a connection known, which has no client yet. NULL without memory. go_on is called, without
 * locks, by a replay thread that has ended a swap for which the relay waited: it goes on in the
 * place of the relay's thread, or answers false, and then that is told.
 */
struct xg_window_display *xg_window_display_create(struct xg_windows *windows,
	struct wl_display *display, bool (*go_on)(void *data), void *data);

/* The connection has introduced itself. Does nothing if no client has that cookie. */
void xg_window_display_introduce(
	struct xg_window_display *display, uint64_t untrusted_cookie, uint32_t display_id);

/* True if no replay thread has this display any more, so that it may be destroyed. */
bool xg_window_display_is_free(struct xg_window_display *display);

/* From here on no replay thread gets this display. */
void xg_window_display_end(struct xg_window_display *display);

/* The display must be free, and its windows given back. */
void xg_window_display_destroy(struct xg_window_display *display);

/* Announces a window. NULL without memory, or if the connection has no client. */
struct xg_window *xg_window_create(
	struct xg_window_display *display, struct wl_surface *surface, uint32_t window_id);

/* The surface is going: from here on every wait on the window fails. */
void xg_window_kill(struct xg_window *window);

/* True while a replay thread works on the surface; the relay will hear when that is over. */
bool xg_window_is_held(struct xg_window *window);

/* The relay stands at this swap. False if there is nothing to wait for. */
bool xg_window_arrive(struct xg_window *window, uint32_t stream, uint32_t sequence);

/* True while the relay must stay where it arrived; it will hear when that is over. */
bool xg_window_is_waiting(struct xg_window *window);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Where the relay and the replay threads meet. The relay carries an application's Wayland requests
 * in their order; a replay thread swaps on a relayed wl_surface; the commit inside that swap must
 * stand at its place among those requests.
 *
 * The relay announces connections, windows and swaps as it reaches them; a replay thread waits for
 * them here. No wait outlives what it waits for: the client, the connection, the window and the
 * stream all end it. All functions of this header are thread-safe. Functions that wait must not be
 * called on the relay's thread. Client and stream ids are the control channel's.
 */
#ifndef XG_HOST_WINDOW_H
#define XG_HOST_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

struct wl_display;
struct wl_surface;
struct xg_window;
struct xg_windows;

/*
 * Make a GL client and its streams known, when the control channel opens them and before any replay
 * thread starts: the relay lets a swap wait only for a stream that it knows, and a wait for what is
 * not known ends at once. False without memory.
 */
bool xg_windows_client_open(struct xg_windows *windows, uint32_t client, uint64_t cookie);
bool xg_windows_stream_open(struct xg_windows *windows, uint32_t client, uint32_t stream);

/* End all waits of that client, now and later; its windows hold no connection up any more. */
void xg_windows_client_gone(struct xg_windows *windows, uint32_t client);

/* End all waits of that stream, now and later; no connection waits for its swaps any more. */
void xg_windows_stream_gone(struct xg_windows *windows, uint32_t client, uint32_t stream);

/*
 * Waits until the client's Wayland connection has introduced itself with this cookie and display
 * id, and returns the host's connection for it; NULL when the client, the calling stream or that
 * connection is gone first. The caller may use it as EGL's native display; it stays valid (though
 * perhaps with a connection error) until xg_windows_release_display(), which each success needs
 * once.
 */
struct wl_display *xg_windows_wait_display(struct xg_windows *windows, uint32_t client,
	uint32_t stream, uint64_t cookie, uint32_t display_id);

/* After eglTerminate: the display may now be disconnected. NULL is legal. */
void xg_windows_release_display(struct xg_windows *windows, struct wl_display *display);

/*
 * Waits until the client has introduced that window, and returns a reference. NULL when the client,
 * the calling stream or the connection is gone first, or if the window stands on another connection
 * than this display, which is one that the caller holds from xg_windows_wait_display(). The display
 * must be held longer than the window.
 */
struct xg_window *xg_windows_wait_window(struct xg_windows *windows, uint32_t client,
	uint32_t stream, struct wl_display *display, uint32_t window_id);

/*
 * The relayed surface; NULL when the application has destroyed it or its connection is gone. To
 * make a wl_egl_window and an EGLSurface on it, call between xg_window_begin() and
 * xg_window_end(), so that it cannot go meanwhile.
 */
struct wl_surface *xg_window_surface(struct xg_window *window);

/*
 * Holds the window for work on its surface that has no place among the requests: while held, the
 * relay does not forward the surface's destruction. False if the surface is gone. Short work only.
 */
bool xg_window_begin(struct xg_window *window);
void xg_window_end(struct xg_window *window);

/* True if the relay stands at this swap now, so that xg_window_begin_swap() need not wait. */
bool xg_window_is_at_swap(struct xg_window *window, uint32_t stream, uint32_t sequence);

/*
 * Waits until the relay stands at this swap and holds the window there. False: the surface, the
 * connection, the stream or the client is gone, or the relay is past that sequence; the EGLSurface
 * must not be swapped. After true, xg_window_end_swap() must follow, whatever the swap gave.
 */
bool xg_window_begin_swap(struct xg_window *window, uint32_t stream, uint32_t sequence);

/*
 * The relay goes on. Returns false if the compositor's connection has failed meanwhile, which
 * eglSwapBuffers itself does not tell.
 */
bool xg_window_end_swap(struct xg_window *window);

/* Gives the reference of xg_windows_wait_window() back. NULL is legal. */
void xg_window_unref(struct xg_window *window);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A window of the wayland platform: an application's wl_egl_window, and how a swap on it takes its
 * place among the application's requests.
 *
 * The host commits the real surface; what this side sends is one request that marks the place
 * (xg_swap_v1.swap), and, to keep pace with the screen, a frame callback of its own on the
 * application's wl_surface. Both travel on the application's connection, with a queue of the
 * window's own, so that no event of the application's is dispatched here.
 */
#ifndef XG_WINDOW_H
#define XG_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>

struct xg_window;

/*
 * A window on native (a struct wl_egl_window), known to the host by that id; state is what the
 * wayland platform's open() returned, and must outlive the window. The requests that introduce it
 * are flushed. NULL with *error set: EGL_BAD_NATIVE_WINDOW, EGL_BAD_ALLOC if it has a surface
 * already.
 */
struct xg_window *xg_window_create(void *state, void *native, uint32_t id, EGLint *error);

/* NULL is legal. The wl_egl_window is the application's and may be gone already. */
void xg_window_destroy(struct xg_window *window);

/* False once the application has destroyed the wl_egl_window. */
bool xg_window_is_alive(const struct xg_window *window);

/*
 * The size that the host was last told. True if the surface has that size; false if a resize is
 * still on its way into a frame, so that only the host can say.
 */
bool xg_window_settled_size(const struct xg_window *window, int32_t *width, int32_t *height);

/*
 * If the size is not the one that this last gave, or attached offsets are pending, gives them for
 * xgResizeWindow and returns true.
 */
struct xg_window_size {
	int32_t width, height, dx, dy;
};
bool xg_window_take_resize(struct xg_window *window, struct xg_window_size *size);

/*
 * Calls resized(data), on whichever thread resizes the wl_egl_window, until it is set to NULL.
 */
void xg_window_on_resize(struct xg_window *window, void (*resized)(void *data), void *data);

/*
 * Waits until the compositor has asked for the next frame since the last xg_window_mark_swap() with
 * wants_frame. Dispatches the window's own queue only. False: the connection has failed.
 */
bool xg_window_wait_frame(struct xg_window *window);

/*
 * Takes in what the compositor has sent, without waiting: an application that swaps in a loop may
 * leave that to EGL, and only dispatch its own queue. False: the connection has failed.
 */
bool xg_window_read_events(struct xg_window *window);

/*
 * Marks the place of the swap with that sequence in that stream; xg_window_flush() sends it. Does
 * not block. False without memory for the request.
 */
bool xg_window_mark_swap(
	struct xg_window *window, uint32_t stream, uint32_t sequence, bool wants_frame);

/* Sends the requests, waiting for room in the socket. False: the connection has failed. */
bool xg_window_flush(struct xg_window *window);

#endif

/* SPDX-License-Identifier: MIT */
/* See window.h. What wl_egl_window_* does is libwayland-egl's; its backend header is the ABI. */
#include "platform/window.h"

#include <poll.h>
#include <stdlib.h>

#include <wayland-client.h>
#include <wayland-egl-backend.h>

#include "platform/wayland.h"
#include "xg-swap-v1-client-protocol.h"

/* A resize takes effect with the next frame that is begun; after so many swaps that is over. */
enum { SETTLED_SWAPS = 2 };

struct xg_window {
	const struct xg_wayland *wayland;
	struct wl_egl_window *native; /* NULL once the application has destroyed it */
	struct wl_event_queue *queue;
	struct wl_surface *surface; /* a wrapper of the application's, on our queue */
	struct wl_callback *frame;  /* NULL while none is awaited */
	struct xg_window_size sent;
	unsigned swaps_since_resize;
	void (*resized)(void *data);
	void *resized_data;
};

static void handle_resize(struct wl_egl_window *native, void *data)
{
	struct xg_window *window = data;

	if (window->resized)
		window->resized(window->resized_data);
}

static void handle_destroy(void *data)
{
	struct xg_window *window = data;

	window->native = NULL;
}

static void handle_frame(void *data, struct wl_callback *callback, uint32_t time)
{
	struct xg_window *window = data;

	wl_callback_destroy(callback);
	window->frame = NULL;
}

static const struct wl_callback_listener frame_listener = {.done = handle_frame};

struct xg_window *xg_window_create(void *state, void *native_window, uint32_t id, EGLint *error)
{
	const struct xg_wayland *const wayland = state;
	struct wl_egl_window *const native = native_window;
	struct xg_window *window;

	if (!native || !native->surface) {
		*error = EGL_BAD_NATIVE_WINDOW;
		return NULL;
	}
	*error = EGL_BAD_ALLOC;
	if (native->driver_private)
		return NULL;
	window = calloc(1, sizeof(*window));
	if (!window)
		return NULL;
	window->wayland = wayland;
	window->queue = wl_display_create_queue(wayland->display);
	window->surface = wl_proxy_create_wrapper(native->surface);
	if (!window->queue || !window->surface)
		goto err_window;
	wl_proxy_set_queue((struct wl_proxy *)window->surface, window->queue);
	window->native = native;
	window->sent = (struct xg_window_size){native->width, native->height, 0, 0};
	window->swaps_since_resize = SETTLED_SWAPS;
	xg_swap_v1_window(wayland->swap, window->surface, id);
	if (!xg_wayland_flush(wayland))
		goto err_window;
	native->driver_private = window;
	native->resize_callback = handle_resize;
	native->destroy_window_callback = handle_destroy;
	return window;

err_window:
	if (window->surface)
		wl_proxy_wrapper_destroy(window->surface);
	if (window->queue)
		wl_event_queue_destroy(window->queue);
	free(window);
	return NULL;
}

void xg_window_destroy(struct xg_window *window)
{
	if (!window)
		return;
	if (window->native) {
		window->native->driver_private = NULL;
		window->native->resize_callback = NULL;
		window->native->destroy_window_callback = NULL;
	}
	if (window->frame)
		wl_callback_destroy(window->frame);
	wl_proxy_wrapper_destroy(window->surface);
	wl_event_queue_destroy(window->queue);
	free(window);
}

bool xg_window_is_alive(const struct xg_window *window)
{
	return window->native != NULL;
}

bool xg_window_settled_size(const struct xg_window *window, int32_t *width, int32_t *height)
{
	*width = window->sent.width;
	*height = window->sent.height;
	return window->swaps_since_resize >= SETTLED_SWAPS;
}

bool xg_window_take_resize(struct xg_window *window, struct xg_window_size *size)
{
	const struct wl_egl_window *const native = window->native;
	const struct xg_window_size sent = window->sent;

	if (!native || (native->width == sent.width && native->height == sent.height &&
			       native->dx == sent.dx && native->dy == sent.dy))
		return false;
	*size = (struct xg_window_size){native->width, native->height, native->dx, native->dy};
	window->sent = *size;
	window->swaps_since_resize = 0;
	return true;
}

void xg_window_on_resize(struct xg_window *window, void (*resized)(void *data), void *data)
{
	window->resized = resized;
	window->resized_data = data;
}

bool xg_window_wait_frame(struct xg_window *window)
{
	while (window->frame) {
		if (wl_display_dispatch_queue(window->wayland->display, window->queue) < 0)
			return false;
	}
	return true;
}

bool xg_window_read_events(struct xg_window *window)
{
	struct wl_display *const display = window->wayland->display;
	struct pollfd readable = {.fd = wl_display_get_fd(display), .events = POLLIN};

	/* Not 0: events wait on our queue already. */
	if (wl_display_prepare_read_queue(display, window->queue) == 0) {
		if (poll(&readable, 1, 0) > 0)
			wl_display_read_events(display);
		else
			wl_display_cancel_read(display);
	}
	return wl_display_dispatch_queue_pending(display, window->queue) >= 0;
}

bool xg_window_mark_swap(
	struct xg_window *window, uint32_t stream, uint32_t sequence, bool wants_frame)
{
	struct wl_egl_window *const native = window->native;

	if (wants_frame && !window->frame) {
		window->frame = wl_surface_frame(window->surface);
		if (!window->frame)
			return false;
		wl_callback_add_listener(window->frame, &frame_listener, window);
	}
	if (window->swaps_since_resize < SETTLED_SWAPS)
		window->swaps_since_resize++;
	xg_swap_v1_swap(window->wayland->swap, window->surface, stream, sequence);
	if (native) {
		native->attached_width = window->sent.width;
		native->attached_height = window->sent.height;
		/* The offset holds for one attach. */
		native->dx = native->dy = 0;
		window->sent.dx = window->sent.dy = 0;
	}
	return true;
}

bool xg_window_flush(struct xg_window *window)
{
	return xg_wayland_flush(window->wayland);
}

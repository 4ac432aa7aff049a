/* SPDX-License-Identifier: MIT */
/* A client's toplevel window; see client.h. */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void attach(struct window *window)
{
	struct wl_buffer *buffer =
		client_buffer(window->client, window->width, window->height, window->colour);

	wl_surface_attach(window->surface, buffer, 0, 0);
	wl_surface_damage(window->surface, 0, 0, INT32_MAX, INT32_MAX);
}

static void handle_configure(void *data, struct xdg_surface *xdg_surface, uint32_t serial)
{
	struct window *window = data;

	window->is_configured = true;
	xdg_surface_ack_configure(xdg_surface, serial);
	if (!window->follows || window->wanted_width <= 0)
		return;
	window->width = window->wanted_width;
	window->height = window->wanted_height;
	attach(window);
	wl_surface_commit(window->surface);
}

static const struct xdg_surface_listener surface_listener = {.configure = handle_configure};

static void handle_toplevel_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
	struct window *window = data;
	const uint32_t *state;

	window->wanted_width = width;
	window->wanted_height = height;
	window->is_active = window->is_maximized = window->is_fullscreen = window->is_resizing =
		false;
	wl_array_for_each (state, states) {
		window->is_active |= *state == XDG_TOPLEVEL_STATE_ACTIVATED;
		window->is_maximized |= *state == XDG_TOPLEVEL_STATE_MAXIMIZED;
		window->is_fullscreen |= *state == XDG_TOPLEVEL_STATE_FULLSCREEN;
		window->is_resizing |= *state == XDG_TOPLEVEL_STATE_RESIZING;
	}
}

static void handle_close(void *data, struct xdg_toplevel *toplevel)
{
	struct window *window = data;

	window->closes++;
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = handle_toplevel_configure,
	.close = handle_close,
};

void window_create(struct window *window, struct client *client)
{
	*window = (struct window){.client = client};
	window->surface = wl_compositor_create_surface(client->compositor);
	window->xdg_surface = xdg_wm_base_get_xdg_surface(client->shell, window->surface);
	xdg_surface_add_listener(window->xdg_surface, &surface_listener, window);
	window->toplevel = xdg_surface_get_toplevel(window->xdg_surface);
	xdg_toplevel_add_listener(window->toplevel, &toplevel_listener, window);
	wl_surface_commit(window->surface);
	client_sync(client);
	client_sync(client);
	assert_true(window->is_configured);
}

void window_draw(struct window *window, int32_t width, int32_t height, uint32_t colour)
{
	window->width = width;
	window->height = height;
	window->colour = colour;
	attach(window);
	surface_show(window->client, window->surface);
}

void window_open(struct window *window, struct client *client, int32_t width, int32_t height,
	uint32_t colour)
{
	window_create(window, client);
	window_draw(window, width, height, colour);
	client_sync(client);
}

void window_close(struct window *window)
{
	xdg_toplevel_destroy(window->toplevel);
	xdg_surface_destroy(window->xdg_surface);
	wl_surface_destroy(window->surface);
	client_sync(window->client);
}

static void handle_done(void *data, struct wl_callback *callback, uint32_t time)
{
	bool *is_done = data;

	*is_done = true;
	wl_callback_destroy(callback);
}

static const struct wl_callback_listener done_listener = {.done = handle_done};

void surface_show(struct client *client, struct wl_surface *surface)
{
	struct wl_callback *callback = wl_surface_frame(surface);
	bool is_done = false;

	wl_callback_add_listener(callback, &done_listener, &is_done);
	wl_surface_commit(surface);
	while (!is_done)
		assert_true(wl_display_dispatch(client->display) >= 0);
}

/* SPDX-License-Identifier: MIT */
/* See xdg_shell.h. */
#include "xdg_shell.h"

#include <stdlib.h>

#include "server.h"
#include "surface.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_positioner.h"
#include "xdg_surface.h"
#include "xdg_toplevel.h"

/* Clients of weston 10 bind what is offered, and die of the events that version 4 brought. */
#define VERSION 3
/* Long for a user, and for the first frame of a program that compiles its shaders. */
#define PING_TIMEOUT_MS 5000

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_xdg_base *base = wl_resource_get_user_data(resource);

	if (!wl_list_empty(&base->surfaces)) {
		wl_resource_post_error(resource, XDG_WM_BASE_ERROR_DEFUNCT_SURFACES,
			"xdg_wm_base destroyed before its surfaces");
		return;
	}
	wl_resource_destroy(resource);
}

static void handle_create_positioner(
	struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	xg_positioner_create(client, resource, id);
}

static void handle_get_xdg_surface(struct wl_client *client, struct wl_resource *resource,
	uint32_t id, struct wl_resource *surface)
{
	xg_xdg_surface_create(
		wl_resource_get_user_data(resource), xg_surface_from_resource(surface), id);
}

static void set_unresponsive(struct xg_xdg_base *base, bool is_unresponsive)
{
	struct xg_xdg_surface *surface;

	if (base->is_unresponsive == is_unresponsive)
		return;
	base->is_unresponsive = is_unresponsive;
	wl_list_for_each (surface, &base->surfaces, link) {
		struct xg_toplevel *toplevel = xg_toplevel_of(surface);

		if (toplevel)
			xg_window_handle_title(&toplevel->window);
	}
}

static int handle_ping_timeout(void *data)
{
	set_unresponsive(data, true);
	return 0;
}

void xg_xdg_base_ping(struct xg_xdg_base *base)
{
	if (!base || base->ping_serial)
		return;
	base->ping_serial = wl_display_next_serial(base->server->display);
	xdg_wm_base_send_ping(base->resource, base->ping_serial);
	wl_event_source_timer_update(base->ping_timer, PING_TIMEOUT_MS);
}

static void handle_pong(struct wl_client *client, struct wl_resource *resource, uint32_t serial)
{
	struct xg_xdg_base *base = wl_resource_get_user_data(resource);

	if (!base->ping_serial || serial != base->ping_serial)
		return;
	base->ping_serial = 0;
	wl_event_source_timer_update(base->ping_timer, 0);
	set_unresponsive(base, false);
}

static const struct xdg_wm_base_interface implementation = {
	.destroy = handle_destroy,
	.create_positioner = handle_create_positioner,
	.get_xdg_surface = handle_get_xdg_surface,
	.pong = handle_pong,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_xdg_base *base = wl_resource_get_user_data(resource);
	struct xg_xdg_surface *surface, *next;

	wl_list_for_each_safe (surface, next, &base->surfaces, link) {
		wl_list_remove(&surface->link);
		wl_list_init(&surface->link);
		surface->base = NULL;
	}
	wl_event_source_remove(base->ping_timer);
	free(base);
}

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct xg_xdg_base *base = calloc(1, sizeof(*base));

	if (!base) {
		wl_client_post_no_memory(client);
		return;
	}
	base->server = data;
	wl_list_init(&base->surfaces);
	base->resource =
		xg_server_bind(client, &xdg_wm_base_interface, version, id, &implementation, base);
	if (!base->resource) {
		free(base);
		return;
	}
	base->ping_timer = wl_event_loop_add_timer(base->server->loop, handle_ping_timeout, base);
	if (!base->ping_timer)
		abort();
	wl_resource_set_destructor(base->resource, handle_resource_destroyed);
}

bool xg_xdg_shell_init(struct xg_server *server)
{
	return wl_global_create(server->display, &xdg_wm_base_interface, VERSION, server, bind);
}

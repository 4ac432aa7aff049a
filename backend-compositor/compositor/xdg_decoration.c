/* SPDX-License-Identifier: MIT */
/* See xdg_decoration.h. */
#include "xdg_decoration.h"

#include "server.h"
#include "surface.h"
#include "xdg-decoration-unstable-v1-server-protocol.h"
#include "xdg_toplevel.h"

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void answer(struct wl_resource *resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel)
		xg_xdg_surface_schedule_configure(toplevel->xdg);
}

static void handle_set_mode(struct wl_client *client, struct wl_resource *resource, uint32_t mode)
{
	answer(resource);
}

static void handle_unset_mode(struct wl_client *client, struct wl_resource *resource)
{
	answer(resource);
}

static const struct zxdg_toplevel_decoration_v1_interface decoration_implementation = {
	.destroy = handle_destroy,
	.set_mode = handle_set_mode,
	.unset_mode = handle_unset_mode,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel)
		toplevel->decoration = NULL;
}

static void handle_get_toplevel_decoration(struct wl_client *client, struct wl_resource *manager,
	uint32_t id, struct wl_resource *toplevel_resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(toplevel_resource);
	struct wl_resource *resource = wl_resource_create(client,
		&zxdg_toplevel_decoration_v1_interface, wl_resource_get_version(manager), id);

	if (!resource) {
		wl_resource_post_no_memory(manager);
		return;
	}
	wl_resource_set_implementation(
		resource, &decoration_implementation, NULL, handle_resource_destroyed);
	if (!toplevel)
		return;
	if (toplevel->decoration) {
		wl_resource_post_error(resource,
			ZXDG_TOPLEVEL_DECORATION_V1_ERROR_ALREADY_CONSTRUCTED,
			"the toplevel has a decoration object already");
		return;
	}
	if (toplevel->xdg->surface->texture || toplevel->xdg->surface->pending.buffer.resource) {
		wl_resource_post_error(resource,
			ZXDG_TOPLEVEL_DECORATION_V1_ERROR_UNCONFIGURED_BUFFER,
			"a decoration object after a buffer");
		return;
	}
	wl_resource_set_user_data(resource, toplevel);
	toplevel->decoration = resource;
	xg_xdg_surface_schedule_configure(toplevel->xdg);
}

static const struct zxdg_decoration_manager_v1_interface manager_implementation = {
	.destroy = handle_destroy,
	.get_toplevel_decoration = handle_get_toplevel_decoration,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &zxdg_decoration_manager_v1_interface, version, id,
		&manager_implementation, data);
}

bool xg_decoration_init(struct xg_server *server)
{
	return wl_global_create(
		server->display, &zxdg_decoration_manager_v1_interface, 1, server, bind);
}

void xg_decoration_configure(struct xg_toplevel *toplevel)
{
	if (toplevel->decoration)
		zxdg_toplevel_decoration_v1_send_configure(
			toplevel->decoration, ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
}

void xg_decoration_post_orphaned(struct xg_toplevel *toplevel)
{
	wl_resource_post_error(toplevel->decoration, ZXDG_TOPLEVEL_DECORATION_V1_ERROR_ORPHANED,
		"xdg_toplevel destroyed before its decoration object");
}

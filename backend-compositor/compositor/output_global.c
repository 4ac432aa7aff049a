/* SPDX-License-Identifier: MIT */
/* See output_global.h. */
#include "output_global.h"

#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "output.h"
#include "server.h"
#include "surface.h"
#include "xdg_output.h"

static void handle_release(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wl_output_interface implementation = {.release = handle_release};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void send_mode(const struct xg_output *output, struct wl_resource *resource)
{
	wl_output_send_mode(resource, WL_OUTPUT_MODE_CURRENT | WL_OUTPUT_MODE_PREFERRED,
		output->width, output->height, output->refresh_mhz);
}

static void send_done(struct wl_resource *resource)
{
	if (wl_resource_get_version(resource) >= WL_OUTPUT_DONE_SINCE_VERSION)
		wl_output_send_done(resource);
}

static void send_surfaces_entered(const struct xg_output *output, struct wl_resource *resource)
{
	const struct wl_client *client = wl_resource_get_client(resource);
	const struct xg_surface *surface;

	wl_list_for_each (surface, &output->server->surfaces, link) {
		if (surface->entered && wl_resource_get_client(surface->resource) == client)
			wl_surface_send_enter(surface->resource, resource);
	}
}

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct xg_output *output = data;
	struct wl_resource *resource =
		xg_server_bind(client, &wl_output_interface, version, id, &implementation, output);

	if (!resource)
		return;
	wl_resource_set_destructor(resource, handle_resource_destroyed);
	wl_list_insert(&output->resources, wl_resource_get_link(resource));
	wl_output_send_geometry(resource, 0, 0, 0, 0, WL_OUTPUT_SUBPIXEL_UNKNOWN, "xenglass",
		output->impl->name, WL_OUTPUT_TRANSFORM_NORMAL);
	send_mode(output, resource);
	if (version >= WL_OUTPUT_SCALE_SINCE_VERSION)
		wl_output_send_scale(resource, 1);
	if (version >= WL_OUTPUT_NAME_SINCE_VERSION) {
		wl_output_send_name(resource, output->impl->name);
		wl_output_send_description(resource, "xenglass-compositor");
	}
	send_done(resource);
	send_surfaces_entered(output, resource);
}

void xg_output_global_init(struct xg_output *output)
{
	output->global =
		wl_global_create(output->server->display, &wl_output_interface, 4, output, bind);
	if (!output->global)
		abort();
}

struct xg_output *xg_output_from_resource(struct wl_resource *resource)
{
	return wl_resource_get_user_data(resource);
}

void xg_output_send_mode(struct xg_output *output)
{
	struct wl_resource *resource;

	xg_xdg_output_send_size(output);
	wl_resource_for_each(resource, &output->resources)
	{
		send_mode(output, resource);
		send_done(resource);
	}
}

void xg_output_send_enter(struct xg_output *output, const struct xg_surface *surface, bool entered)
{
	const struct wl_client *client = wl_resource_get_client(surface->resource);
	struct wl_resource *resource;

	wl_resource_for_each(resource, &output->resources)
	{
		if (wl_resource_get_client(resource) != client)
			continue;
		if (entered)
			wl_surface_send_enter(surface->resource, resource);
		else
			wl_surface_send_leave(surface->resource, resource);
	}
}

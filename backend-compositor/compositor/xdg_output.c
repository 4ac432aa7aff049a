/* SPDX-License-Identifier: MIT */
/* See xdg_output.h. */
#include "xdg_output.h"

#include <wayland-server-protocol.h>

#include "output.h"
#include "output_global.h"
#include "server.h"
#include "xdg-output-unstable-v1-server-protocol.h"

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct zxdg_output_v1_interface output_implementation = {.destroy = handle_destroy};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void send_size(const struct xg_output *output, struct wl_resource *resource)
{
	zxdg_output_v1_send_logical_position(resource, 0, 0);
	zxdg_output_v1_send_logical_size(resource, output->width, output->height);
}

void xg_xdg_output_send_size(struct xg_output *output)
{
	struct wl_resource *resource;

	wl_resource_for_each(resource, &output->xdg_outputs)
	{
		send_size(output, resource);
		if (wl_resource_get_version(resource) < 3)
			zxdg_output_v1_send_done(resource);
	}
}

static void handle_get_xdg_output(struct wl_client *client, struct wl_resource *manager,
	uint32_t id, struct wl_resource *output_resource)
{
	struct xg_output *output = xg_output_from_resource(output_resource);
	const int version = wl_resource_get_version(manager);
	struct wl_resource *resource =
		wl_resource_create(client, &zxdg_output_v1_interface, version, id);

	if (!resource) {
		wl_resource_post_no_memory(manager);
		return;
	}
	wl_resource_set_implementation(
		resource, &output_implementation, output, handle_resource_destroyed);
	wl_list_insert(&output->xdg_outputs, wl_resource_get_link(resource));
	send_size(output, resource);
	if (version >= ZXDG_OUTPUT_V1_NAME_SINCE_VERSION) {
		zxdg_output_v1_send_name(resource, output->impl->name);
		zxdg_output_v1_send_description(resource, "xenglass-compositor");
	}
	/* Since version 3, wl_output.done says what this did. */
	if (version < 3)
		zxdg_output_v1_send_done(resource);
	else if (wl_resource_get_version(output_resource) >= WL_OUTPUT_DONE_SINCE_VERSION)
		wl_output_send_done(output_resource);
}

static const struct zxdg_output_manager_v1_interface manager_implementation = {
	.destroy = handle_destroy,
	.get_xdg_output = handle_get_xdg_output,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &zxdg_output_manager_v1_interface, version, id,
		&manager_implementation, data);
}

bool xg_xdg_output_init(struct xg_server *server)
{
	return wl_global_create(
		server->display, &zxdg_output_manager_v1_interface, 3, server, bind);
}

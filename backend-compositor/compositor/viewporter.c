/* SPDX-License-Identifier: MIT */
/* See viewporter.h. What a viewport does to a surface is surface_content.c's. */
#include "viewporter.h"

#include <wayland-server-core.h>

#include "server.h"
#include "surface.h"
#include "viewporter-server-protocol.h"

/* The surface of a wp_viewport's request; NULL after the protocol error that it is gone. */
static struct xg_surface *surface_of(struct wl_resource *resource)
{
	struct xg_surface *surface = wl_resource_get_user_data(resource);

	if (!surface)
		wl_resource_post_error(
			resource, WP_VIEWPORT_ERROR_NO_SURFACE, "the wl_surface is destroyed");
	return surface;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_set_source(struct wl_client *client, struct wl_resource *resource, wl_fixed_t x,
	wl_fixed_t y, wl_fixed_t width, wl_fixed_t height)
{
	const wl_fixed_t unset = wl_fixed_from_int(-1);
	struct xg_surface *surface = surface_of(resource);
	const bool is_unset = x == unset && y == unset && width == unset && height == unset;

	if (!surface)
		return;
	if (!is_unset && (x < 0 || y < 0 || width <= 0 || height <= 0)) {
		wl_resource_post_error(resource, WP_VIEWPORT_ERROR_BAD_VALUE,
			"a source of %g × %g at %g, %g", wl_fixed_to_double(width),
			wl_fixed_to_double(height), wl_fixed_to_double(x), wl_fixed_to_double(y));
		return;
	}

	struct xg_viewport *viewport = &surface->pending.viewport;
	viewport->has_source = !is_unset;
	viewport->x = wl_fixed_to_double(x);
	viewport->y = wl_fixed_to_double(y);
	viewport->width = wl_fixed_to_double(width);
	viewport->height = wl_fixed_to_double(height);
	surface->pending.changed |= XG_CHANGED_VIEWPORT;
}

static void handle_set_destination(
	struct wl_client *client, struct wl_resource *resource, int32_t width, int32_t height)
{
	struct xg_surface *surface = surface_of(resource);
	const bool is_unset = width == -1 && height == -1;

	if (!surface)
		return;
	/* Sizes are kept where sums of them fit, which is far larger than any screen. */
	if (!is_unset && (width <= 0 || height <= 0 || width > INT16_MAX || height > INT16_MAX)) {
		wl_resource_post_error(resource, WP_VIEWPORT_ERROR_BAD_VALUE,
			"a destination of %d × %d", width, height);
		return;
	}
	surface->pending.viewport.has_destination = !is_unset;
	surface->pending.viewport.destination_width = width;
	surface->pending.viewport.destination_height = height;
	surface->pending.changed |= XG_CHANGED_VIEWPORT;
}

static const struct wp_viewport_interface viewport_implementation = {
	.destroy = handle_destroy,
	.set_source = handle_set_source,
	.set_destination = handle_set_destination,
};

/* Destroying the object takes its effect away, at the next commit. */
static void handle_viewport_destroyed(struct wl_resource *resource)
{
	struct xg_surface *surface = wl_resource_get_user_data(resource);

	if (!surface)
		return;
	surface->viewport = NULL;
	surface->pending.viewport = (struct xg_viewport){0};
	surface->pending.changed |= XG_CHANGED_VIEWPORT;
}

static void handle_get_viewport(struct wl_client *client, struct wl_resource *resource, uint32_t id,
	struct wl_resource *surface_resource)
{
	struct xg_surface *surface = xg_surface_from_resource(surface_resource);

	if (surface->viewport) {
		wl_resource_post_error(resource, WP_VIEWPORTER_ERROR_VIEWPORT_EXISTS,
			"wl_surface@%u has a viewport already",
			wl_resource_get_id(surface_resource));
		return;
	}
	surface->viewport = wl_resource_create(
		client, &wp_viewport_interface, wl_resource_get_version(resource), id);
	if (!surface->viewport) {
		wl_resource_post_no_memory(resource);
		return;
	}
	wl_resource_set_implementation(
		surface->viewport, &viewport_implementation, surface, handle_viewport_destroyed);
}

static const struct wp_viewporter_interface implementation = {
	.destroy = handle_destroy,
	.get_viewport = handle_get_viewport,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &wp_viewporter_interface, version, id, &implementation, data);
}

bool xg_viewporter_init(struct xg_server *server)
{
	return wl_global_create(server->display, &wp_viewporter_interface, 1, server, bind);
}

/* SPDX-License-Identifier: MIT */
/* See compositor.h. */
#include "compositor.h"

#include <stdlib.h>
#include <pixman.h>
#include <wayland-server-protocol.h>

#include "box.h"
#include "server.h"
#include "surface.h"

/* A region of more rectangles than this takes no more: a hint need not be complete. */
#define MAX_RECTANGLES 1024

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

/* What reaches further than any surface is cut off, so that sums fit. */
static struct xg_box cut(int32_t x, int32_t y, int32_t width, int32_t height)
{
	const struct xg_box all = {INT16_MIN, INT16_MIN, 2 * INT16_MAX, 2 * INT16_MAX};
	const struct xg_box given = {x, y, width, height};

	return xg_box_intersect(&all, &given);
}

static void handle_add(struct wl_client *client, struct wl_resource *resource, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	pixman_region32_t *region = wl_resource_get_user_data(resource);
	const struct xg_box box = cut(x, y, width, height);

	if (width <= 0 || height <= 0 || xg_box_is_empty(&box) ||
		pixman_region32_n_rects(region) > MAX_RECTANGLES)
		return;
	pixman_region32_union_rect(
		region, region, box.x, box.y, (unsigned)box.width, (unsigned)box.height);
}

static void handle_subtract(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
	pixman_region32_t *region = wl_resource_get_user_data(resource), rectangle;
	const struct xg_box box = cut(x, y, width, height);

	if (width <= 0 || height <= 0 || xg_box_is_empty(&box) ||
		pixman_region32_n_rects(region) > MAX_RECTANGLES)
		return;
	pixman_region32_init_rect(
		&rectangle, box.x, box.y, (unsigned)box.width, (unsigned)box.height);
	pixman_region32_subtract(region, region, &rectangle);
	pixman_region32_fini(&rectangle);
}

static const struct wl_region_interface region_implementation = {
	.destroy = handle_destroy,
	.add = handle_add,
	.subtract = handle_subtract,
};

static void handle_region_destroyed(struct wl_resource *resource)
{
	pixman_region32_t *region = wl_resource_get_user_data(resource);

	pixman_region32_fini(region);
	free(region);
}

static void handle_create_region(
	struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	pixman_region32_t *region = malloc(sizeof(*region));
	struct wl_resource *region_resource =
		wl_resource_create(client, &wl_region_interface, 1, id);

	if (!region || !region_resource) {
		free(region);
		wl_resource_post_no_memory(resource);
		return;
	}
	pixman_region32_init(region);
	wl_resource_set_implementation(
		region_resource, &region_implementation, region, handle_region_destroyed);
}

static void handle_create_surface(
	struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	if (!xg_surface_create(client, (uint32_t)wl_resource_get_version(resource), id,
		    wl_resource_get_user_data(resource)))
		wl_resource_post_no_memory(resource);
}

static const struct wl_compositor_interface implementation = {
	.create_surface = handle_create_surface,
	.create_region = handle_create_region,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &wl_compositor_interface, version, id, &implementation, data);
}

bool xg_compositor_init(struct xg_server *server)
{
	return wl_global_create(server->display, &wl_compositor_interface, 5, server, bind);
}

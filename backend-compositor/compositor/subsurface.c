/* SPDX-License-Identifier: MIT */
/*
 * See subsurface.h. Trees are kept shallow (MAX_DEPTH), because they are walked by recursion and a
 * client chooses their shape.
 */
#include "subsurface.h"

#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "output.h"
#include "server.h"
#include "surface.h"

#define MAX_DEPTH 32

static void unlink_order(struct xg_subsurface *subsurface)
{
	wl_list_remove(&subsurface->link);
	wl_list_remove(&subsurface->pending_link);
	wl_list_init(&subsurface->link);
	wl_list_init(&subsurface->pending_link);
}

static void destroy(struct xg_subsurface *subsurface)
{
	unlink_order(subsurface);
	subsurface->surface->role_data = NULL;
	xg_output_schedule(subsurface->surface->server->output);
	wl_resource_set_user_data(subsurface->resource, NULL);
	free(subsurface);
}

static void handle_surface_destroyed(struct xg_surface *surface)
{
	destroy(surface->role_data);
}

static const struct xg_surface_role subsurface_role = {
	.name = "wl_subsurface",
	.surface_destroyed = handle_surface_destroyed,
};

struct xg_subsurface *xg_subsurface_of(const struct xg_surface *surface)
{
	return surface->role == &subsurface_role ? surface->role_data : NULL;
}

bool xg_subsurface_is_synchronized(const struct xg_subsurface *subsurface)
{
	while (subsurface && subsurface->parent) {
		if (subsurface->synchronized)
			return true;
		subsurface = xg_subsurface_of(subsurface->parent);
	}
	return false;
}

static void copy_order(struct wl_list *order, struct wl_list *pending)
{
	struct xg_subsurface *subsurface;

	wl_list_init(order);
	wl_list_for_each (subsurface, pending, pending_link) {
		wl_list_insert(order->prev, &subsurface->link);
	}
}

void xg_subsurface_apply_order(struct xg_surface *parent)
{
	/* Every child in the order is in the pending one, too: both lists are made anew. */
	copy_order(&parent->below, &parent->pending_below);
	copy_order(&parent->above, &parent->pending_above);
}

void xg_subsurface_parent_applied(struct xg_subsurface *subsurface)
{
	subsurface->x = subsurface->pending_x;
	subsurface->y = subsurface->pending_y;
	if (xg_subsurface_is_synchronized(subsurface))
		xg_surface_apply_cached(subsurface->surface);
}

static void release_all(struct wl_list *pending)
{
	struct xg_subsurface *subsurface, *next;

	wl_list_for_each_safe (subsurface, next, pending, pending_link) {
		unlink_order(subsurface);
		subsurface->parent = NULL;
	}
}

void xg_subsurface_parent_destroyed(struct xg_surface *parent)
{
	release_all(&parent->pending_below);
	release_all(&parent->pending_above);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_set_position(
	struct wl_client *client, struct wl_resource *resource, int32_t x, int32_t y)
{
	struct xg_subsurface *subsurface = wl_resource_get_user_data(resource);

	if (!subsurface)
		return;
	/* Far enough for any screen, and near enough for sums of 32 of them to fit. */
	subsurface->pending_x = x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x;
	subsurface->pending_y = y < INT16_MIN ? INT16_MIN : y > INT16_MAX ? INT16_MAX : y;
}

/* The sibling that a request names, NULL for the parent itself; false after a protocol error. */
static bool find_sibling(
	struct xg_subsurface *subsurface, struct wl_resource *named, struct xg_subsurface **sibling)
{
	struct xg_surface *surface = xg_surface_from_resource(named);

	*sibling = NULL;
	if (surface == subsurface->parent)
		return true;
	*sibling = xg_subsurface_of(surface);
	if (*sibling && *sibling != subsurface && (*sibling)->parent == subsurface->parent)
		return true;
	wl_resource_post_error(subsurface->resource, WL_SUBSURFACE_ERROR_BAD_SURFACE,
		"wl_surface@%u is neither a sibling nor the parent", wl_resource_get_id(named));
	return false;
}

static void handle_place_above(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *named)
{
	struct xg_subsurface *subsurface = wl_resource_get_user_data(resource), *sibling;

	if (!subsurface || !subsurface->parent || !find_sibling(subsurface, named, &sibling))
		return;
	wl_list_remove(&subsurface->pending_link);
	wl_list_insert(sibling ? &sibling->pending_link : &subsurface->parent->pending_above,
		&subsurface->pending_link);
}

static void handle_place_below(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *named)
{
	struct xg_subsurface *subsurface = wl_resource_get_user_data(resource), *sibling;

	if (!subsurface || !subsurface->parent || !find_sibling(subsurface, named, &sibling))
		return;
	wl_list_remove(&subsurface->pending_link);
	wl_list_insert(
		sibling ? sibling->pending_link.prev : subsurface->parent->pending_below.prev,
		&subsurface->pending_link);
}

static void handle_set_sync(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_subsurface *subsurface = wl_resource_get_user_data(resource);

	if (subsurface)
		subsurface->synchronized = true;
}

/* What was cached for the parent's commit need not wait for it any more. */
static void apply_released(struct xg_surface *surface);

static void apply_released_children(struct wl_list *children)
{
	struct xg_subsurface *child, *next;

	wl_list_for_each_safe (child, next, children, pending_link) {
		if (!child->synchronized)
			apply_released(child->surface);
	}
}

static void apply_released(struct xg_surface *surface)
{
	xg_surface_apply_cached(surface);
	apply_released_children(&surface->pending_below);
	apply_released_children(&surface->pending_above);
}

static void handle_set_desync(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_subsurface *subsurface = wl_resource_get_user_data(resource);

	if (!subsurface)
		return;
	subsurface->synchronized = false;
	if (!xg_subsurface_is_synchronized(subsurface))
		apply_released(subsurface->surface);
}

static const struct wl_subsurface_interface subsurface_implementation = {
	.destroy = handle_destroy,
	.set_position = handle_set_position,
	.place_above = handle_place_above,
	.place_below = handle_place_below,
	.set_sync = handle_set_sync,
	.set_desync = handle_set_desync,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_subsurface *subsurface = wl_resource_get_user_data(resource);

	if (subsurface)
		destroy(subsurface);
}

static bool is_within(const struct xg_surface *surface, const struct xg_surface *ancestor)
{
	while (surface && surface != ancestor) {
		const struct xg_subsurface *subsurface = xg_subsurface_of(surface);

		surface = subsurface ? subsurface->parent : NULL;
	}
	return surface;
}

static int depth_of(const struct xg_surface *surface)
{
	int depth = 0;

	while (surface) {
		const struct xg_subsurface *subsurface = xg_subsurface_of(surface);

		surface = subsurface ? subsurface->parent : NULL;
		depth++;
	}
	return depth;
}

static int height_of(const struct xg_surface *surface)
{
	const struct wl_list *const lists[] = {&surface->pending_below, &surface->pending_above};
	const struct xg_subsurface *child;
	int height = 0;

	for (int i = 0; i < 2; i++) {
		wl_list_for_each (child, lists[i], pending_link) {
			const int below = height_of(child->surface);

			height = below > height ? below : height;
		}
	}
	return height + 1;
}

static bool may_be_child(
	struct wl_resource *resource, struct xg_surface *surface, struct xg_surface *parent)
{
	if (is_within(parent, surface)) {
		wl_resource_post_error(resource, WL_SUBCOMPOSITOR_ERROR_BAD_SURFACE,
			"a surface cannot be within itself");
		return false;
	}
	if (depth_of(parent) + height_of(surface) > MAX_DEPTH) {
		wl_resource_post_error(resource, WL_SUBCOMPOSITOR_ERROR_BAD_SURFACE,
			"more than %d surfaces within each other", MAX_DEPTH);
		return false;
	}
	return true;
}

static void handle_get_subsurface(struct wl_client *client, struct wl_resource *resource,
	uint32_t id, struct wl_resource *surface_resource, struct wl_resource *parent_resource)
{
	struct xg_surface *surface = xg_surface_from_resource(surface_resource);
	struct xg_surface *parent = xg_surface_from_resource(parent_resource);

	if (!may_be_child(resource, surface, parent))
		return;

	struct xg_subsurface *subsurface = calloc(1, sizeof(*subsurface));
	if (!subsurface) {
		wl_resource_post_no_memory(resource);
		return;
	}
	if (!xg_surface_set_role(surface, &subsurface_role, subsurface, resource,
		    WL_SUBCOMPOSITOR_ERROR_BAD_SURFACE)) {
		free(subsurface);
		return;
	}
	subsurface->resource = wl_resource_create(
		client, &wl_subsurface_interface, wl_resource_get_version(resource), id);
	if (!subsurface->resource) {
		surface->role_data = NULL;
		free(subsurface);
		wl_resource_post_no_memory(resource);
		return;
	}
	subsurface->surface = surface;
	subsurface->parent = parent;
	subsurface->synchronized = true;
	wl_list_init(&subsurface->link);
	wl_list_insert(parent->pending_above.prev, &subsurface->pending_link);
	wl_resource_set_implementation(subsurface->resource, &subsurface_implementation, subsurface,
		handle_resource_destroyed);
}

static const struct wl_subcompositor_interface subcompositor_implementation = {
	.destroy = handle_destroy,
	.get_subsurface = handle_get_subsurface,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &wl_subcompositor_interface, version, id,
		&subcompositor_implementation, data);
}

bool xg_subcompositor_init(struct xg_server *server)
{
	return wl_global_create(server->display, &wl_subcompositor_interface, 1, server, bind);
}

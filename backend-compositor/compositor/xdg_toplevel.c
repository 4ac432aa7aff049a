/* SPDX-License-Identifier: MIT */
/* See xdg_toplevel.h. */
#include "xdg_toplevel.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_decoration.h"
#include "xdg_shell.h"

/* What is kept of a title; more than any title bar shows. */
#define TITLE_MAX 1024

static void leave_parent(struct xg_toplevel *toplevel)
{
	wl_list_remove(&toplevel->child_link);
	wl_list_init(&toplevel->child_link);
	toplevel->parent = NULL;
}

/* xdg_toplevel.set_parent: what loses its parent gets the parent's. */
static void hand_children_on(struct xg_toplevel *toplevel)
{
	struct xg_toplevel *child, *next;

	wl_list_for_each_safe (child, next, &toplevel->children, child_link) {
		leave_parent(child);
		if (!toplevel->parent)
			continue;
		child->parent = toplevel->parent;
		wl_list_insert(&child->parent->children, &child->child_link);
	}
}

static void add_state(struct wl_array *states, uint32_t state)
{
	uint32_t *place = wl_array_add(states, sizeof(*place));

	if (!place)
		abort();
	*place = state;
}

static void handle_configure(struct xg_xdg_surface *xdg)
{
	struct xg_toplevel *toplevel = xdg->role_data;
	const struct xg_window *window = &toplevel->window;
	struct wl_array states;

	wl_array_init(&states);
	if (window->mode == XG_WINDOW_MAXIMIZED)
		add_state(&states, XDG_TOPLEVEL_STATE_MAXIMIZED);
	if (window->mode == XG_WINDOW_FULLSCREEN)
		add_state(&states, XDG_TOPLEVEL_STATE_FULLSCREEN);
	if (window->is_active)
		add_state(&states, XDG_TOPLEVEL_STATE_ACTIVATED);
	if (window->resize_edges)
		add_state(&states, XDG_TOPLEVEL_STATE_RESIZING);
	xdg_toplevel_send_configure(
		toplevel->resource, window->wanted_width, window->wanted_height, &states);
	wl_array_release(&states);
	xg_decoration_configure(toplevel);
}

static bool check_limits(struct xg_toplevel *toplevel)
{
	const int32_t min_width = toplevel->pending.min_width;
	const int32_t min_height = toplevel->pending.min_height;
	const int32_t max_width = toplevel->pending.max_width;
	const int32_t max_height = toplevel->pending.max_height;

	if ((max_width && min_width > max_width) || (max_height && min_height > max_height)) {
		wl_resource_post_error(toplevel->resource, XDG_TOPLEVEL_ERROR_INVALID_SIZE,
			"a minimum size above the maximum");
		return false;
	}
	toplevel->limits = toplevel->pending;
	return true;
}

static void handle_applied(struct xg_xdg_surface *xdg)
{
	struct xg_toplevel *toplevel = xdg->role_data;

	if (check_limits(toplevel))
		xg_window_handle_commit(&toplevel->window);
}

static void handle_map(struct xg_xdg_surface *xdg)
{
	struct xg_toplevel *toplevel = xdg->role_data;

	xg_window_map(&toplevel->window, toplevel->parent ? &toplevel->parent->window : NULL);
}

static void handle_unmap(struct xg_xdg_surface *xdg)
{
	struct xg_toplevel *toplevel = xdg->role_data;

	xg_window_unmap(&toplevel->window);
	hand_children_on(toplevel);
	leave_parent(toplevel);
}

static void destroy(struct xg_toplevel *toplevel)
{
	hand_children_on(toplevel);
	leave_parent(toplevel);
	xg_window_finish(&toplevel->window);
	if (toplevel->decoration)
		wl_resource_set_user_data(toplevel->decoration, NULL);
	wl_resource_set_user_data(toplevel->resource, NULL);
	free(toplevel->title);
	free(toplevel);
}

static void handle_orphan(struct xg_xdg_surface *xdg)
{
	destroy(xdg->role_data);
}

const struct xg_xdg_role xg_toplevel_role = {
	.configure = handle_configure,
	.applied = handle_applied,
	.map = handle_map,
	.unmap = handle_unmap,
	.orphan = handle_orphan,
};

struct xg_toplevel *xg_toplevel_of(const struct xg_xdg_surface *xdg)
{
	return xdg->role == &xg_toplevel_role ? xdg->role_data : NULL;
}

void xg_toplevel_close(struct xg_toplevel *toplevel)
{
	xg_xdg_base_ping(toplevel->xdg->base);
	xdg_toplevel_send_close(toplevel->resource);
}

static int32_t limited(int32_t value, int32_t low, int32_t high)
{
	if (high && value > high)
		value = high;
	if (value < low)
		value = low;
	return value < 1 ? 1 : value;
}

void xg_toplevel_limit_size(const struct xg_toplevel *toplevel, int32_t *width, int32_t *height)
{
	*width = limited(*width, toplevel->limits.min_width, toplevel->limits.max_width);
	*height = limited(*height, toplevel->limits.min_height, toplevel->limits.max_height);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel && toplevel->decoration) {
		xg_decoration_post_orphaned(toplevel);
		return;
	}
	wl_resource_destroy(resource);
}

static bool is_above(const struct xg_toplevel *toplevel, const struct xg_toplevel *ancestor)
{
	while (ancestor && ancestor != toplevel)
		ancestor = ancestor->parent;
	return ancestor;
}

static void handle_set_parent(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *parent_resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);
	struct xg_toplevel *parent =
		parent_resource ? wl_resource_get_user_data(parent_resource) : NULL;

	if (!toplevel)
		return;
	if (parent && is_above(toplevel, parent)) {
		wl_resource_post_error(resource, XDG_TOPLEVEL_ERROR_INVALID_PARENT,
			"a toplevel cannot be above its own parent");
		return;
	}
	leave_parent(toplevel);
	if (!parent)
		return;
	toplevel->parent = parent;
	wl_list_insert(&parent->children, &toplevel->child_link);
}

static void handle_set_title(
	struct wl_client *client, struct wl_resource *resource, const char *title)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (!toplevel)
		return;
	free(toplevel->title);
	toplevel->title = strndup(title, TITLE_MAX);
	xg_window_handle_title(&toplevel->window);
}

static void handle_set_app_id(
	struct wl_client *client, struct wl_resource *resource, const char *id)
{
}

static void handle_show_window_menu(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *seat, uint32_t serial, int32_t x, int32_t y)
{
}

static void handle_move(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *seat, uint32_t serial)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel && toplevel->window.is_mapped)
		xg_seat_begin_move(toplevel->window.server->seat, &toplevel->window, serial);
}

static bool is_resize_edge(uint32_t edges)
{
	return edges <= XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM_RIGHT &&
	       edges != (XDG_TOPLEVEL_RESIZE_EDGE_TOP | XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM) &&
	       edges != 7;
}

static void handle_resize(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *seat, uint32_t serial, uint32_t edges)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (!is_resize_edge(edges)) {
		wl_resource_post_error(
			resource, XDG_TOPLEVEL_ERROR_INVALID_RESIZE_EDGE, "%u is no edge", edges);
		return;
	}
	if (toplevel && toplevel->window.is_mapped)
		xg_seat_begin_resize(
			toplevel->window.server->seat, &toplevel->window, serial, edges);
}

static bool check_size(struct wl_resource *resource, int32_t width, int32_t height)
{
	if (width >= 0 && height >= 0)
		return true;
	wl_resource_post_error(
		resource, XDG_TOPLEVEL_ERROR_INVALID_SIZE, "a limit of %d × %d", width, height);
	return false;
}

static void handle_set_max_size(
	struct wl_client *client, struct wl_resource *resource, int32_t width, int32_t height)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (!toplevel || !check_size(resource, width, height))
		return;
	toplevel->pending.max_width = width;
	toplevel->pending.max_height = height;
}

static void handle_set_min_size(
	struct wl_client *client, struct wl_resource *resource, int32_t width, int32_t height)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (!toplevel || !check_size(resource, width, height))
		return;
	toplevel->pending.min_width = width;
	toplevel->pending.min_height = height;
}

static void set_mode(struct wl_resource *resource, enum xg_window_mode mode)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel)
		xg_window_set_mode(&toplevel->window, mode);
}

/* Leaves a mode; a window that is not in it stays as it is, and is told so. */
static void unset_mode(struct wl_resource *resource, enum xg_window_mode mode)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel)
		xg_window_set_mode(&toplevel->window,
			toplevel->window.mode == mode ? XG_WINDOW_NORMAL : toplevel->window.mode);
}

static void handle_set_maximized(struct wl_client *client, struct wl_resource *resource)
{
	set_mode(resource, XG_WINDOW_MAXIMIZED);
}

static void handle_unset_maximized(struct wl_client *client, struct wl_resource *resource)
{
	unset_mode(resource, XG_WINDOW_MAXIMIZED);
}

static void handle_set_fullscreen(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *output)
{
	set_mode(resource, XG_WINDOW_FULLSCREEN);
}

static void handle_unset_fullscreen(struct wl_client *client, struct wl_resource *resource)
{
	unset_mode(resource, XG_WINDOW_FULLSCREEN);
}

/* There is nowhere to keep a hidden window; it goes below the others. */
static void handle_set_minimized(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (toplevel)
		xg_window_lower(&toplevel->window);
}

static const struct xdg_toplevel_interface implementation = {
	.destroy = handle_destroy,
	.set_parent = handle_set_parent,
	.set_title = handle_set_title,
	.set_app_id = handle_set_app_id,
	.show_window_menu = handle_show_window_menu,
	.move = handle_move,
	.resize = handle_resize,
	.set_max_size = handle_set_max_size,
	.set_min_size = handle_set_min_size,
	.set_maximized = handle_set_maximized,
	.unset_maximized = handle_unset_maximized,
	.set_fullscreen = handle_set_fullscreen,
	.unset_fullscreen = handle_unset_fullscreen,
	.set_minimized = handle_set_minimized,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_toplevel *toplevel = wl_resource_get_user_data(resource);

	if (!toplevel)
		return;
	xg_xdg_surface_drop_role(toplevel->xdg);
	destroy(toplevel);
}

void xg_toplevel_create(struct xg_xdg_surface *xdg, uint32_t id)
{
	struct xg_toplevel *toplevel = calloc(1, sizeof(*toplevel));

	if (toplevel)
		toplevel->resource = wl_resource_create(wl_resource_get_client(xdg->resource),
			&xdg_toplevel_interface, wl_resource_get_version(xdg->resource), id);
	if (!toplevel || !toplevel->resource) {
		free(toplevel);
		wl_resource_post_no_memory(xdg->resource);
		return;
	}
	toplevel->xdg = xdg;
	wl_list_init(&toplevel->children);
	wl_list_init(&toplevel->child_link);
	xg_window_init(&toplevel->window, toplevel);
	xdg->role = &xg_toplevel_role;
	xdg->role_data = toplevel;
	wl_resource_set_implementation(
		toplevel->resource, &implementation, toplevel, handle_resource_destroyed);
}

/* SPDX-License-Identifier: MIT */
/* See window.h. */
#include "window.h"

#include <stdlib.h>

#include "guest.h"
#include "layout.h"
#include "output.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "texture.h"
#include "window_frame.h"
#include "window_title.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_popup.h"
#include "xdg_toplevel.h"

/* As much of a title bar as can always be seen and grabbed. */
#define REACH 48
/* How many generations of children are raised with a window. */
#define MAX_GENERATIONS 32

void xg_window_init(struct xg_window *window, struct xg_toplevel *toplevel)
{
	struct xg_server *server = toplevel->xdg->surface->server;

	window->server = server;
	window->guest = xg_guest_of(server, wl_resource_get_client(toplevel->resource));
	window->toplevel = toplevel;
	window->surface = toplevel->xdg->surface;
	window->id = xg_server_new_id(server);
	window->title_stale = true;
	window->least_width = xg_window_title_least_width(window->guest);
	wl_list_init(&window->link);
	wl_list_init(&window->popups);
}

void xg_window_finish(struct xg_window *window)
{
	xg_window_unmap(window);
	xg_texture_destroy(window->title);
}

static void configure(struct xg_window *window)
{
	xg_xdg_surface_schedule_configure(window->toplevel->xdg);
}

static void set_active(struct xg_window *window, bool is_active)
{
	if (window->is_active == is_active)
		return;
	window->is_active = is_active;
	window->title_stale = true;
	configure(window);
	xg_output_schedule(window->server->output);
}

/* The topmost window, and it alone, is active. */
static void activate_topmost(struct xg_server *server)
{
	struct xg_window *window;
	struct xg_surface *surface = NULL;

	wl_list_for_each (window, &server->windows, link) {
		set_active(window, !surface);
		if (!surface)
			surface = window->surface;
	}
	xg_seat_focus_keyboard(server->seat, surface);
}

/* Raises the window, and its children above it, keeping their order. Clients choose the depth. */
static void raise_with_children(struct xg_window *window, int depth)
{
	struct xg_toplevel *child;

	wl_list_remove(&window->link);
	wl_list_insert(&window->server->windows, &window->link);
	wl_list_for_each_reverse (child, &window->toplevel->children, child_link) {
		if (child->window.is_mapped && depth < MAX_GENERATIONS)
			raise_with_children(&child->window, depth + 1);
	}
}

void xg_window_activate(struct xg_window *window)
{
	if (!window->is_mapped)
		return;
	raise_with_children(window, 0);
	activate_topmost(window->server);
	xg_output_schedule(window->server->output);
}

void xg_window_map(struct xg_window *window, const struct xg_window *parent)
{
	const struct xg_box size = xg_frame_outer(window);

	if (!window->has_place)
		xg_layout_place(window, parent && parent->is_mapped ? parent : NULL, size.width,
			size.height, &window->x, &window->y);
	window->is_mapped = window->has_place = true;

	struct wl_list *windows = &window->server->windows;
	const struct xg_window *first = wl_container_of(windows->next, first, link);
	if (wl_list_empty(windows) || first->guest == window->guest) {
		wl_list_insert(windows, &window->link);
		xg_window_activate(window);
	} else {
		wl_list_insert(windows->next, &window->link);
		xg_output_schedule(window->server->output);
	}
}

void xg_window_lower(struct xg_window *window)
{
	if (!window->is_mapped)
		return;
	xg_popups_dismiss(window);
	wl_list_remove(&window->link);
	wl_list_insert(window->server->windows.prev, &window->link);
	activate_topmost(window->server);
	xg_output_schedule(window->server->output);
}

void xg_window_unmap(struct xg_window *window)
{
	if (!window->is_mapped)
		return;
	window->is_mapped = false;
	window->is_active = false;
	window->mode = XG_WINDOW_NORMAL;
	window->wanted_width = window->wanted_height = 0;
	window->resize_edges = 0;
	xg_popups_dismiss(window);
	wl_list_remove(&window->link);
	wl_list_init(&window->link);
	xg_seat_forget_window(window->server->seat, window);
	activate_topmost(window->server);
	xg_seat_handle_scene(window->server->seat);
	xg_output_schedule(window->server->output);
}

void xg_window_origin(const struct xg_window *window, int32_t *x, int32_t *y)
{
	const struct xg_box content = xg_frame_content(window);
	const struct xg_box *geometry = &window->toplevel->xdg->geometry;

	*x = content.x;
	*y = content.y;
	/* What is smaller than the screen stands in its middle. */
	if (window->mode == XG_WINDOW_FULLSCREEN) {
		if (geometry->width < content.width)
			*x += (content.width - geometry->width) / 2;
		if (geometry->height < content.height)
			*y += (content.height - geometry->height) / 2;
	}
}

/*
 * Where the client sets no geometry it is the box around its surfaces. When a subsurface makes that
 * grow to the left or upwards, the frame does, and the surfaces stay where they are.
 */
static void follow_implicit_geometry(struct xg_window *window)
{
	const struct xg_xdg_surface *xdg = window->toplevel->xdg;
	const int32_t x = xdg->has_geometry ? 0 : xdg->geometry.x;
	const int32_t y = xdg->has_geometry ? 0 : xdg->geometry.y;

	if (window->is_mapped && window->mode == XG_WINDOW_NORMAL && !xdg->has_geometry) {
		window->x += x - window->implicit_x;
		window->y += y - window->implicit_y;
	}
	window->implicit_x = x;
	window->implicit_y = y;
}

/* Keeps as much of the title bar on the screen as must be. */
static void keep_in_reach(struct xg_window *window)
{
	const struct xg_box screen = xg_output_box(window->server->output);
	const struct xg_box outer = xg_frame_outer(window);

	if (window->mode != XG_WINDOW_NORMAL)
		return;
	if (window->x > screen.width - REACH)
		window->x = screen.width - REACH;
	if (window->x + outer.width < REACH)
		window->x = REACH - outer.width;
	if (window->y > screen.height - XG_FRAME_TITLE_HEIGHT)
		window->y = screen.height - XG_FRAME_TITLE_HEIGHT;
	if (window->y < 0)
		window->y = 0;
}

void xg_window_handle_commit(struct xg_window *window)
{
	const int32_t x = window->x, y = window->y;

	follow_implicit_geometry(window);
	if (!window->is_mapped)
		return;

	const struct xg_box outer = xg_frame_outer(window);
	if (window->resize_edges & XDG_TOPLEVEL_RESIZE_EDGE_LEFT)
		window->x = window->resize_right - outer.width;
	if (window->resize_edges & XDG_TOPLEVEL_RESIZE_EDGE_TOP)
		window->y = window->resize_bottom - outer.height;
	/* A client chooses its size, but may not carry its title bar off the screen by that. */
	if (window->x != x || window->y != y)
		keep_in_reach(window);
}

void xg_window_handle_title(struct xg_window *window)
{
	window->title_stale = true;
	if (window->is_mapped)
		xg_output_schedule(window->server->output);
}

void xg_window_move(struct xg_window *window, int32_t x, int32_t y)
{
	if (window->mode != XG_WINDOW_NORMAL)
		return;
	window->x = x;
	window->y = y;
	keep_in_reach(window);
	xg_output_schedule(window->server->output);
}

/* The largest content that fits on the screen within a frame. */
static void find_bounds(const struct xg_window *window, int32_t *width, int32_t *height)
{
	const struct xg_box screen = xg_output_box(window->server->output);

	*width = screen.width;
	*height = screen.height;
	if (window->mode == XG_WINDOW_FULLSCREEN) {
		*height -= XG_FRAME_STRIP_HEIGHT;
	} else {
		*width -= 2 * XG_FRAME_BORDER;
		*height -= XG_FRAME_TITLE_HEIGHT + XG_FRAME_BORDER;
	}
	*width = *width < 1 ? 1 : *width;
	*height = *height < 1 ? 1 : *height;
}

void xg_window_set_mode(struct xg_window *window, enum xg_window_mode mode)
{
	const struct xg_box *geometry = &window->toplevel->xdg->geometry;

	if (window->mode == XG_WINDOW_NORMAL && window->is_mapped) {
		window->normal_width = geometry->width;
		window->normal_height = geometry->height;
	}
	window->mode = mode;
	if (mode == XG_WINDOW_NORMAL) {
		window->wanted_width = window->normal_width;
		window->wanted_height = window->normal_height;
	} else {
		window->resize_edges = 0;
		find_bounds(window, &window->wanted_width, &window->wanted_height);
	}
	window->title_stale = true;
	configure(window);
	xg_output_schedule(window->server->output);
}

void xg_window_begin_resize(struct xg_window *window, uint32_t edges)
{
	const struct xg_box outer = xg_frame_outer(window);

	if (window->mode != XG_WINDOW_NORMAL)
		return;
	window->resize_edges = edges;
	window->resize_right = outer.x + outer.width;
	window->resize_bottom = outer.y + outer.height;
	window->wanted_width = window->toplevel->xdg->geometry.width;
	window->wanted_height = window->toplevel->xdg->geometry.height;
	configure(window);
}

void xg_window_resize(struct xg_window *window, int32_t width, int32_t height)
{
	xg_toplevel_limit_size(window->toplevel, &width, &height);
	if (!window->resize_edges ||
		(width == window->wanted_width && height == window->wanted_height))
		return;
	window->wanted_width = width;
	window->wanted_height = height;
	configure(window);
}

void xg_window_end_resize(struct xg_window *window)
{
	window->resize_edges = 0;
	configure(window);
}

void xg_windows_handle_output(struct xg_server *server)
{
	struct xg_window *window;

	wl_list_for_each (window, &server->windows, link) {
		if (window->mode != XG_WINDOW_NORMAL)
			xg_window_set_mode(window, window->mode);
		else
			xg_window_move(window, window->x, window->y);
	}
}

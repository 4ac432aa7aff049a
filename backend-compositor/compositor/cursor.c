/* SPDX-License-Identifier: MIT */
/* See cursor.h. */
#include "cursor.h"

#include <math.h>
#include <stdlib.h>
#include <cairo.h>
#include <wayland-server-protocol.h>

#include "output.h"
#include "pick.h"
#include "pointer.h"
#include "scene.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "texture.h"
#include "xdg-shell-server-protocol.h"

#define SIZE 21
/* Below every id that xg_server_new_id() gives. */
#define SHAPE_ID 1

static void schedule(struct xg_cursor *cursor)
{
	xg_output_schedule(cursor->pointer->seat->server->output);
}

static void handle_applied(struct xg_surface *surface, int32_t dx, int32_t dy)
{
	struct xg_cursor *cursor = surface->role_data;

	cursor->hotspot_x -= dx;
	cursor->hotspot_y -= dy;
}

static void handle_surface_destroyed(struct xg_surface *surface)
{
	struct xg_cursor *cursor = surface->role_data;

	cursor->surface = NULL;
}

static const struct xg_surface_role cursor_role = {
	.name = "cursor",
	.applied = handle_applied,
	.surface_destroyed = handle_surface_destroyed,
};

bool xg_cursor_claim(struct xg_surface *surface, struct wl_resource *pointer)
{
	/* The role has no object of its own: role_data is set only while the surface is shown. */
	return surface->role == &cursor_role ||
	       xg_surface_set_role(surface, &cursor_role, NULL, pointer, WL_POINTER_ERROR_ROLE);
}

static void unset_surface(struct xg_cursor *cursor)
{
	if (cursor->surface)
		cursor->surface->role_data = NULL;
	cursor->surface = NULL;
}

void xg_cursor_set(
	struct xg_cursor *cursor, struct xg_surface *surface, int32_t hotspot_x, int32_t hotspot_y)
{
	unset_surface(cursor);
	cursor->is_set = true;
	cursor->surface = surface;
	cursor->hotspot_x = hotspot_x;
	cursor->hotspot_y = hotspot_y;
	if (surface)
		surface->role_data = cursor;
	schedule(cursor);
}

void xg_cursor_reset(struct xg_cursor *cursor)
{
	unset_surface(cursor);
	cursor->is_set = false;
	schedule(cursor);
}

void xg_cursor_init(struct xg_cursor *cursor, struct xg_pointer *pointer)
{
	*cursor = (struct xg_cursor){.pointer = pointer};
}

void xg_cursor_finish(struct xg_cursor *cursor)
{
	unset_surface(cursor);
	for (int i = 0; i < XG_CURSOR_SHAPES; i++)
		xg_texture_destroy(cursor->shapes[i]);
}

/* Traces the path on a picture of SIZE × SIZE. */
static void trace(cairo_t *cairo, const double (*corners)[2], size_t count)
{
	for (size_t i = 0; i < count; i++)
		cairo_line_to(cairo, corners[i][0], corners[i][1]);
	cairo_close_path(cairo);
}

static void trace_shape(cairo_t *cairo, enum xg_cursor_shape shape)
{
	static const double arrow[][2] = {
		{1, 1}, {1, 16}, {4.6, 12.8}, {7, 18.4}, {9.6, 17.3}, {7.2, 11.8}, {12, 11.6}};
	static const double both_ways[][2] = {{0, -9}, {5, -4}, {1.5, -4}, {1.5, 4}, {5, 4}, {0, 9},
		{-5, 4}, {-1.5, 4}, {-1.5, -4}, {-5, -4}};
	static const double turns[XG_CURSOR_SHAPES] = {0, 0, M_PI / 2, -M_PI / 4, M_PI / 4};

	if (shape == XG_CURSOR_ARROW) {
		trace(cairo, arrow, sizeof(arrow) / sizeof(arrow[0]));
		return;
	}
	cairo_translate(cairo, SIZE / 2.0, SIZE / 2.0);
	cairo_rotate(cairo, turns[shape]);
	trace(cairo, both_ways, sizeof(both_ways) / sizeof(both_ways[0]));
}

static struct xg_texture *draw_shape(enum xg_cursor_shape shape)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, SIZE, SIZE);
	cairo_t *cairo = cairo_create(surface);
	struct xg_texture *texture = xg_texture_create();

	if (!texture)
		abort();
	trace_shape(cairo, shape);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_fill_preserve(cairo);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_set_line_width(cairo, 1.2);
	cairo_stroke(cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);

	const struct xg_pixels pixels = {
		.format = WL_SHM_FORMAT_ARGB8888,
		.width = SIZE,
		.height = SIZE,
		.stride_bytes = cairo_image_surface_get_stride(surface),
		.data = cairo_image_surface_get_data(surface),
	};
	xg_texture_upload(texture, &pixels, NULL);
	cairo_surface_destroy(surface);
	return texture;
}

static enum xg_cursor_shape shape_of_edges(uint32_t edges)
{
	switch (edges) {
	case XDG_TOPLEVEL_RESIZE_EDGE_TOP:
	case XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM:
		return XG_CURSOR_VERTICAL;
	case XDG_TOPLEVEL_RESIZE_EDGE_LEFT:
	case XDG_TOPLEVEL_RESIZE_EDGE_RIGHT:
		return XG_CURSOR_HORIZONTAL;
	case XDG_TOPLEVEL_RESIZE_EDGE_TOP_LEFT:
	case XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM_RIGHT:
		return XG_CURSOR_FALLING;
	case XDG_TOPLEVEL_RESIZE_EDGE_TOP_RIGHT:
	case XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM_LEFT:
		return XG_CURSOR_RISING;
	default:
		return XG_CURSOR_ARROW;
	}
}

static void add_shape(struct xg_cursor *cursor, struct xg_scene *scene, enum xg_cursor_shape shape,
	int32_t x, int32_t y)
{
	const int32_t middle = shape == XG_CURSOR_ARROW ? 0 : SIZE / 2;
	const struct xg_box box = {x - middle, y - middle, SIZE, SIZE};
	struct xg_node *node = xg_scene_add(scene, SHAPE_ID, &box, &box);

	if (!cursor->shapes[shape])
		cursor->shapes[shape] = draw_shape(shape);
	node->version = shape;
	node->texture = cursor->shapes[shape];
	node->sampling.a = 1.0 / SIZE;
	node->sampling.e = 1.0 / SIZE;
}

void xg_cursor_add_to_scene(struct xg_cursor *cursor, struct xg_scene *scene)
{
	const struct xg_pointer *pointer = cursor->pointer;
	const int32_t x = (int32_t)floor(pointer->x), y = (int32_t)floor(pointer->y);

	if (!pointer->is_present)
		return;

	const struct xg_hit hit = xg_pick(pointer->seat->server, pointer->x, pointer->y);
	/* The client's own surface keeps the pointer while a button is pressed, even away from it.
	 */
	const bool is_over_client = hit.surface && pointer->focus &&
				    wl_resource_get_client(hit.surface->resource) ==
					    wl_resource_get_client(pointer->focus->resource);
	if (!cursor->is_set || !is_over_client)
		add_shape(cursor, scene,
			shape_of_edges(pointer->grab ? cursor->grabbed_edges : hit.edges), x, y);
	else if (cursor->surface)
		xg_scene_add_surface(scene, cursor->surface, x - cursor->hotspot_x,
			y - cursor->hotspot_y, &hit.clip);
}

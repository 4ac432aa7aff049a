/* SPDX-License-Identifier: MIT */
/* See cursor.h. */
#include "cursor.h"

#include <math.h>
#include <stdlib.h>
#include <cairo.h>
#include <wayland-server-protocol.h>

#include "output.h"
#include "pointer.h"
#include "scene.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "texture.h"

#define ARROW_WIDTH  14
#define ARROW_HEIGHT 20
/* Below every id that xg_server_new_id() gives. */
#define ARROW_ID 1

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
	xg_texture_destroy(cursor->arrow);
}

static void trace_arrow(cairo_t *cairo)
{
	static const double corners[][2] = {
		{1, 1}, {1, 16}, {4.6, 12.8}, {7, 18.4}, {9.6, 17.3}, {7.2, 11.8}, {12, 11.6}};

	for (size_t i = 0; i < sizeof(corners) / sizeof(corners[0]); i++)
		cairo_line_to(cairo, corners[i][0], corners[i][1]);
	cairo_close_path(cairo);
}

static struct xg_texture *draw_arrow(void)
{
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_ARGB32, ARROW_WIDTH, ARROW_HEIGHT);
	cairo_t *cairo = cairo_create(surface);
	struct xg_texture *texture = xg_texture_create();

	if (!texture)
		abort();
	trace_arrow(cairo);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_fill_preserve(cairo);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_set_line_width(cairo, 1.2);
	cairo_stroke(cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);

	const struct xg_pixels pixels = {
		.format = WL_SHM_FORMAT_ARGB8888,
		.width = ARROW_WIDTH,
		.height = ARROW_HEIGHT,
		.stride_bytes = cairo_image_surface_get_stride(surface),
		.data = cairo_image_surface_get_data(surface),
	};
	xg_texture_upload(texture, &pixels, NULL);
	cairo_surface_destroy(surface);
	return texture;
}

static void add_arrow(
	struct xg_cursor *cursor, struct xg_scene *scene, const struct xg_box *screen, int x, int y)
{
	const struct xg_box box = {x, y, ARROW_WIDTH, ARROW_HEIGHT};
	struct xg_node *node = xg_scene_add(scene, ARROW_ID, &box, screen);

	if (!node)
		return;
	if (!cursor->arrow)
		cursor->arrow = draw_arrow();
	node->texture = cursor->arrow;
	node->sampling.a = 1.0 / ARROW_WIDTH;
	node->sampling.e = 1.0 / ARROW_HEIGHT;
}

void xg_cursor_add_to_scene(
	struct xg_cursor *cursor, struct xg_scene *scene, const struct xg_box *screen)
{
	const int x = (int)floor(cursor->pointer->x), y = (int)floor(cursor->pointer->y);

	if (!cursor->pointer->is_present)
		return;
	if (!cursor->is_set)
		add_arrow(cursor, scene, screen, x, y);
	else if (cursor->surface)
		xg_scene_add_surface(scene, cursor->surface, x - cursor->hotspot_x,
			y - cursor->hotspot_y, screen);
}

/* SPDX-License-Identifier: MIT */
/* See window_frame.h; window_title.c draws the title bar's picture. */
#include "window_frame.h"

#include "guest.h"
#include "output.h"
#include "scene.h"
#include "server.h"
#include "texture.h"
#include "window.h"
#include "window_title.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_toplevel.h"

/* How near to a corner an edge takes hold of both its sides. */
#define CORNER 14

/* Nobody is to take what another guest's window shows for a part of this one. */
const float xg_frame_backdrop_rgb[3] = {0, 0, 0};

static int32_t at_least(int32_t value, int32_t low)
{
	return value < low ? low : value;
}

struct xg_box xg_frame_outer(const struct xg_window *window)
{
	const struct xg_box screen = xg_output_box(window->server->output);
	const struct xg_box *geometry = &window->toplevel->xdg->geometry;

	if (window->mode != XG_WINDOW_NORMAL)
		return screen;
	return (struct xg_box){window->x, window->y,
		at_least(geometry->width + 2 * XG_FRAME_BORDER, window->least_width),
		at_least(geometry->height, 1) + XG_FRAME_TITLE_HEIGHT + XG_FRAME_BORDER};
}

struct xg_box xg_frame_content(const struct xg_window *window)
{
	struct xg_box box = xg_frame_outer(window);

	if (window->mode == XG_WINDOW_FULLSCREEN) {
		box.y += XG_FRAME_STRIP_HEIGHT;
		box.height -= XG_FRAME_STRIP_HEIGHT;
	} else {
		box.x += XG_FRAME_BORDER;
		box.width -= 2 * XG_FRAME_BORDER;
		box.y += XG_FRAME_TITLE_HEIGHT;
		box.height -= XG_FRAME_TITLE_HEIGHT + XG_FRAME_BORDER;
	}
	return box;
}

struct xg_box xg_frame_close_button(const struct xg_window *window)
{
	const struct xg_box screen = xg_output_box(window->server->output);
	const struct xg_box outer = xg_frame_outer(window);
	const struct xg_box seen = xg_box_intersect(&outer, &screen);

	if (window->mode == XG_WINDOW_FULLSCREEN)
		return (struct xg_box){0};
	return (struct xg_box){seen.x + seen.width - XG_FRAME_TITLE_HEIGHT, outer.y,
		XG_FRAME_TITLE_HEIGHT, XG_FRAME_TITLE_HEIGHT};
}

static uint32_t edges_at(const struct xg_box *outer, double x, double y)
{
	uint32_t edges = XDG_TOPLEVEL_RESIZE_EDGE_NONE;
	const double right = outer->x + outer->width, bottom = outer->y + outer->height;
	const bool low = y >= bottom - XG_FRAME_BORDER;

	if (x < outer->x + (low ? CORNER : XG_FRAME_BORDER))
		edges |= XDG_TOPLEVEL_RESIZE_EDGE_LEFT;
	else if (x >= right - (low ? CORNER : XG_FRAME_BORDER))
		edges |= XDG_TOPLEVEL_RESIZE_EDGE_RIGHT;
	if (y < outer->y + XG_FRAME_BORDER)
		edges |= XDG_TOPLEVEL_RESIZE_EDGE_TOP;
	else if (low || (edges && y >= bottom - CORNER))
		edges |= XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM;
	return edges;
}

enum xg_frame_part xg_frame_part_at(
	const struct xg_window *window, double x, double y, uint32_t *edges)
{
	const struct xg_box outer = xg_frame_outer(window);
	const struct xg_box content = xg_frame_content(window);
	const struct xg_box close = xg_frame_close_button(window);

	if (!xg_box_contains(&outer, x, y) || xg_box_contains(&content, x, y))
		return XG_FRAME_NOWHERE;
	if (window->mode == XG_WINDOW_NORMAL) {
		*edges = edges_at(&outer, x, y);
		if (*edges)
			return XG_FRAME_EDGE;
	}
	return xg_box_contains(&close, x, y) ? XG_FRAME_CLOSE : XG_FRAME_TITLE;
}

/* Draws the picture if the one that is there does not serve any more. */
static void update_title(struct xg_window *window, const struct xg_box *box)
{
	if (!window->title_stale && window->title && window->title->width == box->width)
		return;
	xg_window_title_draw(window, box->width, box->height);
	window->title_stale = false;
	window->title_version++;
}

void xg_frame_add_title(struct xg_window *window, struct xg_scene *scene)
{
	const struct xg_box screen = xg_output_box(window->server->output);
	const struct xg_box outer = xg_frame_outer(window), content = xg_frame_content(window);
	const struct xg_box top = {outer.x, outer.y, outer.width, content.y - outer.y};
	const struct xg_box box = xg_box_intersect(&top, &screen);
	struct xg_node *node = xg_scene_add(scene, window->id, &box, &box);

	if (!node)
		return;
	update_title(window, &box);
	node->version = window->title_version;
	node->texture = window->title;
	node->sampling.a = 1.0 / box.width;
	node->sampling.e = 1.0 / box.height;
	pixman_region32_union_rect(&node->opaque, &node->opaque, box.x, box.y, (unsigned)box.width,
		(unsigned)box.height);
}

void xg_frame_add_border(struct xg_window *window, struct xg_scene *scene)
{
	const struct xg_box outer = xg_frame_outer(window), content = xg_frame_content(window);
	const int32_t right = content.x + content.width, bottom = content.y + content.height;
	const struct xg_box sides[3] = {
		{outer.x, content.y, content.x - outer.x, content.height},
		{right, content.y, outer.x + outer.width - right, content.height},
		{outer.x, bottom, outer.width, outer.y + outer.height - bottom},
	};

	for (unsigned i = 0; i < 3; i++)
		xg_scene_add_colour(scene, window->id + 1 + i, &sides[i], window->guest->rgb);
}

void xg_frame_add_backdrop(struct xg_window *window, struct xg_scene *scene)
{
	const struct xg_box content = xg_frame_content(window);

	xg_scene_add_colour(scene, window->id + 4, &content, xg_frame_backdrop_rgb);
}

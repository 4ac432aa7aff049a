/* SPDX-License-Identifier: MIT */
/* See window_grab.h. */
#include "window_grab.h"

#include <math.h>
#include <stdlib.h>

#include "pick.h"
#include "pointer.h"
#include "window.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_toplevel.h"

struct window_grab {
	struct xg_window *window; /* NULL for nothing */
	double pointer_x, pointer_y;
	struct xg_box start;
	uint32_t edges;
};

static void ignore_motion(struct xg_pointer *pointer, uint32_t time_ms)
{
}

static void end_when_released(
	struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed)
{
	if (pointer->button_count == 0)
		xg_pointer_end_grab(pointer);
}

static void free_data(struct xg_pointer *pointer)
{
	free(pointer->grab_data);
}

static void move(struct xg_pointer *pointer, uint32_t time_ms)
{
	const struct window_grab *grab = pointer->grab_data;

	xg_window_move(grab->window, grab->start.x + (int32_t)floor(pointer->x - grab->pointer_x),
		grab->start.y + (int32_t)floor(pointer->y - grab->pointer_y));
}

static void resize(struct xg_pointer *pointer, uint32_t time_ms)
{
	const struct window_grab *grab = pointer->grab_data;
	const int32_t dx = (int32_t)floor(pointer->x - grab->pointer_x);
	const int32_t dy = (int32_t)floor(pointer->y - grab->pointer_y);
	int32_t width = grab->start.width, height = grab->start.height;

	if (grab->edges & XDG_TOPLEVEL_RESIZE_EDGE_LEFT)
		width -= dx;
	else if (grab->edges & XDG_TOPLEVEL_RESIZE_EDGE_RIGHT)
		width += dx;
	if (grab->edges & XDG_TOPLEVEL_RESIZE_EDGE_TOP)
		height -= dy;
	else if (grab->edges & XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM)
		height += dy;
	xg_window_resize(grab->window, width, height);
}

static void end_resize(struct xg_pointer *pointer)
{
	const struct window_grab *grab = pointer->grab_data;

	pointer->cursor.grabbed_edges = 0;
	if (grab->window->is_mapped)
		xg_window_end_resize(grab->window);
	free_data(pointer);
}

static void close_when_released(
	struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed)
{
	const struct window_grab *grab = pointer->grab_data;
	const struct xg_box close = xg_frame_close_button(grab->window);

	if (pointer->button_count > 0)
		return;
	if (xg_box_contains(&close, pointer->x, pointer->y))
		xg_toplevel_close(grab->window->toplevel);
	xg_pointer_end_grab(pointer);
}

static const struct xg_pointer_grab move_grab = {move, end_when_released, free_data};
static const struct xg_pointer_grab resize_grab = {resize, end_when_released, end_resize};
static const struct xg_pointer_grab close_grab = {ignore_motion, close_when_released, free_data};
static const struct xg_pointer_grab spent_grab = {ignore_motion, end_when_released, free_data};

static void begin(struct xg_pointer *pointer, const struct xg_pointer_grab *kind,
	struct xg_window *window, uint32_t edges, const struct xg_box *start)
{
	struct window_grab *grab = calloc(1, sizeof(*grab));

	if (!grab)
		abort();
	*grab = (struct window_grab){window, pointer->x, pointer->y, *start, edges};
	xg_pointer_begin_grab(pointer, kind, grab);
}

void xg_window_grab_move(struct xg_pointer *pointer, struct xg_window *window)
{
	const struct xg_box outer = xg_frame_outer(window);

	if (window->mode == XG_WINDOW_NORMAL)
		begin(pointer, &move_grab, window, 0, &outer);
	else
		xg_window_grab_nothing(pointer);
}

void xg_window_grab_resize(struct xg_pointer *pointer, struct xg_window *window, uint32_t edges)
{
	if (window->mode != XG_WINDOW_NORMAL)
		return;
	begin(pointer, &resize_grab, window, edges, &window->toplevel->xdg->geometry);
	pointer->cursor.grabbed_edges = edges;
	xg_window_begin_resize(window, edges);
}

void xg_window_grab_frame(struct xg_pointer *pointer, const struct xg_hit *hit)
{
	const struct xg_box nothing = {0};

	if (hit->part == XG_FRAME_EDGE)
		xg_window_grab_resize(pointer, hit->window, hit->edges);
	else if (hit->part == XG_FRAME_CLOSE)
		begin(pointer, &close_grab, hit->window, 0, &nothing);
	else
		xg_window_grab_move(pointer, hit->window);
}

void xg_window_grab_nothing(struct xg_pointer *pointer)
{
	const struct xg_box nothing = {0};

	begin(pointer, &spent_grab, NULL, 0, &nothing);
}

void xg_window_grab_forget(struct xg_pointer *pointer, const struct xg_window *window)
{
	const struct window_grab *grab = pointer->grab_data;
	const bool is_ours = pointer->grab == &move_grab || pointer->grab == &resize_grab ||
			     pointer->grab == &close_grab;

	if (is_ours && grab->window == window)
		xg_pointer_end_grab(pointer);
}

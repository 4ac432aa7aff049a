/* SPDX-License-Identifier: MIT */
/*
 * See layout.h. If a frame fits anywhere, it also fits where its left side touches the screen's or
 * another frame's right, and its top the screen's or another's bottom; so only those corners are
 * tried, the highest first, then the leftmost.
 */
#include "layout.h"

#include <stdbool.h>

#include "output.h"
#include "server.h"
#include "window.h"
#include "window_frame.h"

#define GAP	8
#define CASCADE (XG_FRAME_TITLE_HEIGHT + 6)
/* With more windows than this there is no room left worth the search. */
#define MAX_SEARCHED 48

static bool is_free(const struct xg_window *self, const struct xg_box *box)
{
	const struct xg_window *window;

	wl_list_for_each (window, &self->server->windows, link) {
		const struct xg_box outer = xg_frame_outer(window);
		const struct xg_box shared = xg_box_intersect(&outer, box);

		if (window != self && !xg_box_is_empty(&shared))
			return false;
	}
	return true;
}

struct search {
	const struct xg_window *self;
	struct xg_box screen, best;
	bool found;
};

static void try(struct search *search, int32_t x, int32_t y)
{
	struct xg_box *best = &search->best;
	const struct xg_box box = {x, y, best->width, best->height};

	if (x < 0 || y < 0 || x > search->screen.width - box.width ||
		y > search->screen.height - box.height)
		return;
	if (search->found && (y > best->y || (y == best->y && x >= best->x)))
		return;
	if (is_free(search->self, &box)) {
		*best = box;
		search->found = true;
	}
}

static void try_at_top(struct search *search, int32_t y)
{
	const struct xg_window *window;

	try(search, GAP, y);
	wl_list_for_each (window, &search->self->server->windows, link) {
		const struct xg_box outer = xg_frame_outer(window);

		try(search, outer.x + outer.width + GAP, y);
	}
}

static bool find_free(struct search *search)
{
	const struct xg_window *window;

	try_at_top(search, GAP);
	wl_list_for_each (window, &search->self->server->windows, link) {
		const struct xg_box outer = xg_frame_outer(window);

		try_at_top(search, outer.y + outer.height + GAP);
	}
	return search->found;
}

static int32_t within(int32_t start, int32_t length, int32_t limit)
{
	if (start + length > limit)
		start = limit - length;
	return start < 0 ? 0 : start;
}

/* As many steps down and right as windows are there, starting over at the screen's end. */
static int32_t cascade(const struct xg_window *window, int32_t length, int32_t limit)
{
	const int32_t room = limit - length;
	const int32_t steps = room < CASCADE ? 1 : room / CASCADE;

	return wl_list_length(&window->server->windows) % steps * CASCADE;
}

void xg_layout_place(const struct xg_window *window, const struct xg_window *parent, int32_t width,
	int32_t height, int32_t *x, int32_t *y)
{
	struct search search = {
		.self = window,
		.screen = xg_output_box(window->server->output),
		.best = {0, 0, width, height},
	};

	if (parent) {
		const struct xg_box outer = xg_frame_outer(parent);

		*x = within(outer.x + (outer.width - width) / 2, width, search.screen.width);
		*y = within(outer.y + (outer.height - height) / 2, height, search.screen.height);
	} else if (wl_list_length(&window->server->windows) <= MAX_SEARCHED && find_free(&search)) {
		*x = search.best.x;
		*y = search.best.y;
	} else {
		*x = cascade(window, width, search.screen.width);
		*y = cascade(window, height, search.screen.height);
	}
}

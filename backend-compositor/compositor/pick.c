/* SPDX-License-Identifier: MIT */
/* See pick.h. The order is that of scene_build.c: title bar, popups, border, content. */
#include "pick.h"

#include "server.h"
#include "surface.h"
#include "window.h"
#include "xdg_popup.h"
#include "xdg_toplevel.h"

/* Calls visit for the surfaces of the window on show, topmost first; clip bounds what is seen. */
typedef bool (*tree_visit)(
	struct xg_surface *root, int32_t x, int32_t y, const struct xg_box *clip, void *data);

static bool for_each_tree(struct xg_window *window, tree_visit visit, void *data)
{
	const struct xg_box *geometry = &window->toplevel->xdg->geometry;
	const struct xg_box content = xg_frame_content(window);
	struct xg_popup *popup;
	int32_t x, y;

	wl_list_for_each (popup, &window->popups, window_link) {
		const struct xg_box *inner = &popup->xdg->geometry;
		const struct xg_box box = xg_popup_box(popup), clip = xg_popup_clip(popup);

		if (!visit(popup->xdg->surface, box.x - inner->x, box.y - inner->y, &clip, data))
			return false;
	}
	xg_window_origin(window, &x, &y);

	const struct xg_box shown = {x, y, geometry->width, geometry->height};
	const struct xg_box clip = xg_box_intersect(&shown, &content);
	return visit(window->surface, x - geometry->x, y - geometry->y, &clip, data);
}

struct search {
	double x, y;
	struct xg_hit hit;
};

static bool pick_surface(struct xg_surface *surface, int32_t x, int32_t y, void *data)
{
	struct search *search = data;

	if (!xg_surface_takes_input(surface, search->x - x, search->y - y))
		return true;
	search->hit.surface = surface;
	search->hit.x = search->x - x;
	search->hit.y = search->y - y;
	return false;
}

static bool pick_in_tree(
	struct xg_surface *root, int32_t x, int32_t y, const struct xg_box *clip, void *data)
{
	struct search *search = data;

	if (!xg_box_contains(clip, search->x, search->y))
		return true;
	search->hit.clip = *clip;
	return xg_surface_for_each(root, x, y, pick_surface, data);
}

/* Whether any of the window is at the place. A hit without a part or a surface is a hole in it. */
static bool search_window(struct search *search, struct xg_window *window)
{
	const struct xg_box content = xg_frame_content(window);
	const double x = search->x, y = search->y;

	search->hit = (struct xg_hit){.window = window};
	if (y >= content.y && !for_each_tree(window, pick_in_tree, search))
		return true;
	search->hit.part = xg_frame_part_at(window, x, y, &search->hit.edges);
	if (search->hit.part != XG_FRAME_NOWHERE || xg_box_contains(&content, x, y))
		return true;
	/* Popups reach out of the frame, also upwards. */
	return y < content.y && !for_each_tree(window, pick_in_tree, search);
}

/* Through a hole a guest may reach what is its own, but not what it hides of another guest's. */
struct xg_hit xg_pick(struct xg_server *server, double x, double y)
{
	struct search search = {.x = x, .y = y};
	struct xg_window *window, *hole = NULL;

	wl_list_for_each (window, &server->windows, link) {
		if (!search_window(&search, window))
			continue;
		if (hole && window->guest != hole->guest)
			break;
		if (search.hit.surface || search.hit.part != XG_FRAME_NOWHERE)
			return search.hit;
		hole = hole ? hole : window;
	}
	return (struct xg_hit){.window = hole};
}

struct location {
	const struct xg_surface *wanted;
	int32_t x, y;
};

static bool match_surface(struct xg_surface *surface, int32_t x, int32_t y, void *data)
{
	struct location *location = data;

	if (surface != location->wanted)
		return true;
	location->x = x;
	location->y = y;
	return false;
}

static bool match_in_tree(
	struct xg_surface *root, int32_t x, int32_t y, const struct xg_box *clip, void *data)
{
	return xg_surface_for_each(root, x, y, match_surface, data);
}

bool xg_locate(struct xg_server *server, const struct xg_surface *surface, int32_t *x, int32_t *y)
{
	struct location location = {.wanted = surface};
	struct xg_window *window;

	wl_list_for_each (window, &server->windows, link) {
		if (!for_each_tree(window, match_in_tree, &location)) {
			*x = location.x;
			*y = location.y;
			return true;
		}
	}
	return false;
}

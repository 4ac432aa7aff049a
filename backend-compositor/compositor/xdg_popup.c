/* SPDX-License-Identifier: MIT */
/* See xdg_popup.h. */
#include "xdg_popup.h"

#include <stdlib.h>

#include "guest.h"
#include "output.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "window.h"
#include "window_frame.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_shell.h"
#include "xdg_toplevel.h"

/* Popups on popups; more is no menu, and the chain is walked often. */
#define MAX_CHAIN 64
/* Its pixels; all four sides are always on the screen, however large the popup is. */
#define BORDER 2

static struct xg_popup *popup_of(const struct xg_xdg_surface *xdg)
{
	return xdg && xdg->role == &xg_popup_role ? xdg->role_data : NULL;
}

static void forget_parent(struct xg_popup *popup)
{
	wl_list_remove(&popup->parent_destroyed.link);
	wl_list_init(&popup->parent_destroyed.link);
	popup->parent = NULL;
}

struct xg_window *xg_popup_window(const struct xg_popup *popup)
{
	const struct xg_xdg_surface *xdg = popup->parent;

	while (popup_of(xdg))
		xdg = popup_of(xdg)->parent;
	if (!xdg || !xdg->role_data)
		return NULL;

	struct xg_toplevel *toplevel = xdg->role_data;
	return &toplevel->window;
}

void xg_popup_origin(const struct xg_popup *popup, int32_t *x, int32_t *y)
{
	const struct xg_popup *at = popup;
	int32_t dx = 0, dy = 0;

	while (at) {
		dx += at->place.x;
		dy += at->place.y;
		at = popup_of(at->parent);
	}
	xg_window_origin(xg_popup_window(popup), x, y);
	*x += dx;
	*y += dy;
}

struct xg_box xg_popup_box(const struct xg_popup *popup)
{
	struct xg_box box = popup->xdg->geometry;

	xg_popup_origin(popup, &box.x, &box.y);
	return box;
}

/* Where a popup with its border fits on the screen. */
static struct xg_box room_on_screen(const struct xg_window *window)
{
	const struct xg_box screen = xg_output_box(window->server->output);

	return xg_box_grown(&screen, -BORDER);
}

struct xg_box xg_popup_clip(const struct xg_popup *popup)
{
	const struct xg_box box = xg_popup_box(popup);
	const struct xg_box room = room_on_screen(xg_popup_window(popup));

	return xg_box_intersect(&box, &room);
}

void xg_popup_add_border(struct xg_popup *popup, struct xg_scene *scene)
{
	const struct xg_box in = xg_popup_clip(popup);
	const struct xg_box out = xg_box_grown(&in, BORDER);
	const float *rgb = xg_popup_window(popup)->guest->rgb;
	const struct xg_box sides[4] = {
		{out.x, out.y, out.width, BORDER},
		{out.x, in.y + in.height, out.width, BORDER},
		{out.x, in.y, BORDER, in.height},
		{in.x + in.width, in.y, BORDER, in.height},
	};

	for (unsigned i = 0; i < 4 && !xg_box_is_empty(&in); i++)
		xg_scene_add_colour(scene, popup->id + i, &sides[i], rgb);
}

void xg_popup_add_backdrop(struct xg_popup *popup, struct xg_scene *scene)
{
	const struct xg_box clip = xg_popup_clip(popup);

	xg_scene_add_colour(scene, popup->id + 4, &clip, xg_frame_backdrop_rgb);
}

static void place(struct xg_popup *popup)
{
	const struct xg_window *window = xg_popup_window(popup);
	struct xg_box bounds;
	int32_t x, y;

	if (!window)
		return;
	bounds = room_on_screen(window);
	popup->place.x = popup->place.y = 0;
	xg_popup_origin(popup, &x, &y);
	bounds = xg_box_moved(&bounds, -x, -y);
	popup->place = xg_positioner_place(&popup->positioner, &bounds);
}

static void handle_configure(struct xg_xdg_surface *xdg)
{
	struct xg_popup *popup = xdg->role_data;

	if (popup->is_repositioned)
		xdg_popup_send_repositioned(popup->resource, popup->reposition_token);
	popup->is_repositioned = false;
	xdg_popup_send_configure(popup->resource, popup->place.x, popup->place.y,
		popup->place.width, popup->place.height);
}

static void handle_applied(struct xg_xdg_surface *xdg)
{
}

static bool is_shown(const struct xg_popup *popup)
{
	return !wl_list_empty(&popup->window_link);
}

static struct xg_popup *shown_child(const struct xg_window *window, const struct xg_popup *popup)
{
	struct xg_popup *child;

	wl_list_for_each (child, &window->popups, window_link) {
		if (child->parent == popup->xdg)
			return child;
	}
	return NULL;
}

/* Takes the popup off the screen, those on it first. The chain to the window must still be there.
 */
static void hide(struct xg_popup *popup, struct xg_window *window)
{
	struct xg_popup *child;

	while ((child = shown_child(window, popup))) {
		hide(child, window);
		xdg_popup_send_popup_done(child->resource);
	}
	wl_list_remove(&popup->window_link);
	wl_list_init(&popup->window_link);
	xg_seat_handle_scene(window->server->seat);
	xg_output_schedule(window->server->output);
}

static void handle_map(struct xg_xdg_surface *xdg)
{
	struct xg_popup *popup = xdg->role_data;
	const struct xg_popup *parent = popup_of(popup->parent);
	struct xg_window *window = xg_popup_window(popup);

	if (!window || !window->is_mapped || (parent && !is_shown(parent))) {
		xdg_popup_send_popup_done(popup->resource);
		return;
	}
	wl_list_insert(&window->popups, &popup->window_link);
	if (popup->has_grab)
		xg_seat_begin_popup_grab(window->server->seat, window, xdg->surface);
	xg_output_schedule(window->server->output);
}

/* The popup below takes the grab over, if one has it. */
static void pass_grab_on(struct xg_popup *popup, struct xg_window *window)
{
	const struct xg_popup *below = xg_popup_grabbing(window);

	if (!popup->has_grab)
		return;
	if (below)
		xg_seat_begin_popup_grab(window->server->seat, window, below->xdg->surface);
	else
		xg_seat_end_popup_grab(window->server->seat, window);
}

static void handle_unmap(struct xg_xdg_surface *xdg)
{
	struct xg_popup *popup = xdg->role_data;
	struct xg_window *window = xg_popup_window(popup);

	if (!is_shown(popup))
		return;
	hide(popup, window);
	pass_grab_on(popup, window);
}

static void destroy(struct xg_popup *popup)
{
	wl_list_remove(&popup->window_link);
	forget_parent(popup);
	wl_resource_set_user_data(popup->resource, NULL);
	free(popup);
}

static void handle_orphan(struct xg_xdg_surface *xdg)
{
	destroy(xdg->role_data);
}

const struct xg_xdg_role xg_popup_role = {
	.configure = handle_configure,
	.applied = handle_applied,
	.map = handle_map,
	.unmap = handle_unmap,
	.orphan = handle_orphan,
};

void xg_popups_dismiss(struct xg_window *window)
{
	while (!wl_list_empty(&window->popups)) {
		struct xg_popup *popup = wl_container_of(window->popups.next, popup, window_link);

		hide(popup, window);
		xdg_popup_send_popup_done(popup->resource);
	}
	xg_seat_end_popup_grab(window->server->seat, window);
	xg_output_schedule(window->server->output);
}

struct xg_popup *xg_popup_grabbing(struct xg_window *window)
{
	struct xg_popup *popup;

	wl_list_for_each (popup, &window->popups, window_link) {
		if (popup->has_grab)
			return popup;
	}
	return NULL;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	const struct xg_popup *popup = wl_resource_get_user_data(resource);
	const struct xg_window *window = popup ? xg_popup_window(popup) : NULL;

	if (window && shown_child(window, popup) && popup->xdg->base) {
		wl_resource_post_error(popup->xdg->base->resource,
			XDG_WM_BASE_ERROR_NOT_THE_TOPMOST_POPUP,
			"xdg_popup destroyed before the popup above it");
		return;
	}
	wl_resource_destroy(resource);
}

static void handle_grab(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *seat_resource, uint32_t serial)
{
	struct xg_popup *popup = wl_resource_get_user_data(resource);
	struct xg_window *window = popup ? xg_popup_window(popup) : NULL;

	if (!window)
		return;
	if (popup->xdg->is_mapped) {
		wl_resource_post_error(resource, XDG_POPUP_ERROR_INVALID_GRAB,
			"a grab for a popup that is mapped");
		return;
	}
	if (xg_seat_may_grab(window->server->seat, client, serial))
		popup->has_grab = true;
	else
		xdg_popup_send_popup_done(resource);
}

static void handle_reposition(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *positioner_resource, uint32_t token)
{
	const struct xg_positioner *positioner = wl_resource_get_user_data(positioner_resource);
	struct xg_popup *popup = wl_resource_get_user_data(resource);

	if (!popup || !popup->xdg->base)
		return;
	if (!xg_positioner_is_complete(positioner)) {
		wl_resource_post_error(popup->xdg->base->resource,
			XDG_WM_BASE_ERROR_INVALID_POSITIONER,
			"a positioner without size or anchor rectangle");
		return;
	}
	popup->positioner = *positioner;
	popup->reposition_token = token;
	popup->is_repositioned = true;
	place(popup);
	xg_xdg_surface_schedule_configure(popup->xdg);
	xg_output_schedule(popup->xdg->surface->server->output);
}

static const struct xdg_popup_interface implementation = {
	.destroy = handle_destroy,
	.grab = handle_grab,
	.reposition = handle_reposition,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_popup *popup = wl_resource_get_user_data(resource);

	if (!popup)
		return;
	xg_xdg_surface_drop_role(popup->xdg);
	destroy(popup);
}

static void handle_parent_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_popup *popup = wl_container_of(listener, popup, parent_destroyed);

	/* A parent that was shown has taken its popups off the screen when it was unmapped. */
	forget_parent(popup);
}

static bool check_new(struct xg_xdg_surface *xdg, const struct xg_xdg_surface *parent,
	const struct xg_positioner *positioner)
{
	struct wl_resource *base = xdg->base ? xdg->base->resource : xdg->resource;
	int chain = 0;

	if (!xg_positioner_is_complete(positioner)) {
		wl_resource_post_error(base, XDG_WM_BASE_ERROR_INVALID_POSITIONER,
			"a positioner without size or anchor rectangle");
		return false;
	}
	for (const struct xg_popup *at = popup_of(parent); at; at = popup_of(at->parent))
		chain += at->xdg == xdg ? MAX_CHAIN : 1;
	if (!parent || !parent->role_data || parent == xdg || chain >= MAX_CHAIN) {
		wl_resource_post_error(base, XDG_WM_BASE_ERROR_INVALID_POPUP_PARENT,
			"a popup needs a toplevel or a popup for its parent");
		return false;
	}
	return true;
}

void xg_popup_create(struct xg_xdg_surface *xdg, uint32_t id, struct xg_xdg_surface *parent,
	const struct xg_positioner *positioner)
{
	struct xg_popup *popup;

	if (!check_new(xdg, parent, positioner))
		return;
	popup = calloc(1, sizeof(*popup));
	if (popup)
		popup->resource = wl_resource_create(wl_resource_get_client(xdg->resource),
			&xdg_popup_interface, wl_resource_get_version(xdg->resource), id);
	if (!popup || !popup->resource) {
		free(popup);
		wl_resource_post_no_memory(xdg->resource);
		return;
	}
	popup->xdg = xdg;
	popup->parent = parent;
	popup->positioner = *positioner;
	popup->id = xg_server_new_id(xdg->surface->server);
	popup->parent_destroyed.notify = handle_parent_destroyed;
	wl_signal_add(&parent->destroyed, &popup->parent_destroyed);
	wl_list_init(&popup->window_link);
	xdg->role = &xg_popup_role;
	xdg->role_data = popup;
	wl_resource_set_implementation(
		popup->resource, &implementation, popup, handle_resource_destroyed);
	place(popup);
}

/* SPDX-License-Identifier: MIT */
/* See seat.h. */
#include "seat.h"

#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "base/log.h"
#include "drag.h"
#include "output.h"
#include "pick.h"
#include "server.h"
#include "surface.h"
#include "window.h"
#include "window_grab.h"
#include "xdg_popup.h"
#include "xdg_shell.h"
#include "xdg_toplevel.h"

#define VERSION 7

/* A device of each kind is always there; without the capability it stays silent. */
static void handle_get_pointer(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct xg_seat *seat = wl_resource_get_user_data(resource);

	xg_pointer_add_resource(&seat->pointer, resource, id);
}

static void handle_get_keyboard(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct xg_seat *seat = wl_resource_get_user_data(resource);

	xg_keyboard_add_resource(&seat->keyboard, resource, id);
}

static void handle_get_touch(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct xg_seat *seat = wl_resource_get_user_data(resource);

	xg_touch_add_resource(&seat->touch, resource, id);
}

static void handle_release(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wl_seat_interface implementation = {
	.get_pointer = handle_get_pointer,
	.get_keyboard = handle_get_keyboard,
	.get_touch = handle_get_touch,
	.release = handle_release,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct xg_seat *seat = data;
	struct wl_resource *resource =
		xg_server_bind(client, &wl_seat_interface, version, id, &implementation, seat);

	if (!resource)
		return;
	wl_resource_set_destructor(resource, handle_resource_destroyed);
	wl_list_insert(&seat->resources, wl_resource_get_link(resource));
	if (version >= WL_SEAT_NAME_SINCE_VERSION)
		wl_seat_send_name(resource, "seat0");
	wl_seat_send_capabilities(resource, seat->capabilities);
}

void xg_seat_set_capabilities(struct xg_seat *seat, uint32_t capabilities)
{
	struct wl_resource *resource;

	seat->capabilities = capabilities;
	wl_resource_for_each(resource, &seat->resources)
		wl_seat_send_capabilities(resource, capabilities);
}

struct xg_seat *xg_seat_create(struct xg_server *server)
{
	struct xg_seat *seat = calloc(1, sizeof(*seat));

	if (!seat)
		return NULL;
	seat->server = server;
	seat->capabilities =
		WL_SEAT_CAPABILITY_POINTER | WL_SEAT_CAPABILITY_KEYBOARD | WL_SEAT_CAPABILITY_TOUCH;
	wl_list_init(&seat->resources);
	wl_list_init(&seat->data_devices);
	xg_pointer_init(&seat->pointer, seat);
	xg_touch_init(&seat->touch, seat);
	if (!xg_keyboard_init(&seat->keyboard, seat)) {
		xg_log(XG_LOG_ERROR, "seat", "no keymap: is xkb-data installed?");
		free(seat);
		return NULL;
	}
	if (!wl_global_create(server->display, &wl_seat_interface, VERSION, seat, bind))
		abort();
	return seat;
}

void xg_seat_destroy(struct xg_seat *seat)
{
	if (!seat)
		return;
	xg_pointer_finish(&seat->pointer);
	xg_keyboard_finish(&seat->keyboard);
	xg_touch_finish(&seat->touch);
	free(seat);
}

void xg_seat_focus_keyboard(struct xg_seat *seat, struct xg_surface *surface)
{
	if (seat->popup_window && seat->popup_window->surface == surface)
		return;
	if (seat->popup_window)
		xg_popups_dismiss(seat->popup_window);
	xg_keyboard_focus(&seat->keyboard, surface);
}

void xg_seat_forget_window(struct xg_seat *seat, struct xg_window *window)
{
	xg_window_grab_forget(&seat->pointer, window);
	xg_touch_forget_window(&seat->touch, window);
	xg_seat_end_popup_grab(seat, window);
}

bool xg_seat_may_grab(struct xg_seat *seat, struct wl_client *client, uint32_t serial)
{
	return xg_pointer_has_click(&seat->pointer, client, serial) ||
	       xg_keyboard_has_press(&seat->keyboard, client, serial) ||
	       xg_touch_has_press(&seat->touch, client, serial);
}

void xg_seat_begin_move(struct xg_seat *seat, struct xg_window *window, uint32_t serial)
{
	struct wl_client *client = wl_resource_get_client(window->surface->resource);

	if (xg_pointer_has_press(&seat->pointer, client, serial) && seat->pointer.button_count)
		xg_window_grab_move(&seat->pointer, window);
	else if (xg_touch_has_press(&seat->touch, client, serial))
		xg_touch_move_window(&seat->touch, window, serial);
}

void xg_seat_begin_resize(
	struct xg_seat *seat, struct xg_window *window, uint32_t serial, uint32_t edges)
{
	struct wl_client *client = wl_resource_get_client(window->surface->resource);

	if (edges && xg_pointer_has_press(&seat->pointer, client, serial) &&
		seat->pointer.button_count)
		xg_window_grab_resize(&seat->pointer, window, edges);
}

void xg_seat_begin_popup_grab(
	struct xg_seat *seat, struct xg_window *window, struct xg_surface *surface)
{
	if (seat->popup_window && seat->popup_window != window)
		xg_popups_dismiss(seat->popup_window);
	seat->popup_window = window;
	xg_keyboard_focus(&seat->keyboard, surface);
}

void xg_seat_end_popup_grab(struct xg_seat *seat, struct xg_window *window)
{
	if (seat->popup_window != window)
		return;
	seat->popup_window = NULL;
	xg_keyboard_focus(&seat->keyboard, window->is_mapped ? window->surface : NULL);
}

bool xg_seat_press_at(struct xg_seat *seat, const struct xg_hit *hit)
{
	struct xg_window *const holder = seat->popup_window;

	/* On the holder's own surfaces it is for the client to say what a press means. */
	if (holder && (hit->window != holder || hit->part != XG_FRAME_NOWHERE))
		xg_popups_dismiss(holder);
	if (holder && hit->window != holder)
		return true;
	if (hit->window) {
		xg_xdg_base_ping(hit->window->toplevel->xdg->base);
		xg_window_activate(hit->window);
	}
	return false;
}

void xg_seat_add_to_scene(struct xg_seat *seat, struct xg_scene *scene)
{
	xg_cursor_add_to_scene(&seat->pointer.cursor, scene);
	if (seat->drag)
		xg_drag_add_to_scene(seat->drag, scene);
}

void xg_seat_handle_scene(struct xg_seat *seat)
{
	xg_pointer_refresh(&seat->pointer);
}

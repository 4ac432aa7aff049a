/* SPDX-License-Identifier: MIT */
/* See pointer.h. */
#include "pointer.h"

#include <stdlib.h>
#include <linux/input-event-codes.h>
#include <wayland-server-protocol.h>

#include "output.h"
#include "pick.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "window.h"
#include "window_grab.h"

static struct wl_client *client_of(const struct xg_surface *surface)
{
	return wl_resource_get_client(surface->resource);
}

static void send_frame(struct wl_resource *resource)
{
	if (wl_resource_get_version(resource) >= WL_POINTER_FRAME_SINCE_VERSION)
		wl_pointer_send_frame(resource);
}

/* The next wl_pointer of the focus' client after that link. */
static struct wl_resource *next_of_focus(const struct xg_pointer *pointer, struct wl_list *link)
{
	for (link = link->next; link != &pointer->resources; link = link->next) {
		struct wl_resource *resource = wl_resource_from_link(link);

		if (wl_resource_get_client(resource) == client_of(pointer->focus))
			return resource;
	}
	return NULL;
}

static struct wl_resource *first_of_focus(struct xg_pointer *pointer)
{
	return pointer->focus ? next_of_focus(pointer, &pointer->resources) : NULL;
}

static struct wl_resource *after(const struct xg_pointer *pointer, struct wl_resource *resource)
{
	return next_of_focus(pointer, wl_resource_get_link(resource));
}

static void send_enter(const struct xg_pointer *pointer, struct wl_resource *resource)
{
	wl_pointer_send_enter(resource, pointer->enter_serial, pointer->focus->resource,
		wl_fixed_from_double(pointer->focus_x), wl_fixed_from_double(pointer->focus_y));
	send_frame(resource);
}

static void unset_focus(struct xg_pointer *pointer)
{
	wl_list_remove(&pointer->focus_destroyed.link);
	wl_list_init(&pointer->focus_destroyed.link);
	pointer->focus = NULL;
}

static void set_focus(struct xg_pointer *pointer, struct xg_surface *surface, double x, double y)
{
	struct wl_resource *resource;

	if (pointer->focus == surface)
		return;
	if (pointer->focus) {
		const uint32_t serial = wl_display_next_serial(pointer->seat->server->display);

		for (resource = first_of_focus(pointer); resource;
			resource = after(pointer, resource)) {
			wl_pointer_send_leave(resource, serial, pointer->focus->resource);
			send_frame(resource);
		}
		unset_focus(pointer);
	}
	xg_cursor_reset(&pointer->cursor);
	if (!surface)
		return;
	pointer->focus = surface;
	pointer->focus_x = x;
	pointer->focus_y = y;
	wl_signal_add(&surface->destroyed, &pointer->focus_destroyed);
	pointer->enter_serial = wl_display_next_serial(pointer->seat->server->display);
	for (resource = first_of_focus(pointer); resource; resource = after(pointer, resource))
		send_enter(pointer, resource);
}

static void handle_focus_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_pointer *pointer = wl_container_of(listener, pointer, focus_destroyed);

	unset_focus(pointer);
	xg_cursor_reset(&pointer->cursor);
}

static void send_motion(struct xg_pointer *pointer, uint32_t time_ms)
{
	struct wl_resource *resource;
	int32_t x, y;

	if (!pointer->focus || !xg_locate(pointer->seat->server, pointer->focus, &x, &y))
		return;

	const wl_fixed_t inner_x = wl_fixed_from_double(pointer->x - x);
	const wl_fixed_t inner_y = wl_fixed_from_double(pointer->y - y);
	pointer->focus_x = pointer->x - x;
	pointer->focus_y = pointer->y - y;
	for (resource = first_of_focus(pointer); resource; resource = after(pointer, resource)) {
		wl_pointer_send_motion(resource, time_ms, inner_x, inner_y);
		send_frame(resource);
	}
}

void xg_pointer_refresh(struct xg_pointer *pointer)
{
	if (!pointer->is_present || pointer->grab || (pointer->button_count && pointer->focus))
		return;

	const struct xg_hit hit = xg_pick(pointer->seat->server, pointer->x, pointer->y);
	if (hit.surface != pointer->focus)
		set_focus(pointer, hit.surface, hit.x, hit.y);
	else if (hit.surface && (hit.x != pointer->focus_x || hit.y != pointer->focus_y))
		send_motion(pointer, xg_time_ms());
}

static double limit(double value, double high)
{
	if (!(value > 0))
		return 0;
	return value < high ? value : high;
}

void xg_pointer_motion(struct xg_pointer *pointer, uint32_t time_ms, double x, double y)
{
	const struct xg_box screen = xg_output_box(pointer->seat->server->output);

	/* The last pixel's far side is off the screen already. */
	pointer->x = limit(x, screen.width - 1.0 / 256);
	pointer->y = limit(y, screen.height - 1.0 / 256);
	pointer->is_present = true;
	xg_output_schedule(pointer->seat->server->output);
	if (pointer->grab) {
		pointer->grab->motion(pointer, time_ms);
		return;
	}

	const struct xg_hit hit = xg_pick(pointer->seat->server, pointer->x, pointer->y);
	/* An enter says where the pointer is. */
	if (hit.surface != pointer->focus && !(pointer->button_count && pointer->focus))
		set_focus(pointer, hit.surface, hit.x, hit.y);
	else
		send_motion(pointer, time_ms);
}

void xg_pointer_leave(struct xg_pointer *pointer)
{
	if (pointer->grab)
		xg_pointer_end_grab(pointer);
	pointer->button_count = 0;
	pointer->is_present = false;
	set_focus(pointer, NULL, 0, 0);
	xg_output_schedule(pointer->seat->server->output);
}

static void send_button(struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed)
{
	const uint32_t serial = wl_display_next_serial(pointer->seat->server->display);
	struct wl_resource *resource;

	pointer->clicked = pointer->focus ? client_of(pointer->focus) : NULL;
	if (pressed)
		pointer->press_serial = serial;
	pointer->release_serial = pressed ? 0 : serial;
	for (resource = first_of_focus(pointer); resource; resource = after(pointer, resource)) {
		wl_pointer_send_button(resource, serial, time_ms, button,
			pressed ? WL_POINTER_BUTTON_STATE_PRESSED
				: WL_POINTER_BUTTON_STATE_RELEASED);
		send_frame(resource);
	}
}

/* The first button goes down: whose is it? Returns true if it is the compositor's. */
static bool begin_press(struct xg_pointer *pointer, uint32_t button)
{
	const struct xg_hit hit = xg_pick(pointer->seat->server, pointer->x, pointer->y);

	if (xg_seat_press_at(pointer->seat, &hit)) {
		xg_window_grab_nothing(pointer);
		return true;
	}
	if (hit.part == XG_FRAME_NOWHERE)
		return false;
	if (hit.part == XG_FRAME_TITLE && button == BTN_RIGHT) {
		/* The way to what a window over the whole screen hides. */
		xg_window_lower(hit.window);
		xg_window_grab_nothing(pointer);
	} else {
		xg_window_grab_frame(pointer, &hit);
	}
	return true;
}

void xg_pointer_button(struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed)
{
	if (!pressed && pointer->button_count == 0)
		return;
	xg_pointer_refresh(pointer);
	pointer->button_count += pressed ? 1 : -1;
	if (!pointer->grab && pressed && pointer->button_count == 1 && begin_press(pointer, button))
		return;
	if (pointer->grab)
		pointer->grab->button(pointer, time_ms, button, pressed);
	else
		send_button(pointer, time_ms, button, pressed);
	if (pointer->button_count == 0)
		xg_pointer_refresh(pointer);
}

static void send_axis(
	struct wl_resource *resource, uint32_t time_ms, const struct xg_pointer_axis *event)
{
	const int version = wl_resource_get_version(resource);

	if (version >= WL_POINTER_AXIS_SOURCE_SINCE_VERSION)
		wl_pointer_send_axis_source(resource, event->source);
	if (version >= WL_POINTER_AXIS_DISCRETE_SINCE_VERSION && event->discrete)
		wl_pointer_send_axis_discrete(resource, event->axis, event->discrete);
	if (event->value != 0)
		wl_pointer_send_axis(
			resource, time_ms, event->axis, wl_fixed_from_double(event->value));
	else if (version >= WL_POINTER_AXIS_STOP_SINCE_VERSION)
		wl_pointer_send_axis_stop(resource, time_ms, event->axis);
	send_frame(resource);
}

void xg_pointer_axis(
	struct xg_pointer *pointer, uint32_t time_ms, const struct xg_pointer_axis *event)
{
	struct wl_resource *resource;

	if (pointer->grab)
		return;
	for (resource = first_of_focus(pointer); resource; resource = after(pointer, resource))
		send_axis(resource, time_ms, event);
}

void xg_pointer_begin_grab(
	struct xg_pointer *pointer, const struct xg_pointer_grab *grab, void *data)
{
	xg_pointer_end_grab(pointer);
	set_focus(pointer, NULL, 0, 0);
	pointer->grab = grab;
	pointer->grab_data = data;
}

void xg_pointer_end_grab(struct xg_pointer *pointer)
{
	const struct xg_pointer_grab *grab = pointer->grab;

	if (!grab)
		return;
	pointer->grab = NULL;
	grab->end(pointer);
	pointer->grab_data = NULL;
	xg_output_schedule(pointer->seat->server->output);
	xg_pointer_refresh(pointer);
}

bool xg_pointer_has_press(
	const struct xg_pointer *pointer, const struct wl_client *client, uint32_t serial)
{
	return serial && pointer->press_serial == serial && pointer->clicked == client &&
	       pointer->focus && client_of(pointer->focus) == client;
}

bool xg_pointer_has_click(
	const struct xg_pointer *pointer, const struct wl_client *client, uint32_t serial)
{
	return xg_pointer_has_press(pointer, client, serial) ||
	       (serial && pointer->release_serial == serial && pointer->clicked == client &&
		       pointer->focus && client_of(pointer->focus) == client);
}

static void handle_set_cursor(struct wl_client *client, struct wl_resource *resource,
	uint32_t serial, struct wl_resource *surface_resource, int32_t hotspot_x, int32_t hotspot_y)
{
	struct xg_pointer *pointer = wl_resource_get_user_data(resource);
	struct xg_surface *surface =
		surface_resource ? xg_surface_from_resource(surface_resource) : NULL;

	if (surface && !xg_cursor_claim(surface, resource))
		return;
	/* Only who has the pointer says how it looks; what is late says nothing. */
	if (!pointer->focus || client_of(pointer->focus) != client ||
		(int32_t)(serial - pointer->enter_serial) < 0)
		return;
	xg_cursor_set(&pointer->cursor, surface, hotspot_x, hotspot_y);
}

static void handle_release(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wl_pointer_interface implementation = {
	.set_cursor = handle_set_cursor,
	.release = handle_release,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

void xg_pointer_add_resource(struct xg_pointer *pointer, struct wl_resource *seat, uint32_t id)
{
	struct wl_client *client = wl_resource_get_client(seat);
	struct wl_resource *resource = wl_resource_create(
		client, &wl_pointer_interface, wl_resource_get_version(seat), id);

	if (!resource) {
		wl_resource_post_no_memory(seat);
		return;
	}
	wl_resource_set_implementation(
		resource, &implementation, pointer, handle_resource_destroyed);
	wl_list_insert(&pointer->resources, wl_resource_get_link(resource));
	if (pointer->focus && client_of(pointer->focus) == client)
		send_enter(pointer, resource);
}

void xg_pointer_init(struct xg_pointer *pointer, struct xg_seat *seat)
{
	*pointer = (struct xg_pointer){.seat = seat};
	wl_list_init(&pointer->resources);
	wl_list_init(&pointer->focus_destroyed.link);
	pointer->focus_destroyed.notify = handle_focus_destroyed;
	xg_cursor_init(&pointer->cursor, pointer);
}

void xg_pointer_finish(struct xg_pointer *pointer)
{
	xg_pointer_end_grab(pointer);
	xg_cursor_finish(&pointer->cursor);
}

/* SPDX-License-Identifier: MIT */
/* See drag.h. A grab of the pointer, which also says whom the drag may enter. */
#include "drag.h"

#include <math.h>
#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "data_source.h"
#include "guest.h"
#include "output.h"
#include "pick.h"
#include "scene.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "window.h"

struct xg_drag {
	struct xg_seat *seat;
	struct wl_client *client; /* who began it; only compared */
	struct xg_guest *guest;
	struct xg_data_source *source; /* NULL: none */
	struct wl_listener source_destroyed;
	struct xg_surface *icon; /* NULL: none */
	int32_t icon_x, icon_y;
	struct xg_surface *focus; /* NULL: over nothing that may know of it */
	struct wl_listener focus_destroyed;
};

static void handle_icon_applied(struct xg_surface *surface, int32_t dx, int32_t dy)
{
	struct xg_drag *drag = surface->role_data;

	drag->icon_x += dx;
	drag->icon_y += dy;
}

static void handle_icon_destroyed(struct xg_surface *surface)
{
	struct xg_drag *drag = surface->role_data;

	drag->icon = NULL;
}

static const struct xg_surface_role icon_role = {
	.name = "drag icon",
	.applied = handle_icon_applied,
	.surface_destroyed = handle_icon_destroyed,
};

bool xg_drag_claim_icon(struct xg_surface *icon, struct wl_resource *device)
{
	return icon->role == &icon_role ||
	       xg_surface_set_role(icon, &icon_role, NULL, device, WL_DATA_DEVICE_ERROR_ROLE);
}

static void unset_focus(struct xg_drag *drag)
{
	wl_list_remove(&drag->focus_destroyed.link);
	wl_list_init(&drag->focus_destroyed.link);
	drag->focus = NULL;
	if (drag->source && !drag->source->is_dropped)
		xg_data_source_leave(drag->source);
}

static void handle_focus_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_drag *drag = wl_container_of(listener, drag, focus_destroyed);

	unset_focus(drag);
}

static bool is_device_of_focus(const struct xg_drag *drag, struct wl_resource *device)
{
	return drag->focus &&
	       wl_resource_get_client(device) == wl_resource_get_client(drag->focus->resource);
}

static void leave(struct xg_drag *drag)
{
	struct wl_resource *device;

	if (!drag->focus)
		return;
	wl_resource_for_each(device, &drag->seat->data_devices)
	{
		if (is_device_of_focus(drag, device))
			wl_data_device_send_leave(device);
	}
	unset_focus(drag);
}

static bool may_enter(const struct xg_drag *drag, const struct xg_surface *surface)
{
	struct wl_client *client = wl_resource_get_client(surface->resource);

	if (!drag->source)
		return client == drag->client;
	return xg_guest_of(drag->seat->server, client) == drag->guest;
}

static void enter(struct xg_drag *drag, const struct xg_hit *hit)
{
	const uint32_t serial = wl_display_next_serial(drag->seat->server->display);
	struct wl_resource *device;

	drag->focus = hit->surface;
	wl_signal_add(&hit->surface->destroyed, &drag->focus_destroyed);
	wl_resource_for_each(device, &drag->seat->data_devices)
	{
		if (!is_device_of_focus(drag, device))
			continue;

		struct wl_resource *offer =
			drag->source ? xg_data_offer_create(drag->source, device, true) : NULL;
		wl_data_device_send_enter(device, serial, hit->surface->resource,
			wl_fixed_from_double(hit->x), wl_fixed_from_double(hit->y), offer);
	}
}

static void handle_motion(struct xg_pointer *pointer, uint32_t time_ms)
{
	struct xg_drag *drag = pointer->grab_data;
	struct xg_hit hit = xg_pick(pointer->seat->server, pointer->x, pointer->y);
	struct wl_resource *device;

	if (hit.surface && !may_enter(drag, hit.surface))
		hit.surface = NULL;
	if (hit.surface != drag->focus) {
		leave(drag);
		if (hit.surface)
			enter(drag, &hit);
		return;
	}
	wl_resource_for_each(device, &drag->seat->data_devices)
	{
		if (is_device_of_focus(drag, device))
			wl_data_device_send_motion(device, time_ms, wl_fixed_from_double(hit.x),
				wl_fixed_from_double(hit.y));
	}
}

static void drop(struct xg_drag *drag)
{
	struct wl_resource *device;

	if (drag->source && !xg_data_source_drop(drag->source))
		return;
	wl_resource_for_each(device, &drag->seat->data_devices)
	{
		if (is_device_of_focus(drag, device))
			wl_data_device_send_drop(device);
	}
}

static void handle_button(
	struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed)
{
	struct xg_drag *drag = pointer->grab_data;

	if (pointer->button_count > 0)
		return;
	if (drag->focus)
		drop(drag);
	else if (drag->source)
		xg_data_source_cancel(drag->source);
	xg_pointer_end_grab(pointer);
}

static void handle_end(struct xg_pointer *pointer)
{
	struct xg_drag *drag = pointer->grab_data;

	leave(drag);
	wl_list_remove(&drag->source_destroyed.link);
	if (drag->icon)
		drag->icon->role_data = NULL;
	drag->seat->drag = NULL;
	free(drag);
}

static const struct xg_pointer_grab drag_grab = {handle_motion, handle_button, handle_end};

static void handle_source_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_drag *drag = wl_container_of(listener, drag, source_destroyed);

	drag->source = NULL;
	wl_list_remove(&drag->source_destroyed.link);
	wl_list_init(&drag->source_destroyed.link);
	xg_pointer_end_grab(&drag->seat->pointer);
}

void xg_drag_begin(struct xg_seat *seat, struct wl_client *client, struct xg_data_source *source,
	struct xg_surface *icon)
{
	struct xg_drag *drag = calloc(1, sizeof(*drag));

	if (!drag)
		abort();
	drag->seat = seat;
	drag->client = client;
	drag->guest = xg_guest_of(seat->server, client);
	drag->source = source;
	drag->icon = icon;
	wl_list_init(&drag->source_destroyed.link);
	wl_list_init(&drag->focus_destroyed.link);
	drag->source_destroyed.notify = handle_source_destroyed;
	drag->focus_destroyed.notify = handle_focus_destroyed;
	if (source)
		wl_signal_add(&source->destroyed, &drag->source_destroyed);
	if (icon)
		icon->role_data = drag;
	xg_pointer_begin_grab(&seat->pointer, &drag_grab, drag);
	seat->drag = drag;
	handle_motion(&seat->pointer, xg_time_ms());
}

void xg_drag_add_to_scene(struct xg_drag *drag, struct xg_scene *scene)
{
	const struct xg_pointer *pointer = &drag->seat->pointer;

	if (!drag->icon)
		return;

	const struct xg_hit hit = xg_pick(drag->seat->server, pointer->x, pointer->y);
	if (hit.surface && hit.window->guest == drag->guest)
		xg_scene_add_surface(scene, drag->icon, (int32_t)floor(pointer->x) + drag->icon_x,
			(int32_t)floor(pointer->y) + drag->icon_y, &hit.clip);
}

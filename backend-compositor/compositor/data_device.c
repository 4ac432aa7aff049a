/* SPDX-License-Identifier: MIT */
/* See data_device.h. */
#include "data_device.h"

#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "data_source.h"
#include "drag.h"
#include "guest.h"
#include "seat.h"
#include "server.h"
#include "surface.h"

static void send_to(struct wl_resource *device, struct xg_data_source *source)
{
	wl_data_device_send_selection(
		device, source ? xg_data_offer_create(source, device, false) : NULL);
}

void xg_data_device_send_selection(struct xg_seat *seat, struct wl_client *client)
{
	const struct xg_guest *guest = xg_guest_of(seat->server, client);
	struct wl_resource *device;

	wl_resource_for_each(device, &seat->data_devices)
	{
		if (wl_resource_get_client(device) == client)
			send_to(device, guest->selection);
	}
}

/* Only who has the keyboard hears at once. */
static void announce(struct xg_guest *guest)
{
	struct xg_seat *seat = guest->server->seat;
	struct wl_client *client = xg_keyboard_client(&seat->keyboard);

	if (client && xg_guest_of(guest->server, client) == guest)
		xg_data_device_send_selection(seat, client);
}

/* The source, which may be NULL, is the guest's clipboard from now on. */
static void put(struct xg_guest *guest, struct xg_data_source *source)
{
	wl_list_remove(&guest->selection_destroyed.link);
	wl_list_init(&guest->selection_destroyed.link);
	guest->selection = source;
	if (source)
		wl_signal_add(&source->destroyed, &guest->selection_destroyed);
	announce(guest);
}

static void handle_source_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_guest *guest = wl_container_of(listener, guest, selection_destroyed);

	put(guest, NULL);
}

void xg_data_device_init_guest(struct xg_guest *guest)
{
	guest->selection_destroyed.notify = handle_source_destroyed;
	wl_list_init(&guest->selection_destroyed.link);
}

static bool is_held(const struct xg_server *server, const struct xg_data_source *source)
{
	const struct xg_guest *guest;

	wl_list_for_each (guest, &server->guests, link) {
		if (guest->selection == source)
			return true;
	}
	return false;
}

/* What was there before is cancelled if this was its last place. */
static void replace(struct xg_guest *guest, struct xg_data_source *source)
{
	struct xg_data_source *before = guest->selection;

	put(guest, source);
	if (before && !is_held(guest->server, before))
		xg_data_source_cancel(before);
}

static void handle_set_selection(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *source_resource, uint32_t serial)
{
	struct xg_seat *seat = wl_resource_get_user_data(resource);
	struct xg_guest *guest = xg_guest_of(seat->server, client);
	struct xg_data_source *source =
		source_resource ? wl_resource_get_user_data(source_resource) : NULL;
	struct xg_guest *other;

	if (source && (source->has_actions || (source->is_used && guest->selection != source))) {
		wl_resource_post_error(source_resource, WL_DATA_SOURCE_ERROR_INVALID_SOURCE,
			"the source is used already, or made for a drag");
		return;
	}
	/* Who is not in use has nothing to copy; its source is not taken. */
	if (source == guest->selection)
		return;
	if (xg_keyboard_client(&seat->keyboard) != client) {
		if (source)
			xg_data_source_cancel(source);
		return;
	}
	if (source)
		source->is_used = true;
	wl_list_for_each (other, &seat->server->guests, link) {
		if (other == guest || (guest->may_copy && other->may_paste))
			replace(other, source);
	}
}

static void handle_start_drag(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *source_resource, struct wl_resource *origin_resource,
	struct wl_resource *icon_resource, uint32_t serial)
{
	struct xg_seat *seat = wl_resource_get_user_data(resource);
	struct xg_data_source *source =
		source_resource ? wl_resource_get_user_data(source_resource) : NULL;
	struct xg_surface *icon = icon_resource ? xg_surface_from_resource(icon_resource) : NULL;

	if (source && source->is_used) {
		wl_resource_post_error(source_resource, WL_DATA_SOURCE_ERROR_INVALID_SOURCE,
			"the source is used already");
		return;
	}
	if (icon && !xg_drag_claim_icon(icon, resource))
		return;
	if (seat->drag || !seat->pointer.button_count ||
		!xg_pointer_has_press(&seat->pointer, client, serial)) {
		if (source)
			xg_data_source_cancel(source);
		return;
	}
	if (source)
		source->is_used = true;
	xg_drag_begin(seat, client, source, icon);
}

static void handle_release(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wl_data_device_interface device_implementation = {
	.start_drag = handle_start_drag,
	.set_selection = handle_set_selection,
	.release = handle_release,
};

static void handle_device_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void handle_get_data_device(struct wl_client *client, struct wl_resource *manager,
	uint32_t id, struct wl_resource *seat_resource)
{
	struct xg_seat *seat = wl_resource_get_user_data(seat_resource);
	struct wl_resource *resource = wl_resource_create(
		client, &wl_data_device_interface, wl_resource_get_version(manager), id);

	if (!resource) {
		wl_resource_post_no_memory(manager);
		return;
	}
	wl_resource_set_implementation(
		resource, &device_implementation, seat, handle_device_destroyed);
	wl_list_insert(&seat->data_devices, wl_resource_get_link(resource));
	if (xg_keyboard_client(&seat->keyboard) == client)
		send_to(resource, xg_guest_of(seat->server, client)->selection);
}

static void handle_create_data_source(
	struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	xg_data_source_create(client, resource, id);
}

static const struct wl_data_device_manager_interface manager_implementation = {
	.create_data_source = handle_create_data_source,
	.get_data_device = handle_get_data_device,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &wl_data_device_manager_interface, version, id,
		&manager_implementation, data);
}

bool xg_data_device_init(struct xg_server *server)
{
	return wl_global_create(
		server->display, &wl_data_device_manager_interface, 3, server, bind);
}

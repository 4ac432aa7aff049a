/* SPDX-License-Identifier: MIT */
/* wl_data_offer: how a target takes what a source has; see data_source.h. */
#include "data_source.h"

#include <stdlib.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

struct offer {
	struct wl_resource *resource;
	struct xg_data_source *source; /* NULL once gone, or done with */
	struct wl_listener source_destroyed;
	bool is_drag;
	uint32_t actions, preferred;
};

static void forget_source(struct offer *offer)
{
	wl_list_remove(&offer->source_destroyed.link);
	wl_list_init(&offer->source_destroyed.link);
	offer->source = NULL;
}

static void handle_source_destroyed(struct wl_listener *listener, void *data)
{
	struct offer *offer = wl_container_of(listener, offer, source_destroyed);

	forget_source(offer);
}

/* The target's wish if the source can do it, else the first thing that both can. */
static uint32_t choose_action(const struct offer *offer)
{
	const uint32_t both = offer->source->actions & offer->actions;

	if (both & offer->preferred)
		return offer->preferred;
	return both & -both;
}

static void update_action(struct offer *offer)
{
	struct xg_data_source *source = offer->source;
	const uint32_t action = choose_action(offer);

	if (source->action == action)
		return;
	source->action = action;
	if (wl_resource_get_version(source->resource) >= WL_DATA_SOURCE_ACTION_SINCE_VERSION)
		wl_data_source_send_action(source->resource, action);
	if (wl_resource_get_version(offer->resource) >= WL_DATA_OFFER_ACTION_SINCE_VERSION)
		wl_data_offer_send_action(offer->resource, action);
}

static void handle_accept(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial, const char *type)
{
	struct offer *offer = wl_resource_get_user_data(resource);

	if (!offer->source || !offer->is_drag)
		return;
	offer->source->is_accepted = type;
	wl_data_source_send_target(offer->source->resource, type);
}

static void handle_receive(
	struct wl_client *client, struct wl_resource *resource, const char *type, int32_t fd)
{
	struct offer *offer = wl_resource_get_user_data(resource);

	if (offer->source)
		wl_data_source_send_send(offer->source->resource, type, fd);
	close(fd);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void finish(struct offer *offer)
{
	struct wl_resource *source = offer->source->resource;

	if (wl_resource_get_version(source) >= WL_DATA_SOURCE_DND_FINISHED_SINCE_VERSION)
		wl_data_source_send_dnd_finished(source);
	forget_source(offer);
}

static void handle_finish(struct wl_client *client, struct wl_resource *resource)
{
	struct offer *offer = wl_resource_get_user_data(resource);
	const struct xg_data_source *source = offer->source;

	if (!offer->is_drag || (source && (!source->is_dropped || !source->is_accepted))) {
		wl_resource_post_error(resource, WL_DATA_OFFER_ERROR_INVALID_FINISH,
			"finish before anything was accepted and dropped");
		return;
	}
	if (source)
		finish(offer);
}

static void handle_set_actions(struct wl_client *client, struct wl_resource *resource,
	uint32_t actions, uint32_t preferred)
{
	struct offer *offer = wl_resource_get_user_data(resource);
	const uint32_t all = WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY |
			     WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE |
			     WL_DATA_DEVICE_MANAGER_DND_ACTION_ASK;

	if (!offer->is_drag) {
		wl_resource_post_error(resource, WL_DATA_OFFER_ERROR_INVALID_OFFER,
			"actions for an offer that is not dragged");
		return;
	}
	if (actions & ~all) {
		wl_resource_post_error(resource, WL_DATA_OFFER_ERROR_INVALID_ACTION_MASK,
			"no such actions: 0x%x", actions);
		return;
	}
	if (preferred && (!(preferred & actions) || (preferred & (preferred - 1)))) {
		wl_resource_post_error(resource, WL_DATA_OFFER_ERROR_INVALID_ACTION,
			"0x%x is not one of the actions", preferred);
		return;
	}
	offer->actions = actions;
	offer->preferred = preferred;
	if (offer->source)
		update_action(offer);
}

static const struct wl_data_offer_interface implementation = {
	.accept = handle_accept,
	.receive = handle_receive,
	.destroy = handle_destroy,
	.finish = handle_finish,
	.set_actions = handle_set_actions,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct offer *offer = wl_resource_get_user_data(resource);

	/* Before version 3, destroying the offer was the way to finish. */
	if (offer->source && offer->is_drag && offer->source->is_dropped) {
		if (wl_resource_get_version(resource) < WL_DATA_OFFER_ACTION_SINCE_VERSION)
			finish(offer);
		else
			xg_data_source_cancel(offer->source);
	}
	forget_source(offer);
	free(offer);
}

struct wl_resource *xg_data_offer_create(
	struct xg_data_source *source, struct wl_resource *device, bool is_drag)
{
	const int version = wl_resource_get_version(device);
	struct offer *offer = calloc(1, sizeof(*offer));
	char **type;

	if (offer)
		offer->resource = wl_resource_create(
			wl_resource_get_client(device), &wl_data_offer_interface, version, 0);
	if (!offer || !offer->resource) {
		free(offer);
		return NULL;
	}
	offer->source = source;
	offer->is_drag = is_drag;
	if (version < WL_DATA_OFFER_ACTION_SINCE_VERSION)
		offer->actions = WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY;
	offer->source_destroyed.notify = handle_source_destroyed;
	wl_signal_add(&source->destroyed, &offer->source_destroyed);
	wl_resource_set_implementation(
		offer->resource, &implementation, offer, handle_resource_destroyed);
	wl_data_device_send_data_offer(device, offer->resource);
	wl_array_for_each (type, &source->types)
		wl_data_offer_send_offer(offer->resource, *type);
	if (!is_drag)
		return offer->resource;
	if (version >= WL_DATA_OFFER_SOURCE_ACTIONS_SINCE_VERSION)
		wl_data_offer_send_source_actions(offer->resource, source->actions);
	update_action(offer);
	return offer->resource;
}

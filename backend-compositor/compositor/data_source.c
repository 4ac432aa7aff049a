/* SPDX-License-Identifier: MIT */
/* wl_data_source; see data_offer.c for the other end. */
#include "data_source.h"

#include <stdlib.h>
#include <string.h>
#include <wayland-server-protocol.h>

/* No program offers more kinds of one thing. */
#define MAX_TYPES 256

static void handle_offer(struct wl_client *client, struct wl_resource *resource, const char *type)
{
	struct xg_data_source *source = wl_resource_get_user_data(resource);
	char *copy, **place;

	if (source->types.size >= MAX_TYPES * sizeof(*place))
		return;
	copy = strdup(type);
	place = copy ? wl_array_add(&source->types, sizeof(*place)) : NULL;
	if (!place) {
		free(copy);
		wl_resource_post_no_memory(resource);
		return;
	}
	*place = copy;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_set_actions(
	struct wl_client *client, struct wl_resource *resource, uint32_t actions)
{
	struct xg_data_source *source = wl_resource_get_user_data(resource);
	const uint32_t all = WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY |
			     WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE |
			     WL_DATA_DEVICE_MANAGER_DND_ACTION_ASK;

	if (source->has_actions || source->is_used) {
		wl_resource_post_error(resource, WL_DATA_SOURCE_ERROR_INVALID_SOURCE,
			"actions can be set once, before the source is used");
		return;
	}
	if (actions & ~all) {
		wl_resource_post_error(resource, WL_DATA_SOURCE_ERROR_INVALID_ACTION_MASK,
			"no such actions: 0x%x", actions);
		return;
	}
	source->actions = actions;
	source->has_actions = true;
}

static const struct wl_data_source_interface implementation = {
	.offer = handle_offer,
	.destroy = handle_destroy,
	.set_actions = handle_set_actions,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_data_source *source = wl_resource_get_user_data(resource);
	char **type;

	wl_signal_emit(&source->destroyed, source);
	wl_array_for_each (type, &source->types)
		free(*type);
	wl_array_release(&source->types);
	free(source);
}

void xg_data_source_create(struct wl_client *client, struct wl_resource *manager, uint32_t id)
{
	const int version = wl_resource_get_version(manager);
	struct xg_data_source *source = calloc(1, sizeof(*source));

	if (source)
		source->resource =
			wl_resource_create(client, &wl_data_source_interface, version, id);
	if (!source || !source->resource) {
		free(source);
		wl_resource_post_no_memory(manager);
		return;
	}
	wl_array_init(&source->types);
	wl_signal_init(&source->destroyed);
	/* Before version 3 there was but one thing to do. */
	if (version < WL_DATA_SOURCE_ACTION_SINCE_VERSION)
		source->actions = WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY;
	wl_resource_set_implementation(
		source->resource, &implementation, source, handle_resource_destroyed);
}

void xg_data_source_cancel(struct xg_data_source *source)
{
	wl_data_source_send_cancelled(source->resource);
}

void xg_data_source_leave(struct xg_data_source *source)
{
	source->is_accepted = false;
	source->action = WL_DATA_DEVICE_MANAGER_DND_ACTION_NONE;
}

bool xg_data_source_drop(struct xg_data_source *source)
{
	if (!source->is_accepted || !source->action) {
		xg_data_source_cancel(source);
		return false;
	}
	source->is_dropped = true;
	if (wl_resource_get_version(source->resource) >=
		WL_DATA_SOURCE_DND_DROP_PERFORMED_SINCE_VERSION)
		wl_data_source_send_dnd_drop_performed(source->resource);
	return true;
}

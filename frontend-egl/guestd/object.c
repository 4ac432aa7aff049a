/* SPDX-License-Identifier: MIT */
/* The Wayland objects of an application, by the number that they have in messages. See app.h. */
#include "app.h"

#include <stdlib.h>
/* For struct wl_resource, whose first members libwayland keeps as they are. */
#include <wayland-server.h>

#include "xenglass/control_wayland.h"

/* Called by libwayland when the resource goes, be it with its whole client, in any order. */
static void handle_resource_destroy(struct wl_resource *resource)
{
	struct xg_app_object *object = wl_resource_get_user_data(resource);

	xg_map_remove(&object->app->objects, object->number);
	if (object->pool)
		xg_app_pool_unref(object->pool);
	if (object->buffer)
		xg_buffer_destroy(object->buffer);
	free(object->surface);
	/* Callbacks that outlive their surface have no list any more, but may leave it. */
	while (!wl_list_empty(&object->callbacks)) {
		struct wl_list *link = object->callbacks.next;

		wl_list_remove(link);
		wl_list_init(link);
	}
	wl_list_remove(&object->callback_link);
	free(object);
}

/*
 * libwayland made the wl_display's resource, and has a hook on its end that must stay. It is the
 * only one that the relay takes over; its object is freed with the application.
 */
static void take_over_display(struct xg_app_object *object)
{
	wl_resource_set_dispatcher(
		object->resource, xg_request_dispatch, NULL, object, object->resource->destroy);
}

struct xg_app_object *xg_app_object_create(struct xg_app *app, uint64_t number,
	const struct xg_interface *interface, struct wl_resource *resource)
{
	struct xg_app_object *object = calloc(1, sizeof(*object));

	if (!object || !xg_map_add(&app->objects, number, object)) {
		free(object);
		return NULL;
	}
	object->number = number;
	object->app = app;
	object->interface = interface;
	object->resource = resource;
	wl_list_init(&object->callbacks);
	wl_list_init(&object->callback_link);
	if (number == XG_WL_DISPLAY_OBJECT)
		take_over_display(object);
	else
		wl_resource_set_dispatcher(
			resource, xg_request_dispatch, NULL, object, handle_resource_destroy);
	return object;
}

struct xg_app_object *xg_app_object_find(struct xg_app *app, uint64_t number)
{
	return xg_map_find(&app->objects, number);
}

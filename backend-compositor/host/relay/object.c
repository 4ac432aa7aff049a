/* SPDX-License-Identifier: MIT */
/* The objects of a connection: what the guest's numbers stand for. See connection.h. */
#include "relay/connection.h"

#include <stdlib.h>

/* Tells the relay's proxies from those that EGL makes on the same connection. */
static const char marker;

struct xg_object *xg_object_create(struct xg_connection *connection, uint64_t number,
	const struct xg_interface *interface, uint32_t version, struct wl_proxy *proxy)
{
	struct xg_object *object = calloc(1, sizeof(*object));

	if (!object || !xg_map_add(&connection->objects, number, object)) {
		free(object);
		return NULL;
	}
	object->connection = connection;
	object->number = number;
	object->interface = interface;
	object->version = version;
	object->proxy = proxy;
	wl_list_init(&object->callbacks);
	wl_list_init(&object->callback_link);
	wl_list_insert(&connection->object_list, &object->link);
	/* libwayland dispatches the wl_display's own events itself. */
	if (proxy && number != 1)
		wl_proxy_add_dispatcher(proxy, xg_event_dispatch, &marker, object);
	return object;
}

struct xg_object *xg_object_find(struct xg_connection *connection, uint64_t number)
{
	return xg_map_find(&connection->objects, number);
}

struct xg_object *xg_object_from_proxy(struct wl_proxy *proxy)
{
	if (!proxy || wl_proxy_get_listener(proxy) != &marker)
		return NULL;
	return wl_proxy_get_user_data(proxy);
}

static void unref_pool(struct xg_object *object)
{
	struct xg_connection *connection = object->connection;
	struct xg_pool *pool = object->pool;

	if (!pool || --pool->references > 0)
		return;
	xg_map_remove(&connection->pools, pool->number);
	connection->relay->shm_size_bytes -= pool->size_bytes;
	xg_pool_destroy(pool);
}

void xg_object_destroy(struct xg_object *object)
{
	struct xg_object *callback, *next;

	/* Compositors drop a surface's frame callbacks with it, and tell nobody. */
	wl_list_for_each_safe (callback, next, &object->callbacks, callback_link)
		xg_object_destroy(callback);
	if (object->window) {
		xg_window_kill(object->window);
		xg_window_unref(object->window);
	}
	unref_pool(object);
	if (object->proxy && object->number != 1)
		wl_proxy_destroy(object->proxy);
	wl_list_remove(&object->callback_link);
	wl_list_remove(&object->link);
	xg_map_remove(&object->connection->objects, object->number);
	free(object);
}

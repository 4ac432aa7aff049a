/* SPDX-License-Identifier: MIT */
/*
 * The guest's requests. One generic path decodes a request by its signature, finds the objects, and
 * makes the request on the proxy; a few interfaces have a step of their own before or after, for
 * what a compositor must not see, or what the relay must keep account of.
 */
#include "relay/connection.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wayland-client-protocol.h>

#include "xenglass/control_wayland.h"

/* Above this the buffer of libwayland is flushed first: a full one would kill the connection. */
#define UNFLUSHED_MAX 3000

/* One request on its way. */
struct request {
	struct xg_connection *connection;
	struct xg_object *object;
	uint32_t opcode;
	const struct wl_message *message;
	struct xg_value values[XG_VALUES_MAX];
	uint32_t count;
	/* The new object, if there is one. */
	uint64_t new_number;
	const struct xg_interface *new_interface;
	uint32_t new_version;
	union wl_argument args[XG_VALUES_MAX];
	int fd;		      /* ours, or -1 */
	struct xg_pool *pool; /* for wl_shm.create_pool */
	const char *rule;
};

static bool is_request(const struct request *request, enum xg_interface_index i, uint32_t opcode)
{
	return xg_interface_is(request->object->interface, i) && request->opcode == opcode;
}

static bool fail(struct request *request, const char *rule)
{
	request->rule = rule;
	return false;
}

/* Reads the message up to its values. */
static bool decode(struct request *request, const void *untrusted_payload, size_t size)
{
	struct xg_wl_message head;

	if (size < sizeof(head))
		return fail(request, "a request shorter than its header");
	memcpy(&head, untrusted_payload, sizeof(head));
	request->object = xg_object_find(request->connection, head.object);
	request->opcode = head.opcode;
	if (!request->object)
		return fail(request, "a request on an unknown object");
	const struct wl_interface *interface = request->object->interface->wayland;
	if (head.opcode >= (uint32_t)interface->method_count)
		return fail(request, "an unknown request");
	request->message = &interface->methods[head.opcode];
	if (xg_signature_since(request->message->signature) > request->object->version)
		return fail(request, "a request newer than its object");
	return xg_values_decode(request->message->signature,
		(const uint8_t *)untrusted_payload + sizeof(head), size - sizeof(head),
		request->values, &request->count, &request->rule);
}

static bool resolve_object(struct request *request, const struct xg_value *value, uint32_t i)
{
	const struct wl_interface *type = request->message->types[i];

	request->args[i].o = NULL;
	if (!value->object)
		return true;
	struct xg_object *object = xg_object_find(request->connection, value->object);
	if (!object || !object->proxy)
		return fail(request, "an unknown object as an argument");
	if (type && strcmp(object->interface->wayland->name, type->name) != 0)
		return fail(request, "an object of the wrong interface as an argument");
	request->args[i].o = (struct wl_object *)object->proxy;
	return true;
}

static bool resolve_new_object(struct request *request, const struct xg_value *value, uint32_t i)
{
	struct xg_connection *connection = request->connection;
	const struct wl_interface *type = request->message->types[i];

	if (value->object != connection->next_guest_object)
		return fail(request, "a new object out of order");
	if (connection->objects.count >= connection->relay->setup.limits.objects)
		return fail(request, "more objects than the limit");
	connection->next_guest_object++;
	request->args[i].o = NULL;
	request->new_number = value->object;
	/* Without a type it is wl_registry.bind, which says interface and version itself. */
	request->new_interface =
		xg_interface_find(type ? type->name : request->values[i - 2].bytes);
	request->new_version =
		type ? request->object->version : request->values[i - 1].unsigned_number;
	return request->new_interface || fail(request, "an interface that is not allowed");
}

/* Finds what the values mean. Descriptors are made later, when nothing can fail any more. */
static bool resolve(struct request *request)
{
	for (uint32_t i = 0; i < request->count; i++) {
		const struct xg_value *value = &request->values[i];
		bool is_resolved = true;

		switch (value->type) {
		case 'o':
			is_resolved = resolve_object(request, value, i);
			break;
		case 'n':
			is_resolved = resolve_new_object(request, value, i);
			break;
		case 's':
			request->args[i].s = value->bytes;
			break;
		case 'a':
		case 'h':
			break;
		default:
			request->args[i].u = value->unsigned_number;
		}
		if (!is_resolved)
			return false;
	}
	return true;
}

static bool make_pool(struct request *request)
{
	struct xg_connection *connection = request->connection;
	struct xg_relay *relay = connection->relay;
	const int32_t size = request->values[2].number;

	if (size > 0 && (uint64_t)size > relay->setup.limits.shm_size_bytes - relay->shm_size_bytes)
		return false;
	struct xg_pool *pool = xg_pool_create(request->new_number, size);
	if (!pool)
		return false;
	if (!xg_map_add(&connection->pools, pool->number, pool)) {
		xg_pool_destroy(pool);
		return false;
	}
	relay->shm_size_bytes += pool->size_bytes;
	request->pool = pool;
	request->fd = dup(pool->fd);
	return true;
}

/* The pool got no wl_shm_pool. */
static void drop_pool(struct request *request)
{
	struct xg_connection *connection = request->connection;

	xg_map_remove(&connection->pools, request->pool->number);
	connection->relay->shm_size_bytes -= request->pool->size_bytes;
	xg_pool_destroy(request->pool);
}

/* Makes the descriptor that the request needs. */
static enum xg_step make_descriptor(struct request *request)
{
	struct xg_connection *connection = request->connection;

	for (uint32_t i = 0; i < request->count; i++) {
		if (request->values[i].type != 'h')
			continue;
		if (request->object->interface->descriptor == XG_DESCRIPTOR_POOL) {
			if (!make_pool(request)) {
				xg_connection_post_no_memory(connection);
				return XG_STEP_ENDED;
			}
		} else {
			request->fd = xg_pipes_add_source(
				connection->relay->pipes, request->values[i].unsigned_number);
		}
		if (request->fd < 0) {
			request->rule = "a descriptor that cannot be made";
			return XG_STEP_FAULT;
		}
		request->args[i].h = request->fd;
	}
	return XG_STEP_DONE;
}

/* Makes the request on the proxy. False without memory. */
static bool forward(struct request *request)
{
	struct xg_connection *connection = request->connection;
	struct xg_object *object = request->object, *created = NULL;
	struct wl_array arrays[XG_VALUES_MAX];
	const bool destroys = object->interface->request_destructors & (1u << request->opcode);

	for (uint32_t i = 0; i < request->count; i++) {
		if (request->values[i].type != 'a')
			continue;
		arrays[i].size = arrays[i].alloc = request->values[i].size;
		arrays[i].data = (void *)request->values[i].bytes;
		request->args[i].a = &arrays[i];
	}
	const struct xg_interface *new_interface = request->new_interface;
	const uint32_t version = new_interface && !request->message->types[request->count - 1]
					 ? request->new_version
					 : wl_proxy_get_version(object->proxy);
	struct wl_proxy *proxy = wl_proxy_marshal_array_flags(object->proxy, request->opcode,
		new_interface ? new_interface->wayland : NULL, version,
		destroys ? WL_MARSHAL_FLAG_DESTROY : 0, request->args);
	connection->unflushed_bytes += xg_values_wayland_size(request->values, request->count);
	if (new_interface) {
		created = proxy ? xg_object_create(connection, request->new_number, new_interface,
					  request->new_version, proxy)
				: NULL;
		if (!created)
			return false;
	}
	if (is_request(request, XG_INTERFACE_wl_surface, XG_REQUEST_wl_surface_frame))
		wl_list_insert(&object->callbacks, &created->callback_link);
	if (is_request(request, XG_INTERFACE_wl_shm, XG_REQUEST_wl_shm_create_pool)) {
		created->pool = request->pool;
		request->pool = NULL;
	}
	if (is_request(request, XG_INTERFACE_wl_shm_pool, XG_REQUEST_wl_shm_pool_create_buffer)) {
		created->pool = object->pool;
		created->pool->references++;
	}
	if (destroys) {
		object->proxy = NULL;
		xg_object_destroy(object);
	}
	return true;
}

/*
 * A compositor makes what stands behind the name, whatever interface the request says. So the two
 * must agree here, or both sides would take the object for different things.
 */
static enum xg_step check_bind(struct request *request)
{
	const struct xg_interface *interface = request->new_interface;
	const uint32_t name = request->values[0].unsigned_number;
	const uint32_t version = request->new_version;
	char text[128];

	if (name == XG_WL_SWAP_GLOBAL && xg_interface_is(interface, XG_INTERFACE_xg_swap_v1) &&
		version == 1) {
		if (xg_object_create(
			    request->connection, request->new_number, interface, version, NULL))
			return XG_STEP_DONE;
		request->rule = "no memory for an object";
		return XG_STEP_FAULT;
	}
	const struct xg_global *global = xg_global_find(request->connection, name);
	if (!global || global->interface != interface)
		snprintf(text, sizeof(text), "invalid global %s (%u)", interface->wayland->name,
			name);
	else if (version < 1 || version > global->version)
		snprintf(text, sizeof(text),
			"invalid version for global %s (%u): have %u, wanted %u",
			interface->wayland->name, name, global->version, version);
	else
		return XG_STEP_DONE;
	xg_connection_post_error(
		request->connection, request->object, WL_DISPLAY_ERROR_INVALID_OBJECT, text);
	return XG_STEP_ENDED;
}

/* wl_surface.destroy: no replay thread may be at work on the surface, now or later. */
static enum xg_step wait_for_window(struct request *request)
{
	struct xg_window *window = request->object->window;

	if (!window)
		return XG_STEP_DONE;
	xg_window_kill(window);
	return xg_window_is_held(window) ? XG_STEP_WAIT : XG_STEP_DONE;
}

static enum xg_step grow_pool(struct request *request)
{
	struct xg_relay *relay = request->connection->relay;
	struct xg_pool *pool = request->object->pool;
	const int32_t size = request->values[0].number;
	const size_t before = pool->size_bytes;

	const uint64_t left = relay->setup.limits.shm_size_bytes - relay->shm_size_bytes;
	if ((size > 0 && (size_t)size > before && (size_t)size - before > left) ||
		!xg_pool_resize(pool, size)) {
		xg_connection_post_no_memory(request->connection);
		return XG_STEP_ENDED;
	}
	relay->shm_size_bytes += pool->size_bytes - before;
	return XG_STEP_DONE;
}

/* What must be true or done before the request may go to the compositor. */
static enum xg_step prepare(struct request *request)
{
	if (is_request(request, XG_INTERFACE_wl_registry, XG_REQUEST_wl_registry_bind))
		return check_bind(request);
	if (is_request(request, XG_INTERFACE_wl_shm_pool, XG_REQUEST_wl_shm_pool_resize))
		return grow_pool(request);
	return XG_STEP_DONE;
}

/* xg_swap_v1, which is carried out here. */
static enum xg_step execute_swap_interface(struct request *request)
{
	struct xg_connection *connection = request->connection;
	const struct xg_value *values = request->values;
	struct xg_object *surface = NULL;

	if (request->opcode == XG_REQUEST_xg_swap_v1_window ||
		request->opcode == XG_REQUEST_xg_swap_v1_swap)
		surface = xg_object_find(connection, values[0].object);
	switch (request->opcode) {
	case XG_REQUEST_xg_swap_v1_destroy:
		xg_object_destroy(request->object);
		break;
	case XG_REQUEST_xg_swap_v1_introduce:
		xg_window_display_introduce(connection->window_display,
			(uint64_t)values[0].unsigned_number << 32 | values[1].unsigned_number,
			values[2].unsigned_number);
		break;
	case XG_REQUEST_xg_swap_v1_window:
		if (surface->window) {
			xg_window_kill(surface->window);
			xg_window_unref(surface->window);
		}
		surface->window = xg_window_create(connection->window_display,
			(struct wl_surface *)surface->proxy, values[1].unsigned_number);
		break;
	case XG_REQUEST_xg_swap_v1_swap:
		if (surface->window && xg_window_arrive(surface->window, values[1].unsigned_number,
					       values[2].unsigned_number))
			connection->swap_window = surface->window;
		break;
	}
	return XG_STEP_DONE;
}

static enum xg_step fault(const struct request *request, const char **rule)
{
	*rule = request->rule;
	return XG_STEP_FAULT;
}

/* Flushes so that the request finds room; false if the compositor must read first. */
static bool make_room(struct request *request)
{
	struct xg_connection *connection = request->connection;
	const size_t size = xg_values_wayland_size(request->values, request->count);

	if (connection->unflushed_bytes + size > UNFLUSHED_MAX)
		xg_connection_flush(connection);
	return !connection->is_write_blocked;
}

enum xg_step xg_request_execute(struct xg_connection *connection, const void *untrusted_payload,
	size_t size, const char **rule)
{
	struct request request = {.connection = connection, .fd = -1};

	if (!decode(&request, untrusted_payload, size))
		return fault(&request, rule);
	if (!make_room(&request))
		return XG_STEP_WAIT;
	if (is_request(&request, XG_INTERFACE_wl_surface, XG_REQUEST_wl_surface_destroy) &&
		wait_for_window(&request) == XG_STEP_WAIT)
		return XG_STEP_WAIT;
	if (!resolve(&request))
		return fault(&request, rule);
	if (xg_interface_is(request.object->interface, XG_INTERFACE_xg_swap_v1))
		return execute_swap_interface(&request);
	enum xg_step step = prepare(&request);
	if (step == XG_STEP_DONE && request.new_interface &&
		xg_interface_is(request.new_interface, XG_INTERFACE_xg_swap_v1))
		return XG_STEP_DONE;
	if (step == XG_STEP_DONE)
		step = make_descriptor(&request);
	if (step == XG_STEP_DONE && !forward(&request)) {
		request.rule = "no memory for an object";
		step = XG_STEP_FAULT;
	}
	if (request.fd >= 0) {
		close(request.fd);
		if (step == XG_STEP_DONE)
			xg_connection_flush(connection);
	}
	if (request.pool)
		drop_pool(&request);
	*rule = request.rule;
	return step;
}

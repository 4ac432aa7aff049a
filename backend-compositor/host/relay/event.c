/* SPDX-License-Identifier: MIT */
/*
 * The compositor's events, each turned into a message to the guest. One dispatcher serves every
 * proxy. An event's descriptors are ours here and are closed on every path.
 */
#include "relay/connection.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "xenglass/control_wayland.h"

/* Nobody will have the event: what came with it goes. */
static void drop_arguments(
	const struct xg_value *values, uint32_t count, const union wl_argument *args)
{
	for (uint32_t i = 0; i < count; i++) {
		if (values[i].type == 'h')
			close(args[i].h);
		if (values[i].type == 'n')
			wl_proxy_destroy((struct wl_proxy *)args[i].o);
	}
}

/*
 * Sends what the descriptor holds as a blob; returns its number, or 0 if it cannot be read. The
 * descriptor stays the caller's.
 */
static uint32_t send_blob(struct xg_connection *connection, int fd, uint32_t size)
{
	const struct xg_relay_setup *setup = &connection->relay->setup;
	uint8_t bytes[XG_WL_CHUNK_MAX];
	struct xg_wl_blob part = {
		.connection = connection->number,
		.blob = connection->next_blob,
		.total = size,
	};

	if (size > XG_WL_BLOB_MAX)
		return 0;
	while (part.offset < size) {
		const size_t left = size - part.offset;
		const ssize_t got =
			pread(fd, bytes, left < sizeof(bytes) ? left : sizeof(bytes), part.offset);

		if (got <= 0)
			return 0;
		setup->send(setup->data, XG_WL_BLOB, &part, sizeof(part), bytes, (size_t)got);
		part.offset += (uint32_t)got;
	}
	return connection->next_blob++;
}

/* What stands for the descriptor args[i].h, which is closed or given on; 0 on failure. */
static uint32_t carry_descriptor(
	struct xg_object *object, const union wl_argument *args, uint32_t i, bool has_size)
{
	struct xg_connection *connection = object->connection;
	uint32_t number = 0;

	switch (object->interface->descriptor) {
	case XG_DESCRIPTOR_BLOB:
		if (has_size)
			number = send_blob(connection, args[i].h, args[i + 1].u);
		break;
	case XG_DESCRIPTOR_SINK:
		return xg_pipes_add_sink(connection->relay->pipes, args[i].h);
	default:
		break;
	}
	close(args[i].h);
	return number;
}

static bool carry_object(
	struct xg_value *value, const struct wl_interface *type, const union wl_argument *arg)
{
	const struct xg_object *object = xg_object_from_proxy((struct wl_proxy *)arg->o);

	value->object = object ? object->number : 0;
	return object || value->is_nullable;
}

/* The object of a proxy that came with an event. */
static bool carry_new_object(
	struct xg_value *value, struct xg_object *parent, const union wl_argument *arg)
{
	struct wl_proxy *proxy = (struct wl_proxy *)arg->o;
	struct xg_connection *connection = parent->connection;
	const struct xg_interface *interface = xg_interface_find(wl_proxy_get_class(proxy));

	if (!interface || !xg_object_create(connection, connection->next_host_object, interface,
				  wl_proxy_get_version(proxy), proxy)) {
		wl_proxy_destroy(proxy);
		return false;
	}
	value->object = connection->next_host_object++;
	return true;
}

/*
 * Turns the arguments into values. False if the event cannot be carried: an object in it is gone.
 * The descriptors are dealt with in either case.
 */
static bool carry_arguments(struct xg_object *object, const struct wl_message *message,
	const union wl_argument *args, struct xg_value *values, uint32_t count)
{
	bool is_whole = true;

	for (uint32_t i = 0; i < count; i++) {
		switch (values[i].type) {
		case 'o':
			is_whole &= carry_object(&values[i], message->types[i], &args[i]);
			break;
		case 'n':
			is_whole &= carry_new_object(&values[i], object, &args[i]);
			break;
		case 's':
			values[i].bytes = args[i].s;
			values[i].size = args[i].s ? (uint32_t)strlen(args[i].s) + 1 : 0;
			break;
		case 'a':
			values[i].bytes = args[i].a->data;
			values[i].size = (uint32_t)args[i].a->size;
			break;
		case 'h':
			values[i].unsigned_number = carry_descriptor(
				object, args, i, i + 1 < count && values[i + 1].type == 'u');
			is_whole &= values[i].unsigned_number != 0;
			break;
		default:
			values[i].unsigned_number = args[i].u;
		}
	}
	return is_whole;
}

struct xg_global *xg_global_find(struct xg_connection *connection, uint32_t name)
{
	struct xg_global *global;

	/* An empty array has no data to begin at. */
	if (connection->globals.size == 0)
		return NULL;
	wl_array_for_each (global, &connection->globals) {
		if (global->name == name)
			return global;
	}
	return NULL;
}

/* Notes a global; false if no guest may see it. Clamps its version. */
static bool note_global(struct xg_connection *connection, union wl_argument *args)
{
	const struct xg_interface *interface = xg_interface_find(args[1].s);

	if (!interface || !interface->global_version || args[0].u == XG_WL_SWAP_GLOBAL)
		return false;
	if (args[2].u > interface->global_version)
		args[2].u = interface->global_version;
	struct xg_global *global = xg_global_find(connection, args[0].u);
	if (!global)
		global = wl_array_add(&connection->globals, sizeof(*global));
	if (global)
		*global = (struct xg_global){args[0].u, args[2].u, interface};
	return global;
}

static bool is_hidden(struct xg_object *object, uint32_t opcode, union wl_argument *args)
{
	if (!xg_interface_is(object->interface, XG_INTERFACE_wl_registry))
		return false;
	if (opcode == XG_EVENT_wl_registry_global)
		return !note_global(object->connection, args);
	return !xg_global_find(object->connection, args[0].u);
}

static void send_event(
	struct xg_object *object, uint32_t opcode, const struct xg_value *values, uint32_t count)
{
	const struct xg_relay_setup *setup = &object->connection->relay->setup;
	const struct xg_wl_message head = {object->connection->number, opcode, object->number};
	const size_t size = xg_values_size(values, count);
	/* Object numbers take 8 bytes where Wayland's take 4. */
	uint32_t room[XG_WL_MESSAGE_MAX / sizeof(uint32_t) + XG_VALUES_MAX];

	if (size > sizeof(room))
		return;
	xg_values_encode(values, count, room);
	setup->send(setup->data, XG_WL_EVENT, &head, sizeof(head), room, size);
}

int xg_event_dispatch(const void *marker, void *target, uint32_t opcode,
	const struct wl_message *message, union wl_argument *args)
{
	struct xg_object *object = wl_proxy_get_user_data(target);
	struct xg_value values[XG_VALUES_MAX];
	const uint32_t count = xg_values_init(message->signature, values);

	if (object->connection->is_ended || is_hidden(object, opcode, args)) {
		drop_arguments(values, count, args);
		return 0;
	}
	if (carry_arguments(object, message, args, values, count))
		send_event(object, opcode, values, count);
	else
		xg_log(XG_LOG_DEBUG, "relay", "connection %u: %s.%s dropped",
			object->connection->number, object->interface->wayland->name,
			message->name);
	if (object->interface->event_destructors & (1u << opcode))
		xg_object_destroy(object);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * See connection.h. A connection carries out each message as it comes; only while it stands at a
 * swap, waits for a surface to come free or for the compositor to read do messages wait, bounded by
 * the credit that the guest was told. A connection that has ended is shut down at once, so that
 * whoever waits on it wakes, and freed when no replay thread holds its display.
 */
#include "relay/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <wayland-client-protocol.h>

#include "base/log.h"
#include "xenglass/control_wayland.h"

/* A message that waits; its payload follows. */
struct queued {
	struct wl_list link;
	uint32_t type;
	uint32_t size;
	_Alignas(8) uint8_t payload[];
};

/* What a message counts against the credit: with the channel's header. */
#define MESSAGE_HEADER 8

/* A swap has ended, on this thread. False: the relay's own must look. */
static bool go_on(void *data)
{
	struct xg_connection *connection = data;
	struct xg_relay *relay = connection->relay;

	if (relay->setup.is_alone || pthread_mutex_trylock(&relay->lock) != 0)
		return false;

	const uint32_t owed_bytes = connection->owed_bytes;

	xg_connection_run(connection);
	if (!connection->is_ended)
		xg_connection_flush(connection);

	/* What was sent to the guest, the relay's thread gives to it. */
	const bool is_done = !connection->is_ended && !connection->is_write_blocked &&
			     connection->owed_bytes >= owed_bytes;

	pthread_mutex_unlock(&relay->lock);
	return is_done;
}

struct xg_connection *xg_connection_create(struct xg_relay *relay, uint32_t number, uint32_t credit)
{
	struct xg_connection *connection = calloc(1, sizeof(*connection));

	if (!connection)
		return NULL;
	connection->relay = relay;
	connection->number = number;
	connection->credit = credit;
	connection->next_guest_object = XG_WL_DISPLAY_OBJECT + 1;
	connection->next_host_object = XG_WL_HOST_OBJECT;
	connection->next_blob = 1;
	wl_list_init(&connection->object_list);
	wl_list_init(&connection->queue);
	wl_array_init(&connection->globals);

	const int fd = relay->setup.connect(relay->setup.data);
	if (fd < 0)
		goto err_connection;
	connection->display = wl_display_connect_to_fd(fd);
	if (!connection->display)
		goto err_connection;
	connection->window_display =
		xg_window_display_create(relay->windows, connection->display, go_on, connection);
	if (!connection->window_display)
		goto err_display;
	if (!xg_object_create(connection, XG_WL_DISPLAY_OBJECT,
		    &xg_interfaces[XG_INTERFACE_wl_display], 1,
		    (struct wl_proxy *)connection->display))
		goto err_window_display;
	return connection;

err_window_display:
	xg_window_display_destroy(connection->window_display);
err_display:
	wl_display_disconnect(connection->display);
err_connection:
	free(connection);
	return NULL;
}

static void drop_queue(struct xg_connection *connection)
{
	struct queued *queued, *next;

	wl_list_for_each_safe (queued, next, &connection->queue, link) {
		wl_list_remove(&queued->link);
		free(queued);
	}
}

void xg_connection_destroy(struct xg_connection *connection)
{
	while (!wl_list_empty(&connection->object_list)) {
		struct xg_object *object =
			wl_container_of(connection->object_list.next, object, link);
		xg_object_destroy(object);
	}
	drop_queue(connection);
	xg_window_display_destroy(connection->window_display);
	wl_display_disconnect(connection->display);
	xg_map_finish(&connection->objects);
	xg_map_finish(&connection->pools);
	wl_array_release(&connection->globals);
	wl_list_remove(&connection->link);
	free(connection);
}

void xg_connection_end(struct xg_connection *connection, bool tell_guest)
{
	const struct xg_relay_setup *setup = &connection->relay->setup;
	const struct xg_wl_close closed = {connection->number};
	struct xg_object *object;

	if (connection->is_ended)
		return;
	connection->is_ended = true;
	wl_list_for_each (object, &connection->object_list, link) {
		if (object->window)
			xg_window_kill(object->window);
	}
	xg_window_display_end(connection->window_display);
	drop_queue(connection);
	connection->swap_window = NULL;
	if (connection->is_prepared)
		wl_display_cancel_read(connection->display);
	connection->is_prepared = false;
	/* Events that nobody dispatches would leave their new objects behind. */
	wl_display_dispatch_pending(connection->display);
	wl_display_flush(connection->display);
	shutdown(wl_display_get_fd(connection->display), SHUT_RDWR);
	if (tell_guest)
		setup->send(setup->data, XG_WL_CLOSED, &closed, sizeof(closed), NULL, 0);
}

void xg_connection_fault(struct xg_connection *connection, const char *rule)
{
	xg_log(XG_LOG_WARNING, "relay", "connection %u ended: the guest sent %s",
		connection->number, rule);
	xg_connection_end(connection, true);
}

void xg_connection_post_error(struct xg_connection *connection, const struct xg_object *object,
	uint32_t code, const char *text)
{
	const struct xg_relay_setup *setup = &connection->relay->setup;
	const struct xg_wl_error error = {
		.connection = connection->number,
		.code = code,
		.object = object ? object->number : 0,
		.text_size = (uint32_t)strlen(text),
	};

	if (connection->is_ended)
		return;
	setup->send(setup->data, XG_WL_ERROR, &error, sizeof(error), text, error.text_size);
	xg_connection_end(connection, true);
}

void xg_connection_post_no_memory(struct xg_connection *connection)
{
	xg_connection_post_error(connection, xg_object_find(connection, XG_WL_DISPLAY_OBJECT),
		WL_DISPLAY_ERROR_NO_MEMORY, "no memory");
}

/* The object that libwayland's protocol error names; NULL if it is gone. */
static struct xg_object *find_culprit(struct xg_connection *connection, uint32_t *code)
{
	const struct wl_interface *interface = NULL;
	struct xg_object *object;
	uint32_t id = 0;

	*code = wl_display_get_protocol_error(connection->display, &interface, &id);
	wl_list_for_each (object, &connection->object_list, link) {
		if (object->proxy && interface && wl_proxy_get_id(object->proxy) == id &&
			strcmp(interface->name, object->interface->wayland->name) == 0)
			return object;
	}
	return NULL;
}

void xg_connection_check(struct xg_connection *connection)
{
	char text[1024];
	uint32_t code;

	if (connection->is_ended)
		return;
	switch (wl_display_get_error(connection->display)) {
	case 0:
		break;
	case EPROTO:
	case EINVAL:
	case ENOMEM:
	case EFAULT: {
		const struct xg_object *culprit = find_culprit(connection, &code);

		xg_error_text(connection->display, text, sizeof(text));
		xg_connection_post_error(connection, culprit, code, text);
		break;
	}
	default:
		xg_log(XG_LOG_INFO, "relay", "connection %u: the compositor is gone",
			connection->number);
		xg_connection_end(connection, true);
	}
}

void xg_connection_flush(struct xg_connection *connection)
{
	if (wl_display_flush(connection->display) >= 0) {
		connection->unflushed_bytes = 0;
		connection->is_write_blocked = false;
	} else if (errno == EAGAIN) {
		connection->is_write_blocked = true;
	} else {
		/* What the compositor had to say before it closed is still to be read. */
		connection->unflushed_bytes = 0;
		connection->is_write_blocked = errno == EPIPE;
	}
}

static enum xg_step write_pool(
	struct xg_connection *connection, const uint8_t *payload, size_t size, const char **rule)
{
	struct xg_wl_pool_write write;

	*rule = "pool data that does not fit its pool";
	if (size < sizeof(write))
		return XG_STEP_FAULT;
	memcpy(&write, payload, sizeof(write));
	struct xg_pool *pool = xg_map_find(&connection->pools, write.pool);
	if (!pool || !xg_pool_write(pool, &write, payload + sizeof(write), size - sizeof(write)))
		return XG_STEP_FAULT;
	return XG_STEP_DONE;
}

static enum xg_step execute(
	struct xg_connection *connection, uint32_t type, const void *payload, size_t size)
{
	const char *rule = NULL;
	enum xg_step step;

	if (connection->swap_window) {
		if (xg_window_is_waiting(connection->swap_window))
			return XG_STEP_WAIT;
		connection->swap_window = NULL;
	}
	if (type == XG_WL_POOL_WRITE)
		step = write_pool(connection, payload, size, &rule);
	else
		step = xg_request_execute(connection, payload, size, &rule);
	if (step == XG_STEP_FAULT)
		xg_connection_fault(connection, rule);
	return connection->is_ended ? XG_STEP_ENDED : step;
}

static void give_credit(struct xg_connection *connection, uint32_t bytes)
{
	const struct xg_relay_setup *setup = &connection->relay->setup;

	connection->owed_bytes += bytes;
	if (connection->owed_bytes < connection->credit / 4)
		return;
	const struct xg_wl_credit credit = {connection->number, connection->owed_bytes};
	connection->owed_bytes = 0;
	setup->send(setup->data, XG_WL_CREDIT, &credit, sizeof(credit), NULL, 0);
}

static bool enqueue(
	struct xg_connection *connection, uint32_t type, const void *payload, size_t size)
{
	struct queued *queued = malloc(sizeof(*queued) + size);

	if (!queued)
		return false;
	queued->type = type;
	queued->size = (uint32_t)size;
	memcpy(queued->payload, payload, size);
	wl_list_insert(connection->queue.prev, &queued->link);
	connection->queued_bytes += (uint32_t)size + MESSAGE_HEADER;
	return true;
}

void xg_connection_receive(
	struct xg_connection *connection, uint32_t type, const void *payload, size_t size)
{
	const uint32_t bytes = (uint32_t)size + MESSAGE_HEADER;

	if (connection->is_ended)
		return;
	if (connection->queued_bytes + connection->owed_bytes + bytes > connection->credit) {
		xg_connection_fault(connection, "more than its credit");
		return;
	}
	if (wl_list_empty(&connection->queue)) {
		const enum xg_step step = execute(connection, type, payload, size);

		if (step == XG_STEP_DONE)
			give_credit(connection, bytes);
		if (step != XG_STEP_WAIT)
			return;
	}
	if (!enqueue(connection, type, payload, size))
		xg_connection_fault(connection, "more than there is memory for");
}

void xg_connection_run(struct xg_connection *connection)
{
	while (!connection->is_ended && !wl_list_empty(&connection->queue)) {
		struct queued *queued = wl_container_of(connection->queue.next, queued, link);

		if (execute(connection, queued->type, queued->payload, queued->size) !=
			XG_STEP_DONE)
			return;
		const uint32_t bytes = queued->size + MESSAGE_HEADER;
		wl_list_remove(&queued->link);
		free(queued);
		connection->queued_bytes -= bytes;
		give_credit(connection, bytes);
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * The relay's loop, see relay.h. libwayland lets several threads read one connection only if each
 * announces its read before it polls; so each turn prepares a read on every connection, polls, and
 * then reads or cancels on every one before it does anything else. EGL's threads, which read the
 * same connections for events of their own, are thus never kept waiting, and what they read for us
 * is never overlooked.
 *
 * A replay thread goes on with what waited for its swap, if the relay's thread is not at work just
 * then. Hence the lock, which nobody waits for anything with.
 */
#include "relay/connection.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/log.h"
#include "xenglass/control_wayland.h"

/* What a guest must at least be able to have in flight: a few of the largest messages. */
#define CREDIT_MIN (UINT32_C(64) << 10)

static bool watch(struct xg_relay *relay, int fd, void *what)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};

	return epoll_ctl(relay->setup.epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

struct xg_relay *xg_relay_create(const struct xg_relay_setup *setup)
{
	struct xg_relay *relay = calloc(1, sizeof(*relay));

	if (!relay)
		return NULL;
	relay->setup = *setup;
	pthread_mutex_init(&relay->lock, NULL);
	wl_list_init(&relay->connections);
	relay->windows = xg_windows_create();
	relay->pipes = xg_pipes_create(&(struct xg_pipes_setup){
		.send = setup->send,
		.data = setup->data,
		.first_sink = XG_WL_HOST_PIPE,
		.limit = relay->setup.limits.pipes,
	});
	if (!relay->windows || !relay->pipes ||
		!watch(relay, xg_windows_fd(relay->windows), relay->windows) ||
		!watch(relay, xg_pipes_fd(relay->pipes), relay->pipes)) {
		xg_relay_destroy(relay);
		return NULL;
	}
	relay->are_pipes_watched = true;
	xg_error_listen();
	return relay;
}

void xg_relay_destroy(struct xg_relay *relay)
{
	struct xg_connection *connection, *next;

	if (!relay)
		return;
	wl_list_for_each_safe (connection, next, &relay->connections, link) {
		xg_connection_end(connection, false);
		xg_connection_destroy(connection);
	}
	xg_pipes_destroy(relay->pipes);
	xg_windows_destroy(relay->windows);
	pthread_mutex_destroy(&relay->lock);
	free(relay);
}

struct xg_windows *xg_relay_windows(struct xg_relay *relay)
{
	return relay->windows;
}

void xg_relay_usage(struct xg_relay *relay, struct xg_relay_limits *used)
{
	const struct xg_connection *connection;

	pthread_mutex_lock(&relay->lock);
	*used = (struct xg_relay_limits){
		.connections = relay->connection_count,
		.pipes = xg_pipes_count(relay->pipes),
		.shm_size_bytes = relay->shm_size_bytes,
	};
	wl_list_for_each (connection, &relay->connections, link) {
		if (connection->objects.count > used->objects)
			used->objects = connection->objects.count;
	}
	pthread_mutex_unlock(&relay->lock);
}

/* Sets what the relay's epoll set waits for on a connection. */
static void watch_connection(struct xg_connection *connection, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = connection};
	const int operation = !events		    ? EPOLL_CTL_DEL
			      : connection->watched ? EPOLL_CTL_MOD
						    : EPOLL_CTL_ADD;

	if (connection->watched == events)
		return;
	connection->watched = events;
	epoll_ctl(connection->relay->setup.epoll, operation, wl_display_get_fd(connection->display),
		&event);
}

/* Frees what has ended and is not in use any more. */
static void reap(struct xg_relay *relay)
{
	struct xg_connection *connection, *next;

	wl_list_for_each_safe (connection, next, &relay->connections, link) {
		if (!connection->is_ended || !xg_window_display_is_free(connection->window_display))
			continue;
		/* Closing it is not enough as long as another process has the socket too. */
		watch_connection(connection, 0);
		xg_connection_destroy(connection);
		relay->connection_count--;
	}
}

static void prepare_connection(struct xg_connection *connection, bool is_congested)
{
	if (!connection->is_ended)
		xg_connection_flush(connection);
	while (!connection->is_ended && !is_congested &&
		wl_display_prepare_read(connection->display) < 0) {
		wl_display_dispatch_pending(connection->display);
		xg_connection_check(connection);
	}
	connection->is_prepared = !connection->is_ended && !is_congested;
	uint32_t events = connection->is_prepared ? EPOLLIN : 0;
	if (connection->is_write_blocked && !connection->is_ended)
		events |= EPOLLOUT;
	watch_connection(connection, events);
}

/* While the guest does not read, pipes must not wake us. */
static void watch_pipes(struct xg_relay *relay, bool on)
{
	struct epoll_event event = {.events = on ? EPOLLIN : 0, .data.ptr = relay->pipes};

	if (relay->are_pipes_watched == on)
		return;
	relay->are_pipes_watched = on;
	epoll_ctl(relay->setup.epoll, EPOLL_CTL_MOD, xg_pipes_fd(relay->pipes), &event);
}

void xg_relay_prepare(struct xg_relay *relay)
{
	const bool is_congested = relay->setup.is_congested(relay->setup.data);
	struct xg_connection *connection;

	pthread_mutex_lock(&relay->lock);
	reap(relay);
	watch_pipes(relay, !is_congested);
	wl_list_for_each (connection, &relay->connections, link)
		prepare_connection(connection, is_congested);
	pthread_mutex_unlock(&relay->lock);
}

/* Which of the relay's own descriptors are ready. */
struct ready {
	bool windows;
	bool pipes;
};

/* Whether one may read there. */
static bool is_among(const struct epoll_event *events, int count, const void *what)
{
	for (int i = 0; i < count; i++) {
		if (events[i].data.ptr == what)
			return events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR);
	}
	return false;
}

/* Notes what is ready; every connection that was prepared reads or cancels. */
static struct ready finish_reads(
	struct xg_relay *relay, const struct epoll_event *events, int count)
{
	struct ready ready = {.windows = is_among(events, count, relay->windows),
		.pipes = is_among(events, count, relay->pipes)};
	struct xg_connection *connection;

	wl_list_for_each (connection, &relay->connections, link) {
		if (connection->is_prepared && is_among(events, count, connection))
			wl_display_read_events(connection->display);
		else if (connection->is_prepared)
			wl_display_cancel_read(connection->display);
		connection->is_prepared = false;
	}
	return ready;
}

void xg_relay_dispatch(struct xg_relay *relay, const struct epoll_event *events, int count)
{
	const bool is_congested = relay->setup.is_congested(relay->setup.data);
	struct xg_connection *connection;
	uint64_t wakes;

	pthread_mutex_lock(&relay->lock);
	const struct ready ready = finish_reads(relay, events, count);
	if (ready.windows)
		(void)!read(xg_windows_fd(relay->windows), &wakes, sizeof(wakes));
	wl_list_for_each (connection, &relay->connections, link) {
		if (connection->is_ended)
			continue;
		if (!is_congested)
			wl_display_dispatch_pending(connection->display);
		xg_connection_check(connection);
		if (connection->is_write_blocked)
			xg_connection_flush(connection);
		xg_connection_run(connection);
	}
	if (ready.pipes)
		xg_pipes_dispatch(relay->pipes);
	reap(relay);
	pthread_mutex_unlock(&relay->lock);
}

static struct xg_connection *find_connection(struct xg_relay *relay, uint32_t number)
{
	struct xg_connection *connection;

	wl_list_for_each (connection, &relay->connections, link) {
		if (connection->number == number)
			return connection;
	}
	return NULL;
}

static bool refuse(const char *rule)
{
	xg_log(XG_LOG_WARNING, "relay", "the guest sent %s", rule);
	return false;
}

static bool receive_open(struct xg_relay *relay, const void *payload, size_t size)
{
	struct xg_wl_open open;

	if (size != sizeof(open))
		return refuse("an OPEN message of the wrong size");
	memcpy(&open, payload, sizeof(open));
	if (open.connection <= relay->last_connection)
		return refuse("a connection's number twice");
	if (open.credit < CREDIT_MIN || open.credit > XG_WL_CREDIT_BYTES)
		return refuse("a credit out of bounds");
	relay->last_connection = open.connection;

	struct xg_connection *connection = NULL;
	if (relay->connection_count < relay->setup.limits.connections)
		connection = xg_connection_create(relay, open.connection, open.credit);
	if (connection) {
		wl_list_insert(relay->connections.prev, &connection->link);
		relay->connection_count++;
		return true;
	}
	xg_log(XG_LOG_WARNING, "relay", "connection %u refused: %s", open.connection,
		relay->connection_count < relay->setup.limits.connections
			? "no connection to the compositor"
			: "the guest has as many as it may");
	const struct xg_wl_close closed = {open.connection};
	relay->setup.send(relay->setup.data, XG_WL_CLOSED, &closed, sizeof(closed), NULL, 0);
	return true;
}

/* What waits is still carried out, unless it waits for a swap: the application is gone. */
static void close_connection(struct xg_connection *connection)
{
	xg_connection_run(connection);
	xg_connection_end(connection, false);
}

static bool receive(
	struct xg_relay *relay, uint32_t type, const void *untrusted_payload, size_t size)
{
	const char *rule = NULL;
	uint32_t number;

	if (type == XG_WL_OPEN)
		return receive_open(relay, untrusted_payload, size);
	if (type >= XG_WL_PIPE_DATA && type <= XG_WL_PIPE_BROKEN)
		return xg_pipes_receive(relay->pipes, type, untrusted_payload, size, &rule) ||
		       refuse(rule);
	if (type != XG_WL_CLOSE && type != XG_WL_REQUEST && type != XG_WL_POOL_WRITE)
		return refuse("an unknown Wayland message");
	if (size < sizeof(number))
		return refuse("a Wayland message that names no connection");
	memcpy(&number, untrusted_payload, sizeof(number));
	if (number == 0 || number > relay->last_connection)
		return refuse("a connection's number that was never opened");
	struct xg_connection *connection = find_connection(relay, number);
	/* It has ended, and the guest does not know yet. */
	if (!connection)
		return true;
	if (type == XG_WL_CLOSE)
		close_connection(connection);
	else
		xg_connection_receive(connection, type, untrusted_payload, size);
	return true;
}

bool xg_relay_receive(
	struct xg_relay *relay, uint32_t type, const void *untrusted_payload, size_t size)
{
	pthread_mutex_lock(&relay->lock);

	const bool is_taken = receive(relay, type, untrusted_payload, size);

	pthread_mutex_unlock(&relay->lock);
	return is_taken;
}

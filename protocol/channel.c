/* SPDX-License-Identifier: MIT */
/*
 * See channel.h. What is sent goes straight into the ring as long as nothing waits in the queue;
 * the queue is one growing buffer of records, exactly as they will stand in the ring.
 */
#include "channel.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "ring.h"
#include "spin.h"
#include "xenglass/control.h"

/* More than this in the queue means that the peer has stopped reading. */
#define QUEUE_MAX (64u << 20)

/* So long we rest at most, when a peer wakes us for nothing. */
#define REST_MAX_MS 16

/*
 * Who has told its peer so often that it sleeps may have so many notifications in its socket, which
 * holds some hundreds, and would swallow them beyond that. An eventfd holds any number.
 */
#define NOTIFICATIONS_MAX 64

struct xg_channel {
	struct xg_link *link;	 /* borrowed */
	struct xg_region region; /* the guest's */
	void *mapped;		 /* the host's */
	struct xg_port port;
	int epoll_fd;
	bool wakes_by_edge;    /* what has been notified may stay in the port */
	_Atomic unsigned arms; /* how often the peer may have notified since it was cleared */
	_Atomic bool is_closed;

	/* Sending: any thread. */
	pthread_mutex_t lock;
	struct xg_producer out;
	bool is_armed; /* producer_waits is set, because the queue is not empty */
	uint8_t *queue;
	size_t queue_capacity;
	size_t queue_front;
	size_t queue_used;

	/* Receiving: one thread. */
	struct xg_consumer in;
	uint64_t unannounced;
	unsigned futile; /* as xg_port_rest_ms counts */
	bool is_woken;	 /* and nothing has been found yet that it was for */
	const char *rule;
	_Alignas(16) uint8_t message[XG_RECORD_SIZE_MAX];
};

static bool add_to_epoll(int epoll_fd, int fd, uint32_t events)
{
	struct epoll_event event = {.events = events, .data = {.fd = fd}};

	return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Takes over what is in *channel so far; false: nothing was changed. */
static bool start(struct xg_channel *channel, void *memory, bool is_guest)
{
	struct xg_control_page *page = memory;
	uint8_t *to_host = (uint8_t *)memory + XG_STREAM_PAGE_SIZE;
	uint8_t *to_guest = to_host + XG_CONTROL_RING_SIZE;

	channel->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (channel->epoll_fd < 0)
		return false;
	/* An event channel that has fired is masked until it is cleared. */
	channel->wakes_by_edge = !channel->port.event_channel;
	if (!add_to_epoll(channel->epoll_fd, channel->port.wait_fd,
		    EPOLLIN | (channel->wakes_by_edge ? EPOLLET : 0)) ||
		!add_to_epoll(channel->epoll_fd, xg_link_fd(channel->link), EPOLLIN)) {
		close(channel->epoll_fd);
		return false;
	}
	pthread_mutex_init(&channel->lock, NULL);
	xg_producer_init(&channel->out, is_guest ? &page->to_host : &page->to_guest,
		is_guest ? to_host : to_guest, XG_CONTROL_RING_SIZE);
	xg_consumer_init(&channel->in, is_guest ? &page->to_guest : &page->to_host,
		is_guest ? to_guest : to_host, XG_CONTROL_RING_SIZE);
	return true;
}

struct xg_channel *xg_channel_create_guest(struct xg_link *link)
{
	struct xg_channel *channel = calloc(1, sizeof(*channel));
	uint32_t number;

	if (!channel)
		return NULL;
	channel->link = link;
	if (!xg_link_share(link, XG_CONTROL_REGION_SIZE, &channel->region))
		goto err_channel;
	if (!xg_link_port_create(link, &channel->port, &number))
		goto err_region;
	xg_link_publish(link, channel->region.number, number);
	if (!start(channel, channel->region.memory, true))
		goto err_port;
	return channel;

err_port:
	xg_port_finish(&channel->port);
err_region:
	xg_region_finish(&channel->region);
err_channel:
	free(channel);
	return NULL;
}

/* When a time limit that begins now ends; -1: never. */
static uint64_t end_of_ns(int timeout_ms)
{
	return timeout_ms < 0 ? UINT64_MAX
			      : xg_spin_now_ns() + (uint64_t)timeout_ms * UINT64_C(1000000);
}

/* What is left of a time limit, for poll(2). */
static int left_ms(uint64_t end_ns)
{
	const uint64_t now_ns = end_ns == UINT64_MAX ? 0 : xg_spin_now_ns();

	if (end_ns == UINT64_MAX)
		return -1;
	return end_ns > now_ns ? (int)((end_ns - now_ns) / 1000000) + 1 : 0;
}

static void rest(unsigned *futile)
{
	const int rest_ms = xg_port_rest_ms(futile, REST_MAX_MS);

	/* To sleep for no time is a sleep all the same. */
	if (rest_ms > 0)
		usleep((useconds_t)rest_ms * 1000);
}

/* Waits until the link has something; false: it is over, with errno set. */
static bool wait_for_link(struct xg_link *link, uint64_t end_ns, unsigned *futile)
{
	const struct xg_port none = XG_PORT_NONE;
	const int timeout_ms = left_ms(end_ns);

	if (xg_link_is_dead(link)) {
		errno = ECONNRESET;
		return false;
	}
	rest(futile);
	if (timeout_ms == 0 ||
		xg_port_wait(&none, xg_link_fd(link), POLLIN, timeout_ms) == XG_PORT_TIMEOUT) {
		errno = ETIMEDOUT;
		return false;
	}
	if (!xg_link_dispatch(link)) {
		errno = ECONNRESET;
		return false;
	}
	return true;
}

struct xg_channel *xg_channel_create_host(struct xg_link *link, int timeout_ms)
{
	struct xg_channel *channel = calloc(1, sizeof(*channel));
	const uint64_t end_ns = end_of_ns(timeout_ms);

	if (!channel)
		return NULL;
	channel->link = link;
	channel->region.fd = -1;
	channel->port = (struct xg_port)XG_PORT_NONE;
	while (!channel->mapped || channel->port.wait_fd < 0) {
		uint32_t region, port;

		xg_link_root(link, &region, &port);
		if (!channel->mapped)
			channel->mapped = xg_link_map(link, region, XG_CONTROL_REGION_SIZE);
		if (channel->port.wait_fd < 0)
			xg_link_port_bind(link, port, &channel->port);
		if ((!channel->mapped || channel->port.wait_fd < 0) &&
			!wait_for_link(link, end_ns, &channel->futile))
			goto err;
	}
	if (!start(channel, channel->mapped, false))
		goto err;
	return channel;

err:
	if (channel->mapped)
		xg_link_unmap(link, channel->mapped, XG_CONTROL_REGION_SIZE);
	xg_port_finish(&channel->port);
	free(channel);
	return NULL;
}

void xg_channel_destroy(struct xg_channel *channel)
{
	if (!channel)
		return;
	close(channel->epoll_fd);
	xg_port_finish(&channel->port);
	xg_region_finish(&channel->region);
	if (channel->mapped)
		xg_link_unmap(channel->link, channel->mapped, XG_CONTROL_REGION_SIZE);
	pthread_mutex_destroy(&channel->lock);
	free(channel->queue);
	free(channel);
}

int xg_channel_fd(const struct xg_channel *channel)
{
	return channel->epoll_fd;
}

const char *xg_channel_rule(const struct xg_channel *channel)
{
	return channel->rule;
}

/* With the lock held. Room in the ring, or NULL. A peer with a false index has none. */
static void *find_room(struct xg_channel *channel, uint32_t size)
{
	void *room = xg_producer_room(&channel->out, size);

	if (room)
		return room;
	if (xg_producer_seek(&channel->out, size) != XG_RING_READY)
		return NULL;
	return xg_producer_room(&channel->out, size);
}

/* With the lock held. */
static void notify(struct xg_channel *channel)
{
	if (xg_producer_take_waiter(&channel->out))
		xg_port_notify(&channel->port);
}

/* With the lock held: moves records from the queue's front into the ring while there is room. */
static void move_queued(struct xg_channel *channel)
{
	while (channel->queue_front < channel->queue_used) {
		const uint8_t *front = channel->queue + channel->queue_front;
		struct xg_record header;

		memcpy(&header, front, sizeof(header));

		void *room = find_room(channel, header.size);

		if (!room)
			return;
		memcpy(room, front, header.size);
		xg_producer_publish(&channel->out, header.size);
		channel->queue_front += header.size;
	}
	channel->queue_front = 0;
	channel->queue_used = 0;
}

/* With the lock held: as move_queued; what is left then will be moved when the peer wakes us. */
static void pump(struct xg_channel *channel)
{
	if (channel->queue_used == 0)
		return;
	move_queued(channel);
	if (channel->queue_used > 0) {
		/* Announced first, then looked at again: see ring.h. */
		atomic_fetch_add_explicit(&channel->arms, 1, memory_order_relaxed);
		xg_producer_arm(&channel->out, XG_WAITS_AT_PORT);
		channel->is_armed = true;
		move_queued(channel);
	}
	if (channel->queue_used == 0 && channel->is_armed) {
		xg_producer_disarm(&channel->out);
		channel->is_armed = false;
	}
	notify(channel);
}

/* With the lock held: size bytes at the queue's end, or NULL if it is full. */
static void *find_queue_room(struct xg_channel *channel, uint32_t size)
{
	if (channel->queue_front > channel->queue_capacity / 2) {
		channel->queue_used -= channel->queue_front;
		memmove(channel->queue, channel->queue + channel->queue_front, channel->queue_used);
		channel->queue_front = 0;
	}
	if (channel->queue_used + size > channel->queue_capacity) {
		const size_t capacity = 2 * channel->queue_capacity + size;
		uint8_t *queue =
			capacity <= 2 * QUEUE_MAX ? realloc(channel->queue, capacity) : NULL;

		if (!queue)
			return NULL;
		channel->queue = queue;
		channel->queue_capacity = capacity;
	}

	void *room = channel->queue + channel->queue_used;

	channel->queue_used += size;
	return room;
}

static void write_record(
	uint8_t *at, const struct xg_record *header, const struct iovec *parts, int count)
{
	memcpy(at, header, sizeof(*header));
	memset(at + header->size - XG_RECORD_ALIGNMENT, 0,
		header->size > sizeof(*header) ? XG_RECORD_ALIGNMENT : 0);
	at += sizeof(*header);
	for (int i = 0; i < count; i++) {
		if (parts[i].iov_len > 0)
			memcpy(at, parts[i].iov_base, parts[i].iov_len);
		at += parts[i].iov_len;
	}
}

/* With the lock held. */
static bool send_locked(struct xg_channel *channel, const struct xg_record *header,
	const struct iovec *parts, int count)
{
	void *room = NULL;

	pump(channel);
	if (channel->queue_used == 0)
		room = find_room(channel, header->size);
	if (room) {
		write_record(room, header, parts, count);
		xg_producer_publish(&channel->out, header->size);
		if (channel->out.tail >= channel->out.notify_at)
			notify(channel);
		return true;
	}
	room = find_queue_room(channel, header->size);
	if (!room)
		return false;
	write_record(room, header, parts, count);
	pump(channel);
	return true;
}

bool xg_channel_sendv(
	struct xg_channel *channel, uint32_t type, const struct iovec *parts, int count)
{
	size_t size = 0;
	bool is_sent = false;

	for (int i = 0; i < count; i++)
		size += parts[i].iov_len;
	assert(type > 0 && type <= UINT16_MAX && size <= XG_CONTROL_MESSAGE_MAX);

	const uint32_t padded = xg_wire_pad((uint32_t)size);
	const struct xg_record header = {
		.opcode = (uint16_t)type,
		.flags = (uint16_t)(padded - size),
		.size = (uint32_t)sizeof(header) + padded,
	};

	pthread_mutex_lock(&channel->lock);
	if (!channel->is_closed)
		is_sent = send_locked(channel, &header, parts, count);
	pthread_mutex_unlock(&channel->lock);
	return is_sent;
}

bool xg_channel_send(struct xg_channel *channel, uint32_t type, const void *payload, size_t size)
{
	const struct iovec part = {(void *)(uintptr_t)payload, size};

	return xg_channel_sendv(channel, type, &part, 1);
}

/* True if some of the queue has moved. */
static bool flush(struct xg_channel *channel)
{
	pthread_mutex_lock(&channel->lock);

	const size_t before = channel->queue_used - channel->queue_front;

	pump(channel);
	notify(channel);

	const bool has_moved = channel->queue_used - channel->queue_front != before;

	pthread_mutex_unlock(&channel->lock);
	return has_moved;
}

void xg_channel_flush(struct xg_channel *channel)
{
	flush(channel);
}

size_t xg_channel_queued_bytes(struct xg_channel *channel)
{
	pthread_mutex_lock(&channel->lock);

	const size_t bytes = channel->queue_used - channel->queue_front;

	pthread_mutex_unlock(&channel->lock);
	return bytes;
}

/* Tells the peer's queue how far we are. */
static void announce(struct xg_channel *channel)
{
	channel->unannounced = 0;
	if (xg_consumer_take_waiter(&channel->in))
		xg_port_notify(&channel->port);
}

/* Takes the record at the ring's head out, whose header has been checked. */
static enum xg_channel_state take(
	struct xg_channel *channel, const struct xg_record *header, struct xg_message *message)
{
	const uint32_t size = header->size - (uint32_t)sizeof(*header);

	if (header->flags >= XG_RECORD_ALIGNMENT || header->flags > size) {
		channel->rule = "channel: a message's padding is longer than its size";
		return XG_CHANNEL_BROKEN;
	}
	memcpy(channel->message,
		(const uint8_t *)xg_consumer_record(&channel->in) + sizeof(*header), size);
	xg_consumer_advance(&channel->in, header->size);
	channel->unannounced += header->size;
	channel->futile = 0;
	if (channel->unannounced > XG_CONTROL_RING_SIZE / 4 &&
		xg_consumer_sees_waiter(&channel->in))
		announce(channel);
	*message = (struct xg_message){
		.type = header->opcode,
		.size = size - header->flags,
		.payload = channel->message,
	};
	return XG_CHANNEL_MESSAGE;
}

static void clear_port(struct xg_channel *channel)
{
	if (channel->wakes_by_edge &&
		(channel->port.is_host || atomic_load(&channel->arms) < NOTIFICATIONS_MAX))
		return;
	atomic_store(&channel->arms, 0);
	xg_port_clear(&channel->port);
}

void xg_channel_wake(struct xg_channel *channel)
{
	struct epoll_event events[2];
	const int count = epoll_wait(channel->epoll_fd, events, 2, 0);

	for (int i = 0; i < count; i++) {
		if (events[i].data.fd == channel->port.wait_fd)
			clear_port(channel);
		else if (!xg_link_dispatch(channel->link))
			channel->is_closed = true;
	}
	channel->is_woken = count > 0;
}

enum xg_channel_state xg_channel_receive(struct xg_channel *channel, struct xg_message *message)
{
	struct xg_record header;

	for (;;) {
		switch (xg_consumer_poll(&channel->in, &header)) {
		case XG_RING_READY:
			return take(channel, &header, message);
		case XG_RING_BROKEN:
			channel->rule = channel->in.rule;
			return XG_CHANNEL_BROKEN;
		case XG_RING_EMPTY:
			break;
		}
		announce(channel);
		if (flush(channel))
			channel->futile = 0;
		else if (channel->is_woken)
			rest(&channel->futile);
		channel->is_woken = false;
		atomic_fetch_add_explicit(&channel->arms, 1, memory_order_relaxed);
		if (!xg_consumer_arm(&channel->in))
			return channel->is_closed ? XG_CHANNEL_CLOSED : XG_CHANNEL_EMPTY;
		xg_consumer_disarm(&channel->in);
	}
}

enum xg_channel_state xg_channel_receive_wait(
	struct xg_channel *channel, struct xg_message *message, int timeout_ms)
{
	const struct xg_port none = XG_PORT_NONE;
	const uint64_t end_ns = end_of_ns(timeout_ms);
	enum xg_channel_state state;
	int rest_ms;

	/* A peer that wakes us for nothing gains no time by it. */
	while ((state = xg_channel_receive(channel, message)) == XG_CHANNEL_EMPTY &&
		(rest_ms = left_ms(end_ns)) != 0) {
		xg_port_wait(&none, channel->epoll_fd, POLLIN, rest_ms);
		xg_channel_wake(channel);
	}
	return state;
}

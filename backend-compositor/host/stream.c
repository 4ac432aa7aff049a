/* SPDX-License-Identifier: MIT */
/*
 * See stream.h: the ring's consumer, the transport's own records, replies. What payloads need is in
 * stream_payload.c, what streams need of each other in stream_group.c.
 */
#include "stream.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/timeline.h"
#include "link/word.h"
#include "stream_private.h"

/* So long we rest at most, when the guest fires its port for nothing. */
#define REST_MAX_MS 1000

static const char *check_setup(const struct xg_host_stream_setup *setup)
{
	const uint32_t ring_size = setup->untrusted_ring_size;
	const uint32_t reply_size = setup->untrusted_reply_size;

	if (ring_size < XG_RING_SIZE_MIN || ring_size > XG_RING_SIZE_MAX ||
		ring_size > setup->limits->ring_size || (ring_size & (ring_size - 1)) != 0)
		return "stream: the ring's size is out of bounds";
	if (reply_size < XG_REPLY_SIZE_MIN || reply_size > XG_REPLY_SIZE_MAX ||
		reply_size > setup->limits->reply_size || reply_size % XG_RECORD_ALIGNMENT != 0)
		return "stream: the reply area's size is out of bounds";
	if (setup->region_size != xg_stream_region_size(ring_size, reply_size))
		return "stream: the region's size does not fit its parts";
	return NULL;
}

struct xg_host_stream *xg_host_stream_create(
	const struct xg_host_stream_setup *setup, const char **rule)
{
	*rule = check_setup(setup);
	if (*rule)
		return NULL;

	struct xg_host_stream *stream = aligned_alloc(
		XG_CACHE_LINE, (sizeof(*stream) + XG_CACHE_LINE - 1) & -(size_t)XG_CACHE_LINE);

	if (!stream)
		abort();
	memset(stream, 0, offsetof(struct xg_host_stream, record));
	stream->member.id = setup->id;
	stream->page = setup->region;
	stream->reply_area =
		(uint8_t *)setup->region + XG_STREAM_PAGE_SIZE + setup->untrusted_ring_size;
	stream->reply_size = setup->untrusted_reply_size;
	stream->port = setup->port;
	stream->limits = *setup->limits;
	xg_consumer_init(&stream->ring, &stream->page->ring,
		(uint8_t *)setup->region + XG_STREAM_PAGE_SIZE, setup->untrusted_ring_size);
	if (!xg_group_join(
		    setup->group, &stream->member, setup->limits->streams_per_client, rule)) {
		free(stream);
		return NULL;
	}
	xg_sleeper_init(&stream->sleeper, &stream->port, stream->member.wake_fd, POLLIN);
	/* Relaxed: until the guest sees it, it sleeps at the port. */
	atomic_store_explicit(
		&stream->page->wakes_word, stream->port.event_channel == 0, memory_order_relaxed);
	return stream;
}

void xg_host_stream_destroy(struct xg_host_stream *stream)
{
	if (!stream)
		return;
	xg_host_payload_finish(stream);
	xg_sleeper_finish(&stream->sleeper);
	xg_group_leave(&stream->member);
	xg_port_finish(&stream->port);
	free(stream);
}

static void wake_replay(struct xg_host_stream *stream)
{
	const uint64_t one = 1;

	while (write(stream->member.wake_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

void xg_host_stream_close(struct xg_host_stream *stream)
{
	atomic_store(&stream->is_closing, true);
	wake_replay(stream);
}

bool xg_host_stream_is_killed(const struct xg_host_stream *stream)
{
	return atomic_load(&stream->member.is_killed);
}

uint32_t xg_host_stream_id(const struct xg_host_stream *stream)
{
	return stream->member.id;
}

const char *xg_host_stream_rule(const struct xg_host_stream *stream)
{
	return stream->rule;
}

static enum xg_stream_next broken(struct xg_host_stream *stream, const char *rule)
{
	stream->rule = rule;
	return XG_STREAM_BROKEN;
}

/* untrusted_waits: what was taken out of producer_waits. */
static void wake(struct xg_host_stream *stream, uint32_t untrusted_waits)
{
	if (untrusted_waits == XG_WAITS_AT_WORD)
		xg_word_wake(&stream->page->ring.producer_waits);
	else if (untrusted_waits != 0)
		xg_port_notify(&stream->port);
	stream->has_woken |= untrusted_waits != 0;
}

/* Tells a guest that sleeps for want of room how far we are. */
static void wake_producer(struct xg_host_stream *stream)
{
	stream->unannounced = 0;
	stream->untold = 0;
	wake(stream, xg_consumer_take_waiter(&stream->ring));
}

/* Tells the guest how far we are. One without room is woken once there is a quarter of it. */
static void tell_head(struct xg_host_stream *stream)
{
	stream->unannounced += stream->untold;
	stream->untold = 0;
	xg_consumer_advance(&stream->ring, 0);
	if (stream->unannounced > stream->ring.mask / 4 && xg_consumer_sees_waiter(&stream->ring))
		wake_producer(stream);
}

void xg_host_stream_tell(struct xg_host_stream *stream)
{
	if (stream->untold > 0)
		tell_head(stream);
}

static bool has_work(void *argument)
{
	const struct xg_host_stream *stream = argument;

	return xg_consumer_has_more(&stream->ring) ||
	       atomic_load_explicit(&stream->is_closing, memory_order_relaxed) ||
	       atomic_load_explicit(&stream->member.is_killed, memory_order_relaxed);
}

/* True: we may have to end. */
static bool take_wake(struct xg_host_stream *stream, enum xg_port_wake wake)
{
	uint64_t count;

	if (wake == XG_PORT_OTHER)
		(void)!read(stream->member.wake_fd, &count, sizeof(count));
	return wake == XG_PORT_OTHER;
}

/* Leaves the port alone for so long. True: we may have to end. */
static bool rest(struct xg_host_stream *stream, int timeout_ms)
{
	const struct xg_port none = XG_PORT_NONE;

	return take_wake(stream, xg_port_wait(&none, stream->member.wake_fd, POLLIN, timeout_ms));
}

/* Sleeps until the port fires, or we may have to end. */
static void sleep_on_port(struct xg_host_stream *stream)
{
	if (!xg_consumer_arm(&stream->ring))
		take_wake(stream, xg_sleeper_sleep(&stream->sleeper, &stream->port));
}

/* The ring is empty: spins, then sleeps, until something may have changed. */
static void idle(struct xg_host_stream *stream)
{
	const int rest_ms = xg_port_rest_ms(&stream->idles, REST_MAX_MS);

	wake_producer(stream);
	xg_timeline_end(stream->busy_since_ns, "replay", NULL);
	if (!stream->has_spin) {
		/* On the replay thread, whose CPUs count. */
		xg_spin_init(&stream->spin);
		stream->has_spin = true;
	}

	const enum xg_peer guest = stream->has_woken ? XG_PEER_WOKEN : XG_PEER_AWAKE;

	stream->has_woken = false;
	if (!(rest_ms > 0 ? rest(stream, rest_ms)
			  : xg_spin_until(&stream->spin, guest, has_work, stream))) {
		sleep_on_port(stream);
		xg_consumer_disarm(&stream->ring);
	}
	stream->busy_since_ns = xg_timeline_begin();
}

/* False: the rule is set, or the stream was killed. */
static bool replay_order(struct xg_host_stream *stream, uint32_t size)
{
	const struct xg_order_record *order = (const void *)stream->record;
	const uint32_t bytes = size - (uint32_t)sizeof(*order);

	if (bytes == 0 || bytes % sizeof(order->entries[0]) != 0 ||
		bytes / sizeof(order->entries[0]) > XG_ORDER_ENTRIES_MAX) {
		stream->rule = "order: the record's size does not fit its entries";
		return false;
	}
	for (uint32_t i = 0; i < bytes / sizeof(order->entries[0]); i++) {
		const struct xg_order_entry *entry = &order->entries[i];

		if (entry->zero != 0) {
			stream->rule = "order: padding is not zero";
			return false;
		}
		const uint64_t begin_ns = xg_timeline_begin();
		const enum xg_group_wait wait =
			xg_group_wait(&stream->member, entry->stream, entry->position);

		xg_timeline_end(begin_ns, "wait for another stream", NULL);
		switch (wait) {
		case XG_GROUP_REACHED:
			break;
		case XG_GROUP_KILLED:
			return false;
		case XG_GROUP_CIRCLE:
			stream->rule = "order: streams wait for each other in a circle";
			return false;
		}
	}
	return true;
}

/* Replays one of the transport's own records. False as in replay_order. */
static bool replay_transport(struct xg_host_stream *stream, const struct xg_record *header)
{
	switch (header->opcode) {
	case XG_OPCODE_ORDER:
		return replay_order(stream, header->size);
	case XG_OPCODE_STAGE:
		return xg_host_payload_stage(stream, header->size);
	case XG_OPCODE_FETCH:
		return xg_host_payload_fetch(stream, header->size);
	default:
		stream->rule = "stream: the opcode is unknown";
		return false;
	}
}

static const char *check_header(const struct xg_record *header)
{
	if (header->flags & ~XG_RECORD_REPLY)
		return "stream: a flag of the record is unknown";
	if (header->opcode >= XG_OPCODE_TRANSPORT &&
		(header->flags == XG_RECORD_REPLY) != (header->opcode == XG_OPCODE_FETCH))
		return "stream: a record has the wrong reply flag";
	return NULL;
}

/* The record is in private memory now; the header is the one that was checked, whatever the guest
 * made of it. */
static void take_record(
	struct xg_host_stream *stream, const struct xg_record *header, struct xg_record_view *view)
{
	memcpy(stream->record, header, sizeof(*header));
	stream->size = header->size;
	stream->wants_reply = header->flags & XG_RECORD_REPLY;
	stream->reply_used = sizeof(struct xg_reply);
	stream->idles = 0;
	*view = (struct xg_record_view){
		.record = stream->record,
		.size = header->size,
		.opcode = header->opcode,
		.wants_reply = header->flags & XG_RECORD_REPLY,
	};
}

/* Waits until a record is at the ring's head; its header has been checked against the ring. */
static enum xg_stream_next await_record(struct xg_host_stream *stream, struct xg_record *header)
{
	for (;;) {
		if (atomic_load_explicit(&stream->member.is_killed, memory_order_relaxed))
			return XG_STREAM_CLOSED;

		/* Read before the ring, so that what was published before closing is seen. */
		const bool is_closing = atomic_load(&stream->is_closing);
		const enum xg_ring_state state = xg_consumer_poll(&stream->ring, header);

		if (state == XG_RING_READY)
			return XG_STREAM_RECORD;
		if (state == XG_RING_BROKEN)
			return broken(stream, stream->ring.rule);
		if (is_closing)
			return XG_STREAM_CLOSED;
		idle(stream);
	}
}

enum xg_stream_next xg_host_stream_next(struct xg_host_stream *stream, struct xg_record_view *view)
{
	struct xg_record header;

	assert(stream->size == 0);
	xg_host_stream_tell(stream);
	for (;;) {
		const enum xg_stream_next next = await_record(stream, &header);

		if (next != XG_STREAM_RECORD)
			return next;

		const char *rule = check_header(&header);

		if (rule)
			return broken(stream, rule);
		memcpy(stream->record, xg_consumer_record(&stream->ring), header.size);
		take_record(stream, &header, view);
		if (header.opcode < XG_OPCODE_TRANSPORT)
			break;
		if (!replay_transport(stream, &header))
			return stream->rule ? XG_STREAM_BROKEN : XG_STREAM_CLOSED;
		xg_host_stream_consume(stream);
	}
	xg_host_payload_drop_outputs(stream);
	return XG_STREAM_RECORD;
}

/* After a store that the guest may sleep for. */
static void wake_guest(struct xg_host_stream *stream)
{
	/* Partner: xg_producer_arm, after which the guest asks again. */
	if (atomic_load(&stream->page->ring.producer_waits) != 0)
		wake(stream, atomic_exchange(&stream->page->ring.producer_waits, 0));
}

void xg_host_stream_reply(struct xg_host_stream *stream, uint64_t result)
{
	const struct xg_reply reply = {
		.sequence = ++stream->replies,
		.size = stream->reply_used,
		.result = result,
	};

	assert(stream->wants_reply);
	stream->wants_reply = false;
	memcpy(stream->reply_area, &reply, sizeof(reply));
	/* Release and more; its partner is the load in the guest's has_reply. */
	atomic_store(&stream->page->reply_sequence, reply.sequence);
	wake_guest(stream);
}

/* Goes on behind what was replayed. */
static void pass(struct xg_host_stream *stream, uint32_t size)
{
	stream->untold += size;
	xg_consumer_pass(&stream->ring, size);
	xg_group_reached(&stream->member, stream->ring.head);
}

void xg_host_stream_consume(struct xg_host_stream *stream)
{
	if (stream->wants_reply)
		xg_host_stream_reply(stream, 0);
	if (XG_UNLIKELY(stream->staged_used > 0))
		xg_host_payload_consume(stream);
	pass(stream, stream->size);
	stream->size = 0;
	tell_head(stream);
}

_Static_assert(XG_GLANCE_MAX <= XG_RECORD_SIZE_MAX, "XG_GLANCE_MAX");

uint32_t xg_host_stream_glance(struct xg_host_stream *stream, uint32_t most, const void **records)
{
	uint32_t size = xg_consumer_span(&stream->ring);

	if (size == 0 || stream->kept_count > 0 || stream->staged_used > 0 ||
		atomic_load_explicit(&stream->member.is_killed, memory_order_relaxed))
		return 0;
	if (size > most)
		size = most;
	memcpy(stream->record, xg_consumer_record(&stream->ring), size);
	*records = stream->record;
	return size;
}

void xg_host_stream_pass(struct xg_host_stream *stream, uint32_t size)
{
	stream->idles = 0;
	pass(stream, size);
	if (stream->untold >= XG_GLANCE_MAX)
		tell_head(stream);
}

void xg_host_stream_swap_done(
	struct xg_host_stream *stream, uint32_t sequence, uint32_t egl_error, int32_t age)
{
	const uint32_t told = age >= 0 && age <= (int32_t)XG_SWAP_AGE_MAX
				      ? sequence << 8 | ((uint32_t)age + 1)
				      : 0;

	atomic_store_explicit(
		&stream->page->swap_ages[sequence % XG_SWAP_AGES], told, memory_order_relaxed);
	if (egl_error != 0)
		atomic_store_explicit(&stream->page->swap_error, egl_error, memory_order_relaxed);
	/* Release, for the age too, and more; its partner is the load in the guest's has_swapped.
	 */
	atomic_store(&stream->page->swaps_done, sequence);
	wake_guest(stream);
}

void xg_host_stream_mark_lost(struct xg_host_stream *stream)
{
	/* Partner: the load in xg_stream_flush, which comes after xg_producer_arm. */
	atomic_store(&stream->page->lost, 1);
	wake(stream, atomic_exchange(&stream->page->ring.producer_waits, 0));
}

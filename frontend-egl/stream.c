/* SPDX-License-Identifier: MIT */
/*
 * See stream.h. Here is what is not on the path of every command: waiting for the host, replies,
 * order between streams, and the loss of a stream. Where payloads go is stream_payload.c.
 */
#include "stream.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/timeline.h"
#include "link/port.h"
#include "link/word.h"
#include "stats.h"
#include "stream_cold.h"

/* The next record goes to room, which ends at end; after batch octets it is looked again. All
 * before it was published. */
static void move_to(struct xg_stream *stream, uint8_t *room, uint8_t *end, size_t batch)
{
	struct xg_position *here = stream->here;
	const uint64_t bias = stream->ring.tail - (uintptr_t)room;

	here->end = end;
	here->stop = room + batch;
	if (here->at == room && atomic_load_explicit(&here->bias, memory_order_relaxed) == bias)
		return;
	/* Partner: read_position, which sees the new at only together with this, or what follows.
	 */
	atomic_store_explicit(&here->bias, 0, memory_order_relaxed);
	__atomic_store_n(&here->at, room, __ATOMIC_RELEASE);
	atomic_store_explicit(&here->bias, bias, memory_order_release);
}

/*
 * Room for the next small record: in the ring, or beside it while that is full or at its end. There
 * is no padding before the record behind it is complete: a host does not count it as reached.
 */
static void look_ahead(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	struct xg_producer *ring = &stream->ring;
	const uint64_t lap = (uint64_t)ring->mask + 1 - (ring->tail & ring->mask);

	if (ring->limit - ring->tail < XG_STREAM_ROOM && lap >= XG_STREAM_ROOM &&
		xg_producer_seek(ring, XG_STREAM_ROOM) == XG_RING_BROKEN) {
		xg_stream_lose(stream);
		return;
	}

	uint8_t *room = xg_producer_room(ring, XG_STREAM_ROOM);
	const size_t size = ring->limit - ring->tail;
	size_t batch = 0;

	if (!room) {
		uint8_t *sink = cold->sink->record;

		move_to(stream, sink, sink + XG_STREAM_ROOM, 0);
		return;
	}
	if (!cold->publishes_each && !cold->watch)
		batch = size - XG_STREAM_ROOM < XG_PUBLISH_BYTES ? size - XG_STREAM_ROOM
								 : XG_PUBLISH_BYTES;
	move_to(stream, room, room + size, batch);
}

struct xg_stream *xg_stream_create(const struct xg_stream_setup *setup)
{
	/* A whole number of cache lines, as aligned_alloc wants it. */
	struct xg_stream *stream = aligned_alloc(XG_CACHE_LINE,
		(sizeof(*stream) + XG_CACHE_LINE - 1) / XG_CACHE_LINE * XG_CACHE_LINE);
	struct xg_stream_cold *cold = calloc(1, sizeof(*cold));
	struct xg_sink *sink = mmap(
		NULL, sizeof(*sink), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct xg_port port = *setup->port;
	const size_t region_size = xg_stream_region_size(setup->ring_size, setup->reply_size);

	if (!stream || !cold || sink == MAP_FAILED)
		goto err;
	*cold = (struct xg_stream_cold){
		.connection = setup->connection,
		.id = setup->id,
		.page = setup->region,
		.region_size = region_size,
		.reply_area = (uint8_t *)setup->region + XG_STREAM_PAGE_SIZE + setup->ring_size,
		.reply_size = setup->reply_size,
		.staged_max = setup->staged_max,
		.port = port,
		.hangup_fd = setup->hangup_fd,
		.sleeps_at_port = secure_getenv("XENGLASS_SLEEP_AT_PORT") != NULL,
		.sink = sink,
		.slot = setup->position,
		.publishes_each = secure_getenv("XENGLASS_PUBLISH_EACH") != NULL,
		.has_bands = !secure_getenv("XENGLASS_NO_BANDS"),
	};
	xg_spin_init(&cold->spin);
	*stream = (struct xg_stream){
		.here = setup->position,
		.positions = setup->positions,
		.cold = cold,
	};
	xg_producer_init(&stream->ring, &cold->page->ring,
		(uint8_t *)setup->region + XG_STREAM_PAGE_SIZE, setup->ring_size);
	look_ahead(stream);
	pthread_mutex_lock(&setup->positions->lock);
	setup->position->shared = &cold->page->ring;
	pthread_mutex_unlock(&setup->positions->lock);
	return stream;

err:
	if (sink != MAP_FAILED)
		munmap(sink, sizeof(*sink));
	free(cold);
	free(stream);
	munmap(setup->region, region_size);
	xg_port_finish(&port);
	return NULL;
}

void xg_stream_lose(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;

	if (cold->is_lost)
		return;
	cold->is_lost = true;
	/* Each record is written at the sink's start, and ends there. */
	stream->ring.shared = &cold->sink->page.ring;
	stream->here = &cold->sink->position;
	stream->here->at = stream->here->stop = cold->sink->record;
	stream->here->end = cold->sink->record + sizeof(cold->sink->record);
}

void xg_stream_abandon(struct xg_stream *stream)
{
	xg_stream_lose(stream);
	stream->cold->is_abandoned = true;
}

/* A sleep at a word hears no hang-up, so that it looks for one so often. */
#define LOOK_MS 100

/* After xg_producer_arm: sleeps until the host may have woken us. False: nobody will. */
static bool sleep_until_woken(struct xg_stream_cold *cold, uint32_t waits)
{
	int timeout_ms = -1;

	if (waits == XG_WAITS_AT_WORD) {
		if (xg_word_sleep(&cold->page->ring.producer_waits, waits, LOOK_MS))
			return true;
		timeout_ms = 0;
	}
	return xg_port_wait(&cold->port, cold->hangup_fd, 0, timeout_ms) != XG_PORT_OTHER;
}

/* xg_stream_flush, and what the host was until then. */
static enum xg_peer wake_host(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	enum xg_peer host = XG_PEER_AWAKE;

	if (cold->is_lost)
		return host;
	xg_stream_publish(stream);
	if (xg_producer_take_waiter(&stream->ring)) {
		xg_port_notify(&cold->port);
		host = XG_PEER_WOKEN;
	}
	/* Partner: whoever sets lost wakes us afterwards, which ends a sleep that missed it. */
	if (XG_UNLIKELY(atomic_load(&cold->page->lost) != 0))
		xg_stream_lose(stream);
	return host;
}

/*
 * Waits, with the host awake. done is asked again after xg_producer_arm, by sequentially consistent
 * loads, so that no wake-up is missed.
 */
static bool wait_awake(struct xg_stream *stream, bool (*done)(void *), void *argument)
{
	struct xg_stream_cold *cold = stream->cold;

	const enum xg_peer host = wake_host(stream);

	if (cold->is_lost)
		return false;
	if (xg_spin_until(&cold->spin, host, done, argument))
		return true;

	/* Relaxed: the host says it once, and either way of sleeping is good. */
	const uint32_t waits =
		!cold->sleeps_at_port && atomic_load_explicit(
						 &cold->page->wakes_word, memory_order_relaxed) != 0
			? XG_WAITS_AT_WORD
			: XG_WAITS_AT_PORT;

	for (;;) {
		xg_producer_arm(&stream->ring, waits);
		if (done(argument))
			break;
		xg_stream_flush(stream);
		if (cold->is_lost)
			return false;
		if (!sleep_until_woken(cold, waits)) {
			xg_stream_lose(stream);
			return false;
		}
	}
	xg_producer_disarm(&stream->ring);
	return true;
}

/* Waits until done(argument) is true. False: the stream is lost. */
static bool wait_until(
	struct xg_stream *stream, bool (*done)(void *), void *argument, const char *what)
{
	if (stream->cold->is_lost)
		return false;
	xg_stream_publish(stream);
	/* What is done already needs nobody awake. */
	if (done(argument))
		return true;

	const uint64_t begin_ns = xg_timeline_begin();
	const bool is_done = wait_awake(stream, done, argument);

	xg_timeline_end(begin_ns, what, NULL);
	return is_done;
}

struct room_wait {
	struct xg_stream *stream;
	uint32_t size;
	enum xg_ring_state state;
};

static bool seek_room(struct room_wait *wait)
{
	wait->state = xg_producer_seek(&wait->stream->ring, wait->size);
	return wait->state != XG_RING_EMPTY;
}

/*
 * Who has to wait for room waits for a quarter of the ring, or else it would be back for every
 * record, and disturb the host in its work each time.
 */
static bool has_much_room(void *argument)
{
	struct room_wait *wait = argument;
	struct xg_producer *ring = &wait->stream->ring;
	uint64_t head;

	if (xg_producer_read_head(ring, &head) && ring->tail - head > ring->mask / 4 * 3)
		return false;
	return seek_room(wait);
}

/* Waits for room; NULL: the stream is lost. All before it was published. */
static uint8_t *wait_for_room(struct xg_stream *stream, uint32_t size)
{
	struct room_wait wait = {.stream = stream, .size = size};

	assert(size <= XG_RECORD_SIZE_MAX && size % XG_RECORD_ALIGNMENT == 0);
	if (!seek_room(&wait))
		wait_until(stream, has_much_room, &wait, "wait for room");
	if (wait.state == XG_RING_BROKEN)
		xg_stream_lose(stream);
	return stream->cold->is_lost ? NULL : xg_producer_room(&stream->ring, size);
}

void *xg_stream_make_room(struct xg_stream *stream, uint32_t size)
{
	xg_stream_publish(stream);

	uint8_t *room = wait_for_room(stream, size);

	if (room)
		move_to(stream, room, room + size, 0);
	return stream->here->at;
}

void xg_stream_publish(struct xg_stream *stream)
{
	const uint64_t position = xg_stream_position(stream);

	/* Who waits for room behind the ring's end has published padding that is not counted yet.
	 */
	if (!stream->cold->is_lost && position > stream->ring.tail)
		xg_producer_publish(&stream->ring, (uint32_t)(position - stream->ring.tail));
}

void xg_stream_flush(struct xg_stream *stream)
{
	wake_host(stream);
}

void xg_stream_watch(struct xg_stream *stream, void (*watch)(void))
{
	stream->cold->watch = watch;
	stream->here->stop = stream->here->at; /* so that the next record's end looks */
}

static void run_watch(struct xg_stream_cold *cold)
{
	cold->is_watching = true;
	cold->watch();
	cold->is_watching = false;
}

static bool is_watched(const struct xg_stream_cold *cold)
{
	return XG_UNLIKELY(cold->watch != NULL) && !cold->is_watching && !cold->is_lost;
}

/* Puts the record where it belongs, if that is not where it was written. */
static bool settle(struct xg_stream *stream, uint32_t size)
{
	const uint8_t *sink = stream->cold->sink->record;

	if (stream->here->at != sink)
		return true;

	uint8_t *room = stream->cold->is_lost ? NULL : wait_for_room(stream, size);

	if (!room)
		return false;
	memcpy(room, sink, size);
	move_to(stream, room, room + size, 0);
	return true;
}

void xg_stream_ended(struct xg_stream *stream, uint32_t size)
{
	struct xg_stream_cold *cold = stream->cold;
	const struct xg_record record = *(const struct xg_record *)stream->here->at;
	const bool is_command = record.opcode < XG_OPCODE_TRANSPORT;

	if (is_command && (record.flags & XG_RECORD_REPLY) && xg_stats_wanted())
		xg_stats_sync(record.opcode);
	if (!settle(stream, size))
		return;
	__atomic_store_n(&stream->here->at, stream->here->at + size, __ATOMIC_RELEASE);
	xg_stream_publish(stream);
	if (stream->ring.tail >= stream->ring.notify_at)
		xg_stream_flush(stream);
	if (!cold->is_lost)
		look_ahead(stream);
	if (is_watched(cold) && is_command && !(record.flags & XG_RECORD_REPLY))
		run_watch(cold);
}

/* The outputs of the call are still to be taken when it returns. */
static void watch_call(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	const bool may_fetch_to_bulk = cold->may_fetch_to_bulk;

	if (!xg_stream_keep_reply(stream))
		return;
	const uint8_t *const next = stream->reply_next;
	run_watch(cold);
	stream->reply_next = next;
	cold->fetched = 0;
	cold->is_reply_kept = true;
	cold->may_fetch_to_bulk = may_fetch_to_bulk;
}

struct head_wait {
	struct xg_stream *stream;
	uint64_t position;
	bool is_broken;
};

static bool has_passed(void *argument)
{
	struct head_wait *wait = argument;
	uint64_t head;

	wait->is_broken = !xg_producer_read_head(&wait->stream->ring, &head);
	return wait->is_broken || head >= wait->position;
}

bool xg_stream_wait_head(struct xg_stream *stream, uint64_t position)
{
	struct head_wait wait = {.stream = stream, .position = position};

	if (!wait_until(stream, has_passed, &wait, "wait for the host"))
		return false;
	if (wait.is_broken)
		xg_stream_lose(stream);
	return !wait.is_broken;
}

struct reply_wait {
	struct xg_stream_page *page;
	uint32_t number;
};

static bool has_reply(void *argument)
{
	const struct reply_wait *wait = argument;

	/* Acquire and more; its partner is the store in xg_host_stream_reply. */
	return (int32_t)(atomic_load(&wait->page->reply_sequence) - wait->number) >= 0;
}

bool xg_stream_wait_replies(struct xg_stream *stream, uint32_t number, uint64_t *result)
{
	struct xg_stream_cold *cold = stream->cold;
	struct reply_wait wait = {.page = cold->page, .number = number};

	if (!wait_until(stream, has_reply, &wait, "wait for an answer"))
		return false;
	if (result)
		*result = ((const volatile struct xg_reply *)cold->reply_area)->result;
	return true;
}

bool xg_stream_wait_reply(struct xg_stream *stream, uint64_t *result)
{
	return xg_stream_wait_replies(stream, ++stream->cold->replies, result);
}

uint32_t xg_stream_expect_reply(struct xg_stream *stream)
{
	return ++stream->cold->replies;
}

bool xg_stream_call(struct xg_stream *stream, uint64_t *result)
{
	struct xg_stream_cold *cold = stream->cold;

	if (!xg_stream_wait_replies(stream, xg_stream_expect_reply(stream), result))
		return false;
	stream->reply_next = cold->reply_area + sizeof(struct xg_reply);
	cold->fetched = 0;
	cold->is_reply_kept = false;
	cold->may_fetch_to_bulk = !cold->wants_bulk;
	cold->wants_bulk = false;
	if (is_watched(cold))
		watch_call(stream);
	return true;
}

/* The position of another stream, once; false if the slot is empty or changes hands just now. */
static bool read_position(struct xg_position *slot, uint32_t *stream, uint64_t *position)
{
	uint64_t bias;

	*stream = atomic_load_explicit(&slot->stream, memory_order_acquire);
	if (*stream == 0)
		return false;
	do {
		/* Partner: move_to. */
		bias = atomic_load_explicit(&slot->bias, memory_order_acquire);
		*position = bias + (uintptr_t)__atomic_load_n(&slot->at, __ATOMIC_ACQUIRE);
	} while (bias == 0 || atomic_load_explicit(&slot->bias, memory_order_relaxed) != bias);
	return *position != 0 &&
	       atomic_load_explicit(&slot->stream, memory_order_relaxed) == *stream;
}

/* Publishes what another stream holds up to a position, unless it has done so itself. Its replay is
 * woken by the one that waits for it. */
static void publish_other(struct xg_positions *positions, struct xg_position *slot,
	const struct xg_order_entry *entry)
{
	const uint32_t wanted = (uint32_t)entry->position;

	pthread_mutex_lock(&positions->lock);
	if (slot->shared && atomic_load(&slot->stream) == entry->stream) {
		uint32_t tail = atomic_load(&slot->shared->tail);

		/* Its own store, now or later, is of no less. */
		while ((int32_t)(wanted - tail) > 0 &&
			!atomic_compare_exchange_weak(&slot->shared->tail, &tail, wanted))
			;
	}
	pthread_mutex_unlock(&positions->lock);
}

void xg_stream_order_others(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	const uint32_t used = atomic_load_explicit(&stream->positions->used, memory_order_acquire);
	struct xg_order_entry entries[XG_POSITIONS_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; i < used && !cold->is_lost; i++) {
		struct xg_position *slot = &stream->positions->slots[i];
		struct xg_seen *seen = &cold->seen[i];
		struct xg_order_entry *entry = &entries[count];

		entry->zero = 0;
		if (slot == stream->here || !read_position(slot, &entry->stream, &entry->position))
			continue;
		if (seen->stream == entry->stream && seen->position == entry->position)
			continue;
		publish_other(stream->positions, slot, entry);
		*seen = (struct xg_seen){entry->stream, entry->position};
		count++;
	}
	if (count == 0)
		return;

	const uint32_t bytes = count * (uint32_t)sizeof(entries[0]);
	const uint32_t size = (uint32_t)sizeof(struct xg_order_record) + bytes;
	struct xg_order_record *order = xg_stream_begin(stream, size);

	order->record = (struct xg_record){.opcode = XG_OPCODE_ORDER, .size = size};
	memcpy(order->entries, entries, bytes);
	xg_stream_end(stream, size);
}

bool xg_stream_is_lost(const struct xg_stream *stream)
{
	return stream->cold->is_lost;
}

uint32_t xg_stream_id(const struct xg_stream *stream)
{
	return stream->cold->id;
}

struct swap_wait {
	struct xg_stream_page *page;
	uint32_t sequence;
};

static bool has_swapped(void *argument)
{
	const struct swap_wait *wait = argument;

	/* Partner: the store in xg_host_stream_swap_done. */
	return (int32_t)(atomic_load(&wait->page->swaps_done) - wait->sequence) >= 0;
}

bool xg_stream_wait_swaps(struct xg_stream *stream, uint32_t sequence)
{
	struct swap_wait wait = {.page = stream->cold->page, .sequence = sequence};

	return wait_until(stream, has_swapped, &wait, "wait for swaps");
}

int32_t xg_stream_swap_age(const struct xg_stream *stream, uint32_t sequence)
{
	const uint32_t told = atomic_load_explicit(
		&stream->cold->page->swap_ages[sequence % XG_SWAP_AGES], memory_order_relaxed);

	return (told ^ sequence << 8) >> 8 == 0 ? (int32_t)(told & 0xff) - 1 : -1;
}

uint32_t xg_stream_take_swap_error(struct xg_stream *stream)
{
	if (stream->cold->is_lost)
		return 0;
	if (XG_LIKELY(atomic_load_explicit(&stream->cold->page->swap_error, memory_order_relaxed) ==
		      0))
		return 0;
	return atomic_exchange(&stream->cold->page->swap_error, 0);
}

void xg_stream_drain(struct xg_stream *stream)
{
	if (!stream->cold->is_lost)
		xg_stream_wait_head(stream, xg_stream_position(stream));
}

void xg_stream_destroy(struct xg_stream *stream)
{
	if (!stream)
		return;

	struct xg_stream_cold *cold = stream->cold;

	/* In the child of a fork the region is not mapped, and its addresses may be others' now. */
	if (!cold->is_abandoned) {
		pthread_mutex_lock(&stream->positions->lock);
		if (cold->slot->shared == &cold->page->ring)
			cold->slot->shared = NULL;
		pthread_mutex_unlock(&stream->positions->lock);
		munmap(cold->page, cold->region_size);
		if (cold->bulk.memory)
			munmap(cold->bulk.memory, cold->bulk.size);
	}
	xg_port_finish(&cold->port);
	munmap(cold->sink, sizeof(*cold->sink));
	free(cold->kept_reply);
	free(cold);
	free(stream);
}

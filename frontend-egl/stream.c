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
		.sink = sink,
	};
	xg_spin_init(&cold->spin);
	*stream = (struct xg_stream){
		.position = setup->position,
		.positions = setup->positions,
		.cold = cold,
	};
	xg_producer_init(&stream->ring, &cold->page->ring,
		(uint8_t *)setup->region + XG_STREAM_PAGE_SIZE, setup->ring_size);
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
	/* Whatever limit - tail is from now on, room is found at the sink's start. */
	stream->ring.shared = &cold->sink->page.ring;
	stream->ring.data = cold->sink->record;
	stream->ring.mask = 0;
	stream->ring.limit = UINT64_MAX;
	stream->ring.notify_at = UINT64_MAX;
	stream->position = &cold->sink->position;
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

/*
 * Waits, with the host awake. done is asked again after xg_producer_arm, by sequentially consistent
 * loads, so that no wake-up is missed.
 */
static bool wait_awake(struct xg_stream *stream, bool (*done)(void *), void *argument)
{
	struct xg_stream_cold *cold = stream->cold;

	xg_stream_flush(stream);
	if (cold->is_lost)
		return false;
	if (xg_spin_until(&cold->spin, done, argument))
		return true;

	/* Relaxed: the host says it once, and either way of sleeping is good. */
	const uint32_t waits =
		atomic_load_explicit(&cold->page->wakes_word, memory_order_relaxed) != 0
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

void *xg_stream_make_room(struct xg_stream *stream, uint32_t size)
{
	struct room_wait wait = {.stream = stream, .size = size};

	assert(size <= XG_RECORD_SIZE_MAX && size % XG_RECORD_ALIGNMENT == 0);
	if (!stream->cold->is_lost && !seek_room(&wait))
		wait_until(stream, has_much_room, &wait, "wait for room");
	if (wait.state == XG_RING_BROKEN)
		xg_stream_lose(stream);
	return xg_producer_room(&stream->ring, size);
}

void xg_stream_flush(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;

	if (cold->is_lost)
		return;
	if (xg_producer_take_waiter(&stream->ring))
		xg_port_notify(&cold->port);
	if (XG_UNLIKELY(cold->watch != NULL))
		stream->ring.notify_at = 0; /* so that each record's end looks */
	/* Partner: whoever sets lost notifies afterwards, which ends a sleep that missed it. */
	if (XG_UNLIKELY(atomic_load(&cold->page->lost) != 0))
		xg_stream_lose(stream);
}

void xg_stream_watch(struct xg_stream *stream, void (*watch)(void))
{
	stream->cold->watch = watch;
	if (watch && !stream->cold->is_lost)
		stream->ring.notify_at = 0;
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

void xg_stream_ended(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	const struct xg_record last =
		*(const struct xg_record *)(stream->ring.data + (stream->last & stream->ring.mask));

	xg_stream_flush(stream);
	if (is_watched(cold) && !(last.flags & XG_RECORD_REPLY) &&
		last.opcode < XG_OPCODE_TRANSPORT)
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

static bool has_reply(void *argument)
{
	const struct xg_stream *stream = argument;

	/* Acquire and more; its partner is the store in xg_host_stream_reply. */
	return atomic_load(&stream->cold->page->reply_sequence) == stream->cold->replies;
}

bool xg_stream_wait_reply(struct xg_stream *stream, uint64_t *result)
{
	struct xg_stream_cold *cold = stream->cold;

	if (cold->is_lost)
		return false;
	cold->replies++;
	if (!wait_until(stream, has_reply, stream, "wait for an answer"))
		return false;
	if (result)
		*result = ((const volatile struct xg_reply *)cold->reply_area)->result;
	return true;
}

bool xg_stream_call(struct xg_stream *stream, uint64_t *result)
{
	struct xg_stream_cold *cold = stream->cold;

	if (xg_stats_wanted()) {
		const struct xg_record *record =
			(const void *)(stream->ring.data + (stream->last & stream->ring.mask));

		xg_stats_sync(record->opcode);
	}
	if (!xg_stream_wait_reply(stream, result))
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
	*stream = atomic_load_explicit(&slot->stream, memory_order_acquire);
	*position = atomic_load_explicit(&slot->position, memory_order_acquire);
	return *stream != 0 && *position != 0 &&
	       atomic_load_explicit(&slot->stream, memory_order_relaxed) == *stream;
}

void xg_stream_order_others(struct xg_stream *stream)
{
	struct xg_stream_cold *cold = stream->cold;
	const uint32_t used = atomic_load_explicit(&stream->positions->used, memory_order_acquire);
	struct xg_order_entry entries[XG_POSITIONS_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; i < used && !cold->is_lost; i++) {
		struct xg_seen *seen = &cold->seen[i];
		struct xg_order_entry *entry = &entries[count];

		entry->zero = 0;
		if (!read_position(
			    &stream->positions->slots[i], &entry->stream, &entry->position) ||
			entry->stream == cold->id)
			continue;
		if (seen->stream == entry->stream && seen->position == entry->position)
			continue;
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
		xg_stream_wait_head(stream, stream->ring.tail);
}

void xg_stream_destroy(struct xg_stream *stream)
{
	if (!stream)
		return;

	struct xg_stream_cold *cold = stream->cold;

	/* In the child of a fork the region is not mapped, and its addresses may be others' now. */
	if (!cold->is_abandoned) {
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

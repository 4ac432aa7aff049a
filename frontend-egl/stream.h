/* SPDX-License-Identifier: MIT */
/*
 * The guest's end of a GL stream. A stream belongs to one thread, which alone calls these
 * functions. What the encoders of small commands need is inline: finding room, publishing, and
 * nothing else; no lock, no system call, no allocation.
 *
 * A command is encoded in this order:
 *
 *   xg_stream_order      if it takes or makes the name of an object that threads may share
 *   xg_stream_put/want   once for each pointer argument: says where the bytes go (and, for what is
 *                        not inline, moves them there now)
 *   xg_stream_begin      room for the record; write the header and the arguments
 *   xg_stream_copy       once for each input, in parameter order: the inline bytes
 *   xg_stream_end        publishes the record
 *   xg_stream_call       REPLY records only: waits for the reply
 *   xg_stream_take       once for each output, in parameter order
 *
 * A stream that is lost (the host, the guest's daemon or the host's patience is gone, or this is
 * the child of a fork) swallows commands into private memory: encoders need not look. Only
 * xg_stream_call says it.
 */
#ifndef XG_STREAM_H
#define XG_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ring.h"

struct xg_connection;

/*
 * Where every stream of the process stands, in private memory of the process: written by the
 * stream's thread at each record, read by the other threads. stream is 0 in an unused slot.
 */
struct xg_position {
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t stream;
	_Atomic uint64_t position;
};

#define XG_POSITIONS_MAX 256u

struct xg_positions {
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t streams; /* open now */
	_Atomic uint32_t used;				  /* slots from here on were never used */
	_Atomic uint64_t reshapes;			  /* see xg_stream_reshape */
	struct xg_position slots[XG_POSITIONS_MAX];
};

/* What the inline functions need, then what only stream.c does. */
struct xg_stream {
	_Alignas(XG_CACHE_LINE) struct xg_producer ring;
	struct xg_position *position;
	struct xg_positions *positions;
	uint64_t last; /* where the last record began */
	const uint8_t *reply_next;
	struct xg_stream_cold *cold;
};

/* xg_stream_begin when there is no room in sight. */
void *xg_stream_make_room(struct xg_stream *stream, uint32_t size);

/* xg_stream_order when there is more than one stream. */
void xg_stream_order_others(struct xg_stream *stream);

/*
 * Room for a record of size bytes: a multiple of 8, at most XG_RECORD_SIZE_MAX, 8-byte aligned.
 * Waits until the host has made room. Never NULL: a lost stream gives private memory. Nothing is
 * published before xg_stream_end.
 */
static inline void *xg_stream_begin(struct xg_stream *stream, uint32_t size)
{
	void *room = xg_producer_room(&stream->ring, size);

	return XG_LIKELY(room != NULL) ? room : xg_stream_make_room(stream, size);
}

/* Wakes the host if it sleeps and something was published. Does not block. */
void xg_stream_flush(struct xg_stream *stream);

/* The flush of xg_stream_end, and what watches the stream. */
void xg_stream_ended(struct xg_stream *stream);

/* Publishes the record of size bytes that was written where xg_stream_begin said. */
static inline void xg_stream_end(struct xg_stream *stream, uint32_t size)
{
	const uint64_t tail = stream->ring.tail + size;

	stream->last = stream->ring.tail;
	xg_producer_publish(&stream->ring, size);
	/* Release: who learns of this record from the thread's own later actions, sees it here. */
	atomic_store_explicit(&stream->position->position, tail, memory_order_release);
	if (XG_UNLIKELY(tail >= stream->ring.notify_at))
		xg_stream_ended(stream);
}

/*
 * watch, unless NULL, is called after each record of a command, or after its reply: of all that
 * come from now on. It may send commands whose outputs are inline.
 */
void xg_stream_watch(struct xg_stream *stream, void (*watch)(void));

/* xg_stream_put of what does not go inline. */
struct xg_data xg_stream_put_apart(struct xg_stream *stream, const void *data, size_t size);

/*
 * Decides where an input of size bytes goes. inline_total (start with 0) counts the inline bytes of
 * the record, padding included; the record's size is the fixed part + *inline_total. data NULL
 * gives the NULL place. Bytes that do not go inline are copied before it returns, so data may then
 * change. May wait for the host. size must be one that xg_stream_can_put accepts.
 */
static inline struct xg_data xg_stream_put(
	struct xg_stream *stream, const void *data, size_t size, uint32_t *inline_total)
{
	const struct xg_data place = {.size = (uint32_t)size, .place = XG_PLACE_INLINE};

	if (XG_UNLIKELY(!data || size > XG_INLINE_MAX ||
			*inline_total + xg_wire_pad((uint32_t)size) > XG_INLINE_TOTAL_MAX))
		return xg_stream_put_apart(stream, data, size);
	*inline_total += xg_wire_pad((uint32_t)size);
	return place;
}

/* False if size is beyond what the host lets a command carry: GL_OUT_OF_MEMORY. */
bool xg_stream_can_put(const struct xg_stream *stream, size_t size);

/*
 * Writes an input's bytes and their padding at at, if place is INLINE, and nothing otherwise.
 * Returns where the next one goes. data may be NULL only with size 0 or the NULL place.
 */
static inline uint8_t *xg_stream_copy(uint8_t *at, struct xg_data place, const void *data)
{
	const uint32_t padded = xg_wire_pad(place.size);

	if (place.place != XG_PLACE_INLINE || place.size == 0)
		return at;
	memset(at + padded - XG_RECORD_ALIGNMENT, 0, XG_RECORD_ALIGNMENT);
	memcpy(at, data, place.size);
	return at + padded;
}

/*
 * Decides where the host writes an output of at most capacity bytes. reply_total (start with 0)
 * counts what the reply area holds. Ask in parameter order. capacity 0 gives an INLINE place of
 * size 0; for a NULL pointer write the NULL place instead. capacity must be one that
 * xg_stream_can_put accepts. May wait for the host.
 */
struct xg_data xg_stream_want(struct xg_stream *stream, size_t capacity, uint32_t *reply_total);

/* Octets that stand in an output before the host writes it. */
struct xg_patch {
	size_t offset, size;
	const void *data;
};

/*
 * Right after xg_stream_want: puts patches where the output goes, so that what the host does not
 * write comes back as it was. Not for STAGED places, whose memory is the host's.
 */
void xg_stream_patch(struct xg_stream *stream, struct xg_data place, uint32_t reply_total,
	const struct xg_patch *patches, uint32_t count);

/*
 * After xg_stream_end of a REPLY record: waits for the reply. result may be NULL. False: the stream
 * is lost, *result and all outputs are as they were.
 */
bool xg_stream_call(struct xg_stream *stream, uint64_t *result);

/*
 * After a successful call: copies the first size bytes of an output to destination; at most
 * place.size are there, and no more are copied. For every output of the command, in parameter
 * order, destination NULL (or size 0) to pass over one. Staged outputs are fetched from the host;
 * false if the stream was lost in that.
 */
bool xg_stream_take(struct xg_stream *stream, struct xg_data place, void *destination, size_t size);

/*
 * If other streams of this process have moved since this one last looked, makes what follows in
 * this stream be replayed after what they hold now. Not between xg_stream_put and xg_stream_end.
 */
static inline void xg_stream_order(struct xg_stream *stream)
{
	if (XG_UNLIKELY(
		    atomic_load_explicit(&stream->positions->streams, memory_order_relaxed) > 1))
		xg_stream_order_others(stream);
}

/*
 * A command was sent, on any of the process's streams, that may change which framebuffers are
 * complete. How many there were xg_stream_reshapes says. Relaxed: who must know of another thread's
 * command was told of it by the application, in some way that orders this, too.
 */
static inline void xg_stream_reshape(struct xg_stream *stream)
{
	atomic_fetch_add_explicit(&stream->positions->reshapes, 1, memory_order_relaxed);
}

static inline uint64_t xg_stream_reshapes(const struct xg_stream *stream)
{
	return atomic_load_explicit(&stream->positions->reshapes, memory_order_relaxed);
}

/* True once the stream is known to be lost. xg_stream_call, waits and flushes find out. */
bool xg_stream_is_lost(const struct xg_stream *stream);

/* The stream's number, as the host, the relay and the daemon know it. */
uint32_t xg_stream_id(const struct xg_stream *stream);

/*
 * Flushes and waits until the host has done the swap with that sequence number (compared modulo
 * 2^32) in this stream. False: the stream is lost.
 */
bool xg_stream_wait_swaps(struct xg_stream *stream, uint32_t sequence);

/*
 * The age of the back buffer after the swap of that sequence, which was waited for; -1 if the host
 * has not told.
 */
int32_t xg_stream_swap_age(const struct xg_stream *stream, uint32_t sequence);

/* The EGL error code of a swap that failed since the last such question; 0 if none did. */
uint32_t xg_stream_take_swap_error(struct xg_stream *stream);

/*
 * For connection.c, which makes and ends streams.
 */
struct xg_port;
struct xg_stream_setup {
	struct xg_connection *connection;
	uint32_t id;
	void *region; /* mapped; owned by the stream from now on, also on failure */
	uint32_t ring_size;
	uint32_t reply_size;
	uint64_t staged_max;	    /* the largest payload of a command */
	const struct xg_port *port; /* owned by the stream from now on, also on failure */
	struct xg_position *position;
	struct xg_positions *positions;
	int hangup_fd; /* borrowed: hangs up when the daemon is gone; -1: none */
};

/* NULL without memory. */
struct xg_stream *xg_stream_create(const struct xg_stream_setup *setup);

/* Waits until the host has replayed what was published, or the stream is lost. */
void xg_stream_drain(struct xg_stream *stream);

/* Unmaps and frees all, after xg_stream_drain. NULL is legal. */
void xg_stream_destroy(struct xg_stream *stream);

/* Cuts the stream off from the shared memory. On its own thread. */
void xg_stream_lose(struct xg_stream *stream);

/* In the child of a fork: as xg_stream_lose, and leaves the mappings, which are not there, alone.
 */
void xg_stream_abandon(struct xg_stream *stream);

#endif

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
 *   xg_stream_end        the record is complete
 *   xg_stream_call       REPLY records only: waits for the reply
 *   xg_stream_take       once for each output, in parameter order
 *
 * A stream that is lost (the host, the guest's daemon or the host's patience is gone, or this is
 * the child of a fork) swallows commands into private memory: encoders need not look. Only
 * xg_stream_call says it.
 */
#ifndef XG_STREAM_H
#define XG_STREAM_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ring.h"

struct xg_connection;

/*
 * Where a stream of the process stands, in private memory of the process: written by the stream's
 * thread at each record, read by the other threads. stream is 0 in an unused slot. at + bias counts
 * all octets that were ever encoded; bias is 0 while the two change together.
 */
struct xg_position {
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t stream;
	uint8_t *at;   /* where the next record goes; others read it atomically */
	uint8_t *stop; /* a record that ends behind this goes through xg_stream_ended */
	uint8_t *end;  /* of the room that is known of: XG_STREAM_ROOM octets at the least */
	_Atomic uint64_t bias;
	struct xg_ring_shared *shared; /* guarded by the positions' lock; NULL: unmapped */
};

#define XG_POSITIONS_MAX 256u

struct xg_positions {
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t streams; /* open now */
	_Atomic uint32_t used;				  /* slots from here on were never used */
	_Atomic uint64_t reshapes;			  /* see xg_stream_reshape */
	pthread_mutex_t lock;				  /* all zero is a valid one */
	struct xg_position slots[XG_POSITIONS_MAX];
};

/* Records of so many octets always have room, so that the encoders of small ones need not look. */
#define XG_STREAM_ROOM 256u

/*
 * What the inline functions need, then what only stream.c does. The ring's tail is what was
 * published; what was encoded behind it, up to here->at, is published with a later record: each
 * store to the shared line costs both processors its way between them. It is published at the
 * latest when XG_PUBLISH_BYTES have come together, when the thread waits or flushes, and when
 * another thread's stream is ordered behind it.
 */
struct xg_stream {
	_Alignas(XG_CACHE_LINE) struct xg_position *here;
	struct xg_positions *positions;
	struct xg_producer ring;
	const uint8_t *reply_next;
	struct xg_stream_cold *cold;
};

#define XG_PUBLISH_BYTES 512u

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
	const struct xg_position *here = stream->here;

	return XG_LIKELY(size <= XG_STREAM_ROOM || size <= (size_t)(here->end - here->at))
		       ? here->at
		       : xg_stream_make_room(stream, size);
}

/* Wakes the host if it sleeps and something was encoded. Does not block. */
void xg_stream_flush(struct xg_stream *stream);

/*
 * xg_stream_end of a record that ends a batch, finds little room behind it, is watched, or is one
 * of a lost stream. May wait for the host.
 */
void xg_stream_ended(struct xg_stream *stream, uint32_t size);

/* All octets that were ever encoded, padding included. */
static inline uint64_t xg_stream_position(const struct xg_stream *stream)
{
	return (uintptr_t)stream->here->at +
	       atomic_load_explicit(&stream->here->bias, memory_order_relaxed);
}

/* The record of size bytes that was written where xg_stream_begin said is complete. */
static inline void xg_stream_end(struct xg_stream *stream, uint32_t size)
{
	struct xg_position *here = stream->here;
	uint8_t *after = here->at + size;

	/* Release: who learns of this record from the thread's own later actions, sees it here. */
	if (XG_UNLIKELY(after > here->stop))
		xg_stream_ended(stream, size);
	else
		__atomic_store_n(&here->at, after, __ATOMIC_RELEASE);
}

/* The same, and publishes it: the host can work at it while the thread does something else. */
static inline void xg_stream_end_work(struct xg_stream *stream, uint32_t size)
{
	struct xg_position *here = stream->here;
	uint8_t *after = here->at + size;

	if (XG_UNLIKELY(after > here->stop)) {
		xg_stream_ended(stream, size);
		return;
	}
	__atomic_store_n(&here->at, after, __ATOMIC_RELEASE);
	stream->ring.tail = xg_stream_position(stream);
	xg_producer_publish(&stream->ring, 0);
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

/* True if the process has no other stream now. */
static inline bool xg_stream_is_alone(const struct xg_stream *stream)
{
	return atomic_load_explicit(&stream->positions->streams, memory_order_relaxed) <= 1;
}

/*
 * If other streams of this process have moved since this one last looked, publishes what they hold
 * now and makes what follows in this stream be replayed after it. Not between xg_stream_put and
 * xg_stream_end.
 */
static inline void xg_stream_order(struct xg_stream *stream)
{
	if (XG_UNLIKELY(!xg_stream_is_alone(stream)))
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

/* SPDX-License-Identifier: MIT */
/*
 * One end of a ring (include/xenglass/ring.h). An end holds its own index and what it last read of
 * the peer's as 64-bit counts that never wrap; pointers into the shared memory are in these structs
 * and nowhere else, so an end can be seated on other memory between two records.
 *
 * The sleeping itself is the caller's, because callers wait for more than a ring. The four steps
 * of it, with their partners:
 *
 *   producer, to wake:  xg_producer_take_waiter   publishes tail, then reads consumer_waits
 *   consumer, to sleep: xg_consumer_arm           sets consumer_waits, then reads tail
 *   consumer, to wake:  xg_consumer_take_waiter   publishes head, then reads producer_waits
 *   producer, to sleep: xg_producer_arm           sets producer_waits, then reads head
 *
 * Each is a sequentially consistent store followed by a sequentially consistent load; the first is
 * the partner of the second, the third of the fourth.
 */
#ifndef XG_PROTOCOL_RING_H
#define XG_PROTOCOL_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "xenglass/ring.h"
#include "xenglass/wire.h"

#define XG_LIKELY(condition)   __builtin_expect(!!(condition), 1)
#define XG_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* tail <= limit: the bytes between are known to be free and contiguous. */
struct xg_producer {
	struct xg_ring_shared *shared;
	uint8_t *data;
	uint32_t mask; /* data size - 1 */
	uint64_t tail;
	uint64_t limit;
	uint64_t notify_at; /* where to look for a sleeper at the latest */
};

/* head <= tail: the bytes between have been published, as far as known. */
struct xg_consumer {
	struct xg_ring_shared *shared;
	const uint8_t *data;
	uint32_t mask;
	uint64_t head;
	uint64_t tail;
	const char *rule; /* what the peer broke, once it has */
};

enum xg_ring_state {
	XG_RING_READY,
	XG_RING_EMPTY, /* for a producer: no room */
	XG_RING_BROKEN,
};

/* Starts at the shared indices' zero. size is a power of two. */
void xg_producer_init(
	struct xg_producer *ring, struct xg_ring_shared *shared, void *data, uint32_t size);
void xg_consumer_init(
	struct xg_consumer *ring, struct xg_ring_shared *shared, const void *data, uint32_t size);

/*
 * Room for a contiguous record of size bytes (a multiple of 8, at most XG_RECORD_SIZE_MAX), or
 * NULL if none is known of: then call xg_producer_seek. Nothing is published.
 */
static inline void *xg_producer_room(const struct xg_producer *ring, uint32_t size)
{
	if (XG_UNLIKELY(ring->limit - ring->tail < size))
		return NULL;
	return ring->data + (ring->tail & ring->mask);
}

/*
 * Reads head again and, where the record would not fit before the ring's end, publishes padding.
 * READY: xg_producer_room now has room. BROKEN: the consumer's index cannot be true.
 */
enum xg_ring_state xg_producer_seek(struct xg_producer *ring, uint32_t size);

/* Publishes size bytes, written where xg_producer_room said. */
static inline void xg_producer_publish(struct xg_producer *ring, uint32_t size)
{
	ring->tail += size;
	/* Release; its partner is the acquire in xg_consumer_poll: the record before the index. */
	atomic_store_explicit(&ring->shared->tail, (uint32_t)ring->tail, memory_order_release);
}

/* True if the consumer sleeps, or is about to, and the caller must notify it. */
bool xg_producer_take_waiter(struct xg_producer *ring);

/*
 * Announces that the producer will sleep, and how (one of XG_WAITS_…); then call xg_producer_seek
 * once more before sleeping.
 */
void xg_producer_arm(struct xg_producer *ring, uint32_t waits);
void xg_producer_disarm(struct xg_producer *ring);

/* Where the consumer has got to, as a 64-bit count; false if its index cannot be true. */
bool xg_producer_read_head(struct xg_producer *ring, uint64_t *head);

/*
 * READY: a record is at head; its header is copied to *header and has been checked: it is within
 * what was published and within the ring. Padding has been skipped. EMPTY: nothing was published.
 * BROKEN: rule says why; the ring must not be read again.
 */
enum xg_ring_state xg_consumer_poll(struct xg_consumer *ring, struct xg_record *header);

/*
 * How many octets from head on are published and lie in one piece. 0 says nothing: then call
 * xg_consumer_poll.
 */
uint32_t xg_consumer_span(struct xg_consumer *ring);

/* True if poll would find something. Cheap; for spinning. */
static inline bool xg_consumer_has_more(const struct xg_consumer *ring)
{
	return ring->head != ring->tail || atomic_load_explicit(&ring->shared->tail,
						   memory_order_relaxed) != (uint32_t)ring->head;
}

/* The record's first byte in shared memory, which the peer may still write. */
static inline const void *xg_consumer_record(const struct xg_consumer *ring)
{
	return ring->data + (ring->head & ring->mask);
}

/* Goes on behind a record whose bytes the producer has back with a later xg_consumer_advance. */
static inline void xg_consumer_pass(struct xg_consumer *ring, uint32_t size)
{
	ring->head += size;
}

/* Gives the record's bytes back to the producer, and all those before it. */
static inline void xg_consumer_advance(struct xg_consumer *ring, uint32_t size)
{
	ring->head += size;
	/* Release; its partner is the acquire in xg_producer_read_head: our reads before reuse. */
	atomic_store_explicit(&ring->shared->head, (uint32_t)ring->head, memory_order_release);
}

/* True if the producer seems to sleep. Cheap, and may miss one that is just about to. */
static inline bool xg_consumer_sees_waiter(const struct xg_consumer *ring)
{
	return atomic_load_explicit(&ring->shared->producer_waits, memory_order_relaxed) != 0;
}

/*
 * Not 0 if the producer sleeps, or is about to, and the caller must wake it: how it sleeps, which
 * is one of XG_WAITS_… if the producer is honest.
 */
uint32_t xg_consumer_take_waiter(struct xg_consumer *ring);

/* Announces that the consumer will sleep. True: something has been published, do not sleep. */
bool xg_consumer_arm(struct xg_consumer *ring);
void xg_consumer_disarm(struct xg_consumer *ring);

#endif

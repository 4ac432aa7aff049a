/* SPDX-License-Identifier: MIT */
/* See ring.h. Only what is not on the path of every record is here. */
#include "ring.h"

#include <assert.h>
#include <string.h>

void xg_producer_init(
	struct xg_producer *ring, struct xg_ring_shared *shared, void *data, uint32_t size)
{
	assert(size >= XG_RING_SIZE_MIN && (size & (size - 1)) == 0);
	*ring = (struct xg_producer){
		.shared = shared,
		.data = data,
		.mask = size - 1,
		.limit = size,
		.notify_at = XG_NOTIFY_BYTES,
	};
}

void xg_consumer_init(
	struct xg_consumer *ring, struct xg_ring_shared *shared, const void *data, uint32_t size)
{
	assert(size >= XG_RING_SIZE_MIN && (size & (size - 1)) == 0);
	*ring = (struct xg_consumer){.shared = shared, .data = data, .mask = size - 1};
}

bool xg_producer_read_head(struct xg_producer *ring, uint64_t *head)
{
	/* Partner: xg_consumer_advance, and for a sleeper xg_consumer_take_waiter. */
	const uint32_t untrusted_head = atomic_load(&ring->shared->head);
	const uint32_t used = (uint32_t)ring->tail - untrusted_head;

	if (used > (uint64_t)ring->mask + 1 || used > ring->tail)
		return false;
	*head = ring->tail - used;
	return true;
}

enum xg_ring_state xg_producer_seek(struct xg_producer *ring, uint32_t size)
{
	const uint64_t capacity = (uint64_t)ring->mask + 1;
	uint64_t lap_end = (ring->tail | ring->mask) + 1;
	uint64_t head;

	if (!xg_producer_read_head(ring, &head))
		return XG_RING_BROKEN;
	if (lap_end - ring->tail < size) {
		const uint32_t rest = (uint32_t)(lap_end - ring->tail);
		const struct xg_record pad = {.opcode = XG_OPCODE_PAD, .size = rest};

		if (head + capacity < lap_end)
			return XG_RING_EMPTY;
		memcpy(ring->data + (ring->tail & ring->mask), &pad, sizeof(pad));
		xg_producer_publish(ring, rest);
		lap_end += capacity;
	}
	ring->limit = head + capacity < lap_end ? head + capacity : lap_end;
	return ring->limit - ring->tail >= size ? XG_RING_READY : XG_RING_EMPTY;
}

bool xg_producer_take_waiter(struct xg_producer *ring)
{
	if (ring->notify_at == ring->tail + XG_NOTIFY_BYTES)
		return false;
	ring->notify_at = ring->tail + XG_NOTIFY_BYTES;
	/* Store, then load, both in the single order; the partner is xg_consumer_arm. */
	atomic_store(&ring->shared->tail, (uint32_t)ring->tail);
	if (XG_LIKELY(atomic_load(&ring->shared->consumer_waits) == 0))
		return false;
	return atomic_exchange(&ring->shared->consumer_waits, 0) != 0;
}

void xg_producer_arm(struct xg_producer *ring, uint32_t waits)
{
	/* Then the caller reads head (xg_producer_read_head); partner: xg_consumer_take_waiter. */
	atomic_store(&ring->shared->producer_waits, waits);
}

void xg_producer_disarm(struct xg_producer *ring)
{
	atomic_store_explicit(&ring->shared->producer_waits, 0, memory_order_relaxed);
}

static enum xg_ring_state broken(struct xg_consumer *ring, const char *rule)
{
	ring->rule = rule;
	return XG_RING_BROKEN;
}

/* Reads the producer's index, once. */
static enum xg_ring_state read_tail(struct xg_consumer *ring)
{
	/* Acquire; its partner is the release in xg_producer_publish. */
	const uint32_t untrusted_tail =
		atomic_load_explicit(&ring->shared->tail, memory_order_acquire);
	const uint32_t used = untrusted_tail - (uint32_t)ring->head;

	if (used == 0)
		return XG_RING_EMPTY;
	if (used > (uint64_t)ring->mask + 1)
		return broken(ring, "ring: the tail is not within the ring");
	if (used % XG_RECORD_ALIGNMENT != 0)
		return broken(ring, "ring: the tail is not aligned");
	ring->tail = ring->head + used;
	return XG_RING_READY;
}

enum xg_ring_state xg_consumer_poll(struct xg_consumer *ring, struct xg_record *header)
{
	for (;;) {
		if (ring->head == ring->tail) {
			const enum xg_ring_state state = read_tail(ring);

			if (state != XG_RING_READY)
				return state;
		}

		const uint64_t offset = ring->head & ring->mask;
		/* Volatile: one load, never repeated, of what the peer may change. */
		const uint64_t untrusted_header =
			*(const volatile uint64_t *)(const void *)(ring->data + offset);

		memcpy(header, &untrusted_header, sizeof(*header));
		if (header->size < sizeof(*header) || header->size % XG_RECORD_ALIGNMENT != 0)
			return broken(ring, "ring: a record's size is not a multiple of 8");
		if (header->size > ring->tail - ring->head)
			return broken(ring, "ring: a record goes beyond what was published");
		if (header->size > (uint64_t)ring->mask + 1 - offset)
			return broken(ring, "ring: a record goes beyond the ring's end");
		if (header->opcode != XG_OPCODE_PAD) {
			if (header->size > XG_RECORD_SIZE_MAX)
				return broken(ring, "ring: a record is too large");
			return XG_RING_READY;
		}
		if (header->size != (uint64_t)ring->mask + 1 - offset)
			return broken(ring, "ring: padding ends before the ring's end");
		xg_consumer_advance(ring, header->size);
	}
}

uint32_t xg_consumer_span(struct xg_consumer *ring)
{
	if (ring->head == ring->tail && read_tail(ring) != XG_RING_READY)
		return 0;

	const uint64_t published = ring->tail - ring->head;
	const uint64_t to_end = (uint64_t)ring->mask + 1 - (ring->head & ring->mask);

	return (uint32_t)(published < to_end ? published : to_end);
}

uint32_t xg_consumer_take_waiter(struct xg_consumer *ring)
{
	/* Store, then load, both in the single order; the partner is xg_producer_arm. */
	atomic_store(&ring->shared->head, (uint32_t)ring->head);
	if (XG_LIKELY(atomic_load(&ring->shared->producer_waits) == 0))
		return 0;
	return atomic_exchange(&ring->shared->producer_waits, 0);
}

bool xg_consumer_arm(struct xg_consumer *ring)
{
	/* Store, then load, both in the single order; the partner is xg_producer_take_waiter. */
	atomic_store(&ring->shared->consumer_waits, 1);
	return ring->head != ring->tail || atomic_load(&ring->shared->tail) != (uint32_t)ring->head;
}

void xg_consumer_disarm(struct xg_consumer *ring)
{
	atomic_store_explicit(&ring->shared->consumer_waits, 0, memory_order_relaxed);
}

/* SPDX-License-Identifier: MIT */
/*
 * The shared layout of a ring and of a GL stream's region.
 *
 * A ring has one producer and one consumer. Its indices count bytes, run freely and wrap at 2^32;
 * the data size is a power of two. The producer owns tail, the consumer head; head <= tail <=
 * head + size, which neither side takes for granted: an index that the peer writes is read once,
 * copied and checked. Each of the four words has a cache line of its own, because each has another
 * rhythm of reading and writing.
 *
 * Who sleeps says so first: the consumer sets consumer_waits, then looks at tail again, then
 * sleeps; the producer publishes tail, then looks at consumer_waits, and notifies if it took it
 * back from 1 to 0. Both do it with sequentially consistent operations, so at least one of them
 * sees the other (protocol/ring.h has the four operations and names the partners). The same for
 * producer_waits and head, the reply's sequence and the count of swaps. What producer_waits is says
 * how its owner sleeps: XG_WAITS_AT_PORT, or XG_WAITS_AT_WORD if it does so on this word itself, by
 * a futex. The guest may do the latter where the host has said that it can be woken so.
 *
 * A GL stream's region, in bytes:
 *
 *   0                    struct xg_stream_page, XG_STREAM_PAGE_SIZE bytes
 *   XG_STREAM_PAGE_SIZE  the ring's data, ring_size
 *   + ring_size          the reply area, reply_size, starting with struct xg_reply
 *
 * The control channel's region is laid out in control.h.
 */
#ifndef XENGLASS_RING_H
#define XENGLASS_RING_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define XG_CACHE_LINE	    64
#define XG_STREAM_PAGE_SIZE 4096u

/* At least two records of the largest size, so that one always fits beside its own padding. */
#define XG_RING_SIZE_MIN (2u * 65536u)
#define XG_RING_SIZE_MAX (16u << 20)

/* A producer that has published this much since it last looked whether to notify looks again. */
#define XG_NOTIFY_BYTES 16384u

#define XG_WAITS_AT_PORT 1u
#define XG_WAITS_AT_WORD 2u

struct xg_ring_shared {
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t tail;
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t head;
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t producer_waits;
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t consumer_waits;
};
_Static_assert(sizeof(struct xg_ring_shared) == 256, "in shared memory");
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "atomics in shared memory must be lock-free");

/*
 * reply_sequence, swaps_done and swap_error are the host's. swaps_done is the sequence number of
 * the last swap done in this stream; swap_error an EGL error code that a swap raised since the
 * guest last took it (the guest sets it back to 0). swap_ages has what EGL_BUFFER_AGE_EXT was right
 * after the swap of a sequence s, if the guest has asked for the surface's before: in word s mod
 * XG_SWAP_AGES, as (s << 8 | age + 1); any other word means that it is not known, so 0 does. lost
 * is set by the host, or by the guest's daemon when the host is gone: no more records are replayed.
 * wakes_word is the host's: not 0 if it runs under the guest's kernel, and wakes who sleeps at a
 * word.
 */
#define XG_SWAP_AGES	4u
#define XG_SWAP_AGE_MAX 254u

struct xg_stream_page {
	struct xg_ring_shared ring;
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t reply_sequence;
	_Atomic uint32_t swaps_done;
	_Atomic uint32_t swap_error;
	_Atomic uint32_t swap_ages[XG_SWAP_AGES];
	_Alignas(XG_CACHE_LINE) _Atomic uint32_t lost;
	_Atomic uint32_t wakes_word;
};
_Static_assert(sizeof(struct xg_stream_page) == 384, "in shared memory");
_Static_assert(offsetof(struct xg_stream_page, reply_sequence) == 256, "in shared memory");
_Static_assert(offsetof(struct xg_stream_page, lost) == 320, "in shared memory");

/* Bytes of a stream's region. ring_size and reply_size are within limits.h, so it cannot wrap. */
static inline size_t xg_stream_region_size(uint32_t ring_size, uint32_t reply_size)
{
	return (size_t)XG_STREAM_PAGE_SIZE + ring_size + reply_size;
}

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The control channel: one per guest, between the guest's daemon and its host process. Its region
 * holds two rings, guest to host first; a message is a record whose opcode is the message's number
 * and whose flags count the padding bytes at its end, 0 to 7.
 *
 *   0                                 struct xg_control_page, XG_STREAM_PAGE_SIZE bytes
 *   XG_STREAM_PAGE_SIZE               data of the ring to the host, XG_CONTROL_RING_SIZE
 *   XG_STREAM_PAGE_SIZE + ring size   data of the ring to the guest, XG_CONTROL_RING_SIZE
 *
 * The first message each way is HELLO. Numbers 0x100 to 0x1ff are the Wayland relay's
 * (control_wayland.h). Text is not terminated; its length follows from the message's size.
 */
#ifndef XENGLASS_CONTROL_H
#define XENGLASS_CONTROL_H

#include <stdint.h>

#include "xenglass/limits.h"
#include "xenglass/ring.h"

#define XG_PROTOCOL_MAJOR 0u
#define XG_PROTOCOL_MINOR 1u

#define XG_CONTROL_RING_SIZE   (1u << 20)
#define XG_CONTROL_MESSAGE_MAX (65536u - 8u)
#define XG_CONTROL_WAYLAND_MIN 0x100u
#define XG_CONTROL_WAYLAND_MAX 0x1ffu

/* A peer that is silent for so long, where an answer is due, has gone wrong; one that is dead is
 * noticed at once. No machine is so slow. */
#define XG_ANSWER_SECONDS 60

struct xg_control_page {
	struct xg_ring_shared to_host;
	struct xg_ring_shared to_guest;
};
_Static_assert(sizeof(struct xg_control_page) == 512, "in shared memory");

#define XG_CONTROL_REGION_SIZE (XG_STREAM_PAGE_SIZE + 2u * XG_CONTROL_RING_SIZE)

enum xg_control_type {
	XG_CONTROL_HELLO = 1,	      /* both ways, first */
	XG_CONTROL_CLIENT_OPEN = 2,   /* to the host */
	XG_CONTROL_CLIENT_CLOSE = 3,  /* to the host; overtakes what the client's streams hold */
	XG_CONTROL_STREAM_OPEN = 4,   /* to the host; answered by STREAM_READY or STREAM_LOST */
	XG_CONTROL_STREAM_CLOSE = 5,  /* to the host; what was published is still replayed */
	XG_CONTROL_STREAM_READY = 6,  /* to the guest */
	XG_CONTROL_STREAM_LOST = 7,   /* to the guest: refused, or ended by a fault */
	XG_CONTROL_STREAM_CLOSED = 8, /* to the guest: unmapped, its memory may be reused */
	XG_CONTROL_BULK_OPEN = 9,     /* to the host; answered by BULK_READY */
	XG_CONTROL_BULK_READY = 10,   /* to the guest */
	XG_CONTROL_REFUSED = 11, /* both ways, instead of going on: a sentence, not terminated */
};

/* Features; a bit that the other side does not know is ignored. */
#define XG_FEATURE_PRESENT 1u /* host: it has a compositor, so windows can be shown */

/*
 * ledger_length is the number of opcodes that the sender knows, and ledger_hash the hash over all
 * of them; see protocol/hello.h for what must agree. limits are the host's; the guest sends zeros.
 */
struct xg_control_hello {
	uint32_t major;
	uint32_t minor;
	uint32_t ledger_length;
	uint32_t features;
	uint64_t ledger_hash;
	struct xg_limits limits;
};
_Static_assert(sizeof(struct xg_control_hello) == 96, "on the wire");

/* client: chosen by the guest, not 0, never used again. cookie: names it on a Wayland socket. */
struct xg_control_client_open {
	uint32_t client;
	uint32_t pid;
	uint64_t cookie;
};
_Static_assert(sizeof(struct xg_control_client_open) == 16, "on the wire");

struct xg_control_client_close {
	uint32_t client;
	uint32_t zero;
};
_Static_assert(sizeof(struct xg_control_client_close) == 8, "on the wire");

/*
 * stream: chosen by the guest, not 0, unique among all streams of the guest, never used again.
 * region and port are the link's numbers (protocol/link/link.h).
 */
struct xg_control_stream_open {
	uint32_t client;
	uint32_t stream;
	uint32_t region;
	uint32_t port;
	uint32_t ring_size;
	uint32_t reply_size;
};
_Static_assert(sizeof(struct xg_control_stream_open) == 24, "on the wire");

/* STREAM_CLOSE, STREAM_READY and STREAM_CLOSED. */
struct xg_control_stream {
	uint32_t client;
	uint32_t stream;
};
_Static_assert(sizeof(struct xg_control_stream) == 8, "on the wire");

enum xg_stream_loss {
	XG_STREAM_LOSS_FAULT = 1, /* a rule was broken; the host's log says which */
	XG_STREAM_LOSS_QUOTA = 2, /* refused: too many, or no memory */
};

struct xg_control_stream_lost {
	uint32_t client;
	uint32_t stream;
	uint32_t loss; /* enum xg_stream_loss */
	uint32_t zero;
};
_Static_assert(sizeof(struct xg_control_stream_lost) == 16, "on the wire");

struct xg_control_bulk_open {
	uint32_t client;
	uint32_t stream;
	uint32_t region;
	uint32_t size;
};
_Static_assert(sizeof(struct xg_control_bulk_open) == 16, "on the wire");

/* ok is 0 if the host refused; the stream then goes on without a bulk region. */
struct xg_control_bulk_ready {
	uint32_t client;
	uint32_t stream;
	uint32_t ok;
	uint32_t zero;
};
_Static_assert(sizeof(struct xg_control_bulk_ready) == 16, "on the wire");

#endif

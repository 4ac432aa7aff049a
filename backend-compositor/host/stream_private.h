/* SPDX-License-Identifier: MIT */
/*
 * A stream's state on the host: private to stream.c and stream_payload.c. Everything belongs to the
 * replay thread, except for what is _Atomic.
 */
#ifndef XG_HOST_STREAM_PRIVATE_H
#define XG_HOST_STREAM_PRIVATE_H

#include "copy.h"
#include "link/port.h"
#include "ring.h"
#include "spin.h"
#include "stream.h"
#include "stream_group.h"

#define XG_KEPT_OUTPUTS_MAX 8u

/* An output that waits for the guest to fetch it. */
struct xg_kept_output {
	uint8_t *bytes;
	uint32_t size;
};

struct xg_host_stream {
	struct xg_consumer ring;
	uint32_t size; /* of the record at the ring's head, 0 without one */
	bool wants_reply;
	bool has_spin;
	bool has_woken;		/* the guest, since the last wait */
	unsigned idles;		/* in a row, without a record */
	uint64_t busy_since_ns; /* 0 without a timeline */
	uint32_t replies;
	uint32_t reply_used;
	uint64_t unannounced; /* bytes told of since the guest was last looked after */
	uint32_t untold;      /* bytes consumed that the guest does not know of */
	struct xg_stream_page *page;
	uint8_t *reply_area;
	uint32_t reply_size;
	struct xg_port port;
	struct xg_sleeper sleeper; /* which hears member.wake_fd, too */
	struct xg_spin spin;
	struct xg_limits limits;
	const char *rule;
	_Atomic bool is_closing;
	struct xg_group_member member;

	_Atomic(uint8_t *) bulk; /* set after bulk_size, once */
	_Atomic uint32_t bulk_size;
	struct xg_copier copier; /* to bulk; set before it */
	uint8_t *draft;		 /* DRAFT_SIZE, reserved of the group's bytes; NULL until wanted */

	/* Inputs that wait for their command: from front on to used. */
	uint8_t *staged;
	size_t staged_capacity; /* reserved of the group's bytes */
	size_t staged_front;
	size_t staged_used;

	struct xg_kept_output kept[XG_KEPT_OUTPUTS_MAX];
	uint32_t kept_count;

	_Alignas(XG_CACHE_LINE) uint8_t record[XG_RECORD_SIZE_MAX];
};

/* The records of the transport that are about payloads. False: the rule is set. */
bool xg_host_payload_stage(struct xg_host_stream *stream, uint32_t size);
bool xg_host_payload_fetch(struct xg_host_stream *stream, uint32_t size);

/* A command comes that is not a fetch: outputs that were kept for fetching are dropped. */
void xg_host_payload_drop_outputs(struct xg_host_stream *stream);

/* The staged inputs that the command took are forgotten. */
void xg_host_payload_consume(struct xg_host_stream *stream);

void xg_host_payload_finish(struct xg_host_stream *stream);

#endif

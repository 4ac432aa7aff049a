/* SPDX-License-Identifier: MIT */
/*
 * The host's end of a GL stream: hands out records one at a time, copied to private memory, and
 * takes replies. Everything in the shared region may change at any time under the guest's hands:
 * records are looked at only in the copy, and of the region's own words only those are read that
 * are the guest's to write, once each.
 *
 * The replay thread of the stream alone calls the functions here, in this order: next, then any of
 * input, bulk, output, then reply if the record wants one, then consume. Functions for other
 * threads say so.
 *
 * The streams of one client (one guest process) form a group: they may wait for each other's
 * positions. Waits end when the client is killed or the other stream ends, and a circle of waits,
 * which no honest guest can make, is a fault of the stream that closes it.
 */
#ifndef XG_HOST_STREAM_H
#define XG_HOST_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link/port.h"
#include "xenglass/limits.h"
#include "xenglass/wire.h"

struct xg_host_stream;
struct xg_stream_group;

/* The group of a client, with one reference. Any thread. */
struct xg_stream_group *xg_stream_group_create(void);
void xg_stream_group_unref(struct xg_stream_group *group);

/*
 * The client is gone: every wait of its streams, now or later, ends, and next answers CLOSED at
 * once, whatever is left in the rings. Any thread; does not block.
 */
void xg_stream_group_kill(struct xg_stream_group *group);

/* What a stream is made of: checked by xg_host_stream_create, so it may come from the guest. */
struct xg_host_stream_setup {
	struct xg_stream_group *group;
	uint32_t id;
	void *region; /* mapped; stays the caller's, who unmaps it after the stream's end */
	size_t region_size;
	uint32_t untrusted_ring_size;
	uint32_t untrusted_reply_size;
	struct xg_port port;		/* bound; owned by the stream on success */
	const struct xg_limits *limits; /* copied */
};

/*
 * NULL if a size is out of bounds, the id is taken, or there is no file descriptor; *rule then says
 * which. Any thread.
 */
struct xg_host_stream *xg_host_stream_create(
	const struct xg_host_stream_setup *setup, const char **rule);

/* After the replay thread's end: leaves the group, and frees. NULL is legal. */
void xg_host_stream_destroy(struct xg_host_stream *stream);

/*
 * Gives the stream its bulk region, once: false if it has one, the size is out of bounds, or the
 * client's streams have as much as they may. The memory stays the caller's. Any thread; the replay
 * thread may be running.
 */
bool xg_host_stream_set_bulk(struct xg_host_stream *stream, void *bulk, size_t untrusted_size);

/* What is published is still replayed, then next answers CLOSED. Any thread; does not block. */
void xg_host_stream_close(struct xg_host_stream *stream);

/* True once its group is killed. Any thread. */
bool xg_host_stream_is_killed(const struct xg_host_stream *stream);

uint32_t xg_host_stream_id(const struct xg_host_stream *stream);

enum xg_stream_next {
	XG_STREAM_RECORD,
	XG_STREAM_CLOSED,
	XG_STREAM_BROKEN, /* xg_host_stream_rule names the rule */
};

/* record is private memory, 16-byte aligned, untrusted content; good until the next consume. */
struct xg_record_view {
	void *record;
	uint32_t size; /* the header's, checked: 8 to XG_RECORD_SIZE_MAX, a multiple of 8 */
	uint16_t opcode;
	bool wants_reply;
};

/*
 * The next record that is not the transport's own, and its private copy. Sleeps until there is one.
 * After CLOSED or BROKEN it must not be called again.
 */
enum xg_stream_next xg_host_stream_next(struct xg_host_stream *stream, struct xg_record_view *view);

/* After BROKEN, or after one of the following said NULL or false. */
const char *xg_host_stream_rule(const struct xg_host_stream *stream);

/* The size of the bulk region, 0 without one: for the validator. */
uint32_t xg_host_stream_bulk_size(const struct xg_host_stream *stream);

/*
 * An input's bytes, to be asked for in parameter order. INLINE: place's bytes are at offset
 * inline_offset of the record, as the validator found. STAGED: private memory, taken from the front
 * of what was staged. Bulk: shared memory, which the guest may write at any time: never read twice
 * what something depends on. NULL: the NULL place, or the bytes are not there (then
 * xg_host_stream_rule is not NULL: a fault).
 */
const void *xg_host_stream_input(struct xg_host_stream *stream, const struct xg_record_view *view,
	struct xg_data untrusted_place, uint32_t inline_offset);

/*
 * Where an output of at most place.size bytes goes, to be asked for in parameter order. It may be
 * shared memory, and may hold anything. NULL: as for inputs.
 */
void *xg_host_stream_output(struct xg_host_stream *stream, struct xg_data untrusted_place);

/*
 * Private memory of size octets where an output of that size had better be made before it is filled
 * in; NULL, as mostly, if it had better be made where it goes. It holds anything, and is gone with
 * the record.
 */
uint8_t *xg_host_stream_draft(struct xg_host_stream *stream, const void *output, size_t size);

/* memcpy to an output. */
void xg_host_stream_fill(
	struct xg_host_stream *stream, void *output, const void *from, size_t size);

/* Answers a record that wants a reply, after its outputs were written. */
void xg_host_stream_reply(struct xg_host_stream *stream, uint64_t result);

/* So many octets are looked at together at most, and given back together: a guest that waits for
 * room spins on what each store takes from it. */
#define XG_GLANCE_MAX 1024u

/*
 * A short way for small records that nobody waits for: what stands at the ring's head, as far as it
 * is published, and at most so many octets, in private memory, 16-byte aligned, good until the next
 * call. Who asks may replay records from the front, and then says how many octets they were. 0 says
 * nothing: then call xg_host_stream_next, as for what is not replayed so. Does not block.
 */
uint32_t xg_host_stream_glance(
	struct xg_host_stream *stream, uint32_t most, const void **untrusted_records);
void xg_host_stream_pass(struct xg_host_stream *stream, uint32_t size);

/* The record at hand may take long, or wait: the guest is to know now of all those before it, which
 * it may be told of a few together. */
void xg_host_stream_tell(struct xg_host_stream *stream);

/*
 * The record is replayed: its bytes, and the bulk and staged bytes that came with it, go back to
 * the guest, and streams that wait for this position go on.
 */
void xg_host_stream_consume(struct xg_host_stream *stream);

/* A swap with that sequence number is done; egl_error is 0 if it succeeded. age is the new back
 * buffer's, -1 if nobody knows. */
void xg_host_stream_swap_done(
	struct xg_host_stream *stream, uint32_t sequence, uint32_t egl_error, int32_t age);

/* Tells the guest that this stream replays no more, and wakes it. Any thread. */
void xg_host_stream_mark_lost(struct xg_host_stream *stream);

#endif

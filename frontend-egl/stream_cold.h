/* SPDX-License-Identifier: MIT */
/*
 * What a stream keeps beside its ring: private to stream.c and stream_payload.c.
 */
#ifndef XG_STREAM_COLD_H
#define XG_STREAM_COLD_H

#include "copy.h"
#include "link/port.h"
#include "spin.h"
#include "stream.h"

/* Where a lost stream's commands go; and the next one of a stream whose ring is full, to be copied
 * when it is complete and there is room. */
struct xg_sink {
	struct xg_stream_page page;
	struct xg_position position;
	_Alignas(16) uint8_t record[XG_RECORD_SIZE_MAX];
};

#define XG_BULK_LOANS_MAX 64u

/* Bulk bytes up to end are free again once the host's head has reached position. */
struct xg_bulk_loan {
	uint64_t end;
	uint64_t position;
};

/*
 * The bulk region as a FIFO: put and freed count bytes, those skipped at the region's end included.
 * What was handed out for the command that is being encoded is pending: where that command ends is
 * known only when the next one asks, by then at another tail than mark.
 */
struct xg_bulk {
	uint8_t *memory; /* NULL until asked for */
	uint32_t size;
	struct xg_copier copier;
	bool is_refused;
	bool is_pending;
	uint64_t mark;
	uint64_t put;
	uint64_t freed;
	struct xg_bulk_loan loans[XG_BULK_LOANS_MAX]; /* a ring: first, count */
	uint32_t first;
	uint32_t count;
};

/* What this stream knew of another when it last wrote an order record. */
struct xg_seen {
	uint32_t stream;
	uint64_t position;
};

struct xg_stream_cold {
	struct xg_connection *connection;
	uint32_t id;
	bool is_lost;
	bool is_abandoned; /* in the child of a fork */
	struct xg_stream_page *page;
	size_t region_size;
	uint8_t *reply_area;
	uint32_t reply_size;
	uint32_t replies; /* REPLY records so far */
	uint64_t staged_max;
	struct xg_port port;
	int hangup_fd;
	bool sleeps_at_port; /* even where its host would wake it at a word */
	struct xg_spin spin;
	struct xg_sink *sink;
	struct xg_bulk bulk;
	bool wants_bulk;	  /* the command being encoded has an output in bulk */
	bool may_fetch_to_bulk;	  /* the one last called had none that could be overwritten */
	bool has_bands;		  /* large payloads go in bands */
	uint64_t fetched;	  /* staged output bytes collected since the last call */
	struct xg_position *slot; /* the stream's, whatever here is */
	bool publishes_each;	  /* record at once: see XENGLASS_PUBLISH_EACH */
	void (*watch)(void);	  /* see xg_stream_watch */
	bool is_watching;	  /* its own commands are not watched */
	bool is_reply_kept;	  /* reply_next is in kept_reply */
	uint8_t *kept_reply;
	struct xg_seen seen[XG_POSITIONS_MAX];
};

/* Publishes what was encoded. Before each look at the host's head, which may be that far. */
void xg_stream_publish(struct xg_stream *stream);

/* Waits until the host's head has reached position. False: the stream is lost. */
bool xg_stream_wait_head(struct xg_stream *stream, uint64_t position);

/* The reply area is about to be written again while outputs in it are still to be taken. False
 * without memory. */
bool xg_stream_keep_reply(struct xg_stream *stream);

/*
 * A part of bulk for outputs of commands that are sent next, which nothing else is until the next
 * xg_stream_put or xg_stream_want: its place, 0 if there is no room, there are to be no bands, or
 * the stream is lost or watched. May wait for the host.
 */
uint32_t xg_stream_borrow(struct xg_stream *stream, size_t size);

/* The shared memory of a place in bulk. */
uint8_t *xg_stream_borrowed(struct xg_stream *stream, struct xg_data place);

/* After xg_stream_end of a REPLY record whose reply is awaited later: its number. */
uint32_t xg_stream_expect_reply(struct xg_stream *stream);

/* Waits for the reply of that number. *result, if not NULL, is that of the last that has come, in
 * this number or one after it. False: the stream is lost. */
bool xg_stream_wait_replies(struct xg_stream *stream, uint32_t number, uint64_t *result);

/* xg_stream_call without the statistics and without forgetting the outputs of the last call. */
bool xg_stream_wait_reply(struct xg_stream *stream, uint64_t *result);

#endif

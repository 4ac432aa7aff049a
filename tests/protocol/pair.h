/* SPDX-License-Identifier: MIT */
/*
 * Both ends of one stream in one process, over the same mapping, so that ThreadSanitizer sees what
 * is shared. The guest's daemon is left out: pair.c stands in for the connection.
 */
#ifndef XG_TESTS_PAIR_H
#define XG_TESTS_PAIR_H

#include "host/stream.h"
#include "stream.h"
#include "xenglass/limits.h"

struct pair {
	struct xg_stream *guest;
	struct xg_host_stream *host;
	struct xg_limits limits;
	uint8_t *region;
	size_t region_size;
	void *bulk;
};

/* Positions for all pairs of a test, which zeroes them. */
extern struct xg_positions pair_positions;

/* What a new pair is made with; tests may change it before pair_init. */
extern struct xg_limits pair_limits;
extern int pair_hangup_fd; /* -1 before */

/* bulk: whether xg_stream_put gets a bulk region when it asks for one. */
void pair_init(struct pair *pair, struct xg_stream_group *group, uint32_t id, bool has_bulk);

/* The guest's end goes first, as in real life; it may be gone already (NULL). */
void pair_finish(struct pair *pair);

/* A record of our own with count arguments, as an encoder writes it. */
struct fake_command {
	struct xg_record record;
	uint64_t arguments[];
};

#endif

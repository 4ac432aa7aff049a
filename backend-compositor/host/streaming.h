/* SPDX-License-Identifier: MIT */
/*
 * Buffer objects that client memory is copied into, piece after piece, for one context and one
 * target. They are filled one after the other in turn, so that the driver rarely has to wait for
 * draws that still read the old pieces. What was put since the last draw stays where it is until
 * the next one.
 */
#ifndef XG_HOST_STREAMING_H
#define XG_HOST_STREAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_host_context;
struct xg_replay;

enum { XG_STREAMING_BUFFERS = 40 };

struct xg_streaming {
	struct {
		uint32_t name; /* the driver's; 0: not made yet */
		uint32_t draw; /* the draw that its newest piece is for */
		size_t size;
	} buffers[XG_STREAMING_BUFFERS];
	uint32_t current;
	uint32_t draw; /* counts draws */
	size_t used;   /* of the current buffer */
	size_t origin; /* in it: the newest piece's start, less what had to lie before it */
};

/*
 * Copies data into a buffer, at *offset, so that at least lead bytes lie before it there. The
 * buffer, whose driver's name is returned, stays bound to the target. 0, with GL_OUT_OF_MEMORY
 * recorded, if that is more than the guest may have; the target's binding is then undefined.
 */
uint32_t xg_streaming_put(struct xg_streaming *streaming, struct xg_replay *r, uint32_t target,
	const void *data, size_t size, size_t lead, size_t *offset);

/* Binds the buffer of the newest piece, which is at origin. 0 if there was none yet. */
uint32_t xg_streaming_bind(
	const struct xg_streaming *streaming, struct xg_replay *r, uint32_t target);

/* A draw has used what was put so far. */
static inline void xg_streaming_drawn(struct xg_streaming *streaming)
{
	streaming->draw++;
}

/* Gives back what it took of the quota, and leaves its buffers to the share group. */
void xg_streaming_finish(struct xg_streaming *streaming, struct xg_host_context *context);

#endif

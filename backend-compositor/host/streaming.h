/* SPDX-License-Identifier: MIT */
/*
 * A buffer object that client memory is copied into, piece after piece, for one context and one
 * target. Its storage is renewed when it is full, so that the driver need not wait for draws that
 * still read the old pieces.
 */
#ifndef XG_HOST_STREAMING_H
#define XG_HOST_STREAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_quota;
struct xg_replay;

struct xg_streaming {
	uint32_t buffer; /* the driver's name; 0 until needed */
	size_t size;
	size_t used;
};

/*
 * Copies data into the buffer so that at least `lead` bytes of it lie before; *offset is where.
 * The buffer stays bound to the target. False, with GL_OUT_OF_MEMORY recorded, if that is more
 * than the guest may have; the target's binding is then undefined.
 */
bool xg_streaming_put(struct xg_streaming *streaming, struct xg_replay *r, uint32_t target,
	const void *data, size_t size, size_t lead, size_t *offset);

/* Gives back what it took of the quota; the buffer goes with the context. */
void xg_streaming_finish(struct xg_streaming *streaming, struct xg_quota *quota);

#endif

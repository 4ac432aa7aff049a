/* SPDX-License-Identifier: MIT */
/* What other entry points need of a buffer object: its contents. */
#ifndef XG_GLES_BUFFER_H
#define XG_GLES_BUFFER_H

#include <stdint.h>

#include "gles/current.h"

/*
 * The contents of the buffer bound to the GL target, buffer->size bytes, valid until the buffer is
 * next specified anew. The first time for a buffer it may be a round trip. NULL without memory.
 */
const uint8_t *xg_gl_buffer_contents(struct xg_gl gl, uint32_t target, struct xg_buffer *buffer);

/* The host's driver has written to the buffer: what is known of its contents no longer holds. */
void xg_gl_buffer_written(struct xg_buffer *buffer);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * How a rectangle of pixels lies in client memory. The pixel store describes it, so that is the
 * guest's alone; on the wire rectangles are tightly packed.
 */
#ifndef XG_GLES_PIXEL_LAYOUT_H
#define XG_GLES_PIXEL_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gles/state.h"

/* All in bytes. */
struct xg_layout {
	size_t row;	     /* of pixels, without padding */
	size_t row_stride;   /* from a row to the next; wraps where that is the one before */
	size_t image_stride; /* from a slice to the next */
	size_t skip;	     /* to the first pixel */
	size_t rows, images;
	bool is_tight;
};

/* From a row to the next, in bytes. Up to 2^35 of them. */
uint64_t xg_row_stride(const struct xg_pixel_store *store, size_t texel, int32_t width);

/*
 * How a rectangle of width × height × depth texels lies, where the store says how; dimensions is 2
 * or 3. False if format and type have no size, there is nothing in the rectangle, or a row is more
 * than there can be: only the host, or the encoder, can say what is wrong, if anything is.
 */
bool xg_lay_out(struct xg_layout *layout, const struct xg_pixel_store *store, uint32_t format,
	uint32_t type, int32_t width, int32_t height, int32_t depth, int dimensions);

#endif

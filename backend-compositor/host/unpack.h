/* SPDX-License-Identifier: MIT */
/*
 * Where an image command has its pixels from: its payload, tightly packed, or, right after an
 * xgUnpack, the buffer that is bound to GL_PIXEL_UNPACK_BUFFER.
 */
#ifndef XG_HOST_UNPACK_H
#define XG_HOST_UNPACK_H

#include <stdbool.h>
#include <stdint.h>

struct xg_payload;
struct xg_replay;

/* What xgUnpack said; the context's. */
struct xg_unpack {
	bool is_said;
	uint64_t offset;
	int32_t alignment, row_length, image_height, skip_pixels, skip_rows, skip_images;
};

/*
 * Whether parts of images, or of a buffer, are sent as one, as xgParts said; the context's. What
 * the driver would refuse as a whole it must not take a part of: the guest begins with one that
 * reaches as far as the whole does, or with the buffer's memory.
 */
struct xg_parts {
	bool are_one;
	bool are_begun;
	bool are_refused;
};

struct xg_pixels {
	const void *data;  /* for the driver: an address, or an offset in the bound buffer */
	bool is_in_buffer; /* then the driver says what is wrong with it */
};

/*
 * Before the driver is asked: its pixel store is set as xgUnpack said. A guest that has no buffer
 * bound never gets the driver to read its offset. On the replay thread.
 */
struct xg_pixels xg_pixels_begin(struct xg_replay *r, const struct xg_payload *payload);

/* False: it is a part of one that was refused, and the driver is not asked. */
bool xg_parts_begin(struct xg_replay *r);

/* After the driver was asked for a part; and where it is known already that it refused. */
void xg_parts_end(struct xg_replay *r);
void xg_parts_end_known(struct xg_replay *r, bool is_refused);

/* After the driver was asked, or was not. */
void xg_pixels_end(struct xg_replay *r, const struct xg_pixels *pixels);

#endif

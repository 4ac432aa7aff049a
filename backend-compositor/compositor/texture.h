/* SPDX-License-Identifier: MIT */
/*
 * A picture in the GPU's memory, filled from pixels in the CPU's. The renderer must be current in
 * every call here but xg_texture_has_alpha().
 */
#ifndef XG_COMPOSITOR_TEXTURE_H
#define XG_COMPOSITOR_TEXTURE_H

#include <stdbool.h>
#include <stdint.h>
#include <GLES2/gl2.h>
#include <pixman.h>

/* Rows of pixels, the top one first. The formats are those of enum wl_shm_format. */
struct xg_pixels {
	uint32_t format;
	int32_t width, height;
	int32_t stride_bytes;
	const void *data;
};

struct xg_texture {
	GLuint name;
	uint32_t format;
	int32_t width, height;
	bool has_alpha;
};

/* Whether pixels of that wl_shm format can be uploaded. */
bool xg_texture_takes(uint32_t format);

/* A texture of no size. NULL without memory. */
struct xg_texture *xg_texture_create(void);
void xg_texture_destroy(struct xg_texture *texture);

/*
 * Gives the texture a size and a format, one that xg_texture_takes(). True if it had others: its
 * pixels are undefined then.
 */
bool xg_texture_resize(struct xg_texture *texture, uint32_t format, int32_t width, int32_t height);

/*
 * Copies the pixels of damage (in pixels of the picture; NULL means all) into the texture. When
 * size or format differ from what the texture holds, all of them are copied. The format is one
 * that xg_texture_takes(), and stride_bytes ≥ 4 × width.
 */
void xg_texture_upload(
	struct xg_texture *texture, const struct xg_pixels *pixels, pixman_region32_t *damage);

#endif

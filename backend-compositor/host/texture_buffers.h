/* SPDX-License-Identifier: MIT */
/*
 * Which buffers the textures of a share group have (glTexBuffer). A texture keeps its buffer when
 * the guest deletes that, and a deleted texture lives on while a context holds it: so long the
 * buffer's memory is counted, once, as the buffer's.
 *
 * Names are the driver's. Who has the group's turn (share.h) may look and change.
 */
#ifndef XG_HOST_TEXTURE_BUFFERS_H
#define XG_HOST_TEXTURE_BUFFERS_H

#include <stdbool.h>
#include <stdint.h>

/* All zero is valid: no texture has a buffer. */
struct xg_texture_buffers {
	struct xg_texture_buffer {
		uint32_t texture, buffer;
		bool is_deleted; /* the texture is; another may have its name */
	} * entries;
	uint32_t count;
};

void xg_texture_buffers_finish(struct xg_texture_buffers *list);

/* The texture of that name now has that buffer; 0: none. */
void xg_texture_buffers_set(struct xg_texture_buffers *list, uint32_t texture, uint32_t buffer);

/* The texture was deleted, but is held still. */
void xg_texture_buffers_keep(struct xg_texture_buffers *list, uint32_t texture);

/* The texture is gone, or, if is_deleted, all are that had its name and were deleted. */
void xg_texture_buffers_drop(struct xg_texture_buffers *list, uint32_t texture, bool is_deleted);

/* Whether any texture has the buffer. */
bool xg_texture_buffers_has(const struct xg_texture_buffers *list, uint32_t buffer);

#endif

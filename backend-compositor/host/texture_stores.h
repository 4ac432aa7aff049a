/* SPDX-License-Identifier: MIT */
/*
 * Which textures of a share group have their texels in another object's memory: a buffer's
 * (glTexBuffer), or a texture's (glTextureView). A texture keeps that memory when the guest deletes
 * the object, and a deleted texture lives on while a context holds it: so long the memory is
 * counted, once, as the object's.
 *
 * Names are the driver's. Who has the group's turn (share.h) may look and change.
 */
#ifndef XG_HOST_TEXTURE_STORES_H
#define XG_HOST_TEXTURE_STORES_H

#include <stdbool.h>
#include <stdint.h>

#include "xg_tables.h"

/* All zero is valid: each texture has its own memory. */
struct xg_texture_stores {
	struct xg_texture_store {
		uint32_t texture;
		enum xg_class class; /* of whose memory it is: a buffer, or a texture */
		uint32_t name;
		uint64_t start;	 /* of the texture's part, in bytes, if it is a buffer's */
		bool is_deleted; /* the texture is; another may have its name */
	} * entries;
	uint32_t count;
};

void xg_texture_stores_finish(struct xg_texture_stores *list);

/* The texture of that name now has that buffer, from start on; 0: none. */
void xg_texture_stores_set_buffer(
	struct xg_texture_stores *list, uint32_t texture, uint32_t buffer, uint64_t start);

/* Where the last part of the buffer begins that a texture has; 0 if none has one. */
uint64_t xg_texture_stores_last_start(const struct xg_texture_stores *list, uint32_t buffer);

/* The texture is now a view of another one, which may be a view itself. */
void xg_texture_stores_set_view(struct xg_texture_stores *list, uint32_t texture, uint32_t of);

/* The texture was deleted, but is held still. */
void xg_texture_stores_keep(struct xg_texture_stores *list, uint32_t texture);

/* The texture is gone, or, if is_deleted, all are that had its name and were deleted. */
void xg_texture_stores_drop(struct xg_texture_stores *list, uint32_t texture, bool is_deleted);

/* Whether any texture has its texels in the object's memory. */
bool xg_texture_stores_has(
	const struct xg_texture_stores *list, enum xg_class class, uint32_t name);

#endif

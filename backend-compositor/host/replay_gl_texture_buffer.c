/* SPDX-License-Identifier: MIT */
/*
 * Buffer textures. They take no memory of their own; what the driver took is read back, so that the
 * buffer stays counted as long as the texture has it.
 */
#include "context.h"
#include "names.h"
#include "replay.h"
#include "texture_stores.h"
#include "xg_thunks.h"

/* The bound texture, if its buffer may be changed. One that was deleted in another context may
 * share its name with another by now, and keeps the buffer that it has. */
static bool begin(struct xg_replay *r, uint32_t *texture)
{
	GLint name = 0;

	xg_replay_collect_error(r);
	xg_replay_gl(r)->glGetIntegerv(GL_TEXTURE_BINDING_BUFFER, &name);
	*texture = (uint32_t)name;
	if (!name || xg_names_is_joined(r->names, XG_CLASS_TEXTURE, *texture))
		return true;
	xg_replay_error(r, GL_OUT_OF_MEMORY);
	return false;
}

static void end(struct xg_replay *r, uint32_t texture, uint32_t buffer, uint64_t start)
{
	if (!xg_replay_collect_error(r))
		xg_texture_stores_set_buffer(
			xg_names_texture_stores(r->names), texture, buffer, start);
}

void xg_replay_glTexBufferEXT(
	struct xg_replay *r, const struct xg_cmd_glTexBufferEXT *c, const struct xg_payload *p)
{
	const uint32_t buffer = xg_names_find(r->names, XG_CLASS_BUFFER, c->buffer);
	uint32_t texture;

	if (!begin(r, &texture))
		return;
	xg_replay_gl(r)->glTexBufferEXT(c->target, c->internalformat, buffer);
	end(r, texture, buffer, 0);
}

void xg_replay_glTexBufferRangeEXT(
	struct xg_replay *r, const struct xg_cmd_glTexBufferRangeEXT *c, const struct xg_payload *p)
{
	const uint32_t buffer = xg_names_find(r->names, XG_CLASS_BUFFER, c->buffer);
	uint32_t texture;

	if (!begin(r, &texture))
		return;
	xg_replay_gl(r)->glTexBufferRangeEXT(
		c->target, c->internalformat, buffer, (GLintptr)c->offset, (GLsizeiptr)c->size);
	end(r, texture, buffer, (uint64_t)c->offset);
}

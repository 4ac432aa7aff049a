/* SPDX-License-Identifier: MIT */
/* Textures that are views of others (EXT_texture_view): they take no memory of their own. */
#include "names.h"
#include "replay.h"
#include "texture_stores.h"
#include "xg_thunks.h"

void xg_replay_glTextureViewEXT(
	struct xg_replay *r, const struct xg_cmd_glTextureViewEXT *c, const struct xg_payload *p)
{
	const uint32_t view = xg_names_find(r->names, XG_CLASS_TEXTURE, c->texture);
	const uint32_t origin = xg_names_find(r->names, XG_CLASS_TEXTURE, c->origtexture);

	xg_replay_collect_error(r);
	xg_replay_gl(r)->glTextureViewEXT(view, c->target, origin, c->internalformat, c->minlevel,
		c->numlevels, c->minlayer, c->numlayers);
	if (!xg_replay_collect_error(r))
		xg_texture_stores_set_view(xg_names_texture_stores(r->names), view, origin);
}

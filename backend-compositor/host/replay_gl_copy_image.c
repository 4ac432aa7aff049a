/* SPDX-License-Identifier: MIT */
/*
 * glCopyImageSubData: the class of either name follows from its target. A driver takes a cube map's
 * faces by their numbers before it looks at these: what cannot lie in any image reaches it as
 * something that it is sure to refuse.
 */
#include "context.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

enum { FACES = 6 };

static uint32_t find(struct xg_replay *r, uint32_t target, uint32_t untrusted_name)
{
	return xg_names_find(r->names,
		target == GL_RENDERBUFFER ? XG_CLASS_RENDERBUFFER : XG_CLASS_TEXTURE,
		untrusted_name);
}

/* Whether there may be such layers in an image of the target: bounds.h has bounded the numbers. */
static bool has_layers(uint32_t target, int32_t z, int32_t depth)
{
	return target != GL_TEXTURE_CUBE_MAP || (z >= 0 && depth >= 0 && z + depth <= FACES);
}

void xg_replay_glCopyImageSubDataEXT(struct xg_replay *r,
	const struct xg_cmd_glCopyImageSubDataEXT *c, const struct xg_payload *p)
{
	struct xg_cmd_glCopyImageSubDataEXT copy = *c;

	/* Images of no size have no memory, at which the driver would look unless a size is wrong.
	 */
	if (copy.srcWidth >= 0 && copy.srcHeight >= 0 && copy.srcDepth >= 0 &&
		(!copy.srcWidth || !copy.srcHeight || !copy.srcDepth))
		return;
	if (!has_layers(copy.srcTarget, copy.srcZ, copy.srcDepth) ||
		!has_layers(copy.dstTarget, copy.dstZ, copy.srcDepth)) {
		copy.srcZ = copy.dstZ = 0;
		copy.srcWidth = -1;
		copy.srcDepth = 1;
	}
	xg_replay_gl(r)->glCopyImageSubDataEXT(find(r, copy.srcTarget, copy.srcName),
		copy.srcTarget, copy.srcLevel, copy.srcX, copy.srcY, copy.srcZ,
		find(r, copy.dstTarget, copy.dstName), copy.dstTarget, copy.dstLevel, copy.dstX,
		copy.dstY, copy.dstZ, copy.srcWidth, copy.srcHeight, copy.srcDepth);
}

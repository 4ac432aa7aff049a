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
	return target != GL_TEXTURE_CUBE_MAP ||
	       (z >= 0 && z < FACES && depth >= 0 && z + depth <= FACES);
}

/*
 * An image of no size has no memory, at which a driver would look in each of the layers that it
 * copies. So nothing is copied of none of them: behind their end, to have it checked. A cube map's
 * were looked at above.
 */
static void shrink_empty(struct xg_cmd_glCopyImageSubDataEXT *copy)
{
	if (copy->srcWidth < 0 || copy->srcHeight < 0 || copy->srcDepth < 0 || copy->srcZ < 0 ||
		copy->dstZ < 0 || (copy->srcWidth && copy->srcHeight && copy->srcDepth))
		return;
	copy->srcZ = copy->srcTarget == GL_TEXTURE_CUBE_MAP ? 0 : copy->srcZ + copy->srcDepth;
	copy->dstZ = copy->dstTarget == GL_TEXTURE_CUBE_MAP ? 0 : copy->dstZ + copy->srcDepth;
	copy->srcDepth = 0;
}

void xg_replay_glCopyImageSubDataEXT(struct xg_replay *r,
	const struct xg_cmd_glCopyImageSubDataEXT *c, const struct xg_payload *p)
{
	struct xg_cmd_glCopyImageSubDataEXT copy = *c;

	if (!has_layers(copy.srcTarget, copy.srcZ, copy.srcDepth) ||
		!has_layers(copy.dstTarget, copy.dstZ, copy.srcDepth)) {
		copy.srcZ = copy.dstZ = 0;
		copy.srcWidth = -1;
		copy.srcDepth = 1;
	}
	shrink_empty(&copy);
	xg_replay_gl(r)->glCopyImageSubDataEXT(find(r, copy.srcTarget, copy.srcName),
		copy.srcTarget, copy.srcLevel, copy.srcX, copy.srcY, copy.srcZ,
		find(r, copy.dstTarget, copy.dstName), copy.dstTarget, copy.dstLevel, copy.dstX,
		copy.dstY, copy.dstZ, copy.srcWidth, copy.srcHeight, copy.srcDepth);
}

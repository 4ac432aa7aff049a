/* SPDX-License-Identifier: MIT */
/*
 * glCopyImageSubData: the class of either name follows from its target. A driver adds positions and
 * sizes before it holds them against the image, and takes a cube map's faces by their numbers even
 * before: what cannot lie in any image reaches it as something that it is sure to refuse.
 */
#include "context.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

/* No image is as large, and sums of such numbers do not overflow, nor do they times a block. */
enum { BEYOND_ANY = 1 << 24, FACES = 6 };

static uint32_t find(struct xg_replay *r, uint32_t target, uint32_t untrusted_name)
{
	return xg_names_find(r->names,
		target == GL_RENDERBUFFER ? XG_CLASS_RENDERBUFFER : XG_CLASS_TEXTURE,
		untrusted_name);
}

static bool is_number(int32_t untrusted_value)
{
	return untrusted_value >= 0 && untrusted_value < BEYOND_ANY;
}

/* Whether there may be such a place in an image of the target, with that many layers. */
static bool is_place(uint32_t target, int32_t x, int32_t y, int32_t z, int32_t depth)
{
	return is_number(x) && is_number(y) && is_number(z) &&
	       (target != GL_TEXTURE_CUBE_MAP || z + depth <= FACES);
}

void xg_replay_glCopyImageSubDataEXT(struct xg_replay *r,
	const struct xg_cmd_glCopyImageSubDataEXT *c, const struct xg_payload *p)
{
	struct xg_cmd_glCopyImageSubDataEXT copy = *c;

	/* Images of no size have no memory, at which the driver would look. */
	if (!copy.srcWidth || !copy.srcHeight || !copy.srcDepth)
		return;
	if (!is_number(copy.srcWidth) || !is_number(copy.srcHeight) || !is_number(copy.srcDepth) ||
		!is_place(copy.srcTarget, copy.srcX, copy.srcY, copy.srcZ, copy.srcDepth) ||
		!is_place(copy.dstTarget, copy.dstX, copy.dstY, copy.dstZ, copy.srcDepth)) {
		copy.srcX = copy.srcY = copy.srcZ = copy.dstX = copy.dstY = copy.dstZ = 0;
		copy.srcWidth = -1;
		copy.srcHeight = copy.srcDepth = 1;
	}
	xg_replay_gl(r)->glCopyImageSubDataEXT(find(r, copy.srcTarget, copy.srcName),
		copy.srcTarget, copy.srcLevel, copy.srcX, copy.srcY, copy.srcZ,
		find(r, copy.dstTarget, copy.dstName), copy.dstTarget, copy.dstLevel, copy.dstX,
		copy.dstY, copy.dstZ, copy.srcWidth, copy.srcHeight, copy.srcDepth);
}

/* SPDX-License-Identifier: MIT */
/*
 * Arrays of viewports, scissor boxes and depth ranges (OES_viewport_array). Mesa adds the first
 * one's number and the count without a look at whether the sum fits: a guest that has it wrap
 * around would write far from the driver's arrays.
 */
#include "context.h"
#include "replay.h"
#include "xg_thunks.h"

/* False, with the error recorded, if there are no such places. */
static bool is_range(struct xg_replay *r, uint32_t first, int32_t count)
{
	if (count >= 0 && first <= UINT32_MAX - (uint32_t)count)
		return true;
	xg_replay_error(r, GL_INVALID_VALUE);
	return false;
}

void xg_replay_glViewportArrayvOES(
	struct xg_replay *r, const struct xg_cmd_glViewportArrayvOES *c, const struct xg_payload *p)
{
	if (is_range(r, c->first, c->count))
		xg_replay_gl(r)->glViewportArrayvOES(c->first, c->count, p[0].data);
}

void xg_replay_glScissorArrayvOES(
	struct xg_replay *r, const struct xg_cmd_glScissorArrayvOES *c, const struct xg_payload *p)
{
	if (is_range(r, c->first, c->count))
		xg_replay_gl(r)->glScissorArrayvOES(c->first, c->count, p[0].data);
}

void xg_replay_glDepthRangeArrayfvOES(struct xg_replay *r,
	const struct xg_cmd_glDepthRangeArrayfvOES *c, const struct xg_payload *p)
{
	if (is_range(r, c->first, c->count))
		xg_replay_gl(r)->glDepthRangeArrayfvOES(c->first, c->count, p[0].data);
}

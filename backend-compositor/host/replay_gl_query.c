/* SPDX-License-Identifier: MIT */
/* See query.h; and the other commands of queries that want more than a name translated. */
#include "query.h"

#include "context.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

void xg_replay_glBeginConditionalRenderNV(struct xg_replay *r,
	const struct xg_cmd_glBeginConditionalRenderNV *c, const struct xg_payload *p)
{
	const uint32_t name = xg_names_find(r->names, XG_CLASS_QUERY, c->id);

	xg_replay_collect_error(r);
	xg_replay_gl(r)->glBeginConditionalRenderNV(name, c->mode);
	if (!xg_replay_collect_error(r))
		r->context->condition = name;
}

void xg_replay_glEndConditionalRenderNV(struct xg_replay *r,
	const struct xg_cmd_glEndConditionalRenderNV *c, const struct xg_payload *p)
{
	xg_replay_gl(r)->glEndConditionalRenderNV();
	r->context->condition = 0;
}

void xg_replay_end_condition(struct xg_replay *r, uint32_t name)
{
	if (r->context->condition != name)
		return;
	xg_replay_gl(r)->glEndConditionalRenderNV();
	r->context->condition = 0;
}

/* A driver may make an object of a name that it has not, which nobody would count. */
void xg_replay_glQueryCounterEXT(
	struct xg_replay *r, const struct xg_cmd_glQueryCounterEXT *c, const struct xg_payload *p)
{
	const uint32_t name = xg_names_find(r->names, XG_CLASS_QUERY, c->id);

	xg_replay_gl(r)->glQueryCounterEXT(name == XG_NAME_UNKNOWN ? 0 : name, c->target);
}

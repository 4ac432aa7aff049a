/* SPDX-License-Identifier: MIT */
/*
 * GL errors. GL has one error flag: the first error stays until glGetError takes it. Errors that
 * the driver never sees (the guest's own checks, quotas) share that flag with the driver's: what
 * the host owes is kept in the context, and what the driver raised later is then dropped.
 */
#include "context.h"
#include "replay.h"
#include "xg_thunks.h"

bool xg_replay_collect_error(struct xg_replay *r)
{
	const GLenum error = xg_replay_gl(r)->glGetError();

	if (error != GL_NO_ERROR && !r->context->error)
		r->context->error = error;
	return error != GL_NO_ERROR;
}

void xg_replay_error(struct xg_replay *r, uint32_t gl_error)
{
	xg_replay_collect_error(r);
	if (!r->context->error)
		r->context->error = gl_error;
}

void xg_replay_xgError(
	struct xg_replay *r, const struct xg_cmd_xgError *c, const struct xg_payload *p)
{
	if (c->error != GL_NO_ERROR)
		xg_replay_error(r, c->error);
}

void xg_replay_glGetError(
	struct xg_replay *r, const struct xg_cmd_glGetError *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	*xg_replay_result(r) = r->context->error;
	r->context->error = GL_NO_ERROR;
}

/* A guest that did not ask for notification of resets is told of none. */
static void get_reset_status(struct xg_replay *r, PFNGLGETGRAPHICSRESETSTATUSEXTPROC get)
{
	if (!get)
		xg_replay_error(r, GL_INVALID_OPERATION);
	else if (r->context->reset_strategy == GL_LOSE_CONTEXT_ON_RESET_EXT)
		*xg_replay_result(r) = get();
}

void xg_replay_glGetGraphicsResetStatusEXT(struct xg_replay *r,
	const struct xg_cmd_glGetGraphicsResetStatusEXT *c, const struct xg_payload *p)
{
	get_reset_status(r, xg_replay_gl(r)->glGetGraphicsResetStatusEXT);
}

void xg_replay_glGetGraphicsResetStatusKHR(struct xg_replay *r,
	const struct xg_cmd_glGetGraphicsResetStatusKHR *c, const struct xg_payload *p)
{
	get_reset_status(r, xg_replay_gl(r)->glGetGraphicsResetStatusKHR);
}

/* SPDX-License-Identifier: MIT */
/* Replays each command. Generated from the registry: see protocol/README.md. */
#include "xg_thunks.h"

#include <string.h>

#include "names.h"
#include "replay.h"

/* Without an image there is nothing to read or write; a negative dimension stays an error. */
static GLsizei dimension(const struct xg_payload *image, GLsizei untrusted_size)
{
	return image->size > 0 || untrusted_size < 0 ? untrusted_size : 0;
}

/* A driver wrote to a scratch; the guest gets as much as it has room for. */
static void copy_out(const struct xg_payload *output, const void *scratch)
{
	memcpy(output->data, scratch,
		output->size < XG_PAYLOAD_SCRATCH ? output->size : XG_PAYLOAD_SCRATCH);
}

static void glBindAttribLocation_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glBindAttribLocation *c = command;

	xg_replay_gl(r)->glBindAttribLocation(xg_names_find(xg_replay_names(r), XG_CLASS_PROGRAM, c->program), c->index, p[0].data);
}

static void glBindTexture_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glBindTexture *c = command;

	xg_replay_gl(r)->glBindTexture(c->target, xg_names_bind(r, XG_CLASS_TEXTURE, c->texture, xg_replay_gl(r)->glGenTextures));
}

static void glBufferData_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_replay_glBufferData(r, command, p);
}

static void glClear_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glClear *c = command;

	xg_replay_gl(r)->glClear(c->mask);
}

static void glCreateShader_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glCreateShader *c = command;

	if (xg_names_may_add(r, XG_CLASS_SHADER, c->name))
		xg_names_add(r, XG_CLASS_SHADER, c->name, xg_replay_gl(r)->glCreateShader(c->type));
}

static void glDeleteTextures_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_names_delete(r, XG_CLASS_TEXTURE, (uint32_t)(p[0].size / 4), p[0].data, xg_replay_gl(r)->glDeleteTextures);
}

static void glDrawElements_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_replay_glDrawElements(r, command, p);
}

static void glFlush_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_replay_gl(r)->glFlush();
}

static void glGenTextures_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_names_gen(r, XG_CLASS_TEXTURE, (uint32_t)(p[0].size / 4), p[0].data, xg_replay_gl(r)->glGenTextures);
}

static void glGetShaderInfoLog_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glGetShaderInfoLog *c = command;

	xg_replay_collect_error(r);
	xg_replay_gl(r)->glGetShaderInfoLog(xg_names_find(xg_replay_names(r), XG_CLASS_SHADER, c->shader), c->bufSize, p[0].data, p[1].data);
	*xg_replay_result(r) = !xg_replay_collect_error(r);
}

static void glGetTexParameteriv_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glGetTexParameteriv *c = command;
	uint64_t scratch[XG_PAYLOAD_SCRATCH / 8] = {0};

	xg_replay_collect_error(r);
	xg_replay_gl(r)->glGetTexParameteriv(c->target, c->pname, (void *)scratch);
	*xg_replay_result(r) = !xg_replay_collect_error(r);
	copy_out(&p[0], scratch);
}

static void glIsEnabled_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glIsEnabled *c = command;

	*xg_replay_result(r) = (uint64_t)xg_replay_gl(r)->glIsEnabled(c->cap);
}

static void glTexSubImage2D_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glTexSubImage2D *c = command;

	xg_replay_gl(r)->glTexSubImage2D(c->target, c->level, c->xoffset, c->yoffset, dimension(&p[0], c->width), dimension(&p[0], c->height), c->format, c->type, p[0].data);
}

static void glUniform4fv_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glUniform4fv *c = command;

	xg_replay_gl(r)->glUniform4fv(c->location, c->count, p[0].data);
}

static void glObjectLabelKHR_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	const struct xg_cmd_glObjectLabelKHR *c = command;

	if (!xg_replay_gl(r)->glObjectLabelKHR) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	xg_replay_gl(r)->glObjectLabelKHR(c->identifier, c->name, c->length, p[0].data);
}

static void xgQuerySurface_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_replay_xgQuerySurface(r, command, p);
}

static void xgError_thunk(struct xg_replay *r, const void *command, const struct xg_payload *p)
{
	xg_replay_xgError(r, command, p);
}

xg_thunk *const xg_thunks[XG_OPCODE_LAST + 1] = {
	[XG_OP_glBindAttribLocation] = glBindAttribLocation_thunk,
	[XG_OP_glBindTexture] = glBindTexture_thunk,
	[XG_OP_glBufferData] = glBufferData_thunk,
	[XG_OP_glClear] = glClear_thunk,
	[XG_OP_glCreateShader] = glCreateShader_thunk,
	[XG_OP_glDeleteTextures] = glDeleteTextures_thunk,
	[XG_OP_glDrawElements] = glDrawElements_thunk,
	[XG_OP_glFlush] = glFlush_thunk,
	[XG_OP_glGenTextures] = glGenTextures_thunk,
	[XG_OP_glGetShaderInfoLog] = glGetShaderInfoLog_thunk,
	[XG_OP_glGetTexParameteriv] = glGetTexParameteriv_thunk,
	[XG_OP_glIsEnabled] = glIsEnabled_thunk,
	[XG_OP_glTexSubImage2D] = glTexSubImage2D_thunk,
	[XG_OP_glUniform4fv] = glUniform4fv_thunk,
	[XG_OP_glObjectLabelKHR] = glObjectLabelKHR_thunk,
	[XG_OP_xgQuerySurface] = xgQuerySurface_thunk,
	[XG_OP_xgError] = xgError_thunk,
};

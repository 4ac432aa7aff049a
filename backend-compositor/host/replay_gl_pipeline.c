/* SPDX-License-Identifier: MIT */
/* Program pipelines, and what is linked for them. */
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "context.h"
#include "host.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

/* The source goes to memory that the guest cannot change, with the NUL that the driver wants. */
static uint32_t create_shader_program(
	const struct xg_gl_table *gl, uint32_t type, const struct xg_payload *untrusted_source)
{
	char *source = malloc(untrusted_source->size + 1);
	const GLchar *strings[] = {source};

	if (!source)
		abort();
	if (untrusted_source->data)
		memcpy(source, untrusted_source->data, untrusted_source->size);
	source[untrusted_source->size] = '\0';
	const uint32_t program = gl->glCreateShaderProgramvEXT(type, 1, strings);
	free(source);
	return program;
}

/* The program keeps no source, but what was made of it: it is charged with as much. */
void xg_replay_xgCreateShaderProgram(struct xg_replay *r,
	const struct xg_cmd_xgCreateShaderProgram *c, const struct xg_payload *p)
{
	if (!xg_replay_gl(r)->glCreateShaderProgramvEXT) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	if (p[0].size > r->client->host->limits.shader_bytes) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return;
	}
	if (!xg_names_reserve(r, XG_CLASS_PROGRAM, p[0].size))
		return;
	if (!xg_names_may_add(r, XG_CLASS_PROGRAM, c->program)) {
		xg_names_release(r, XG_CLASS_PROGRAM, p[0].size);
		return;
	}
	const uint32_t program = create_shader_program(xg_replay_gl(r), c->type, &p[0]);
	xg_names_add(r, XG_CLASS_PROGRAM, c->program, program);
	if (program)
		xg_names_charge(r, XG_CLASS_PROGRAM, program, 0, p[0].size);
	else
		xg_names_release(r, XG_CLASS_PROGRAM, p[0].size);
}

void xg_replay_glGetProgramPipelineivEXT(struct xg_replay *r,
	const struct xg_cmd_glGetProgramPipelineivEXT *c, const struct xg_payload *p)
{
	const bool is_number = c->pname == GL_VALIDATE_STATUS || c->pname == GL_INFO_LOG_LENGTH;
	GLint value = 0;

	xg_replay_gl(r)->glGetProgramPipelineivEXT(
		xg_names_find(r->names, XG_CLASS_PROGRAM_PIPELINE, c->pipeline), c->pname, &value);
	if (!is_number) /* all else is a program: of a stage, or the active one */
		value = (GLint)xg_names_reverse(r->names, XG_CLASS_PROGRAM, (uint32_t)value);
	if (p[0].data)
		memcpy(p[0].data, &value, p[0].size < sizeof(value) ? p[0].size : sizeof(value));
}

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

static const struct {
	uint32_t type, bit;
} stages[] = {
	{GL_VERTEX_SHADER, GL_VERTEX_SHADER_BIT},
	{GL_FRAGMENT_SHADER, GL_FRAGMENT_SHADER_BIT},
	{GL_GEOMETRY_SHADER, GL_GEOMETRY_SHADER_BIT},
	{GL_TESS_CONTROL_SHADER, GL_TESS_CONTROL_SHADER_BIT},
	{GL_TESS_EVALUATION_SHADER, GL_TESS_EVALUATION_SHADER_BIT},
	{GL_COMPUTE_SHADER, GL_COMPUTE_SHADER_BIT},
};

enum { STAGES = sizeof(stages) / sizeof(stages[0]), SHADERS_MAX = 64 };

/* A bit for each stage that the program will have when it is linked; none if it will surely not
 * link. */
static uint32_t stages_to_link(const struct xg_gl_table *gl, uint32_t program)
{
	GLuint shaders[SHADERS_MAX];
	GLsizei count = 0;
	uint32_t bits = 0;

	gl->glGetAttachedShaders(program, SHADERS_MAX, &count, shaders);
	for (GLsizei i = 0; i < count; i++) {
		GLint type = 0, is_compiled = GL_FALSE;

		gl->glGetShaderiv(shaders[i], GL_SHADER_TYPE, &type);
		gl->glGetShaderiv(shaders[i], GL_COMPILE_STATUS, &is_compiled);
		if (!is_compiled)
			return 0;
		for (uint32_t stage = 0; stage < STAGES; stage++)
			bits |= stages[stage].type == (uint32_t)type ? stages[stage].bit : 0;
	}
	return bits;
}

/* A bit for each stage for which a pipeline has the program. Stages that the driver does not know
 * are none. */
static uint32_t used_stages(const struct xg_gl_table *gl, uint32_t pipeline, uint32_t program)
{
	uint32_t bits = 0;

	for (uint32_t stage = 0; stage < STAGES; stage++) {
		GLint name = 0;

		gl->glGetProgramPipelineivEXT(pipeline, stages[stage].type, &name);
		bits |= (uint32_t)name == program ? stages[stage].bit : 0;
	}
	return bits;
}

/*
 * Mesa gives a program that is linked anew to the pipelines that have it, for the stages for which
 * they do, and looks for code of stages that are none of its any more. Pipelines let go of those
 * before. False if one cannot: a transform feedback is under way with it.
 */
static bool leave_pipelines(struct xg_replay *r, uint32_t program)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t linked = stages_to_link(gl, program);
	uint32_t name = 0, pipeline;
	bool is_done = true;

	while (linked && (pipeline = xg_names_next(r->names, XG_CLASS_PROGRAM_PIPELINE, &name))) {
		const uint32_t lost = used_stages(gl, pipeline, program) & ~linked;

		if (!lost)
			continue;
		gl->glUseProgramStagesEXT(pipeline, lost, 0);
		is_done = is_done && !(used_stages(gl, pipeline, program) & lost);
	}
	return is_done;
}

void xg_replay_glLinkProgram(
	struct xg_replay *r, const struct xg_cmd_glLinkProgram *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);
	uint32_t name = 0;
	bool may_link = true;

	if (xg_names_next(r->names, XG_CLASS_PROGRAM_PIPELINE, &name) && gl->glIsProgram(program)) {
		xg_replay_collect_error(r);
		may_link = leave_pipelines(r, program);
		gl->glGetError(); /* of what the driver does not know */
	}
	if (may_link)
		gl->glLinkProgram(program);
	else
		xg_replay_error(r, GL_INVALID_OPERATION);
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

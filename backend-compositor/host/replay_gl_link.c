/* SPDX-License-Identifier: MIT */
/*
 * Linking, and what of it Mesa 22.3 leaves to whoever is careful. A program's lists of blocks go
 * when it is linked again; the code that was current before, and still is, reads them in the next
 * draw. So it does where the link failed, and in other contexts of the share group always. There
 * the program is put into use again or, not linked, out of it: nothing is drawn with it then.
 */
#include "context.h"
#include "holds.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

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

static bool is_linked(const struct xg_gl_table *gl, uint32_t program)
{
	GLint status = GL_FALSE;

	gl->glGetProgramiv(program, GL_LINK_STATUS, &status);
	return status;
}

static void renew_current(const struct xg_gl_table *gl)
{
	GLint program = 0;

	gl->glGetIntegerv(GL_CURRENT_PROGRAM, &program);
	if (program)
		gl->glUseProgram(is_linked(gl, (uint32_t)program) ? (uint32_t)program : 0);
}

static void renew_stages(const struct xg_gl_table *gl, uint32_t pipeline)
{
	for (uint32_t stage = 0; stage < STAGES; stage++) {
		GLint program = 0;

		gl->glGetProgramPipelineivEXT(pipeline, stages[stage].type, &program);
		if (!program)
			continue;
		gl->glUseProgramStagesEXT(pipeline, stages[stage].bit, 0);
		if (is_linked(gl, (uint32_t)program))
			gl->glUseProgramStagesEXT(pipeline, stages[stage].bit, (uint32_t)program);
	}
}

/* A transform feedback that is under way goes on if its program is as it was. */
void xg_replay_renew_programs(struct xg_replay *r)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	GLint is_active = GL_FALSE, is_paused = GL_FALSE;
	uint32_t name = 0, pipeline;

	r->holds->doubts &= ~(uint32_t)XG_DOUBT_PROGRAMS;
	xg_replay_collect_error(r);
	gl->glGetIntegerv(GL_TRANSFORM_FEEDBACK_ACTIVE, &is_active);
	gl->glGetIntegerv(GL_TRANSFORM_FEEDBACK_PAUSED, &is_paused);
	if (is_active && !is_paused)
		gl->glPauseTransformFeedback();
	renew_current(gl);
	while ((pipeline = xg_names_next(r->names, XG_CLASS_PROGRAM_PIPELINE, &name)))
		renew_stages(gl, pipeline);
	if (is_active && !is_paused)
		gl->glResumeTransformFeedback();
	gl->glGetError(); /* of what the driver does not know, or refuses */
}

/* Whether a link takes a list away that what is in use may read. */
static bool has_blocks(const struct xg_gl_table *gl, uint32_t program)
{
	GLint uniform = 0, storage = 0;

	gl->glGetProgramiv(program, GL_ACTIVE_UNIFORM_BLOCKS, &uniform);
	if (gl->glGetProgramInterfaceiv)
		gl->glGetProgramInterfaceiv(
			program, GL_SHADER_STORAGE_BLOCK, GL_ACTIVE_RESOURCES, &storage);
	return uniform || storage;
}

void xg_replay_glLinkProgram(
	struct xg_replay *r, const struct xg_cmd_glLinkProgram *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);

	if (gl->glIsProgram(program)) {
		xg_replay_collect_error(r);
		const bool may_link = leave_pipelines(r, program);
		if (has_blocks(gl, program))
			xg_names_doubt(r->names, XG_DOUBT_PROGRAMS);
		gl->glGetError(); /* of what the driver does not know */
		if (!may_link) {
			xg_replay_error(r, GL_INVALID_OPERATION);
			return;
		}
	}
	gl->glLinkProgram(program);
}

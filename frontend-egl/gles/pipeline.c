/* SPDX-License-Identifier: MIT */
/*
 * See pipeline.h. A program whose link nobody has asked about is taken for one that linked, as
 * glUseProgram does: who looks at its reflection then sees whether it did. Which pipeline is bound
 * is asked of the host where the driver may have refused to bind it.
 */
#include "gles/pipeline.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>

#include "gles/program.h"
#include "xg_encode.h"
#include "xg_entry.h"

void xg_pipeline_destroy(struct xg_pipeline *pipeline)
{
	xg_program_unref(pipeline->active);
	xg_program_unref(pipeline->vertex);
	free(pipeline);
}

/* The bound pipeline, if no program is in use; NULL for none. */
static struct xg_pipeline *bound_pipeline(struct xg_gl gl)
{
	struct xg_tracked *program = &gl.state->track.program;
	struct xg_tracked *bound = &gl.state->track.pipeline;

	if (!xg_table_was_used(&gl.state->pipelines) || (program->is_known && program->values[0]))
		return NULL;
	if (!bound->is_known)
		bound->is_known = xg_encode_glGetIntegerv(
			gl.stream, GL_PROGRAM_PIPELINE_BINDING, bound->values);
	return xg_table_find(&gl.state->pipelines, (uint32_t)bound->values[0]);
}

struct xg_program *xg_pipeline_uniform_program(struct xg_gl gl)
{
	const struct xg_pipeline *pipeline = gl.state->program ? NULL : bound_pipeline(gl);

	return pipeline ? pipeline->active : gl.state->program;
}

struct xg_program *xg_pipeline_vertex_program(struct xg_gl gl)
{
	const struct xg_pipeline *pipeline = gl.state->program ? NULL : bound_pipeline(gl);

	return pipeline ? pipeline->vertex : gl.state->program;
}

void xg_gl_glGenProgramPipelinesEXT(GLsizei n, GLuint *names)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (n > 0 && !xg_namer_make(&gl.state->pipeline_names, (uint32_t)n, names)) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return;
	}
	for (GLsizei i = 0; i < n; i++) {
		struct xg_pipeline *pipeline = calloc(1, sizeof(*pipeline));
		/* Without one, nothing of the pipeline is known. */
		if (pipeline && !xg_table_add(&gl.state->pipelines, names[i], pipeline))
			free(pipeline);
	}
	xg_encode_glGenProgramPipelinesEXT(gl.stream, n, names);
}

void xg_gl_glDeleteProgramPipelinesEXT(GLsizei n, const GLuint *names)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glDeleteProgramPipelinesEXT(gl.stream, n, names);
	for (GLsizei i = 0; names && i < n; i++) {
		struct xg_pipeline *pipeline = xg_table_remove(&gl.state->pipelines, names[i]);
		if (!pipeline)
			continue;
		if ((GLuint)gl.state->track.pipeline.values[0] == names[i])
			gl.state->track.pipeline.is_known = false;
		xg_pipeline_destroy(pipeline);
		xg_namer_release(&gl.state->pipeline_names, names[i]);
	}
}

void xg_gl_glBindProgramPipelineEXT(GLuint name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBindProgramPipelineEXT(gl.stream, name);
	if (name && !xg_table_find(&gl.state->pipelines, name))
		return; /* refused */
	const struct xg_tracked *program = &gl.state->track.program;
	/* Refused during a transform feedback; and Mesa, while a program is in use, goes on with
	 * the pipeline that was bound if none shall be. */
	const bool is_certain = !gl.state->has_feedback && !gl.state->has_paused &&
				(name || (program->is_known && !program->values[0]));
	gl.state->track.pipeline = (struct xg_tracked){
		.is_known = is_certain,
		.values = {(GLint)name},
	};
}

/* Puts a program in a pipeline's place, unless it is certain that the driver refuses it. Takes the
 * reference. */
static void set_program(struct xg_program **place, struct xg_program *program)
{
	const int link = program ? atomic_load_explicit(&program->link, memory_order_relaxed) : -1;
	struct xg_program *unused = link == 0 ? program : *place;

	if (link != 0)
		*place = program;
	xg_program_unref(unused);
}

void xg_gl_glActiveShaderProgramEXT(GLuint name, GLuint program)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glActiveShaderProgramEXT(gl.stream, name, program);
	struct xg_pipeline *pipeline = xg_table_find(&gl.state->pipelines, name);
	if (pipeline)
		set_program(&pipeline->active, xg_share_find_program(gl.state->share, program));
}

void xg_gl_glUseProgramStagesEXT(GLuint name, GLbitfield stages, GLuint program)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glUseProgramStagesEXT(gl.stream, name, stages, program);
	struct xg_pipeline *pipeline = xg_table_find(&gl.state->pipelines, name);
	if (pipeline && stages & GL_VERTEX_SHADER_BIT)
		set_program(&pipeline->vertex, xg_share_find_program(gl.state->share, program));
}

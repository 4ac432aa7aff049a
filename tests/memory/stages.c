/* SPDX-License-Identifier: MIT */
/* See cycles.h: programs, by all the ways there are to one. */
#include "cycles.h"

#include <stdlib.h>

#define ES32 "#version 320 es\nprecision highp float;\n"

static const char vertex[] = ES32 "layout(location = 0) in vec4 a; layout(location = 0) out vec4 f;"
				  "out gl_PerVertex { vec4 gl_Position; };"
				  "uniform vec4 u; void main() { f = a + u; gl_Position = a; }";
static const char fragment[] =
	ES32 "layout(location = 0) in vec4 f; layout(location = 0) out vec4 c;"
	     "uniform vec4 u; void main() { c = f * u; }";

struct stage {
	GLenum type;
	const char *source;
};

/* A program of all these stages. */
static GLuint link_stages(const struct stage *stages, int count)
{
	const GLuint made = glCreateProgram();
	GLint is_linked = 0;

	for (int i = 0; i < count; i++) {
		const GLuint shader = glCreateShader(stages[i].type);

		glShaderSource(shader, 1, &stages[i].source, NULL);
		glCompileShader(shader);
		glAttachShader(made, shader);
		glDeleteShader(shader);
	}
	glLinkProgram(made);
	glGetProgramiv(made, GL_LINK_STATUS, &is_linked);
	expect(is_linked, "program of stages");
	return made;
}

static GLuint new_pipeline(GLuint programs[2])
{
	static const char *const sources[] = {vertex, fragment};
	GLuint pipeline;

	programs[0] = glCreateShaderProgramv(GL_VERTEX_SHADER, 1, &sources[0]);
	programs[1] = glCreateShaderProgramv(GL_FRAGMENT_SHADER, 1, &sources[1]);
	glGenProgramPipelines(1, &pipeline);
	glUseProgramStages(pipeline, GL_VERTEX_SHADER_BIT, programs[0]);
	glUseProgramStages(pipeline, GL_FRAGMENT_SHADER_BIT, programs[1]);
	return pipeline;
}

static void cycle_pipelines(void)
{
	GLuint programs[2];
	const GLuint pipeline = new_pipeline(programs);
	GLint is_valid = 0;

	glProgramUniform4f(programs[0], glGetUniformLocation(programs[0], "u"), 0, 0, 0, 1);
	glActiveShaderProgram(pipeline, programs[1]);
	glUseProgram(0);
	glBindProgramPipeline(pipeline);
	glUniform4f(glGetUniformLocation(programs[1], "u"), 1, 1, 1, 1);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	/* The pipeline keeps what is deleted until it has another, and is deleted while bound. */
	glDeleteProgram(programs[0]);
	glDeleteProgram(programs[1]);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glValidateProgramPipeline(pipeline);
	glGetProgramPipelineiv(pipeline, GL_VALIDATE_STATUS, &is_valid);
	expect(is_valid, "pipeline");
	glUseProgramStages(pipeline, GL_FRAGMENT_SHADER_BIT, 0);
	glDeleteProgramPipelines(1, &pipeline);
}

static void cycle_binaries(void)
{
	static const struct stage stages[] = {
		{GL_VERTEX_SHADER, vertex}, {GL_FRAGMENT_SHADER, fragment}};
	const GLuint origin = link_stages(stages, 2), loaded = glCreateProgram();
	GLint length = 0, is_linked = 0;
	GLenum format = 0;

	glGetProgramiv(origin, GL_PROGRAM_BINARY_LENGTH, &length);
	void *octets = malloc((size_t)length);
	expect(octets != NULL, "room for a binary");
	glGetProgramBinary(origin, length, NULL, &format, octets);
	glDeleteProgram(origin);
	/* Twice into the same one: what it had is let go of. */
	for (int i = 0; i < 2; i++)
		glProgramBinary(loaded, format, octets, length);
	free(octets);
	glGetProgramiv(loaded, GL_LINK_STATUS, &is_linked);
	expect(is_linked, "loaded program");
	glUseProgram(loaded);
	glUniform4f(glGetUniformLocation(loaded, "u"), 1, 0, 0, 1);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glDeleteProgram(loaded);
}

static void cycle_patches(void)
{
	static const struct stage stages[] = {{GL_VERTEX_SHADER, vertex},
		{GL_TESS_CONTROL_SHADER,
			ES32 "layout(vertices = 3) out; layout(location = 0) in vec4 f[];"
			     "layout(location = 0) out vec4 g[];"
			     "void main() { g[gl_InvocationID] = f[gl_InvocationID];"
			     "gl_TessLevelInner[0] = 1.0; gl_TessLevelOuter[0] = 1.0;"
			     "gl_TessLevelOuter[1] = 1.0; gl_TessLevelOuter[2] = 1.0; }"},
		{GL_TESS_EVALUATION_SHADER,
			ES32 "layout(triangles) in; layout(location = 0) in vec4 g[];"
			     "layout(location = 0) out vec4 h;"
			     "void main() { h = g[0]; gl_Position = g[0]; }"},
		{GL_GEOMETRY_SHADER,
			ES32 "layout(triangles) in; layout(points, max_vertices = 1) out;"
			     "layout(location = 0) in vec4 h[]; layout(location = 0) out vec4 f;"
			     "void main() { f = h[0]; gl_Position = f; EmitVertex(); }"},
		{GL_FRAGMENT_SHADER, fragment}};
	const GLuint made = link_stages(stages, 5);

	glUseProgram(made);
	glPatchParameteri(GL_PATCH_VERTICES, 3);
	glDrawArrays(GL_PATCHES, 0, 3);
	glDeleteProgram(made);
}

void cycle_stages(void)
{
	GLint before;

	glGetIntegerv(GL_CURRENT_PROGRAM, &before);
	cycle_pipelines();
	cycle_binaries();
	cycle_patches();
	glUseProgram((GLuint)before);
}

void leave_stages(void)
{
	GLuint programs[2];

	glBindProgramPipeline(new_pipeline(programs));
	glDrawArrays(GL_TRIANGLES, 0, 3);
}

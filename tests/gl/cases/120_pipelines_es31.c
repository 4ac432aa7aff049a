/* SPDX-License-Identifier: MIT */
/* Program pipelines and glProgramUniform* by the names that GLES 3.1 gives them. */
#include "../case.h"

static const char vertex[] = "#version 310 es\n"
			     "layout(location = 0) in vec4 position; uniform vec2 shift;\n"
			     "void main() { gl_Position = position + vec4(shift, 0, 0); }";
static const char fragment[] =
	"#version 310 es\n"
	"precision highp float; precision highp int;\n"
	"layout(location = 1) uniform float f1[2]; layout(location = 3) uniform vec2 f2[2];\n"
	"layout(location = 5) uniform vec3 f3[2]; layout(location = 7) uniform vec4 f4[2];\n"
	"layout(location = 9) uniform int i1[2]; layout(location = 11) uniform ivec2 i2[2];\n"
	"layout(location = 13) uniform ivec3 i3[2]; layout(location = 15) uniform ivec4 i4[2];\n"
	"layout(location = 17) uniform uint u1[2]; layout(location = 19) uniform uvec2 u2[2];\n"
	"layout(location = 21) uniform uvec3 u3[2]; layout(location = 23) uniform uvec4 u4[2];\n"
	"layout(location = 30) uniform mat2 m2; layout(location = 31) uniform mat3 m3;\n"
	"layout(location = 32) uniform mat4 m4; layout(location = 33) uniform mat2x3 m23;\n"
	"layout(location = 34) uniform mat3x2 m32; layout(location = 35) uniform mat2x4 m24;\n"
	"layout(location = 36) uniform mat4x2 m42; layout(location = 37) uniform mat3x4 m34;\n"
	"layout(location = 38) uniform mat4x3 m43;\n"
	"out vec4 color;\n"
	"void main() {\n"
	"  color = vec4(f1[0], f2[1].x, f3[0].z, f4[1].w) + vec4(f1[1], f2[0].y, f3[1].x, "
	"f4[0].x);\n"
	"  color += vec4(i4[0] + i4[1]) + vec4(i3[0] + i3[1], i1[0] + i1[1]) + vec4(i2[0], "
	"i2[1]);\n"
	"  color += vec4(u4[0] + u4[1]) + vec4(u3[0] + u3[1], u1[0] + u1[1]) + vec4(u2[0], "
	"u2[1]);\n"
	"  color += m4[1] + m34[2] + m24[1] + vec4(m3[0], m43[3].x) + vec4(m23[1], m2[0].x);\n"
	"  color += vec4(m32[2], m42[3]); color /= 64.0;\n"
	"}";

static void set_values(GLuint p)
{
	DO(glProgramUniform1f(p, 1, 1.5f));
	DO(glProgramUniform2f(p, 3, 1, 2));
	DO(glProgramUniform3f(p, 5, 1, 2, 3));
	DO(glProgramUniform4f(p, 7, 1, 2, 3, 4));
	DO(glProgramUniform1i(p, 9, 1));
	DO(glProgramUniform2i(p, 11, 1, 2));
	DO(glProgramUniform3i(p, 13, 1, 2, 3));
	DO(glProgramUniform4i(p, 15, 1, 2, 3, 4));
	DO(glProgramUniform1ui(p, 17, 1));
	DO(glProgramUniform2ui(p, 19, 1, 2));
	DO(glProgramUniform3ui(p, 21, 1, 2, 3));
	DO(glProgramUniform4ui(p, 23, 1, 2, 3, 4));
}

static void set_arrays(GLuint p)
{
	const GLfloat f[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
	const GLint i[8] = {1, 2, 3, 4, 5, 6, 7, 8};
	const GLuint u[8] = {8, 7, 6, 5, 4, 3, 2, 1};

	DO(glProgramUniform1fv(p, 1, 2, f));
	DO(glProgramUniform2fv(p, 3, 2, f));
	DO(glProgramUniform3fv(p, 5, 2, f));
	DO(glProgramUniform4fv(p, 7, 2, f));
	DO(glProgramUniform1iv(p, 9, 2, i));
	DO(glProgramUniform2iv(p, 11, 2, i));
	DO(glProgramUniform3iv(p, 13, 2, i));
	DO(glProgramUniform4iv(p, 15, 2, i));
	DO(glProgramUniform1uiv(p, 17, 2, u));
	DO(glProgramUniform2uiv(p, 19, 2, u));
	DO(glProgramUniform3uiv(p, 21, 2, u));
	DO(glProgramUniform4uiv(p, 23, 2, u));
	DO(glProgramUniformMatrix2fv(p, 30, 1, GL_FALSE, f));
	DO(glProgramUniformMatrix3fv(p, 31, 1, GL_TRUE, f));
	DO(glProgramUniformMatrix4fv(p, 32, 1, GL_FALSE, f));
	DO(glProgramUniformMatrix2x3fv(p, 33, 1, GL_TRUE, f));
	DO(glProgramUniformMatrix3x2fv(p, 34, 1, GL_FALSE, f));
	DO(glProgramUniformMatrix2x4fv(p, 35, 1, GL_FALSE, f));
	DO(glProgramUniformMatrix4x2fv(p, 36, 1, GL_TRUE, f));
	DO(glProgramUniformMatrix3x4fv(p, 37, 1, GL_FALSE, f));
	DO(glProgramUniformMatrix4x3fv(p, 38, 1, GL_FALSE, f));
}

static void draw(const char *what)
{
	glClear(GL_COLOR_BUFFER_BIT);
	draw_quad();
	say_picture(what);
}

static void refuse(GLuint pipeline, GLuint program)
{
	GLint value = -7;

	DO(glProgramUniform1i(program, 1, 1));
	DO(glProgramUniform4f(program, -1, 1, 1, 1, 1));
	DO(glProgramUniform1f(999, 1, 1));
	DO(glUseProgramStages(pipeline, GL_COMPUTE_SHADER_BIT << 10, program));
	DO(glUseProgramStages(999, GL_VERTEX_SHADER_BIT, program));
	DO(glActiveShaderProgram(pipeline, 999));
	DO(glGetProgramPipelineiv(pipeline, GL_BLEND, &value));
	DO(glBindProgramPipeline(999));
	ASK(glCreateShaderProgramv(GL_BLEND, 1, NULL));
	say("value %d", value);
}

XG_CASE_ES31(pipelines_es31)
{
	const char *const vertices[] = {vertex}, *const fragments[] = {fragment};
	GLuint pipelines[2];
	GLsizei length = -7;
	GLint value = -7;
	char log[64];

	DO(glGenProgramPipelines(2, pipelines));
	ASK(glIsProgramPipeline(pipelines[0]));
	const GLuint v = glCreateShaderProgramv(GL_VERTEX_SHADER, 1, vertices);
	const GLuint f = glCreateShaderProgramv(GL_FRAGMENT_SHADER, 1, fragments);
	glGetProgramiv(f, GL_PROGRAM_SEPARABLE, &value);
	say("separable %d", value);
	DO(glUseProgramStages(pipelines[0], GL_VERTEX_SHADER_BIT, v));
	DO(glUseProgramStages(pipelines[0], GL_FRAGMENT_SHADER_BIT, f));
	DO(glBindProgramPipeline(pipelines[0]));
	ASK(glIsProgramPipeline(pipelines[0]));
	glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING, &value);
	say("bound %d", value);
	DO(glActiveShaderProgram(pipelines[0], f));
	DO(glGetProgramPipelineiv(pipelines[0], GL_ACTIVE_PROGRAM, &value));
	say("active %d", value);
	DO(glValidateProgramPipeline(pipelines[0]));
	DO(glGetProgramPipelineiv(pipelines[0], GL_VALIDATE_STATUS, &value));
	say("valid %d", value);
	untouched(log, sizeof(log));
	DO(glGetProgramPipelineInfoLog(pipelines[0], 64, &length, log));
	say("log of %d", length);
	set_values(f);
	draw("values");
	set_arrays(f);
	draw("arrays");
	DO(glUniform1f(1, 33));
	DO(glProgramUniform2f(v, glGetUniformLocation(v, "shift"), 0.5f, 0.25f));
	draw("shifted");
	refuse(pipelines[0], f);
	DO(glDeleteProgramPipelines(2, pipelines));
	glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING, &value);
	say("bound %d", value);
	ASK(glIsProgramPipeline(pipelines[0]));
}

/* SPDX-License-Identifier: MIT */
/* Program pipelines: what is refused, and objects that are deleted while they are needed. */
#include "../case.h"
#include "../separate.h"

static struct separate s;

static void refused(GLuint pipeline, GLuint vertex)
{
	const GLuint unlinked = glCreateProgram(), whole = use_flat(0, 0, 1, 1);
	const GLuint shader = glCreateShader(GL_VERTEX_SHADER);
	GLint value[2];
	GLsizei length = -5;
	char log[8];

	DO(s.glUseProgramStagesEXT(999, GL_VERTEX_SHADER_BIT_EXT, vertex));
	DO(s.glUseProgramStagesEXT(0, GL_VERTEX_SHADER_BIT_EXT, vertex));
	DO(s.glUseProgramStagesEXT(pipeline, GL_VERTEX_SHADER_BIT_EXT, 999));
	DO(s.glUseProgramStagesEXT(pipeline, GL_VERTEX_SHADER_BIT_EXT, shader));
	DO(s.glUseProgramStagesEXT(pipeline, GL_VERTEX_SHADER_BIT_EXT, unlinked));
	DO(s.glUseProgramStagesEXT(pipeline, GL_VERTEX_SHADER_BIT_EXT, whole));
	DO(s.glUseProgramStagesEXT(pipeline, 1u << 20, vertex));
	DO(s.glUseProgramStagesEXT(pipeline, 0, vertex));
	DO(s.glUseProgramStagesEXT(pipeline, GL_VERTEX_SHADER_BIT_EXT, 0));
	DO(s.glActiveShaderProgramEXT(999, vertex));
	DO(s.glActiveShaderProgramEXT(0, vertex));
	DO(s.glActiveShaderProgramEXT(pipeline, 999));
	DO(s.glActiveShaderProgramEXT(pipeline, shader));
	DO(s.glActiveShaderProgramEXT(pipeline, unlinked));
	DO(s.glActiveShaderProgramEXT(pipeline, whole));
	DO(s.glBindProgramPipelineEXT(999));
	DO(s.glValidateProgramPipelineEXT(999));
	DO(s.glValidateProgramPipelineEXT(0));
	DO(s.glGetProgramPipelineivEXT(999, GL_VALIDATE_STATUS, value));
	DO(s.glGetProgramPipelineivEXT(0, GL_VALIDATE_STATUS, value));
	DO(s.glGetProgramPipelineInfoLogEXT(999, sizeof(log), &length, log));
	DO(s.glGetProgramPipelineInfoLogEXT(pipeline, -1, &length, log));
	DO(s.glGenProgramPipelinesEXT(-1, (GLuint *)value));
	DO(s.glDeleteProgramPipelinesEXT(-1, (GLuint *)value));
	DO(s.glProgramParameteriEXT(vertex, GL_PROGRAM_SEPARABLE_EXT, 2));
	DO(s.glProgramParameteriEXT(vertex, GL_BLEND, 1));
	DO(s.glProgramParameteriEXT(999, GL_PROGRAM_SEPARABLE_EXT, 1));
	ASK(s.glIsProgramPipelineEXT(0));
	ASK(s.glIsProgramPipelineEXT(999));
	DO(glUseProgram(0));
}

static void say_log(GLuint pipeline)
{
	GLsizei length = -5;
	GLint value[2];
	char log[300];

	DO(s.glValidateProgramPipelineEXT(pipeline));
	untouched(value, sizeof(value));
	DO(s.glGetProgramPipelineivEXT(pipeline, GL_VALIDATE_STATUS, value));
	DO(s.glGetProgramPipelineivEXT(pipeline, GL_INFO_LOG_LENGTH, value + 1));
	say_ints("status and length", value, 2);
	for (GLsizei size = 0; size < 300; size += 77) {
		untouched(log, sizeof(log));
		DO(s.glGetProgramPipelineInfoLogEXT(pipeline, size, &length, log));
		say("log (%d)", length);
		say_bytes("text", log, 80);
	}
	DO(s.glGetProgramPipelineInfoLogEXT(pipeline, 10, NULL, log));
}

static void say_programs(GLuint pipeline)
{
	static const GLenum names[] = {GL_ACTIVE_PROGRAM_EXT, GL_VERTEX_SHADER, GL_FRAGMENT_SHADER};
	GLint value = -5;

	for (size_t i = 0; i < COUNT(names); i++) {
		DO(s.glGetProgramPipelineivEXT(pipeline, names[i], &value));
		say("%s %d", enum_name(names[i]), value);
	}
}

static void draw(const char *what)
{
	glClear(GL_COLOR_BUFFER_BIT);
	DO(draw_quad());
	say_picture(what);
}

XG_CASE(pipeline_errors)
{
	static const GLfloat green[4] = {0, 1, 0, 1};
	GLuint pipeline[2], vertex, fragment, shader;

	s = need_separate();
	vertex = make_separate(&s, GL_VERTEX_SHADER, separate_vertex);
	fragment = make_separate(&s, GL_FRAGMENT_SHADER, separate_fragment);
	DO(s.glGenProgramPipelinesEXT(2, pipeline));
	refused(pipeline[0], vertex);
	say_programs(pipeline[0]);
	say_log(pipeline[0]);
	DO(s.glUseProgramStagesEXT(pipeline[0], GL_VERTEX_SHADER_BIT_EXT, vertex));
	say_log(pipeline[0]);
	DO(s.glUseProgramStagesEXT(pipeline[0], GL_FRAGMENT_SHADER_BIT_EXT, fragment));
	DO(s.glActiveShaderProgramEXT(pipeline[0], fragment));
	DO(s.glBindProgramPipelineEXT(pipeline[0]));
	DO(glUniform4fv(glGetUniformLocation(fragment, "tint"), 1, green));
	draw("whole");
	/* Programs live on while a pipeline has them. */
	DO(glDeleteProgram(vertex));
	DO(glDeleteProgram(fragment));
	ASK(glIsProgram(fragment));
	say_programs(pipeline[0]);
	draw("of deleted programs");
	DO(glUniform4fv(glGetUniformLocation(fragment, "tint"), 1, green));
	DO(glUniform4fv(glGetUniformLocation(fragment, "tint"), 2, green));
	DO(s.glUseProgramStagesEXT(pipeline[0], GL_ALL_SHADER_BITS_EXT, 0));
	DO(s.glActiveShaderProgramEXT(pipeline[0], 0));
	ASK(glIsProgram(fragment));
	ASK(glIsProgram(vertex));
	/* A link that fails leaves what the pipeline has. */
	vertex = make_separate(&s, GL_VERTEX_SHADER, separate_vertex);
	fragment = make_separate(&s, GL_FRAGMENT_SHADER, separate_fragment);
	DO(s.glUseProgramStagesEXT(pipeline[1], GL_VERTEX_SHADER_BIT_EXT, vertex));
	DO(s.glUseProgramStagesEXT(pipeline[1], GL_FRAGMENT_SHADER_BIT_EXT, fragment));
	DO(s.glBindProgramPipelineEXT(pipeline[1]));
	glGetAttachedShaders(fragment, 1, NULL, &shader);
	DO(glDetachShader(fragment, shader));
	DO(glLinkProgram(fragment));
	draw("after an empty link");
	say_programs(pipeline[1]);
	DO(s.glDeleteProgramPipelinesEXT(1, &pipeline[1]));
	DO(glUniform4fv(0, 1, green));
}

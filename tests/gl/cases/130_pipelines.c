/* SPDX-License-Identifier: MIT */
/* EXT_separate_shader_objects: programs of one stage, put together in pipelines and drawn with. */
#include "../case.h"
#include "../separate.h"

static void say_pipeline(const struct separate *s, GLuint pipeline)
{
	static const GLenum names[] = {GL_ACTIVE_PROGRAM_EXT, GL_VERTEX_SHADER, GL_FRAGMENT_SHADER,
		GL_VALIDATE_STATUS, GL_INFO_LOG_LENGTH, GL_LINK_STATUS, GL_BLEND};
	GLint value[2];

	for (size_t i = 0; i < COUNT(names); i++) {
		untouched(value, sizeof(value));
		DO(s->glGetProgramPipelineivEXT(pipeline, names[i], value));
		say_ints(enum_name(names[i]), value, 2);
	}
}

static void draw(const char *what)
{
	glClear(GL_COLOR_BUFFER_BIT);
	DO(draw_quad());
	say_picture(what);
}

XG_CASE(pipelines)
{
	struct separate s = need_separate();
	const GLuint vertex = make_separate(&s, GL_VERTEX_SHADER, separate_vertex);
	const GLuint red = make_separate(&s, GL_FRAGMENT_SHADER, separate_fragment);
	const GLuint green = make_separate(&s, GL_FRAGMENT_SHADER, separate_fragment);
	const GLuint whole = use_flat(0, 0, 1, 1);
	GLuint pipelines[3];
	GLint bound = -5;

	DO(s.glGenProgramPipelinesEXT(3, pipelines));
	say_ints("names", (GLint *)pipelines, 3);
	ASK(s.glIsProgramPipelineEXT(pipelines[0]));
	say_pipeline(&s, pipelines[0]);
	ASK(s.glIsProgramPipelineEXT(pipelines[0]));
	for (int i = 0; i < 2; i++) {
		DO(s.glUseProgramStagesEXT(pipelines[i], GL_VERTEX_SHADER_BIT_EXT, vertex));
		DO(s.glUseProgramStagesEXT(
			pipelines[i], GL_FRAGMENT_SHADER_BIT_EXT, i ? green : red));
		DO(s.glActiveShaderProgramEXT(pipelines[i], i ? green : red));
		say_pipeline(&s, pipelines[i]);
	}
	DO(glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound));
	say("bound %d", bound);
	DO(s.glBindProgramPipelineEXT(pipelines[0]));
	DO(glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound));
	say("bound %d", bound);
	draw("glUseProgram comes first");
	DO(glUniform4f(glGetUniformLocation(whole, "color"), 0, 1, 1, 1));
	draw("and glUniform is for it");
	DO(glUseProgram(0));
	DO(glUniform4f(glGetUniformLocation(red, "tint"), 1, 0, 0, 1));
	draw("red");
	DO(s.glBindProgramPipelineEXT(pipelines[1]));
	DO(glUniform4f(glGetUniformLocation(green, "tint"), 0, 1, 0, 1));
	draw("green");
	DO(s.glValidateProgramPipelineEXT(pipelines[1]));
	say_pipeline(&s, pipelines[1]);
	DO(s.glActiveShaderProgramEXT(pipelines[1], vertex));
	DO(glUniform2f(glGetUniformLocation(vertex, "shift"), 0.5f, 0.25f));
	draw("green, moved");
	DO(s.glBindProgramPipelineEXT(pipelines[0]));
	draw("red, moved too");
	DO(s.glBindProgramPipelineEXT(0));
	DO(glUniform2f(glGetUniformLocation(vertex, "shift"), 0.5f, 0.25f));
	DO(glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound));
	say("bound %d", bound);
	DO(glUseProgram(whole));
	draw("blue-green");
	DO(s.glBindProgramPipelineEXT(pipelines[1]));
	DO(s.glBindProgramPipelineEXT(0));
	DO(glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound));
	say("bound %d", bound);
	DO(glUseProgram(0));
	DO(glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound));
	say("bound %d", bound);
	DO(s.glBindProgramPipelineEXT(pipelines[2]));
	DO(s.glValidateProgramPipelineEXT(pipelines[2]));
	say_pipeline(&s, pipelines[2]);
	DO(s.glUseProgramStagesEXT(pipelines[2], GL_ALL_SHADER_BITS_EXT, vertex));
	DO(s.glUseProgramStagesEXT(pipelines[2], GL_FRAGMENT_SHADER_BIT_EXT, green));
	draw("all stages, then one");
	DO(s.glDeleteProgramPipelinesEXT(3, pipelines));
	ASK(s.glIsProgramPipelineEXT(pipelines[1]));
	ASK(s.glIsProgramPipelineEXT(pipelines[2]));
	DO(glGetIntegerv(GL_PROGRAM_PIPELINE_BINDING_EXT, &bound));
	say("bound %d", bound);
	DO(s.glGenProgramPipelinesEXT(1, pipelines));
	say_ints("names", (GLint *)pipelines, 1);
}

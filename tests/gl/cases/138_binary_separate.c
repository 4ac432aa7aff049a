/* SPDX-License-Identifier: MIT */
/* Binaries of programs with transform feedback, and of those that are for pipelines. */
#include "../binary.h"
#include "../separate.h"

static const char captured[] =
	"#version 300 es\n"
	"in vec4 position; uniform float scale; uniform Block { vec4 offset; };\n"
	"out vec4 moved; flat out int number;\n"
	"void main() { moved = position * (scale + 2.0); number = gl_VertexID;\n"
	"  gl_Position = position + offset * 0.0; }";
static const char nothing[] = "#version 300 es\n"
			      "precision mediump float; out vec4 color;\n"
			      "void main() { color = vec4(1.0); }";

static void capture(GLuint program)
{
	static const GLfloat points[] = {0.5f, 0.25f, -0.5f, 0.75f};
	GLint value = -5;
	GLuint buffer;

	DO(glGetProgramiv(program, GL_TRANSFORM_FEEDBACK_VARYINGS, &value));
	DO(glGetProgramiv(program, GL_TRANSFORM_FEEDBACK_BUFFER_MODE, &value));
	say("mode 0x%x", value);
	glUseProgram(program);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_UNIFORM_BUFFER, buffer);
	glBufferData(GL_UNIFORM_BUFFER, 256, NULL, GL_STATIC_DRAW);
	glBindBufferBase(GL_UNIFORM_BUFFER, 0, buffer);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_TRANSFORM_FEEDBACK_BUFFER, buffer);
	glBufferData(GL_TRANSFORM_FEEDBACK_BUFFER, 40, NULL, GL_STREAM_READ);
	glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffer);
	const GLuint at = (GLuint)glGetAttribLocation(program, "position");
	say("at %u", at);
	glVertexAttribPointer(at, 2, GL_FLOAT, GL_FALSE, 0, points);
	glEnableVertexAttribArray(at);
	DO(glBeginTransformFeedback(GL_POINTS));
	DO(glDrawArrays(GL_POINTS, 0, 2));
	DO(glEndTransformFeedback());
	glDisableVertexAttribArray(at);
	say_buffer("captured", GL_TRANSFORM_FEEDBACK_BUFFER, 40);
}

static void feedback(void)
{
	static const char *const names[] = {"number", "moved"}, *const others[] = {"gl_Position"};
	const GLuint program = glCreateProgram(), target = glCreateProgram();
	static struct binary binary;

	glAttachShader(program, make_shader(GL_VERTEX_SHADER, captured));
	glAttachShader(program, make_shader(GL_FRAGMENT_SHADER, nothing));
	glBindAttribLocation(program, 2, "position");
	DO(glTransformFeedbackVaryings(program, 2, names, GL_INTERLEAVED_ATTRIBS));
	DO(glLinkProgram(program));
	/* These are for another link. */
	DO(glTransformFeedbackVaryings(program, 1, others, GL_INTERLEAVED_ATTRIBS));
	DO(glTransformFeedbackVaryings(program, 1, others, GL_BLEND));
	capture(program);
	save_binary(program, &binary);
	glBindAttribLocation(target, 4, "position");
	DO(glTransformFeedbackVaryings(target, 1, others, GL_SEPARATE_ATTRIBS));
	load_binary(target, &binary);
	capture(target);
}

static void pipeline(void)
{
	const char *vertex = separate_vertex;
	struct separate s = need_separate();
	const GLuint made = s.glCreateShaderProgramvEXT(GL_VERTEX_SHADER, 1, &vertex);
	const GLuint linked = make_separate(&s, GL_FRAGMENT_SHADER, separate_fragment);
	const GLuint targets[] = {glCreateProgram(), glCreateProgram()};
	static struct binary binary;
	GLuint name;

	save_binary(made, &binary);
	load_binary(targets[0], &binary);
	save_binary(linked, &binary);
	load_binary(targets[1], &binary);
	DO(s.glGenProgramPipelinesEXT(1, &name));
	DO(s.glUseProgramStagesEXT(name, GL_VERTEX_SHADER_BIT_EXT, targets[0]));
	DO(s.glUseProgramStagesEXT(name, GL_FRAGMENT_SHADER_BIT_EXT, targets[1]));
	DO(s.glActiveShaderProgramEXT(name, targets[1]));
	DO(glUseProgram(0));
	DO(s.glBindProgramPipelineEXT(name));
	DO(glUniform4f(glGetUniformLocation(targets[1], "tint"), 0, 1, 0, 1));
	draw_quad();
	say_picture("drawn by a pipeline of what was loaded");
}

XG_CASE_ES3(binary_separate)
{
	feedback();
	pipeline();
}

/* SPDX-License-Identifier: MIT */
/* glCreateShaderProgramv: programs from source, and from source that is none. */
#include "../case.h"
#include "../separate.h"

static void say_program(GLuint program)
{
	static const GLenum names[] = {GL_LINK_STATUS, GL_PROGRAM_SEPARABLE_EXT, GL_DELETE_STATUS,
		GL_ATTACHED_SHADERS, GL_INFO_LOG_LENGTH, GL_ACTIVE_UNIFORMS,
		GL_ACTIVE_UNIFORM_MAX_LENGTH, GL_ACTIVE_ATTRIBUTES, GL_VALIDATE_STATUS};
	GLint value[2];
	GLsizei length = -5;
	char log[400];

	ASK(glIsProgram(program));
	for (size_t i = 0; i < COUNT(names); i++) {
		untouched(value, sizeof(value));
		DO(glGetProgramiv(program, names[i], value));
		say_ints(enum_name(names[i]), value, 2);
	}
	untouched(log, sizeof(log));
	DO(glGetProgramInfoLog(program, sizeof(log), &length, log));
	say("log (%d): %.300s", length, length < 0 ? "" : log);
	ASK(glGetUniformLocation(program, "tint"));
	ASK(glGetUniformLocation(program, "shift"));
	ASK(glGetAttribLocation(program, "position"));
}

XG_CASE(create_shader_program)
{
	static const char *const pieces[] = {"attribute vec4 position; uniform vec2 shift;",
		"varying mediump vec2 place; void main() {", "place = position.xy;",
		"gl_Position = position + vec4(shift, 0.0, 0.0); }"};
	static const char *const bad[] = {"void main() { gl_Position = undefined; }"};
	static const char *const unlinked[] = {
		"precision mediump float; vec4 f(); void main() { gl_FragColor = f(); }"};
	static const char *const warned[] = {"#warning of mine\nprecision mediump float;"
					     "void main() { gl_FragColor = vec4(1.0); }"};
	static const char *const missing[] = {"void main() {}", NULL};
	static const char *const empty[] = {""};
	const char *const fragment[] = {separate_fragment};
	struct separate s = need_separate();
	const struct {
		GLenum type;
		GLsizei count;
		const char *const *strings;
	} rounds[] = {
		{GL_VERTEX_SHADER, 4, pieces},
		{GL_FRAGMENT_SHADER, 1, fragment},
		{GL_VERTEX_SHADER, 1, bad},
		{GL_FRAGMENT_SHADER, 1, unlinked},
		{GL_FRAGMENT_SHADER, 1, warned},
		{GL_VERTEX_SHADER, 2, missing},
		{GL_VERTEX_SHADER, 1, empty},
		{GL_VERTEX_SHADER, 1, NULL},
		{GL_BLEND, 1, fragment},
		{GL_FRAGMENT_SHADER, 1, fragment},
	};
	GLuint program[COUNT(rounds)], pipeline;

	for (size_t i = 0; i < COUNT(rounds); i++) {
		say("round %zu", i);
		DO(program[i] = s.glCreateShaderProgramvEXT(
			   rounds[i].type, rounds[i].count, (const char **)rounds[i].strings));
		say("name %u", program[i]);
		say_program(program[i]);
	}
	ASK(s.glCreateShaderProgramvEXT(GL_VERTEX_SHADER, -1, (const char **)pieces));
	DO(s.glGenProgramPipelinesEXT(1, &pipeline));
	DO(s.glUseProgramStagesEXT(pipeline, GL_VERTEX_SHADER_BIT_EXT, program[0]));
	DO(s.glUseProgramStagesEXT(pipeline, GL_FRAGMENT_SHADER_BIT_EXT, program[1]));
	DO(s.glActiveShaderProgramEXT(pipeline, program[1]));
	DO(s.glBindProgramPipelineEXT(pipeline));
	DO(glUniform4f(glGetUniformLocation(program[1], "tint"), 1, 0, 0, 1));
	draw_quad();
	say_picture("drawn");
	DO(glDeleteProgram(program[2]));
	say_program(program[2]);
	/* It is a program like any: shaders can be attached and linked. */
	DO(glAttachShader(program[0], make_shader(GL_VERTEX_SHADER, separate_vertex)));
	DO(glLinkProgram(program[0]));
	say_program(program[0]);
	draw_quad();
	say_picture("linked anew");
}

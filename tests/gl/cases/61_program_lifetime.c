/* SPDX-License-Identifier: MIT */
/* Deletion of what is attached or in use; linking anew while in use. */
#include "../case.h"

XG_CASE(program_lifetime)
{
	GLint value = -5, current;
	GLuint program = use_flat(1, 0, 0, 1), shader, other;

	DO(glDeleteProgram(program));
	ASK(glIsProgram(program));
	DO(glGetProgramiv(program, GL_DELETE_STATUS, &value));
	say("delete status %d", value);
	ASK(glGetUniformLocation(program, "color"));
	draw_quad();
	say_picture("in use");
	ASK(glCreateProgram());
	DO(glUseProgram(0));
	ASK(glIsProgram(program));
	ASK(glGetUniformLocation(program, "color"));
	DO(glDeleteProgram(program));
	program = glCreateProgram();
	shader = glCreateShader(GL_VERTEX_SHADER);
	DO(glAttachShader(program, shader));
	DO(glDeleteShader(shader));
	ASK(glIsShader(shader));
	DO(glGetShaderiv(shader, GL_DELETE_STATUS, &value));
	say("delete status %d", value);
	ASK(glCreateShader(GL_FRAGMENT_SHADER));
	DO(glDetachShader(program, shader));
	ASK(glIsShader(shader));
	ASK(glCreateShader(GL_FRAGMENT_SHADER));
	DO(glDeleteProgram(program));
	ASK(glIsProgram(program));
	program = use_flat(0, 1, 0, 1);
	draw_quad();
	say_picture("green");
	/* A failed link leaves the running program as it is. */
	shader = make_shader(GL_FRAGMENT_SHADER,
		"precision mediump float; vec4 f(); void main() { gl_FragColor = f(); }");
	other = glCreateProgram();
	DO(glAttachShader(other, shader));
	DO(glLinkProgram(other));
	DO(glUseProgram(other));
	glGetIntegerv(GL_CURRENT_PROGRAM, &current);
	say("unchanged %d", current == (GLint)program);
	draw_quad();
	say_picture("still green");
	DO(glLinkProgram(program));
	draw_quad();
	say_picture("uniform is 0 again");
	ASK(glGetUniformLocation(program, "color"));
	DO(glDeleteProgram(0));
	DO(glDeleteProgram(999));
	DO(glDeleteProgram(shader));
	DO(glDeleteShader(program));
}

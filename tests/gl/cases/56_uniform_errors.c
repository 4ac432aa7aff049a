/* SPDX-License-Identifier: MIT */
/* What uniforms refuse, and locations that are ignored. */
#include "../case.h"

static const char vertex[] = "attribute vec4 position; void main() { gl_Position = position; }";

XG_CASE(uniform_errors)
{
	GLfloat out[4];
	GLint ints[4];
	GLuint program, shader = glCreateShader(GL_VERTEX_SHADER);

	DO(glUniform1f(0, 1));
	DO(glUniform1f(-1, 1));
	program = make_program(vertex,
		"precision highp float; uniform vec4 c; uniform sampler2D s; uniform bool b;"
		"void main() { gl_FragColor = c * texture2D(s, c.xy) + float(b); }");
	const GLint c = glGetUniformLocation(program, "c"), s = glGetUniformLocation(program, "s");
	const GLint b = glGetUniformLocation(program, "b");
	DO(glUniform4f(c, 1, 1, 1, 1)); /* not in use */
	glUseProgram(program);
	DO(glUniform1f(c, 1));
	DO(glUniform2f(c, 1, 1));
	DO(glUniform3f(c, 1, 1, 1));
	DO(glUniform4i(c, 1, 1, 1, 1));
	DO(glUniform1f(s, 1));
	DO(glUniform2i(s, 1, 1));
	DO(glUniform1f(b, 0.5f));
	DO(glUniform1i(b, 77));
	DO(glGetUniformiv(program, b, ints));
	say("bool %d", ints[0]);
	DO(glUniform1f(12345, 1));
	DO(glUniform1f(-2, 1));
	DO(glUniform1f(-1, 1));
	DO(glUniform4fv(c, 2, (const GLfloat[8]){0}));
	untouched(out, sizeof(out));
	untouched(ints, sizeof(ints));
	DO(glGetUniformfv(program, -1, out));
	DO(glGetUniformfv(program, 12345, out));
	DO(glGetUniformfv(999, c, out));
	DO(glGetUniformfv(shader, c, out));
	DO(glGetUniformiv(program, -1, ints));
	DO(glGetUniformiv(999, c, ints));
	say_floats("untouched", out, 4);
	say_ints("untouched", ints, 4);
	ASK(glGetUniformLocation(999, "c"));
	ASK(glGetUniformLocation(shader, "c"));
	ASK(glGetUniformLocation(glCreateProgram(), "c"));
	ASK(glGetUniformLocation(0, "c"));
}

/* SPDX-License-Identifier: MIT */
/* Matrices: every size, arrays, transposition. */
#include "../case.h"

static const char vertex[] = "attribute vec4 position; void main() { gl_Position = position; }";

XG_CASE(uniform_matrices)
{
	GLuint program = make_program(vertex,
		"precision highp float; uniform mat2 m2; uniform mat3 m3; uniform mat4 m4; uniform "
		"mat4 a[3];"
		"void main() { gl_FragColor = vec4(m2 * vec2(0.5, 0.25), 0.0, 0.0) +"
		" vec4(m3 * vec3(0.1, 0.2, 0.3), 0.0) + m4 * vec4(0.4) + a[2] * a[1] * a[0] * "
		"vec4(0.1); }");
	GLfloat data[48], out[20];
	const GLint m2 = glGetUniformLocation(program, "m2"),
		    m3 = glGetUniformLocation(program, "m3");
	const GLint m4 = glGetUniformLocation(program, "m4"),
		    a = glGetUniformLocation(program, "a");

#define GET(at)                                                                                    \
	do {                                                                                       \
		untouched(out, sizeof(out));                                                       \
		DO(glGetUniformfv(program, at, out));                                              \
		say_floats(#at, out, 20);                                                          \
	} while (0)
	for (int i = 0; i < 48; i++)
		data[i] = (GLfloat)(i * 11 % 48) / 48;
	glUseProgram(program);
	for (int transpose = 0; transpose < 2; transpose++) {
		DO(glUniformMatrix2fv(m2, 1, (GLboolean)transpose, data));
		DO(glUniformMatrix3fv(m3, 1, (GLboolean)transpose, data + 1));
		DO(glUniformMatrix4fv(m4, 1, (GLboolean)transpose, data + 2));
		DO(glUniformMatrix4fv(a, 3, (GLboolean)transpose, data));
		GET(m2);
		GET(m3);
		GET(m4);
		GET(a);
		GET(glGetUniformLocation(program, "a[1]"));
		GET(glGetUniformLocation(program, "a[2]"));
		draw_quad();
		say_picture("drawn");
	}
	DO(glUniformMatrix4fv(m4, 2, GL_FALSE, data));
	DO(glUniformMatrix4fv(m3, 1, GL_FALSE, data));
	DO(glUniformMatrix3fv(m4, 1, GL_FALSE, data));
	DO(glUniformMatrix2fv(a, 1, GL_FALSE, data));
	DO(glUniformMatrix4fv(m4, -1, GL_FALSE, data));
	DO(glUniform4f(m4, 1, 2, 3, 4));
	DO(glUniformMatrix4fv(-1, 1, GL_FALSE, data));
}

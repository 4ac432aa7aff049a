/* SPDX-License-Identifier: MIT */
/* See stages.h. */
#include "stages.h"

#include <stdio.h>

const char quad_vertex[] = ES32 "out vec2 t;\n"
				"void main() { t = vec2(gl_VertexID & 1, gl_VertexID >> 1);\n"
				"  gl_Position = vec4(t * 2.0 - 1.0, 0, 1); }";

GLuint link_stages(const struct stage *stages, size_t count)
{
	const GLuint program = glCreateProgram();
	GLint status = 0;
	GLsizei length = -1;
	char log[2048];

	for (size_t i = 0; i < count; i++) {
		const GLuint shader = make_shader(stages[i].type, stages[i].source);

		glAttachShader(program, shader);
		glDeleteShader(shader);
	}
	glLinkProgram(program);
	glGetProgramiv(program, GL_LINK_STATUS, &status);
	glGetProgramInfoLog(program, sizeof(log), &length, log);
	if (!status || length)
		say("program: status %d, log (%d) %s", status, length, log);
	say_error("link_stages");
	return status ? program : 0;
}

GLuint use_quad(const char *declarations, const char *body)
{
	char text[8192];

	snprintf(text, sizeof(text),
		ES32 "%s\nin vec2 t; layout(location = 0) out vec4 color;\nvoid main() {\n%s\n}",
		declarations, body);
	const GLuint program = LINK({GL_VERTEX_SHADER, quad_vertex}, {GL_FRAGMENT_SHADER, text});
	glUseProgram(program);
	return program;
}

void say_integer(const char *name, GLenum pname, int count)
{
	GLint values[10];

	untouched(values, sizeof(values));
	glGetIntegerv(pname, values);
	say_ints(name, values, count);
	say_error(name);
}

/* SPDX-License-Identifier: MIT */
/* Uniform arrays and structs: locations of elements, partial updates, too many. */
#include "../case.h"

static const char vertex[] = "attribute vec4 position; void main() { gl_Position = position; }";

XG_CASE(uniform_arrays)
{
	GLuint program = make_program(vertex,
		"precision highp float;"
		"struct S { float a; vec2 b[3]; };"
		"uniform float single; uniform vec4 v[5]; uniform int n[4]; uniform S s; uniform S "
		"t[2];"
		"uniform mat2 m[3]; uniform float unused[4];"
		"void main() { vec4 c = vec4(single);"
		" for (int i = 0; i < 5; i++) c += v[i];"
		" for (int i = 0; i < 4; i++) c += float(n[i]) / 32.0;"
		" for (int i = 0; i < 3; i++) c += s.b[i].xyxy + t[0].b[i].yxyx + t[1].b[i].xxyy;"
		" for (int i = 0; i < 3; i++) c += vec4(m[i][0], m[i][1]);"
		" gl_FragColor = c + s.a + t[0].a - t[1].a; }");
	static const char *const names[] = {"single", "single[0]", "single[1]", "v", "v[0]", "v[1]",
		"v[4]", "v[5]", "v[01]", "v[-1]", "v[ 1]", "v[1 ]", "v[", "v[]", "v[1", "v]", "[0]",
		"v[4294967296]", "n", "n[3]", "s", "s.a", "s.b", "s.b[0]", "s.b[2]", "s.b[3]",
		"s[0].a", "t", "t[0]", "t[0].a", "t[1].b[2]", "t[1].b", "t[2].a", "t.a", "m",
		"m[2]", "m[0][0]", "unused", "unused[1]", "gl_Position", "", "nothing", "v[0][0]"};
	GLfloat data[64], out[8];

	glUseProgram(program);
	for (int i = 0; i < 64; i++)
		data[i] = (GLfloat)(i % 13) / 128;
	for (size_t i = 0; i < COUNT(names); i++) {
		const GLint at = glGetUniformLocation(program, names[i]);
		/* Locations are the driver's: what counts is which names have one. */
		say("%s: %s %d", names[i], at >= 0 ? "at" : "none", at);
		say_error("location");
	}
	DO(glUniform4fv(glGetUniformLocation(program, "v"), 5, data));
	DO(glUniform4fv(glGetUniformLocation(program, "v[2]"), 2, data + 7));
	DO(glUniform4fv(glGetUniformLocation(program, "v[3]"), 9, data + 3));
	DO(glUniform4fv(glGetUniformLocation(program, "v"), 0, data));
	DO(glUniform4fv(glGetUniformLocation(program, "v"), -1, data));
	DO(glUniform1iv(glGetUniformLocation(program, "n"), 4, (const GLint[]){1, 2, 3, 4}));
	DO(glUniform1f(glGetUniformLocation(program, "s.a"), 0.01f));
	DO(glUniform2fv(glGetUniformLocation(program, "s.b"), 3, data));
	DO(glUniform2fv(glGetUniformLocation(program, "t[1].b[1]"), 2, data + 9));
	DO(glUniformMatrix2fv(glGetUniformLocation(program, "m"), 3, GL_FALSE, data + 5));
	DO(glUniform1fv(glGetUniformLocation(program, "single"), 2, data));
	for (size_t i = 0; i < COUNT(names); i++) {
		const GLint at = glGetUniformLocation(program, names[i]);
		untouched(out, sizeof(out));
		glGetUniformfv(program, at, out);
		say_floats(names[i], out, 8);
		say_error("get");
	}
	draw_quad();
	say_picture("drawn");
}

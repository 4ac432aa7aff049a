/* SPDX-License-Identifier: MIT */
/* Every glUniform* of vectors, and glGetUniform* of both kinds. */
#include "../case.h"

static const char vertex[] = "attribute vec4 position; void main() { gl_Position = position; }";

XG_CASE(uniforms)
{
	GLuint program = make_program(vertex,
		"precision highp float; precision highp int;"
		"uniform float f1; uniform vec2 f2; uniform vec3 f3; uniform vec4 f4;"
		"uniform int i1; uniform ivec2 i2; uniform ivec3 i3; uniform ivec4 i4;"
		"uniform bool b1; uniform bvec2 b2; uniform bvec3 b3; uniform bvec4 b4;"
		"void main() {"
		" vec4 f = vec4(f1, f2, 0.0) + vec4(f3, 0.0) + f4;"
		" vec4 i = vec4(ivec4(i1, i2, 0) + ivec4(i3, 0) + i4);"
		" vec4 b = vec4(b1, b2, 0.0) + vec4(b3, 0.0) + vec4(b4);"
		" gl_FragColor = f + i / 64.0 + b / 16.0; }");
	static const char *const names[] = {
		"f1", "f2", "f3", "f4", "i1", "i2", "i3", "i4", "b1", "b2", "b3", "b4"};
	static const GLfloat floats[] = {0.1f, 0.2f, 0.05f, 0.3f};
	static const GLint ints[] = {1, 0, 3, -4};

	glUseProgram(program);
	for (int way = 0; way < 4; way++) {
		for (size_t i = 0; i < COUNT(names); i++) {
			const GLint at = glGetUniformLocation(program, names[i]);
			GLfloat f[6];
			GLint v[6];
			const bool is_int = names[i][0] == 'i' || (names[i][0] == 'b' && way % 2);
			switch ((names[i][1] - '1') + (is_int ? 4 : 0) + (way > 1 ? 8 : 0)) {
			case 0:
				DO(glUniform1f(at, 0.5f + (GLfloat)way));
				break;
			case 1:
				DO(glUniform2f(at, 0.25f, 0));
				break;
			case 2:
				DO(glUniform3f(at, 0.125f, 0.5f, -1));
				break;
			case 3:
				DO(glUniform4f(at, 0, 0.0625f, 0.5f, 1));
				break;
			case 4:
				DO(glUniform1i(at, 7 - way));
				break;
			case 5:
				DO(glUniform2i(at, 3, 0));
				break;
			case 6:
				DO(glUniform3i(at, -1, 5, 0));
				break;
			case 7:
				DO(glUniform4i(at, 4, 3, 0, 1));
				break;
			case 8:
				DO(glUniform1fv(at, 1, floats));
				break;
			case 9:
				DO(glUniform2fv(at, 1, floats));
				break;
			case 10:
				DO(glUniform3fv(at, 1, floats));
				break;
			case 11:
				DO(glUniform4fv(at, 1, floats));
				break;
			case 12:
				DO(glUniform1iv(at, 1, ints));
				break;
			case 13:
				DO(glUniform2iv(at, 1, ints));
				break;
			case 14:
				DO(glUniform3iv(at, 1, ints));
				break;
			default:
				DO(glUniform4iv(at, 1, ints));
				break;
			}
			untouched(f, sizeof(f));
			untouched(v, sizeof(v));
			DO(glGetUniformfv(program, at, f));
			DO(glGetUniformiv(program, at, v));
			say_floats(names[i], f, 6);
			say_ints(names[i], v, 6);
		}
		draw_quad();
		say_picture("drawn");
	}
}

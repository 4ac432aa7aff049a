/* SPDX-License-Identifier: MIT */
/* Uniforms of GLES 3.0: unsigned integers, matrices that are not square, arrays, and reading them
 * back. */
#include "../case.h"

static const char vertex[] =
	"#version 300 es\n"
	"in vec4 position; uniform mat2x3 a; uniform mat3x2 b; uniform mat2x4 c;\n"
	"uniform mat4x2 d; uniform mat3x4 e[2]; uniform mat4x3 f; out vec4 v;\n"
	"void main() { gl_Position = position;\n"
	"  v = vec4(a * vec2(1, 2), 1) + vec4(b * vec3(1, 2, 3), 0, 0) + c * vec2(1) +\n"
	"  vec4(d * vec4(1), 0, 0) + e[0] * vec3(1) + e[1] * vec3(2) + vec4(f * vec4(1), 0); }";
static const char fragment[] =
	"#version 300 es\n"
	"precision highp float; precision highp int;\n"
	"uniform uint u1; uniform uvec2 u2; uniform uvec3 u3[3]; uniform uvec4 u4;\n"
	"uniform int i1; uniform bvec3 b3; in vec4 v;\n"
	"layout(location = 0) out vec4 first; layout(location = 1) out vec4 second[2];\n"
	"void main() { second[0] = vec4(0); second[1] = vec4(1);\n"
	"  first = fract(v / 100.0) + vec4(float(u1 + u2.y), float(u3[1].z + u3[2].x), "
	"float(u4.w), float(i1)) / 255.0;\n"
	"  if (b3.y) first.x = 1.0; }";

static void say_uniform(GLuint program, const char *name)
{
	const GLint location = glGetUniformLocation(program, name);
	GLuint unsigneds[18];
	GLint ints[18];
	GLfloat floats[18];

	untouched(unsigneds, sizeof(unsigneds));
	untouched(ints, sizeof(ints));
	untouched(floats, sizeof(floats));
	glGetUniformuiv(program, location, unsigneds);
	glGetUniformiv(program, location, ints);
	glGetUniformfv(program, location, floats);
	say("%s", name);
	say_ints("  ui", (GLint *)unsigneds, 18);
	say_ints("  i", ints, 18);
	say_floats("  f", floats, 18);
	say_error(name);
}

XG_CASE_ES3(uniforms_es3)
{
	static const GLuint numbers[] = {1, 200, 3, 0xffffffff, 5, 6, 7, 8, 9, 10, 11, 12};
	static const char *const all[] = {"u1", "u2", "u3", "u3[1]", "u3[2]", "u4", "i1", "b3", "a",
		"b", "c", "d", "e[0]", "e[1]", "f"};
	GLfloat values[32];
	GLuint program = make_program(vertex, fragment);

	for (int i = 0; i < 32; i++)
		values[i] = (GLfloat)i * 1.5f - 7;
	glUseProgram(program);
#define AT(name) glGetUniformLocation(program, name)
	DO(glUniform1ui(AT("u1"), 7));
	DO(glUniform2ui(AT("u2"), 8, 0xfffffff9));
	DO(glUniform3ui(AT("u3[1]"), 1, 2, 3));
	DO(glUniform4ui(AT("u4"), 1, 2, 3, 4));
	for (int transpose = 0; transpose < 2; transpose++) {
		DO(glUniformMatrix2x3fv(AT("a"), 1, (GLboolean)transpose, values));
		DO(glUniformMatrix3x2fv(AT("b"), 1, (GLboolean)transpose, values + 1));
		DO(glUniformMatrix2x4fv(AT("c"), 1, (GLboolean)transpose, values + 2));
		DO(glUniformMatrix4x2fv(AT("d"), 1, (GLboolean)transpose, values + 3));
		DO(glUniformMatrix3x4fv(AT("e"), 2, (GLboolean)transpose, values + 4));
		DO(glUniformMatrix4x3fv(AT("f"), 1, (GLboolean)transpose, values + 5));
		for (size_t i = 0; i < COUNT(all); i++)
			say_uniform(program, all[i]);
		draw_quad();
		say_picture("drawn");
	}
	DO(glUniform1uiv(AT("u1"), 1, numbers));
	DO(glUniform2uiv(AT("u2"), 1, numbers + 1));
	DO(glUniform3uiv(AT("u3"), 3, numbers));
	DO(glUniform3uiv(AT("u3[2]"), 3, numbers + 3));
	DO(glUniform4uiv(AT("u4"), 1, numbers + 3));
	DO(glUniform3ui(AT("b3"), 0, 9, 0));
	for (size_t i = 0; i < COUNT(all); i++)
		say_uniform(program, all[i]);
	draw_quad();
	say_picture("drawn");
	DO(glUniform1ui(AT("i1"), 7));
	DO(glUniform1i(AT("u1"), 7));
	DO(glUniform1f(AT("u1"), 7));
	DO(glUniform4uiv(AT("u4"), 2, numbers));
	DO(glUniform4uiv(AT("u4"), -1, numbers));
	DO(glUniform1ui(-1, 7));
	DO(glUniform1ui(999, 7));
	DO(glUniformMatrix2x3fv(AT("b"), 1, GL_FALSE, values));
	DO(glUniformMatrix3x4fv(AT("e"), -1, GL_FALSE, values));
	ASK(glGetFragDataLocation(program, "first"));
	ASK(glGetFragDataLocation(program, "second"));
	ASK(glGetFragDataLocation(program, "second[1]"));
	ASK(glGetFragDataLocation(program, "v"));
	ASK(glGetFragDataLocation(999, "first"));
	ASK(glGetFragDataLocation(glCreateProgram(), "first"));
	GLuint value = 77;
	DO(glGetUniformuiv(program, 999, &value));
	DO(glGetUniformuiv(999, 0, &value));
	say("value %u", value);
	/* A binary may be fetched; a program need not take one. */
	GLint length = 0;
	DO(glProgramParameteri(program, GL_PROGRAM_BINARY_RETRIEVABLE_HINT, GL_TRUE));
	DO(glProgramParameteri(program, GL_PROGRAM_BINARY_RETRIEVABLE_HINT, 7));
	DO(glProgramParameteri(program, GL_TEXTURE_2D, GL_TRUE));
	DO(glProgramParameteri(999, GL_PROGRAM_BINARY_RETRIEVABLE_HINT, GL_TRUE));
	glGetProgramiv(program, GL_PROGRAM_BINARY_RETRIEVABLE_HINT, &length);
	say("hint %d", length);
	DO(glGetProgramBinary(999, 0, NULL, (GLenum *)&length, &value));
	DO(glProgramBinary(999, 0, &value, 4));
}

/* SPDX-License-Identifier: MIT */
/* glProgramUniform*: values of programs that are not in use, of any shape; what it refuses. */
#include "../case.h"
#include "../separate.h"

static const char source[] =
	"#version 300 es\n"
	"precision highp float; precision highp int;\n"
	"uniform float f1; uniform vec2 f2; uniform vec3 f3; uniform vec4 f4;\n"
	"uniform int i1; uniform ivec2 i2; uniform ivec3 i3; uniform ivec4 i4;\n"
	"uniform uint u1; uniform uvec2 u2; uniform uvec3 u3; uniform uvec4 u4;\n"
	"uniform mat2 m2; uniform mat3 m3; uniform mat4 m4; uniform mat2x3 m23; uniform mat3x2 "
	"m32;\n"
	"uniform mat2x4 m24; uniform mat4x2 m42; uniform mat3x4 m34; uniform mat4x3 m43;\n"
	"uniform vec4 many[3]; uniform bool b; uniform sampler2D s;\n"
	"out vec4 color;\n"
	"void main() {\n"
	"	vec4 sum = vec4(f1) + f2.xyxy + f3.xyzx + f4 + vec4(i1) + vec4(i2.xyxy)\n"
	"		+ vec4(i3.xyzx) + vec4(i4) + vec4(u1) + vec4(u2.xyxy) + vec4(u3.xyzx)\n"
	"		+ vec4(u4) + many[0] + many[1] + many[2] + texture(s, vec2(0.5));\n"
	"	sum.xy += m2[1] + m32[2] + m42[3]; sum.xyz += m3[2] + m23[1] + m43[3];\n"
	"	sum += m4[3] + m24[1] + m34[2];\n"
	"	color = b ? sum : -sum;\n"
	"}\n";

static GLuint program;

static void say_floats_of(const char *name, int count)
{
	GLfloat values[16];

	untouched(values, sizeof(values));
	DO(glGetUniformfv(program, glGetUniformLocation(program, name), values));
	say_floats(name, values, count);
}

static GLint at(const char *name)
{
	return glGetUniformLocation(program, name);
}

static void scalars(void)
{
	PROC(PFNGLPROGRAMUNIFORM1FEXTPROC, glProgramUniform1fEXT);
	PROC(PFNGLPROGRAMUNIFORM2FEXTPROC, glProgramUniform2fEXT);
	PROC(PFNGLPROGRAMUNIFORM3FEXTPROC, glProgramUniform3fEXT);
	PROC(PFNGLPROGRAMUNIFORM4FEXTPROC, glProgramUniform4fEXT);
	PROC(PFNGLPROGRAMUNIFORM1IEXTPROC, glProgramUniform1iEXT);
	PROC(PFNGLPROGRAMUNIFORM2IEXTPROC, glProgramUniform2iEXT);
	PROC(PFNGLPROGRAMUNIFORM3IEXTPROC, glProgramUniform3iEXT);
	PROC(PFNGLPROGRAMUNIFORM4IEXTPROC, glProgramUniform4iEXT);
	PROC(PFNGLPROGRAMUNIFORM1UIEXTPROC, glProgramUniform1uiEXT);
	PROC(PFNGLPROGRAMUNIFORM2UIEXTPROC, glProgramUniform2uiEXT);
	PROC(PFNGLPROGRAMUNIFORM3UIEXTPROC, glProgramUniform3uiEXT);
	PROC(PFNGLPROGRAMUNIFORM4UIEXTPROC, glProgramUniform4uiEXT);

	DO(glProgramUniform1fEXT(program, at("f1"), 1.5f));
	DO(glProgramUniform2fEXT(program, at("f2"), 1, 2));
	DO(glProgramUniform3fEXT(program, at("f3"), 1, 2, 3));
	DO(glProgramUniform4fEXT(program, at("f4"), 1, 2, 3, 4));
	DO(glProgramUniform1iEXT(program, at("i1"), -1));
	DO(glProgramUniform2iEXT(program, at("i2"), -1, -2));
	DO(glProgramUniform3iEXT(program, at("i3"), -1, -2, -3));
	DO(glProgramUniform4iEXT(program, at("i4"), -1, -2, -3, -4));
	DO(glProgramUniform1uiEXT(program, at("u1"), 5));
	DO(glProgramUniform2uiEXT(program, at("u2"), 5, 6));
	DO(glProgramUniform3uiEXT(program, at("u3"), 5, 6, 7));
	DO(glProgramUniform4uiEXT(program, at("u4"), 5, 6, 7, 8));
	DO(glProgramUniform1iEXT(program, at("b"), 7));
	DO(glProgramUniform1fEXT(program, at("b"), 7));
	DO(glProgramUniform1iEXT(program, at("s"), 3));
	DO(glProgramUniform1iEXT(program, at("s"), 300));
	DO(glProgramUniform1fEXT(program, at("s"), 1));
	DO(glProgramUniform1fEXT(program, at("f2"), 1));
	DO(glProgramUniform1fEXT(program, -1, 1));
	DO(glProgramUniform1fEXT(program, 9999, 1));
	DO(glProgramUniform1fEXT(program, -2, 1));
	DO(glProgramUniform1fEXT(0, at("f1"), 1));
	DO(glProgramUniform1fEXT(999, at("f1"), 1));
	DO(glProgramUniform1fEXT(glCreateProgram(), 0, 1));
	DO(glProgramUniform1fEXT(glCreateShader(GL_VERTEX_SHADER), 0, 1));
}

static void vectors(void)
{
	static const GLfloat f[16] = {
		0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f, 8.5f, 9.5f, 10.5f, 11.5f, 12.5f};
	static const GLint i[4] = {9, 8, 7, 6};
	static const GLuint u[4] = {19, 18, 17, 16};

	PROC(PFNGLPROGRAMUNIFORM1FVEXTPROC, glProgramUniform1fvEXT);
	PROC(PFNGLPROGRAMUNIFORM2FVEXTPROC, glProgramUniform2fvEXT);
	PROC(PFNGLPROGRAMUNIFORM3FVEXTPROC, glProgramUniform3fvEXT);
	PROC(PFNGLPROGRAMUNIFORM4FVEXTPROC, glProgramUniform4fvEXT);
	PROC(PFNGLPROGRAMUNIFORM1IVEXTPROC, glProgramUniform1ivEXT);
	PROC(PFNGLPROGRAMUNIFORM2IVEXTPROC, glProgramUniform2ivEXT);
	PROC(PFNGLPROGRAMUNIFORM3IVEXTPROC, glProgramUniform3ivEXT);
	PROC(PFNGLPROGRAMUNIFORM4IVEXTPROC, glProgramUniform4ivEXT);
	PROC(PFNGLPROGRAMUNIFORM1UIVEXTPROC, glProgramUniform1uivEXT);
	PROC(PFNGLPROGRAMUNIFORM2UIVEXTPROC, glProgramUniform2uivEXT);
	PROC(PFNGLPROGRAMUNIFORM3UIVEXTPROC, glProgramUniform3uivEXT);
	PROC(PFNGLPROGRAMUNIFORM4UIVEXTPROC, glProgramUniform4uivEXT);

	DO(glProgramUniform1fvEXT(program, at("f1"), 1, f));
	DO(glProgramUniform2fvEXT(program, at("f2"), 1, f));
	DO(glProgramUniform3fvEXT(program, at("f3"), 1, f));
	DO(glProgramUniform4fvEXT(program, at("f4"), 1, f));
	DO(glProgramUniform1ivEXT(program, at("i1"), 1, i));
	DO(glProgramUniform2ivEXT(program, at("i2"), 1, i));
	DO(glProgramUniform3ivEXT(program, at("i3"), 1, i));
	DO(glProgramUniform4ivEXT(program, at("i4"), 1, i));
	DO(glProgramUniform1uivEXT(program, at("u1"), 1, u));
	DO(glProgramUniform2uivEXT(program, at("u2"), 1, u));
	DO(glProgramUniform3uivEXT(program, at("u3"), 1, u));
	DO(glProgramUniform4uivEXT(program, at("u4"), 1, u));
	/* What an array has not is not read, and no memory stands behind it. */
	DO(glProgramUniform4fvEXT(program, at("many"), 3, f));
	DO(glProgramUniform4fvEXT(program, at("many[2]"), 1 << 28, f));
	DO(glProgramUniform4fvEXT(program, at("f4"), 2, f));
	DO(glProgramUniform4fvEXT(program, at("f4"), -1, f));
	DO(glProgramUniform4fvEXT(program, -1, 1 << 28, f));
	DO(glProgramUniform4fvEXT(999, 0, 1, f));
	say_floats_of("many[0]", 5);
	say_floats_of("many[1]", 5);
	say_floats_of("many[2]", 5);
}

static void matrices(void)
{
	static const GLfloat f[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

	PROC(PFNGLPROGRAMUNIFORMMATRIX2FVEXTPROC, glProgramUniformMatrix2fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX3FVEXTPROC, glProgramUniformMatrix3fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX4FVEXTPROC, glProgramUniformMatrix4fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX2X3FVEXTPROC, glProgramUniformMatrix2x3fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX3X2FVEXTPROC, glProgramUniformMatrix3x2fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX2X4FVEXTPROC, glProgramUniformMatrix2x4fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX4X2FVEXTPROC, glProgramUniformMatrix4x2fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX3X4FVEXTPROC, glProgramUniformMatrix3x4fvEXT);
	PROC(PFNGLPROGRAMUNIFORMMATRIX4X3FVEXTPROC, glProgramUniformMatrix4x3fvEXT);

	for (GLboolean transpose = 0; transpose < 2; transpose++) {
		DO(glProgramUniformMatrix2fvEXT(program, at("m2"), 1, transpose, f));
		DO(glProgramUniformMatrix3fvEXT(program, at("m3"), 1, transpose, f));
		DO(glProgramUniformMatrix4fvEXT(program, at("m4"), 1, transpose, f));
		DO(glProgramUniformMatrix2x3fvEXT(program, at("m23"), 1, transpose, f));
		DO(glProgramUniformMatrix3x2fvEXT(program, at("m32"), 1, transpose, f));
		DO(glProgramUniformMatrix2x4fvEXT(program, at("m24"), 1, transpose, f));
		DO(glProgramUniformMatrix4x2fvEXT(program, at("m42"), 1, transpose, f));
		DO(glProgramUniformMatrix3x4fvEXT(program, at("m34"), 1, transpose, f));
		DO(glProgramUniformMatrix4x3fvEXT(program, at("m43"), 1, transpose, f));
		say_floats_of("m2", 5);
		say_floats_of("m3", 10);
		say_floats_of("m4", 16);
		say_floats_of("m23", 7);
		say_floats_of("m32", 7);
		say_floats_of("m24", 9);
		say_floats_of("m42", 9);
		say_floats_of("m34", 13);
		say_floats_of("m43", 13);
	}
	DO(glProgramUniformMatrix2fvEXT(program, at("m3"), 1, GL_FALSE, f));
	DO(glProgramUniformMatrix2fvEXT(program, at("m2"), 2, GL_FALSE, f));
}

static void say_all(void)
{
	static const char *const names[] = {
		"f1", "f2", "f3", "f4", "i1", "i2", "i3", "i4", "u1", "u2", "u3", "u4", "b", "s"};

	for (size_t i = 0; i < COUNT(names); i++)
		say_floats_of(names[i], 5);
}

XG_CASE_ES3(program_uniforms)
{
	struct separate s = need_separate();

	program = make_separate(&s, GL_FRAGMENT_SHADER, source);
	use_flat(1, 0, 0, 1); /* another is in use all the time */
	scalars();
	say_all();
	vectors();
	say_all();
	matrices();
	draw_quad();
	say_picture("the one in use is as it was");
}

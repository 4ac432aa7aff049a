/* SPDX-License-Identifier: MIT */
/* Counts, locations, indices and lengths of names at their limits, in what sets shaders and
 * programs. */
#include "../stages.h"

#include <limits.h>
#include <stdlib.h>

static const char vertex[] = "#version 300 es\n"
			     "layout(std140) uniform Block { vec4 moved; };\n"
			     "in vec4 position; out vec4 first; out float second[3];\n"
			     "void main() { gl_Position = position + moved; first = position;\n"
			     "second[0] = second[1] = second[2] = position.x; }\n";
static const char fragment[] =
	"#version 300 es\n"
	"precision highp float; precision highp int;\n"
	"uniform float f[4]; uniform vec4 v[3]; uniform ivec2 i[2]; uniform uvec3 u[2];\n"
	"uniform mat2 m2[2]; uniform mat3 m3; uniform mat4 m4[2]; uniform mat2x3 m23[2];\n"
	"uniform sampler2D s[2]; uniform bool b; in float second[3]; in vec4 first; out vec4 "
	"color;\n"
	"void main() { color = vec4(f[0] + f[3] + second[1], v[0].x + v[2].y, i[1].x, u[1].z) +\n"
	"vec4(m2[1][0], m3[0].xy) + m4[1][2] + vec4(m23[1][0], b) + first\n"
	"+ texture(s[0], first.xy) + texture(s[1], first.xy); }\n";

static const GLsizei counts[] = {INT_MIN, -1, 0, 1, 2, 3, 4, 5, 64, INT_MAX};

static void *values;
static GLuint program;

static void set_all(GLsizei count, const char *of)
{
	GLint at = glGetUniformLocation(program, of);

	say("%s at %d, count %d", of, at, count);
	DO(glUniform1fv(at, count, values));
	DO(glUniform4fv(at, count, values));
	DO(glUniform1iv(at, count, values));
	DO(glUniform2iv(at, count, values));
	DO(glUniform3uiv(at, count, values));
	DO(glUniformMatrix2fv(at, count, GL_FALSE, values));
	DO(glUniformMatrix3fv(at, count, GL_TRUE, values));
	DO(glUniformMatrix4fv(at, count, GL_FALSE, values));
	DO(glUniformMatrix2x3fv(at, count, GL_TRUE, values));
	DO(glProgramUniform1fv(program, at, count, values));
	DO(glProgramUniform4fv(program, at, count, values));
	DO(glProgramUniform1iv(program, at, count, values));
	DO(glProgramUniform2iv(program, at, count, values));
	DO(glProgramUniform3uiv(program, at, count, values));
	DO(glProgramUniformMatrix4fv(program, at, count, GL_FALSE, values));
	DO(glProgramUniformMatrix2x3fv(program, at, count, GL_FALSE, values));
}

static void read_back(const char *of)
{
	GLint at = glGetUniformLocation(program, of);
	GLfloat got[16];
	GLint ints[16];

	for (GLsizei size = -1; size <= 64; size += size < 20 ? 1 : 11) {
		say("%s in %d bytes", of, size);
		untouched(got, sizeof(got));
		DO(glGetnUniformfv(program, at, size, got));
		say_floats("is", got, 16);
		untouched(ints, sizeof(ints));
		DO(glGetnUniformiv(program, at, size, ints));
		say_ints("is", ints, 16);
		untouched(ints, sizeof(ints));
		DO(glGetnUniformuiv(program, at, size, (GLuint *)ints));
		say_ints("is", ints, 16);
	}
	DO(glGetnUniformfv(program, at, INT_MIN, got));
	DO(glGetnUniformfv(program, at, INT_MAX, got));
	say_floats("is", got, 16);
}

static void uniforms(void)
{
	static const char *const names[] = {"f", "f[3]", "f[4]", "v[2]", "i[1]", "u", "m2", "m3",
		"m4[1]", "m23", "b", "s[1]", "none"};
	static const GLint places[] = {INT_MIN, -2, -1, 4096, INT_MAX};

	for (size_t n = 0; n < COUNT(names); n++) {
		for (size_t i = 0; i < COUNT(counts); i++)
			set_all(counts[i], names[n]);
		read_back(names[n]);
	}
	for (size_t i = 0; i < COUNT(places); i++) {
		say("place %d", places[i]);
		DO(glUniform4fv(places[i], 1, values));
		DO(glUniform4fv(places[i], -1, values));
		DO(glUniform1i(places[i], 1));
		DO(glProgramUniform1f(program, places[i], 1));
		DO(glUniformMatrix4fv(places[i], 2, GL_TRUE, values));
		DO(glGetUniformfv(program, places[i], values));
	}
}

static void indices(void)
{
	static const GLuint edges[] = {0, 1, 2, 83, 84, 85, 1000, INT_MAX, UINT_MAX};
	char name[16];
	GLint length, size, got[4];
	GLenum type;

	for (size_t i = 0; i < COUNT(edges); i++) {
		say("index %u", edges[i]);
		DO(glUniformBlockBinding(program, edges[i], 0));
		DO(glUniformBlockBinding(program, 0, edges[i]));
		untouched(got, sizeof(got));
		DO(glGetActiveUniformBlockiv(program, edges[i], GL_UNIFORM_BLOCK_BINDING, got));
		say_ints("is", got, 4);
		DO(glBindBufferBase(GL_UNIFORM_BUFFER, edges[i], 0));
		DO(glGetIntegeri_v(GL_UNIFORM_BUFFER_BINDING, edges[i], got));
		/* Where there is no room at all, Mesa 22.3 writes a NUL. */
		for (GLsizei room = -1; room < 4; room += room < 0 ? 2 : 1) {
			memset(name, '-', sizeof(name));
			name[15] = '\0';
			length = size = -7;
			type = 7;
			DO(glGetActiveUniform(
				program, edges[i], room, &length, &size, &type, name));
			say("%d %d 0x%x %s", length, size, type, name);
			DO(glGetActiveUniformBlockName(program, edges[i], room, &length, name));
			say("%d %s", length, name);
			DO(glGetProgramResourceName(
				program, GL_UNIFORM, edges[i], room, &length, name));
			say("%d %s", length, name);
			DO(glGetTransformFeedbackVarying(
				program, edges[i], room, &length, &size, &type, name));
			say("%d %d 0x%x %s", length, size, type, name);
		}
		DO(glBindAttribLocation(program, edges[i], "position"));
		DO(glVertexAttrib4f(edges[i], 0, 0, 0, 1));
		DO(glEnableVertexAttribArray(edges[i]));
		DO(glDisableVertexAttribArray(edges[i]));
	}
	for (size_t i = 0; i < COUNT(counts); i++) {
		GLuint which[8] = {0, 1, 0, 1, 0, 1, 0, 1};

		say("count %d", counts[i]);
		/* The driver reads as many as it is told. */
		if (counts[i] > 8)
			continue;
		untouched(got, sizeof(got));
		DO(glGetActiveUniformsiv(
			program, counts[i] > 4 ? 4 : counts[i], which, GL_UNIFORM_TYPE, got));
		say_ints("are", got, 4);
		untouched(got, sizeof(got));
		DO(glGetProgramResourceiv(
			program, GL_UNIFORM, 0, 1, &(GLenum){GL_TYPE}, counts[i], &length, got));
		say_ints("are", got, 4);
		DO(glGetProgramResourceiv(program, GL_UNIFORM, 0, counts[i] > 1 ? 1 : counts[i],
			&(GLenum){GL_TYPE}, 4, &length, got));
		say("%d", length);
	}
}

static void feedback(void)
{
	static const char *const names[] = {"first", "second", "first", "none", "second[1]",
		"second[3]", "gl_Position", "", "first", "first", "first", "first"};

	for (GLsizei count = -1; count <= (GLsizei)COUNT(names); count++) {
		for (GLenum mode = GL_INTERLEAVED_ATTRIBS; mode <= GL_SEPARATE_ATTRIBS; mode++) {
			GLint linked = -7, varyings = -7;

			say("%d varyings, mode 0x%x", count, mode);
			DO(glTransformFeedbackVaryings(program, count, names, mode));
			glLinkProgram(program);
			glGetProgramiv(program, GL_LINK_STATUS, &linked);
			/* Without a link Mesa 22.3 does not survive it. */
			if (linked)
				glGetProgramiv(program, GL_TRANSFORM_FEEDBACK_VARYINGS, &varyings);
			say("linked %d, varyings %d", linked, varyings);
		}
	}
	DO(glTransformFeedbackVaryings(program, INT_MIN, names, GL_INTERLEAVED_ATTRIBS));
	DO(glTransformFeedbackVaryings(program, INT_MAX, names, GL_SEPARATE_ATTRIBS));
}

XG_CASE_ES32(limits_uniforms)
{
	values = random_bytes(1 << 16, 183);
	program = LINK({GL_VERTEX_SHADER, vertex}, {GL_FRAGMENT_SHADER, fragment});
	DO(glUseProgram(program));
	uniforms();
	indices();
	draw_quad();
	say_error("draw_quad");
	/* Mesa 22.3 draws with freed memory once a program in use has failed to link. */
	DO(glUseProgram(0));
	feedback();
}

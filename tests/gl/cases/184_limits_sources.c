/* SPDX-License-Identifier: MIT */
/* Sources of shaders, and names, of no length, of one too much, and of megabytes. */
#include "../stages.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static const char plain[] = "void main() { gl_Position = vec4(0.0); }";

static void say_source(GLuint shader)
{
	static char text[128];
	GLint length = -7, written = -7;

	glGetShaderiv(shader, GL_SHADER_SOURCE_LENGTH, &length);
	memset(text, '-', sizeof(text) - 1);
	DO(glGetShaderSource(shader, sizeof(text) - 1, &written, text));
	say("length %d, written %d: %s", length, written, text);
}

static void compile(GLuint shader)
{
	GLint compiled = -7;

	DO(glCompileShader(shader));
	glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
	say("compiled %d", compiled);
}

static void parts(GLuint shader)
{
	static const char *const strings[] = {"void main()", " { } nothing", "", "/* end */"};
	static const GLint lengths[][4] = {{-1, -1, -1, -1}, {11, 4, 0, 0}, {-1, 4, INT_MIN, 3},
		{0, 0, 0, 0}, {4, -7, 0, -1}, {11, 4, -1, 9}};

	for (GLsizei count = -1; count <= 4; count++) {
		say("count %d", count);
		DO(glShaderSource(shader, count, strings, NULL));
		say_source(shader);
		for (size_t i = 0; i < COUNT(lengths); i++) {
			say("lengths %zu", i);
			DO(glShaderSource(shader, count, strings, lengths[i]));
			say_source(shader);
			compile(shader);
		}
	}
	DO(glShaderSource(shader, INT_MIN, strings, NULL));
	DO(glShaderSource(shader, 1, (const char *const[]){NULL}, NULL));
	DO(glShaderSource(shader, 2, (const char *const[]){plain, NULL}, NULL));
	DO(glShaderSource(shader, 1, NULL, NULL));
	say_source(shader);
}

/* A comment of that size after the text, and strings of one byte. */
static void large(GLuint shader, size_t size)
{
	char *text = malloc(size + sizeof(plain) + 8);
	const char **strings = malloc(size * sizeof(*strings));
	GLint *lengths = malloc(size * sizeof(*lengths));
	GLint length = -7, written = -7;
	size_t at = (size_t)sprintf(text, "%s//", plain);

	memset(text + at, 'x', size);
	text[at + size] = '\0';
	say("%zu bytes", size);
	DO(glShaderSource(shader, 1, (const char *const[]){text}, NULL));
	glGetShaderiv(shader, GL_SHADER_SOURCE_LENGTH, &length);
	say("length %d", length);
	compile(shader);
	memset(text, '-', at + size);
	DO(glGetShaderSource(shader, (GLsizei)(at + size), &written, text));
	say("written %d, checksum %08x", written, checksum(text, at + size));
	for (size_t i = 0; i < size; i++) {
		strings[i] = i < at ? text + i : "y";
		lengths[i] = 1;
	}
	DO(glShaderSource(shader, (GLsizei)size, strings, lengths));
	glGetShaderiv(shader, GL_SHADER_SOURCE_LENGTH, &length);
	say("length %d", length);
	free(lengths);
	free(strings);
	free(text);
}

static void room(GLuint shader, GLuint program)
{
	static const GLsizei sizes[] = {INT_MIN, -1, 0, 1, 2, 40, 41, 42, 64};
	GLint length;
	char text[65];
	GLuint shaders[4];

	glShaderSource(shader, 1, (const char *const[]){plain}, NULL);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		say("room for %d", sizes[i]);
		memset(text, '-', 64);
		text[64] = '\0';
		length = -7;
		DO(glGetShaderSource(shader, sizes[i], &length, text));
		say("%d %s", length, text);
		DO(glGetShaderInfoLog(shader, sizes[i], &length, text));
		say("%d %s", length, text);
		DO(glGetProgramInfoLog(program, sizes[i], &length, text));
		say("%d %s", length, text);
		DO(glGetAttachedShaders(program, sizes[i] > 4 ? 4 : sizes[i], &length, shaders));
		say("%d", length);
	}
}

static void names(GLuint program)
{
	static const size_t sizes[] = {0, 1, 255, 256, 1024, 1025, 65535, 65536, 1 << 20, 4 << 20};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		char *name = malloc(sizes[i] + 1);
		GLuint index = 7;

		memset(name, 'n', sizes[i]);
		name[sizes[i]] = '\0';
		say("a name of %zu", sizes[i]);
		DO(glBindAttribLocation(program, 0, name));
		ASK(glGetUniformLocation(program, name));
		ASK(glGetAttribLocation(program, name));
		ASK(glGetFragDataLocation(program, name));
		ASK(glGetUniformBlockIndex(program, name));
		ASK(glGetProgramResourceIndex(program, GL_UNIFORM, name));
		ASK(glGetProgramResourceLocation(program, GL_PROGRAM_INPUT, name));
		DO(glGetUniformIndices(program, 1, (const char *const[]){name}, &index));
		say("%u", index);
		DO(glTransformFeedbackVaryings(
			program, 1, (const char *const[]){name}, GL_INTERLEAVED_ATTRIBS));
		free(name);
	}
	DO(glGetUniformIndices(program, 0, NULL, NULL));
	DO(glGetUniformIndices(program, -1, NULL, NULL));
	DO(glLinkProgram(program));
}

XG_CASE_ES32(limits_sources)
{
	GLuint program =
		make_program("attribute vec4 position; void main() { gl_Position = position; }",
			"precision highp float; uniform vec4 n; void main() { gl_FragColor = n; }");
	GLuint shader = glCreateShader(GL_VERTEX_SHADER);

	parts(shader);
	large(shader, 1 << 10);
	large(shader, 64 << 10);
	large(shader, 3 << 20);
	/* One that was never compiled: what its log is hangs on the driver's cache. */
	room(glCreateShader(GL_VERTEX_SHADER), program);
	names(program);
}

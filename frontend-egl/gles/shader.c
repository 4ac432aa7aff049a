/* SPDX-License-Identifier: MIT */
/* What shaders are made from: source travels as one text with its strings' lengths. */
#include "gles/shader.h"

#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Fills lengths and their sum. The error to raise: there is a string missing, or they do not fit on
 * the wire. */
static GLenum measure(GLsizei count, const GLchar *const *strings, const GLint *given,
	uint32_t *lengths, size_t *total)
{
	*total = 0;
	for (GLsizei i = 0; i < count; i++) {
		if (!strings[i])
			return GL_INVALID_OPERATION;
		const size_t length =
			given && given[i] >= 0 ? (size_t)given[i] : strlen(strings[i]);
		if (!checked_add(*total, length, total) || *total > INT32_MAX)
			return GL_OUT_OF_MEMORY;
		lengths[i] = (uint32_t)length;
	}
	return GL_NO_ERROR;
}

/* What is wrong with a command on a shader before any of its strings is looked at. */
static GLenum check_source(
	struct xg_gl gl, GLuint shader, GLsizei count, const GLchar *const *strings)
{
	struct xg_program *program;

	if (count < 0 || !strings || !xg_namer_is_taken(&gl.state->share->program_names, shader))
		return GL_INVALID_VALUE;
	program = xg_share_find_program(gl.state->share, shader);
	xg_program_unref(program);
	return program ? GL_INVALID_OPERATION : GL_NO_ERROR;
}

/* The strings in one text, to be freed, of *total octets; lengths gets each one's. NULL with *error
 * if there is none. */
static char *join_strings(GLsizei count, const GLchar *const *strings, const GLint *given,
	uint32_t *lengths, size_t *total, GLenum *error)
{
	size_t at = 0;

	*error = lengths ? measure(count, strings, given, lengths, total) : GL_OUT_OF_MEMORY;
	char *text = *error ? NULL : malloc(*total + 1);
	if (!text && !*error)
		*error = GL_OUT_OF_MEMORY;
	for (GLsizei i = 0; text && i < count; i++) {
		memcpy(text + at, strings[i], lengths[i]);
		at += lengths[i];
	}
	return text;
}

void xg_gl_glShaderSource(
	GLuint shader, GLsizei count, const GLchar *const *strings, const GLint *given)
{
	struct xg_gl gl = xg_gl_current();
	size_t total;

	if (!gl.stream)
		return;
	GLenum error = check_source(gl, shader, count, strings);
	if (error) {
		xg_gl_error(gl, error);
		return;
	}
	uint32_t *lengths = calloc((size_t)count + 1, sizeof(*lengths));
	char *text = join_strings(count, strings, given, lengths, &total, &error);
	if (text)
		xg_encode_xgShaderSource(
			gl.stream, shader, (uint32_t)count, lengths, (uint32_t)total, text);
	else
		xg_gl_error(gl, error);
	free(text);
	free(lengths);
}

/* A program that could not get its source is there all the same, and is not linked. */
static void make_unlinked(struct xg_gl gl, GLuint program)
{
	xg_encode_glCreateProgram(gl.stream, program);
	xg_encode_glProgramParameteri(gl.stream, program, GL_PROGRAM_SEPARABLE, GL_TRUE);
}

static void make_shader_program(
	struct xg_gl gl, GLuint program, GLenum type, GLsizei count, const GLchar *const *strings)
{
	uint32_t *lengths = calloc((size_t)count + 1, sizeof(*lengths));
	GLenum error = GL_INVALID_VALUE;
	size_t total;
	char *text = strings ? join_strings(count, strings, NULL, lengths, &total, &error) : NULL;

	if (text) {
		xg_encode_xgCreateShaderProgram(gl.stream, type, program, (uint32_t)total, text);
	} else {
		make_unlinked(gl, program);
		xg_gl_error(gl, error);
	}
	free(text);
	free(lengths);
}

GLuint xg_gl_glCreateShaderProgramvEXT(GLenum type, GLsizei count, const GLchar **strings)
{
	struct xg_gl gl = xg_gl_current();
	GLuint names[2]; /* the specification has a shader made, and deleted, on the way */

	if (!gl.stream)
		return 0;
	if (!xg_gl_is_shader_type(gl, type) || count < 0) {
		xg_gl_error(gl, count < 0 ? GL_INVALID_VALUE : GL_INVALID_ENUM);
		return 0;
	}
	struct xg_namer *namer = &gl.state->share->program_names;
	if (!xg_namer_make(namer, 2, names)) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return 0;
	}
	xg_namer_release(namer, names[0]);
	if (!xg_share_add_program(gl.state->share, names[1])) {
		xg_namer_release(namer, names[1]);
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return 0;
	}
	make_shader_program(gl, names[1], type, count, strings);
	return names[1];
}

/* The host takes no binaries, and its driver judges the rest: what is in one stays here. */
void xg_gl_glShaderBinary(
	GLsizei count, const GLuint *shaders, GLenum format, const void *binary, GLsizei length)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glShaderBinary(
			gl.stream, count, shaders, format, NULL, length < 0 ? length : 0);
}

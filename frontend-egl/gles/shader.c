/* SPDX-License-Identifier: MIT */
/* What shaders are made from: source travels as one text with its strings' lengths. */
#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "gles/current.h"
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

void xg_gl_glShaderSource(
	GLuint shader, GLsizei count, const GLchar *const *strings, const GLint *given)
{
	struct xg_gl gl = xg_gl_current();
	size_t total, at = 0;

	if (!gl.stream)
		return;
	GLenum error = check_source(gl, shader, count, strings);
	if (error) {
		xg_gl_error(gl, error);
		return;
	}
	uint32_t *lengths = calloc((size_t)count + 1, sizeof(*lengths));
	error = lengths ? measure(count, strings, given, lengths, &total) : GL_OUT_OF_MEMORY;
	char *text = error ? NULL : malloc(total + 1);
	if (!text) {
		xg_gl_error(gl, error ? error : GL_OUT_OF_MEMORY);
		free(lengths);
		return;
	}
	for (GLsizei i = 0; i < count; i++) {
		memcpy(text + at, strings[i], lengths[i]);
		at += lengths[i];
	}
	xg_encode_xgShaderSource(
		gl.stream, shader, (uint32_t)count, lengths, (uint32_t)total, text);
	free(text);
	free(lengths);
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

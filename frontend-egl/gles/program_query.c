/* SPDX-License-Identifier: MIT */
/*
 * What GLES 3.0 asks of programs with lists: names travel one after the other, each with its NUL.
 */
#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "gles/program.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* The names in one text, to be freed, of *size octets; NULL without memory for them, and if they
 * do not fit on the wire. */
static char *join_names(GLsizei count, const GLchar *const *names, size_t *size)
{
	char *text, *at;

	*size = 0;
	for (GLsizei i = 0; i < count; i++) {
		if (!checked_add(*size, strlen(names[i]) + 1, size) || *size > INT32_MAX)
			return NULL;
	}
	text = at = malloc(*size + 1);
	for (GLsizei i = 0; text && i < count; i++)
		at = stpcpy(at, names[i]) + 1;
	return text;
}

void xg_gl_glTransformFeedbackVaryings(
	GLuint program, GLsizei count, const GLchar *const *varyings, GLenum mode)
{
	struct xg_gl gl = xg_gl_current();
	size_t size;

	if (!gl.stream)
		return;
	if (count < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	char *text = join_names(count, varyings, &size);
	if (text)
		xg_encode_xgTransformFeedbackVaryings(
			gl.stream, program, (uint32_t)count, mode, (uint32_t)size, text);
	else
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
	free(text);
}

void xg_gl_glGetUniformIndices(
	GLuint program, GLsizei count, const GLchar *const *names, GLuint *indices)
{
	struct xg_gl gl = xg_gl_current();
	size_t size;

	if (!gl.stream)
		return;
	if (count < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	char *text = join_names(count, names, &size);
	if (text)
		xg_encode_xgGetUniformIndices(
			gl.stream, program, (uint32_t)count, (uint32_t)size, text, indices);
	else
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
	free(text);
}

void xg_gl_glGetActiveUniformBlockiv(GLuint program, GLuint index, GLenum pname, GLint *params)
{
	struct xg_gl gl = xg_gl_current();
	GLint count = 1;

	if (!gl.stream)
		return;
	if (pname == GL_UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES)
		xg_encode_glGetActiveUniformBlockiv(gl.stream, program, index,
			GL_UNIFORM_BLOCK_ACTIVE_UNIFORMS, &count, sizeof(count));
	xg_encode_glGetActiveUniformBlockiv(gl.stream, program, index, pname, params,
		count > 0 ? (size_t)count * sizeof(*params) : 0);
}

/* SPDX-License-Identifier: MIT */
/*
 * What GLES 3.0 asks of programs with lists: names travel one after the other, each with its NUL.
 */
#include <GLES3/gl32.h>
#include <string.h>

#include "base/checked.h"
#include "gles/program.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* The names in one text; NULL without memory for them, and if they do not fit on the wire. */
static struct xg_text *join_names(GLsizei count, const GLchar *const *names)
{
	size_t size = 0;

	for (GLsizei i = 0; i < count; i++) {
		if (!checked_add(size, strlen(names[i]) + 1, &size) || size > INT32_MAX)
			return NULL;
	}
	struct xg_text *text = xg_text_create(size);
	char *at = text ? text->bytes : NULL;
	for (GLsizei i = 0; text && i < count; i++)
		at = stpcpy(at, names[i]) + 1;
	return text;
}

/* The same for an application's list; NULL with the error raised. */
static struct xg_text *take_names(struct xg_gl gl, GLsizei count, const GLchar *const *names)
{
	struct xg_text *text = count < 0 ? NULL : join_names(count, names);

	if (!text)
		xg_gl_error(gl, count < 0 ? GL_INVALID_VALUE : GL_OUT_OF_MEMORY);
	return text;
}

/* What a driver takes. */
static bool are_varyings(struct xg_gl gl, GLsizei count, GLenum mode)
{
	return mode == GL_INTERLEAVED_ATTRIBS ||
	       (mode == GL_SEPARATE_ATTRIBS &&
		       count <= xg_gl_limit(gl, GL_MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS));
}

void xg_gl_glTransformFeedbackVaryings(
	GLuint program, GLsizei count, const GLchar *const *varyings, GLenum mode)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	/* More than there may be are refused unread, and none in a mode that is none. */
	const bool is_taken = are_varyings(gl, count, mode);
	if (!is_taken && mode == GL_SEPARATE_ATTRIBS)
		count = -1;
	else if (!is_taken)
		count = 0;
	struct xg_text *text = take_names(gl, count, varyings);
	if (!text)
		return;
	xg_encode_xgTransformFeedbackVaryings(
		gl.stream, program, (uint32_t)count, mode, text->size, text->bytes);
	if (is_taken)
		xg_recipe_varyings(gl.state->share, program, text, (uint32_t)count, mode);
	else
		xg_text_unref(text);
}

void xg_gl_glGetUniformIndices(
	GLuint program, GLsizei count, const GLchar *const *names, GLuint *indices)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_text *text = gl.stream ? take_names(gl, count, names) : NULL;

	if (text)
		xg_encode_xgGetUniformIndices(
			gl.stream, program, (uint32_t)count, text->size, text->bytes, indices);
	xg_text_unref(text);
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

/* SPDX-License-Identifier: MIT */
/*
 * Indexed binding points of buffers, and transform feedback, which writes into what is bound to
 * them. Only the general binding that comes with an indexed one is kept here; the host knows the
 * points themselves.
 */
#include <GLES3/gl32.h>

#include "gles/bindings.h"
#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Every implementation of GLES 3.0 has as many. */
#define UNIFORM_CERTAIN	 24
#define FEEDBACK_CERTAIN 4

static bool is_point(struct xg_gl gl, GLenum target, GLuint index)
{
	if (target == GL_UNIFORM_BUFFER)
		return index < UNIFORM_CERTAIN ||
		       index < (GLuint)xg_gl_limit(gl, GL_MAX_UNIFORM_BUFFER_BINDINGS);
	return target == GL_TRANSFORM_FEEDBACK_BUFFER &&
	       (index < FEEDBACK_CERTAIN ||
		       index < (GLuint)xg_gl_limit(gl, GL_MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS));
}

/* A part of a buffer that a point may have. */
static bool is_part(struct xg_gl gl, GLenum target, GLintptr offset, GLsizeiptr size)
{
	if (offset < 0 || size <= 0)
		return false;
	if (target == GL_UNIFORM_BUFFER)
		return offset % xg_gl_limit(gl, GL_UNIFORM_BUFFER_OFFSET_ALIGNMENT) == 0;
	return offset % 4 == 0 && size % 4 == 0;
}

/* While a transform feedback is under way its buffers stay: the host knows whether one is. */
static bool is_bound_on_host(struct xg_gl gl, GLuint name)
{
	GLint bound = 0;

	xg_encode_glGetIntegerv(gl.stream, GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, &bound);
	return (GLuint)bound == name;
}

/* A buffer was bound to a point of the target, and so to the target. */
static void keep(struct xg_gl gl, GLenum target, struct xg_buffer *buffer)
{
	if (target == GL_TRANSFORM_FEEDBACK_BUFFER &&
		(gl.state->has_feedback || gl.state->has_paused) &&
		!is_bound_on_host(gl, buffer ? buffer->name : 0)) {
		xg_buffer_unref(buffer);
		return;
	}
	if (buffer && target == GL_TRANSFORM_FEEDBACK_BUFFER)
		buffer->is_feedback = true;
	xg_gl_keep_binding(gl.state, xg_gl_binding(gl.state, target), buffer);
}

/* The buffer of that name with a reference; NULL for 0. False, with the error recorded, if there is
 * no memory for it. */
static bool find(struct xg_gl gl, GLuint name, struct xg_buffer **buffer)
{
	*buffer = name ? xg_share_buffer(gl.state->share, name) : NULL;
	if (*buffer || !name)
		return true;
	xg_gl_error(gl, GL_OUT_OF_MEMORY);
	return false;
}

void xg_gl_glBindBufferBase(GLenum target, GLuint index, GLuint name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_buffer *buffer = NULL;

	if (!gl.stream)
		return;
	const bool is_kept = is_point(gl, target, index);
	if (is_kept && !find(gl, name, &buffer))
		return;
	xg_encode_glBindBufferBase(gl.stream, target, index, name);
	if (is_kept)
		keep(gl, target, buffer);
}

void xg_gl_glBindBufferRange(
	GLenum target, GLuint index, GLuint name, GLintptr offset, GLsizeiptr size)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_buffer *buffer = NULL;

	if (!gl.stream)
		return;
	const bool is_kept =
		is_point(gl, target, index) && (!name || is_part(gl, target, offset, size));
	if (is_kept && !find(gl, name, &buffer))
		return;
	xg_encode_glBindBufferRange(gl.stream, target, index, name, offset, size);
	if (is_kept)
		keep(gl, target, buffer);
}

void xg_gl_glBeginTransformFeedback(GLenum mode)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBeginTransformFeedback(gl.stream, mode);
	gl.state->has_feedback = true;
}

void xg_gl_glEndTransformFeedback(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glEndTransformFeedback(gl.stream);
	gl.state->has_feedback = false;
}

void xg_gl_glPauseTransformFeedback(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glPauseTransformFeedback(gl.stream);
	gl.state->has_paused = true;
}

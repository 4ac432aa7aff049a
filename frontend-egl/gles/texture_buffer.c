/* SPDX-License-Identifier: MIT */
/*
 * Buffer textures. A shader may write the buffer through an image of such a texture, so that a copy
 * of its contents that is kept here does not hold.
 */
#include <GLES3/gl32.h>

#include "gles/bindings.h"
#include "gles/buffer.h"
#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

static void keep_written(struct xg_gl gl, GLuint name)
{
	struct xg_buffer *buffer = NULL;

	if (xg_gl_is_buffer_name(gl.state, name))
		buffer = xg_share_buffer(gl.state->share, name);
	if (buffer)
		buffer->is_feedback = true;
	xg_buffer_unref(buffer);
}

void xg_gl_glTexBufferEXT(GLenum target, GLenum format, GLuint name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glTexBufferEXT(gl.stream, target, format, name);
	keep_written(gl, name);
}

void xg_gl_glTexBufferRangeEXT(
	GLenum target, GLenum format, GLuint name, GLintptr offset, GLsizeiptr size)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glTexBufferRangeEXT(gl.stream, target, format, name, offset, size);
	keep_written(gl, name);
}

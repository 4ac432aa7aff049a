/* SPDX-License-Identifier: MIT */
/*
 * Commands with arrays that the driver refuses for their target or for how many there are, before
 * it looks at memory: the application's pointer may lead nowhere, or to less. They are sent without
 * what it points to, so that the error is the driver's own; or not at all.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <string.h>

#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* All targets of textures that a context of GLES 2 may have; the driver may know fewer. */
static bool is_texture(GLenum target)
{
	return target == GL_TEXTURE_2D || target == GL_TEXTURE_CUBE_MAP ||
	       target == GL_TEXTURE_3D || target == GL_TEXTURE_2D_ARRAY ||
	       target == GL_TEXTURE_CUBE_MAP_ARRAY || target == GL_TEXTURE_EXTERNAL_OES ||
	       target == GL_TEXTURE_2D_MULTISAMPLE || target == GL_TEXTURE_2D_MULTISAMPLE_ARRAY;
}

void xg_gl_glTexParameterfv(GLenum target, GLenum pname, const GLfloat *params)
{
	static const GLfloat nothing[4];
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexParameterfv(
			gl.stream, target, pname, is_texture(target) ? params : nothing);
}

void xg_gl_glTexParameteriv(GLenum target, GLenum pname, const GLint *params)
{
	static const GLint nothing[4];
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexParameteriv(
			gl.stream, target, pname, is_texture(target) ? params : nothing);
}

void xg_gl_glTexParameterIivEXT(GLenum target, GLenum pname, const GLint *params)
{
	static const GLint nothing[4];
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexParameterIivEXT(
			gl.stream, target, pname, is_texture(target) ? params : nothing);
}

void xg_gl_glTexParameterIuivEXT(GLenum target, GLenum pname, const GLuint *params)
{
	static const GLuint nothing[4];
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexParameterIuivEXT(
			gl.stream, target, pname, is_texture(target) ? params : nothing);
}

static GLsizei attachments_read(GLenum target, GLsizei count)
{
	const bool is_target = target == GL_FRAMEBUFFER || target == GL_DRAW_FRAMEBUFFER ||
			       target == GL_READ_FRAMEBUFFER;

	return is_target || count < 0 ? count : 0;
}

void xg_gl_glDiscardFramebufferEXT(GLenum target, GLsizei count, const GLenum *attachments)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glDiscardFramebufferEXT(
			gl.stream, target, attachments_read(target, count), attachments);
}

void xg_gl_glInvalidateFramebuffer(GLenum target, GLsizei count, const GLenum *attachments)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glInvalidateFramebuffer(
			gl.stream, target, attachments_read(target, count), attachments);
}

void xg_gl_glInvalidateSubFramebuffer(GLenum target, GLsizei count, const GLenum *attachments,
	GLint x, GLint y, GLsizei width, GLsizei height)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glInvalidateSubFramebuffer(gl.stream, target,
			attachments_read(target, count), attachments, x, y, width, height);
}

static bool has_labels(GLenum identifier)
{
	return (identifier >= GL_BUFFER && identifier <= GL_SAMPLER) || identifier == GL_TEXTURE ||
	       identifier == GL_VERTEX_ARRAY || identifier == GL_FRAMEBUFFER ||
	       identifier == GL_RENDERBUFFER || identifier == GL_TRANSFORM_FEEDBACK;
}

void xg_gl_glObjectLabelKHR(GLenum identifier, GLuint name, GLsizei length, const GLchar *label)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (!has_labels(identifier))
		label = NULL;
	/* Too long, whatever of it there is: no more is read than that. */
	const GLint most = xg_gl_limit(gl, GL_MAX_LABEL_LENGTH);
	if (label && length >= most) {
		length = (GLsizei)strnlen(label, (size_t)length);
		if (length < most) {
			xg_gl_error(gl, GL_INVALID_VALUE);
			return;
		}
	}
	xg_encode_glObjectLabelKHR(gl.stream, identifier, name, length, label);
}

void xg_gl_glDrawBuffersEXT(GLsizei count, const GLenum *buffers)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (count > xg_gl_limit(gl, GL_MAX_DRAW_BUFFERS))
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		xg_encode_glDrawBuffersEXT(gl.stream, count, buffers);
}

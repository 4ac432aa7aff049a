/* SPDX-License-Identifier: MIT */
/*
 * Indexed viewports and scissor boxes (OES_viewport_array). The first one is what the commands
 * without an index set and ask for, which track.h keeps: it is not known afterwards.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "gles/current.h"
#include "xg_encode.h"
#include "xg_entry.h"

void xg_gl_glViewportArrayvOES(GLuint first, GLsizei count, const GLfloat *viewports)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glViewportArrayvOES(gl.stream, first, count, viewports);
	gl.state->track.viewport.is_known &= first != 0;
}

void xg_gl_glViewportIndexedfOES(GLuint index, GLfloat x, GLfloat y, GLfloat width, GLfloat height)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glViewportIndexedfOES(gl.stream, index, x, y, width, height);
	gl.state->track.viewport.is_known &= index != 0;
}

void xg_gl_glViewportIndexedfvOES(GLuint index, const GLfloat *viewport)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glViewportIndexedfvOES(gl.stream, index, viewport);
	gl.state->track.viewport.is_known &= index != 0;
}

void xg_gl_glScissorArrayvOES(GLuint first, GLsizei count, const GLint *boxes)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glScissorArrayvOES(gl.stream, first, count, boxes);
	gl.state->track.scissor.is_known &= first != 0;
}

void xg_gl_glScissorIndexedOES(GLuint index, GLint x, GLint y, GLsizei width, GLsizei height)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glScissorIndexedOES(gl.stream, index, x, y, width, height);
	gl.state->track.scissor.is_known &= index != 0;
}

void xg_gl_glScissorIndexedvOES(GLuint index, const GLint *box)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glScissorIndexedvOES(gl.stream, index, box);
	gl.state->track.scissor.is_known &= index != 0;
}

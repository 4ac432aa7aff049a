/* SPDX-License-Identifier: MIT */
/* Entry points that only encode. Generated from the registry: see protocol/README.md. */
#include "xg_entry.h"

#include "thread.h"
#include "xg_encode.h"

void xg_gl_glBindAttribLocation(GLuint program, GLuint index, const GLchar *name)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glBindAttribLocation(stream, program, index, name);
}

void xg_gl_glClear(GLbitfield mask)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glClear(stream, mask);
}

void xg_gl_glFlush(void)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glFlush(stream);
}

void xg_gl_glGetShaderInfoLog(GLuint shader, GLsizei bufSize, GLsizei *length, GLchar *infoLog)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glGetShaderInfoLog(stream, shader, bufSize, length, infoLog);
}

void xg_gl_glGetTexParameteriv(GLenum target, GLenum pname, GLint *params)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glGetTexParameteriv(stream, target, pname, params);
}

GLboolean xg_gl_glIsEnabled(GLenum cap)
{
	struct xg_stream *stream = xg_current_stream();

	return stream ? xg_encode_glIsEnabled(stream, cap) : 0;
}

void xg_gl_glUniform4fv(GLint location, GLsizei count, const GLfloat *value)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glUniform4fv(stream, location, count, value);
}

void xg_gl_glObjectLabelKHR(GLenum identifier, GLuint name, GLsizei length, const GLchar *label)
{
	struct xg_stream *stream = xg_current_stream();

	if (stream)
		xg_encode_glObjectLabelKHR(stream, identifier, name, length, label);
}


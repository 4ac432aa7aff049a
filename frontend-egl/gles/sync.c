/* SPDX-License-Identifier: MIT */
/*
 * Sync objects. Their handles are names, made here like all others, so that a fence costs one
 * record and no wait. A label of one stays here: the driver would tell it to nobody else.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "gles/current.h"
#include "stream.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* The name behind a handle; 0 if there is no such sync. */
static uint32_t name_of(struct xg_gl gl, GLsync sync)
{
	const uintptr_t name = (uintptr_t)sync;

	return name < XG_GLES_NAME_LIMIT &&
			       xg_namer_is_taken(&gl.state->share->sync_names, (uint32_t)name)
		       ? (uint32_t)name
		       : 0;
}

GLsync xg_gl_glFenceSync(GLenum condition, GLbitfield flags)
{
	struct xg_gl gl = xg_gl_current();
	GLenum error = GL_NO_ERROR;
	uint32_t name = 0;

	if (!gl.stream)
		return NULL;
	if (condition != GL_SYNC_GPU_COMMANDS_COMPLETE)
		error = GL_INVALID_ENUM;
	else if (flags)
		error = GL_INVALID_VALUE;
	else if (!xg_namer_make(&gl.state->share->sync_names, 1, &name))
		error = GL_OUT_OF_MEMORY;
	if (error)
		xg_gl_error(gl, error);
	else
		xg_encode_glFenceSync(gl.stream, condition, flags, name);
	return (GLsync)(uintptr_t)name;
}

GLboolean xg_gl_glIsSync(GLsync sync)
{
	struct xg_gl gl = xg_gl_current();

	return gl.stream && name_of(gl, sync) != 0;
}

void xg_gl_glDeleteSync(GLsync sync)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream || !sync)
		return;
	const uint32_t name = name_of(gl, sync);
	if (!name) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	xg_encode_glDeleteSync(gl.stream, name);
	xg_share_label_sync(gl.state->share, name, NULL, 0);
	xg_namer_release(&gl.state->share->sync_names, name);
}

GLenum xg_gl_glClientWaitSync(GLsync sync, GLbitfield flags, GLuint64 timeout)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return 0;
	const uint32_t name = name_of(gl, sync);
	if (!name || (flags & ~(GLbitfield)GL_SYNC_FLUSH_COMMANDS_BIT)) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return GL_WAIT_FAILED;
	}
	const GLenum answer = xg_encode_glClientWaitSync(gl.stream, name, flags, timeout);
	return answer ? answer : GL_WAIT_FAILED;
}

void xg_gl_glWaitSync(GLsync sync, GLbitfield flags, GLuint64 timeout)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	const uint32_t name = name_of(gl, sync);
	if (!name || flags || timeout != GL_TIMEOUT_IGNORED)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		xg_encode_glWaitSync(gl.stream, name, flags, timeout);
}

void xg_gl_glGetSynciv(GLsync sync, GLenum pname, GLsizei count, GLsizei *length, GLint *values)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	const uint32_t name = name_of(gl, sync);
	if (!name)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		xg_encode_glGetSynciv(gl.stream, name, pname, count, length, values);
}

/* The sync behind a pointer that a label is for; 0, with the error recorded, if there is none. */
static uint32_t labelled(struct xg_gl gl, const void *pointer)
{
	const uint32_t name = name_of(gl, (GLsync)(uintptr_t)pointer);

	if (!name)
		xg_gl_error(gl, GL_INVALID_VALUE);
	return name;
}

void xg_gl_glObjectPtrLabelKHR(const void *pointer, GLsizei length, const GLchar *label)
{
	struct xg_gl gl = xg_gl_current();
	const uint32_t name = gl.stream ? labelled(gl, pointer) : 0;

	if (!name)
		return;
	const size_t size = !label ? 0 : length < 0 ? strlen(label) : (size_t)length;
	if (size >= (size_t)xg_gl_limit(gl, GL_MAX_LABEL_LENGTH_KHR))
		xg_gl_error(gl, GL_INVALID_VALUE);
	else if (!xg_share_label_sync(gl.state->share, name, label, size))
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
}

void xg_gl_glGetObjectPtrLabelKHR(
	const void *pointer, GLsizei bufSize, GLsizei *length, GLchar *label)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && bufSize < 0) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	const uint32_t name = gl.stream ? labelled(gl, pointer) : 0;
	char *text = name ? xg_share_sync_label(gl.state->share, name) : NULL;
	if (!text)
		return;
	size_t size = strlen(text);
	/* Without room for it, the length is that of the whole. */
	if (label && bufSize > 0) {
		size = size < (size_t)bufSize ? size : (size_t)bufSize - 1;
		memcpy(label, text, size);
		label[size] = '\0';
	}
	if (length)
		*length = (GLsizei)size;
	free(text);
}

/* SPDX-License-Identifier: MIT */
/*
 * Draws and dispatches whose numbers stand in a buffer object. Everything that they read is in
 * buffers, so that nothing is sent but the call; what the host cannot see is refused here: client
 * arrays, and buffers that are mapped.
 */
#include <GLES3/gl32.h>

#include "gles/current.h"
#include "gles/vertex.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Whether the buffer that numbers are taken from is mapped, and nothing else is wrong with them. */
static bool is_mapped(const struct xg_buffer *buffer, uintptr_t offset)
{
	return buffer && buffer->mapping && offset % 4 == 0;
}

/* True, with the error recorded, if a draw is refused for what only the guest knows. */
static bool is_refused(struct xg_gl gl, GLenum mode, const void *indirect)
{
	const struct xg_vertex_array *array = gl.state->array;
	const struct xg_buffer *buffer = gl.state->buffers[XG_BUFFER_DRAW_INDIRECT];

	if (!(array->enabled & array->client) &&
		!(mode <= GL_PATCHES && is_mapped(buffer, (uintptr_t)indirect)))
		return false;
	xg_gl_error(gl, GL_INVALID_OPERATION);
	return true;
}

void xg_gl_glDrawArraysIndirect(GLenum mode, const void *indirect)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_vertex_settle_enabled(gl);
	if (!is_refused(gl, mode, indirect))
		xg_encode_glDrawArraysIndirect(gl.stream, mode, (uintptr_t)indirect);
}

void xg_gl_glDrawElementsIndirect(GLenum mode, GLenum type, const void *indirect)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_vertex_settle_enabled(gl);
	/* Of a type that there is not, the driver says so first. */
	const bool is_type =
		type == GL_UNSIGNED_BYTE || type == GL_UNSIGNED_SHORT || type == GL_UNSIGNED_INT;
	if (!is_type || !is_refused(gl, mode, indirect))
		xg_encode_glDrawElementsIndirect(gl.stream, mode, type, (uintptr_t)indirect);
}

void xg_gl_glDispatchComputeIndirect(GLintptr indirect)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (indirect >= 0 &&
		is_mapped(gl.state->buffers[XG_BUFFER_DISPATCH_INDIRECT], (uintptr_t)indirect))
		xg_gl_error(gl, GL_INVALID_OPERATION);
	else
		xg_encode_glDispatchComputeIndirect(gl.stream, indirect);
}

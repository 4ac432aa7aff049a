/* SPDX-License-Identifier: MIT */
/*
 * Vertex attributes whose format and buffer are set apart from each other. The driver refuses that
 * for the default array, and so it never leads to client memory.
 */
#include <GLES3/gl32.h>

#include "gles/bindings.h"
#include "gles/current.h"
#include "gles/vertex.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Every implementation of GLES 3.1 has as many, and takes strides and offsets as large. */
#define BINDINGS_CERTAIN 16
#define STRIDE_CERTAIN	 2048
#define OFFSET_CERTAIN	 2047

static bool is_binding(struct xg_gl gl, GLuint index)
{
	return index < BINDINGS_CERTAIN ||
	       (index < XG_GLES_ATTRIBS_MAX &&
		       index < (GLuint)xg_gl_limit(gl, GL_MAX_VERTEX_ATTRIB_BINDINGS));
}

void xg_vertex_bind_buffer(struct xg_vertex_array *array, uint32_t binding, uint32_t name)
{
	array->bindings[binding].buffer = name;
	for (uint32_t i = 0; i < XG_GLES_ATTRIBS_MAX; i++) {
		if (array->attribs[i].binding != binding)
			continue;
		array->client &= ~(1u << i);
		array->client |= (uint32_t)!name << i;
	}
}

void xg_vertex_use_binding(struct xg_vertex_array *array, uint32_t index, uint32_t binding)
{
	if (array->attribs[index].binding == binding)
		return;
	array->attribs[index].binding = (uint8_t)binding;
	array->separate |= 1u << index;
	array->kept &= ~(1u << index);
	array->client &= ~(1u << index);
	array->client |= (uint32_t)!array->bindings[binding].buffer << index;
}

void xg_gl_glVertexAttribBinding(GLuint index, GLuint binding)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glVertexAttribBinding(gl.stream, index, binding);
	if (gl.state->array->name && xg_vertex_is_attrib(gl, index) && is_binding(gl, binding))
		xg_vertex_use_binding(gl.state->array, index, binding);
}

void xg_gl_glBindVertexBuffer(GLuint index, GLuint buffer, GLintptr offset, GLsizei stride)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_vertex_array *array;

	if (!gl.stream)
		return;
	xg_encode_glBindVertexBuffer(gl.stream, index, buffer, offset, stride);
	array = gl.state->array;
	if (!array->name || !is_binding(gl, index) || offset < 0 || stride < 0 ||
		(stride > STRIDE_CERTAIN &&
			stride > xg_gl_limit(gl, GL_MAX_VERTEX_ATTRIB_STRIDE)) ||
		(buffer && !xg_gl_is_buffer_name(gl.state, buffer)))
		return;
	array->bindings[index].offset = (intptr_t)offset;
	array->bindings[index].stride = (uint32_t)stride;
	array->kept = 0; /* no longer as gl*Pointer said */
	xg_vertex_bind_buffer(array, index, buffer);
}

void xg_gl_glVertexBindingDivisor(GLuint index, GLuint divisor)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glVertexBindingDivisor(gl.stream, index, divisor);
	if (gl.state->array->name && is_binding(gl, index))
		gl.state->array->bindings[index].divisor = divisor;
}

/* An attribute's format was sent. */
static void keep_format(struct xg_gl gl, GLuint index, GLint size, GLenum type, bool is_normalized,
	bool is_integer, GLuint offset)
{
	struct xg_vertex_array *array = gl.state->array;

	if (!array->name || !xg_vertex_is_format(gl, index, size, type, is_integer) ||
		(offset > OFFSET_CERTAIN &&
			offset > (GLuint)xg_gl_limit(gl, GL_MAX_VERTEX_ATTRIB_RELATIVE_OFFSET)))
		return;

	struct xg_attrib *attrib = &array->attribs[index];

	attrib->size = (uint32_t)size;
	attrib->type = type;
	attrib->is_normalized = is_normalized;
	attrib->is_integer = is_integer;
	attrib->relative_offset = offset;
	array->separate |= 1u << index;
	array->kept &= ~(1u << index);
}

void xg_gl_glVertexAttribFormat(
	GLuint index, GLint size, GLenum type, GLboolean normalized, GLuint offset)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glVertexAttribFormat(gl.stream, index, size, type, normalized, offset);
	keep_format(gl, index, size, type, normalized, false, offset);
}

void xg_gl_glVertexAttribIFormat(GLuint index, GLint size, GLenum type, GLuint offset)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glVertexAttribIFormat(gl.stream, index, size, type, offset);
	keep_format(gl, index, size, type, false, true, offset);
}

bool xg_vertex_get_binding(struct xg_gl gl, uint32_t pname, uint32_t index, int32_t *value)
{
	const struct xg_vertex_binding *binding;

	if (xg_gl_told_version(gl) < 31 || !is_binding(gl, index))
		return false;
	binding = &gl.state->array->bindings[index];
	switch (pname) {
	case GL_VERTEX_BINDING_BUFFER:
		*value = (int32_t)binding->buffer;
		return true;
	case GL_VERTEX_BINDING_DIVISOR:
		*value = (int32_t)binding->divisor;
		return true;
	case GL_VERTEX_BINDING_OFFSET:
		*value = (int32_t)binding->offset;
		return true;
	case GL_VERTEX_BINDING_STRIDE:
		*value = (int32_t)binding->stride;
		return true;
	default:
		return false;
	}
}

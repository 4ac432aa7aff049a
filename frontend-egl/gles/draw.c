/* SPDX-License-Identifier: MIT */
/*
 * Drawing. When every enabled attribute and the indices are in buffer objects, a draw is one
 * record. Otherwise the part of client memory that this draw reads is sent before it: for
 * attributes the vertices between the lowest and the highest index; for indices all of them.
 *
 * Attributes that the program does not read are not sent: an application may leave an enabled
 * array pointing at memory that is gone.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "gles/buffer.h"
#include "gles/client_arrays.h"
#include "gles/current.h"
#include "gles/program.h"
#include "gles/vertex.h"
#include "size.h"
#include "xg_encode.h"
#include "xg_entry.h"

static const struct xg_instances one_instance = {1, 0};

/* Whether a driver may know the mode: it refuses others before it looks at memory. */
static bool is_mode(GLenum mode)
{
	return mode <= GL_TRIANGLE_FAN || (mode >= GL_LINES_ADJACENCY && mode <= GL_PATCHES);
}

/* Whether a draw is sent as it is: unless an enabled attribute of the bound array is in client
 * memory, or the host does not know which are enabled. Seldom, and so asked first. */
static inline bool is_prepared(struct xg_gl gl)
{
	const struct xg_vertex_array *array = gl.state->array;

	return XG_LIKELY(!((array->enabled & array->client) | (array->enabled ^ array->told)));
}

/* Which enabled attributes of the bound array the draw reads from client memory. */
static uint32_t client_attribs(struct xg_gl gl, GLenum mode, GLsizei count, GLsizei instances)
{
	const struct xg_vertex_array *array = gl.state->array;
	/* One of a format of its own is in no client memory, which only the default array leads to;
	 * the host hides it. */
	const uint32_t client = array->enabled & array->client & ~array->separate;

	if (!client || count <= 0 || instances <= 0 || !is_mode(mode))
		return 0;
	return client & xg_program_attribs(gl);
}

static size_t index_size(GLenum type)
{
	switch (type) {
	case GL_UNSIGNED_BYTE:
		return 1;
	case GL_UNSIGNED_SHORT:
		return 2;
	case GL_UNSIGNED_INT:
		return 4;
	default:
		return 0;
	}
}

/* The range of the indices of a draw, wherever they are. False without memory to see them. */
static bool find_range(struct xg_gl gl, size_t count, GLenum type, const void *indices,
	struct xg_index_range *range)
{
	struct xg_buffer *buffer = gl.state->array->elements;
	const uint8_t *from = indices;

	if (buffer) {
		const uint8_t *contents =
			xg_gl_buffer_contents(gl, GL_ELEMENT_ARRAY_BUFFER, buffer);
		const uintptr_t offset = (uintptr_t)indices;
		if (!contents)
			return false;
		const size_t room =
			offset < buffer->size ? (buffer->size - offset) / index_size(type) : 0;
		count = count < room ? count : room;
		from = contents + offset;
	}
	if (!from)
		count = 0;
	*range = xg_index_range_scan(from, count, type, gl.state->has_restart);
	return true;
}

/* What must precede a draw without indices; it may draw fewer vertices. False if it cannot be. */
static bool prepare_arrays(struct xg_gl gl, GLenum mode, GLint first, GLsizei *count,
	const struct xg_instances *instances)
{
	xg_vertex_settle_enabled(gl);
	const uint32_t client = client_attribs(gl, mode, *count, instances->count);
	const struct xg_index_range range = {
		.first = (uint32_t)first,
		.last = (uint32_t)first + (uint32_t)*count - 1,
	};

	if (!client)
		return true;
	if (first < 0) {
		*count = 0; /* there are no vertices; the rest is still checked */
		return true;
	}
	return xg_client_arrays_send(gl, client, &range, instances);
}

static __attribute__((noinline)) void draw_other_instances(
	GLenum mode, GLint first, GLsizei count, GLsizei instances)
{
	struct xg_gl gl = xg_gl_current();
	const struct xg_instances drawn = {instances, 0};

	if (gl.stream && prepare_arrays(gl, mode, first, &count, &drawn))
		xg_encode_glDrawArraysInstancedEXT(gl.stream, mode, first, count, instances);
}

void xg_gl_glDrawArraysInstancedEXT(GLenum mode, GLint first, GLsizei count, GLsizei instances)
{
	struct xg_gl gl = xg_gl_current();

	if (XG_UNLIKELY(!gl.stream || !is_prepared(gl)))
		draw_other_instances(mode, first, count, instances);
	else
		xg_encode_glDrawArraysInstancedEXT(gl.stream, mode, first, count, instances);
}

static __attribute__((noinline)) void draw_other_arrays(GLenum mode, GLint first, GLsizei count)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && prepare_arrays(gl, mode, first, &count, &one_instance))
		xg_encode_glDrawArrays(gl.stream, mode, first, count);
}

void xg_gl_glDrawArrays(GLenum mode, GLint first, GLsizei count)
{
	struct xg_gl gl = xg_gl_current();

	if (XG_UNLIKELY(!gl.stream || !is_prepared(gl)))
		draw_other_arrays(mode, first, count);
	else
		xg_encode_glDrawArrays(gl.stream, mode, first, count);
}

/* The vertices that indices stand for; there are none before the first. */
static void add_base(struct xg_index_range *range, GLint base)
{
	const int64_t first = (int64_t)range->first + base, last = (int64_t)range->last + base;

	range->is_empty = range->is_empty || last < 0 || first > UINT32_MAX;
	range->first = first > 0 ? (uint32_t)first : 0;
	range->last = last < UINT32_MAX ? (uint32_t)last : UINT32_MAX;
}

/* What must precede an indexed draw that is not prepared. False if it cannot be. */
static bool prepare_other_elements(struct xg_gl gl, GLenum mode, GLsizei count, GLenum type,
	const void *indices, const struct xg_instances *instances, GLint base)
{
	struct xg_index_range range;

	xg_vertex_settle_enabled(gl);
	const uint32_t client = client_attribs(gl, mode, count, instances->count);

	if (!client || !index_size(type))
		return true;
	if (!find_range(gl, (size_t)count, type, indices, &range)) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return false;
	}
	add_base(&range, base);
	return range.is_empty || xg_client_arrays_send(gl, client, &range, instances);
}

/* What must precede an indexed draw. False if it cannot be. */
static inline bool prepare_elements(struct xg_gl gl, GLenum mode, GLsizei count, GLenum type,
	const void *indices, const struct xg_instances *instances, GLint base)
{
	return is_prepared(gl) ||
	       prepare_other_elements(gl, mode, count, type, indices, instances, base);
}

/* Whether a draw reads its indices from client memory. Where it does not, without a buffer for
 * them either, the host draws nothing and lets the driver judge. */
static bool has_client_indices(struct xg_gl gl, GLenum mode, GLsizei instances)
{
	return !gl.state->array->elements && is_mode(mode) && instances > 0;
}

static __attribute__((noinline)) void draw_other_elements(
	GLenum mode, GLsizei count, GLenum type, const void *indices)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (!prepare_elements(gl, mode, count, type, indices, &one_instance, 0))
		return;
	if (has_client_indices(gl, mode, 1))
		xg_encode_xgDrawElementsData(gl.stream, mode, count, type, indices, 0);
	else
		xg_encode_glDrawElements(gl.stream, mode, count, type, (uintptr_t)indices);
}

void xg_gl_glDrawElements(GLenum mode, GLsizei count, GLenum type, const void *indices)
{
	struct xg_gl gl = xg_gl_current();

	if (XG_UNLIKELY(!gl.stream || !is_prepared(gl) || !gl.state->array->elements))
		draw_other_elements(mode, count, type, indices);
	else
		xg_encode_glDrawElements(gl.stream, mode, count, type, (uintptr_t)indices);
}

/* The range is a hint, which the host does without: it need not be true. */
void xg_gl_glDrawRangeElements(
	GLenum mode, GLuint start, GLuint end, GLsizei count, GLenum type, const void *indices)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && end < start)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		xg_gl_glDrawElements(mode, count, type, indices);
}

void xg_gl_glDrawElementsInstancedEXT(
	GLenum mode, GLsizei count, GLenum type, const void *indices, GLsizei instances)
{
	struct xg_gl gl = xg_gl_current();
	const struct xg_instances drawn = {instances, 0};

	if (!gl.stream)
		return;
	if (!prepare_elements(gl, mode, count, type, indices, &drawn, 0))
		return;
	/* 0 instances stand for a draw that is not instanced in the command with data. */
	if (has_client_indices(gl, mode, instances))
		xg_encode_xgDrawElementsData(gl.stream, mode, count, type, indices, instances);
	else
		xg_encode_glDrawElementsInstancedEXT(
			gl.stream, mode, count, type, (uintptr_t)indices, instances);
}

void xg_gl_glDrawElementsBaseVertexEXT(
	GLenum mode, GLsizei count, GLenum type, const void *indices, GLint base)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (!prepare_elements(gl, mode, count, type, indices, &one_instance, base))
		return;
	if (has_client_indices(gl, mode, 1))
		xg_encode_xgDrawElementsBaseVertexData(
			gl.stream, mode, count, type, indices, 0, base);
	else
		xg_encode_glDrawElementsBaseVertexEXT(
			gl.stream, mode, count, type, (uintptr_t)indices, base);
}

void xg_gl_glDrawRangeElementsBaseVertexEXT(GLenum mode, GLuint start, GLuint end, GLsizei count,
	GLenum type, const void *indices, GLint base)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && end < start)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		xg_gl_glDrawElementsBaseVertexEXT(mode, count, type, indices, base);
}

void xg_gl_glDrawElementsInstancedBaseVertexEXT(
	GLenum mode, GLsizei count, GLenum type, const void *indices, GLsizei instances, GLint base)
{
	struct xg_gl gl = xg_gl_current();
	const struct xg_instances drawn = {instances, 0};

	if (!gl.stream)
		return;
	if (!prepare_elements(gl, mode, count, type, indices, &drawn, base))
		return;
	if (has_client_indices(gl, mode, instances))
		xg_encode_xgDrawElementsBaseVertexData(
			gl.stream, mode, count, type, indices, instances, base);
	else
		xg_encode_glDrawElementsInstancedBaseVertexEXT(
			gl.stream, mode, count, type, (uintptr_t)indices, instances, base);
}

void xg_gl_glDrawArraysInstancedBaseInstanceEXT(
	GLenum mode, GLint first, GLsizei count, GLsizei instances, GLuint base_instance)
{
	struct xg_gl gl = xg_gl_current();
	const struct xg_instances drawn = {instances, base_instance};

	if (!gl.stream)
		return;
	if (is_prepared(gl) || prepare_arrays(gl, mode, first, &count, &drawn))
		xg_encode_glDrawArraysInstancedBaseInstanceEXT(
			gl.stream, mode, first, count, instances, base_instance);
}

void xg_gl_glDrawElementsInstancedBaseVertexBaseInstanceEXT(GLenum mode, GLsizei count, GLenum type,
	const void *indices, GLsizei instances, GLint base, GLuint base_instance)
{
	struct xg_gl gl = xg_gl_current();
	const struct xg_instances drawn = {instances, base_instance};

	if (!gl.stream)
		return;
	if (!prepare_elements(gl, mode, count, type, indices, &drawn, base))
		return;
	if (has_client_indices(gl, mode, instances))
		xg_encode_xgDrawElementsBaseInstanceData(
			gl.stream, mode, count, type, indices, instances, base, base_instance);
	else
		xg_encode_glDrawElementsInstancedBaseVertexBaseInstanceEXT(gl.stream, mode, count,
			type, (uintptr_t)indices, instances, base, base_instance);
}

void xg_gl_glDrawElementsInstancedBaseInstanceEXT(GLenum mode, GLsizei count, GLenum type,
	const void *indices, GLsizei instances, GLuint base_instance)
{
	xg_gl_glDrawElementsInstancedBaseVertexBaseInstanceEXT(
		mode, count, type, indices, instances, 0, base_instance);
}

/* True if nothing of a draw of several is done. */
static bool is_multi_draw_refused(
	GLenum mode, const GLsizei *count, GLenum index_type, GLsizei primcount)
{
	struct xg_gl gl = xg_gl_current();
	GLenum error = primcount < 0 ? GL_INVALID_VALUE : GL_NO_ERROR;
	size_t size;

	if (!gl.stream)
		return true;
	if (!error && !(is_mode(mode) && xg_size_indices(0, index_type, &size)))
		error = GL_INVALID_ENUM;
	for (GLsizei i = 0; i < primcount && !error; i++)
		error = count[i] < 0 ? GL_INVALID_VALUE : GL_NO_ERROR;
	if (error)
		xg_gl_error(gl, error);
	return error != GL_NO_ERROR;
}

void xg_gl_glMultiDrawArraysEXT(
	GLenum mode, const GLint *first, const GLsizei *count, GLsizei primcount)
{
	if (is_multi_draw_refused(mode, count, GL_UNSIGNED_BYTE, primcount))
		return;
	for (GLsizei i = 0; i < primcount; i++) {
		if (count[i] > 0)
			xg_gl_glDrawArrays(mode, first[i], count[i]);
	}
}

void xg_gl_glMultiDrawElementsEXT(GLenum mode, const GLsizei *count, GLenum type,
	const void *const *indices, GLsizei primcount)
{
	if (is_multi_draw_refused(mode, count, type, primcount))
		return;
	for (GLsizei i = 0; i < primcount; i++) {
		if (count[i] > 0)
			xg_gl_glDrawElements(mode, count[i], type, indices[i]);
	}
}

void xg_gl_glMultiDrawElementsBaseVertexEXT(GLenum mode, const GLsizei *count, GLenum type,
	const void *const *indices, GLsizei draws, const GLint *bases)
{
	if (is_multi_draw_refused(mode, count, type, draws))
		return;
	for (GLsizei i = 0; i < draws; i++) {
		if (count[i] > 0)
			xg_gl_glDrawElementsBaseVertexEXT(
				mode, count[i], type, indices[i], bases[i]);
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * Vertex array state. All of it is kept here, because a pointer without a buffer is an address in
 * this process: the host never reads it, draw.c sends what it points at. The calls go to the host
 * as well, which judges the arguments.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>

#include "gles/bindings.h"
#include "gles/current.h"
#include "gles/vertex.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Every implementation takes strides as large. */
#define STRIDE_CERTAIN 2048

bool xg_vertex_is_attrib(struct xg_gl gl, uint32_t index)
{
	/* GLES 2.0 guarantees 8 attributes; the limit is asked for only where it matters. */
	return index < 8 || (index < XG_GLES_ATTRIBS_MAX &&
				    index < (GLuint)xg_gl_limit(gl, GL_MAX_VERTEX_ATTRIBS));
}

static bool is_pointer_type(struct xg_gl gl, GLint size, GLenum type)
{
	switch (type) {
	case GL_BYTE:
	case GL_UNSIGNED_BYTE:
	case GL_SHORT:
	case GL_UNSIGNED_SHORT:
	case GL_FIXED:
		return true;
	case GL_HALF_FLOAT:
	case GL_INT:
	case GL_UNSIGNED_INT:
		return xg_gl_version(gl) >= 30;
	case GL_HALF_FLOAT_OES:
		return true;
	case GL_INT_2_10_10_10_REV:
	case GL_UNSIGNED_INT_2_10_10_10_REV:
		return size == 4 && xg_gl_version(gl) >= 30;
	default:
		return false;
	}
}

static inline __attribute__((always_inline)) bool is_format(
	struct xg_gl gl, GLuint index, GLint size, GLenum type)
{
	if (!xg_vertex_is_attrib(gl, index) || size < 1 || size > 4)
		return false;
	return type == GL_FLOAT || is_pointer_type(gl, size, type); /* as nearly all are */
}

bool xg_vertex_is_format(
	struct xg_gl gl, uint32_t index, int32_t size, uint32_t type, bool is_integer)
{
	return (!is_integer || (type >= GL_BYTE && type <= GL_UNSIGNED_INT)) &&
	       is_format(gl, index, size, type);
}

/* No client memory in an array object: the host cannot see that it is one. */
static bool is_misplaced(struct xg_gl gl, const void *pointer)
{
	return pointer && gl.state->array->name && !gl.state->array_buffer;
}

uint32_t xg_attrib_size(const struct xg_attrib *attrib)
{
	switch (attrib->type) {
	case GL_BYTE:
	case GL_UNSIGNED_BYTE:
		return attrib->size;
	case GL_SHORT:
	case GL_UNSIGNED_SHORT:
	case GL_HALF_FLOAT:
	case GL_HALF_FLOAT_OES:
		return 2u * attrib->size;
	case GL_INT_2_10_10_10_REV:
	case GL_UNSIGNED_INT_2_10_10_10_REV:
		return 4;
	default:
		return 4u * attrib->size;
	}
}

void xg_vertex_send_buffer(struct xg_gl gl)
{
	xg_encode_glBindBuffer(gl.stream, GL_ARRAY_BUFFER, gl.state->array_buffer);
	gl.state->told_buffer = gl.state->array_buffer;
}

void xg_vertex_send_enabled(struct xg_gl gl)
{
	struct xg_vertex_array *array = gl.state->array;
	uint32_t changed = array->enabled ^ array->told;

	for (; changed; changed &= changed - 1) {
		const GLuint index = (GLuint)__builtin_ctz(changed);

		if (array->enabled >> index & 1)
			xg_encode_glEnableVertexAttribArray(gl.stream, index);
		else
			xg_encode_glDisableVertexAttribArray(gl.stream, index);
	}
	array->told = array->enabled;
}

/* Sets an attribute's array; the divisor stays. */
static inline __attribute__((always_inline)) void keep_pointer(struct xg_gl gl, GLuint index,
	GLint size, GLenum type, GLsizei stride, const void *pointer, bool is_normalized,
	bool is_integer)
{
	struct xg_vertex_array *array = gl.state->array;
	struct xg_attrib *attrib = &array->attribs[index];
	struct xg_vertex_binding *binding = &array->bindings[index];
	const uint32_t buffer = gl.state->array_buffer;
	const bool is_alone = XG_LIKELY(!array->separate);

	attrib->pointer = (uintptr_t)pointer;
	attrib->stride = (uint32_t)stride;
	attrib->type = type;
	attrib->size = (uint32_t)size;
	attrib->told_buffer = buffer;
	attrib->is_normalized = is_normalized;
	attrib->is_integer = is_integer;
	attrib->binding = (uint8_t)index;
	attrib->relative_offset = 0;
	array->separate &= ~(1u << index);
	binding->offset = (intptr_t)pointer;
	binding->stride = stride	     ? (uint32_t)stride
			  : type == GL_FLOAT ? 4u * (uint32_t)size
					     : xg_attrib_size(attrib);
	if (!is_alone) {
		xg_vertex_bind_buffer(array, index, buffer);
		return;
	}
	binding->buffer = buffer;
	if (buffer)
		array->client &= ~(1u << index);
	else
		array->client |= 1u << index;
}

/*
 * Whether an attribute leads there already. Of client memory the host knows nothing: a draw sends
 * it each time. A buffer is the one that it was unless another context may have deleted it
 * meanwhile, and given its name to a new one. (For this one see use_array.)
 */
static inline bool is_kept(struct xg_gl gl, GLuint index, GLint size, GLenum type, GLsizei stride,
	const void *pointer, GLboolean is_normalized)
{
	const struct xg_vertex_array *array = gl.state->array;
	const struct xg_attrib *attrib = &array->attribs[index];
	const uint32_t buffer = gl.state->array_buffer;

	return array->kept >> index & 1 && attrib->pointer == (uintptr_t)pointer &&
	       attrib->stride == (uint32_t)stride && attrib->type == type &&
	       attrib->size == (uint32_t)size && attrib->is_normalized == is_normalized &&
	       attrib->told_buffer == buffer && (!buffer || !xg_share_is_shared(gl.state->share));
}

/* The pointer was sent. What a driver may have refused, for its stride or type, is sent again. */
static inline void keep_repeat(struct xg_gl gl, GLuint index, GLenum type, GLsizei stride)
{
	struct xg_vertex_array *array = gl.state->array;
	const uint32_t bit = 1u << index;

	if (gl.state->skips_repeats && type >= GL_BYTE && type <= GL_FLOAT &&
		stride <= STRIDE_CERTAIN)
		array->kept |= bit;
	else
		array->kept &= ~bit;
}

static __attribute__((noinline)) void set_pointer(GLuint index, GLint size, GLenum type,
	GLboolean normalized, GLsizei stride, const void *pointer)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	const bool is_valid = stride >= 0 && is_format(gl, index, size, type);
	if (is_valid && is_misplaced(gl, pointer)) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return;
	}
	/* An address means nothing to the host. */
	const uint64_t offset = gl.state->array_buffer ? (uintptr_t)pointer : 0;
	xg_vertex_settle_buffer(gl);
	if (XG_LIKELY(offset < gl.state->short_limit))
		xg_encode_xgVertexAttribPointer(
			gl.stream, index, size, type, normalized, stride, (uint32_t)offset);
	else
		xg_encode_glVertexAttribPointer(
			gl.stream, index, size, type, normalized, stride, offset);
	if (!is_valid)
		return;
	keep_pointer(gl, index, size, type, stride, pointer, normalized, false);
	keep_repeat(gl, index, type, stride);
}

void xg_gl_glVertexAttribPointer(GLuint index, GLint size, GLenum type, GLboolean normalized,
	GLsizei stride, const void *pointer)
{
	const struct xg_gl gl = xg_gl_current();

	if (XG_UNLIKELY(!gl.stream || index >= XG_GLES_ATTRIBS_MAX ||
			!is_kept(gl, index, size, type, stride, pointer, normalized)))
		set_pointer(index, size, type, normalized, stride, pointer);
}

void xg_gl_glVertexAttribIPointer(
	GLuint index, GLint size, GLenum type, GLsizei stride, const void *pointer)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	const bool is_valid = stride >= 0 && xg_vertex_is_format(gl, index, size, type, true);
	if (is_valid && is_misplaced(gl, pointer)) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return;
	}
	xg_vertex_settle_buffer(gl);
	xg_encode_glVertexAttribIPointer(gl.stream, index, size, type, stride, (uintptr_t)pointer);
	if (!is_valid)
		return;
	keep_pointer(gl, index, size, type, stride, pointer, false, true);
	gl.state->array->kept &= ~(1u << index);
}

void xg_gl_glVertexAttribDivisor(GLuint index, GLuint divisor)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glVertexAttribDivisor(gl.stream, index, divisor);
	if (!xg_vertex_is_attrib(gl, index))
		return;
	xg_vertex_use_binding(gl.state->array, index, index);
	gl.state->array->bindings[index].divisor = divisor;
}

/* A draw tells the host, unless all is to be sent, repeats, too. */
static inline void enabled_changed(struct xg_gl gl, GLuint index)
{
	struct xg_vertex_array *array = gl.state->array;

	if (gl.state->skips_repeats)
		return;
	array->told = array->enabled ^ 1u << index;
	xg_vertex_send_enabled(gl);
}

void xg_gl_glEnableVertexAttribArray(GLuint index)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (!xg_vertex_is_attrib(gl, index)) {
		xg_encode_glEnableVertexAttribArray(gl.stream, index);
		return;
	}
	gl.state->array->enabled |= 1u << index;
	enabled_changed(gl, index);
}

void xg_gl_glDisableVertexAttribArray(GLuint index)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (!xg_vertex_is_attrib(gl, index)) {
		xg_encode_glDisableVertexAttribArray(gl.stream, index);
		return;
	}
	gl.state->array->enabled &= ~(1u << index);
	enabled_changed(gl, index);
}

/* What is kept here and answered in place of the host, whose pointer may lead to a buffer of its
 * own. False: ask the host. */
static bool get_attrib(struct xg_gl gl, GLuint index, GLenum pname, GLint *value)
{
	const struct xg_vertex_array *array = gl.state->array;

	if (!xg_vertex_is_attrib(gl, index))
		return false;
	const struct xg_attrib *attrib = &array->attribs[index];
	const struct xg_vertex_binding *binding = &array->bindings[attrib->binding];
	switch (pname) {
	case GL_VERTEX_ATTRIB_ARRAY_ENABLED:
		*value = array->enabled >> index & 1;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_SIZE:
		*value = attrib->size;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_STRIDE:
		*value = (GLint)attrib->stride;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_TYPE:
		*value = (GLint)attrib->type;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_NORMALIZED:
		*value = attrib->is_normalized;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING:
		*value = (GLint)binding->buffer;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_INTEGER:
		*value = attrib->is_integer;
		return true;
	case GL_VERTEX_ATTRIB_ARRAY_DIVISOR:
		*value = (GLint)binding->divisor;
		return true;
	case GL_VERTEX_ATTRIB_BINDING:
		*value = attrib->binding;
		return xg_gl_told_version(gl) >= 31;
	case GL_VERTEX_ATTRIB_RELATIVE_OFFSET:
		*value = (GLint)attrib->relative_offset;
		return xg_gl_told_version(gl) >= 31;
	default:
		return false;
	}
}

void xg_gl_glGetVertexAttribfv(GLuint index, GLenum pname, GLfloat *params)
{
	struct xg_gl gl = xg_gl_current();
	GLint value;

	if (!gl.stream)
		return;
	if (get_attrib(gl, index, pname, &value))
		*params = (GLfloat)value;
	else
		xg_encode_glGetVertexAttribfv(gl.stream, index, pname, params);
}

void xg_gl_glGetVertexAttribiv(GLuint index, GLenum pname, GLint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && !get_attrib(gl, index, pname, params))
		xg_encode_glGetVertexAttribiv(gl.stream, index, pname, params);
}

void xg_gl_glGetVertexAttribIiv(GLuint index, GLenum pname, GLint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && !get_attrib(gl, index, pname, params))
		xg_encode_glGetVertexAttribIiv(gl.stream, index, pname, params);
}

void xg_gl_glGetVertexAttribIuiv(GLuint index, GLenum pname, GLuint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && !get_attrib(gl, index, pname, (GLint *)params))
		xg_encode_glGetVertexAttribIuiv(gl.stream, index, pname, params);
}

void xg_gl_glGetVertexAttribPointerv(GLuint index, GLenum pname, void **pointer)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	if (!xg_vertex_is_attrib(gl, index))
		xg_gl_error(gl, GL_INVALID_VALUE);
	else if (pname != GL_VERTEX_ATTRIB_ARRAY_POINTER)
		xg_gl_error(gl, GL_INVALID_ENUM);
	else
		*pointer = (void *)gl.state->array->attribs[index].pointer;
}

/* Binds it. A name of a buffer that was deleted meanwhile may be another's now. */
static inline void use_array(struct xg_gles *gl, struct xg_vertex_array *array)
{
	gl->array = array;
	if (XG_LIKELY(array->deletions == gl->deletions))
		return;
	array->deletions = gl->deletions;
	array->kept = 0;
}

/* The array object of a name that is bound for the first time. NULL, with the error recorded, if
 * the name was never generated, and without memory. */
static struct xg_vertex_array *make_array(struct xg_gl gl, GLuint name)
{
	struct xg_vertex_array *array = NULL;

	if (!xg_namer_is_taken(&gl.state->vertex_array_names, name)) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return NULL;
	}
	array = malloc(sizeof(*array));
	if (array)
		xg_vertex_array_init(array, name);
	if (array && xg_table_add(&gl.state->vertex_arrays, name, array))
		return array;
	free(array);
	xg_gl_error(gl, GL_OUT_OF_MEMORY);
	return NULL;
}

static __attribute__((noinline)) void bind_other_array(GLuint name)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_vertex_array *array = &gl.state->default_array;
	if (name)
		array = xg_table_find(&gl.state->vertex_arrays, name);
	if (!array && !(array = make_array(gl, name)))
		return;
	use_array(gl.state, array);
	xg_encode_glBindVertexArrayOES(gl.stream, name);
}

void xg_gl_glBindVertexArrayOES(GLuint name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_vertex_array *array =
		gl.stream ? xg_table_find_low(&gl.state->vertex_arrays, name) : NULL;

	if (XG_UNLIKELY(!array)) {
		bind_other_array(name);
		return;
	}
	use_array(gl.state, array);
	xg_encode_glBindVertexArrayOES(gl.stream, name);
}

void xg_gl_forget_vertex_array(struct xg_gles *gl, uint32_t name)
{
	struct xg_vertex_array *array = xg_table_remove(&gl->vertex_arrays, name);

	if (!array)
		return;
	if (gl->array == array)
		use_array(gl, &gl->default_array);
	free(array);
}

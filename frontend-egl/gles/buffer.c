/* SPDX-License-Identifier: MIT */
/*
 * Buffer objects. A mapping is guest memory: the host's buffer is never mapped, and unmapping
 * sends what may have been written. For a mapping that must show the old contents, and for index
 * scans (draw.c), a buffer gets a shadow: a copy of its contents, fetched once and from then on
 * kept equal by every call that writes the buffer.
 */
#include "gles/buffer.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "gles/bindings.h"
#include "gles/known.h"
#include "gles/parts.h"
#include "gles/shadow.h"
#include "gles/vertex.h"
#include "stream_bands.h"
#include "xg_encode.h"
#include "xg_entry.h"

void xg_gl_find_uniform_buffer(struct xg_gles *gl)
{
	if (!gl->uniform_name)
		return;
	gl->buffers[XG_BUFFER_UNIFORM] = xg_known_buffer(gl, gl->uniform_name);
	gl->uniform_name = 0;
}

bool xg_gl_is_buffer_name(struct xg_gles *gl, uint32_t name)
{
	xg_gl_find_uniform_buffer(gl);
	return xg_namer_is_taken(&gl->share->buffer_names, name);
}

struct xg_buffer **xg_gl_other_binding(struct xg_gles *gl, uint32_t target)
{
	switch (target) {
	case GL_COPY_READ_BUFFER:
		return &gl->buffers[XG_BUFFER_COPY_READ];
	case GL_COPY_WRITE_BUFFER:
		return &gl->buffers[XG_BUFFER_COPY_WRITE];
	case GL_TRANSFORM_FEEDBACK_BUFFER:
		return &gl->buffers[XG_BUFFER_TRANSFORM_FEEDBACK];
	case GL_UNIFORM_BUFFER:
		xg_gl_find_uniform_buffer(gl);
		return &gl->buffers[XG_BUFFER_UNIFORM];
	case GL_ATOMIC_COUNTER_BUFFER:
		return &gl->buffers[XG_BUFFER_ATOMIC_COUNTER];
	case GL_SHADER_STORAGE_BUFFER:
		return &gl->buffers[XG_BUFFER_SHADER_STORAGE];
	case GL_DRAW_INDIRECT_BUFFER:
		return &gl->buffers[XG_BUFFER_DRAW_INDIRECT];
	case GL_DISPATCH_INDIRECT_BUFFER:
		return &gl->buffers[XG_BUFFER_DISPATCH_INDIRECT];
	case GL_PIXEL_PACK_BUFFER:
		return &gl->buffers[XG_BUFFER_PIXEL_PACK];
	case GL_PIXEL_UNPACK_BUFFER:
		return &gl->buffers[XG_BUFFER_PIXEL_UNPACK];
	case GL_TEXTURE_BUFFER:
		return &gl->buffers[XG_BUFFER_TEXTURE];
	default:
		return NULL;
	}
}

static void drop_binding(struct xg_buffer **binding, uint32_t name)
{
	if (*binding && (*binding)->name == name)
		*binding = NULL;
}

void xg_gl_unbind_buffer(struct xg_gles *gl, uint32_t name)
{
	struct xg_vertex_array *array = gl->array;

	if (!name)
		return;
	for (size_t i = 0; i < XG_BUFFER_TARGETS; i++)
		drop_binding(&gl->buffers[i], name);
	if (gl->uniform_name == name)
		gl->uniform_name = 0;
	if (gl->array_buffer == name)
		gl->array_buffer = 0;
	if (gl->told_buffer == name)
		gl->told_buffer = 0;
	array->deletions = ++gl->deletions;
	array->kept = 0;
	drop_binding(&array->elements, name);
	for (uint32_t i = 0; i < XG_GLES_ATTRIBS_MAX; i++) {
		if (array->bindings[i].buffer == name)
			xg_vertex_bind_buffer(array, i, 0);
	}
}

static bool is_pixel_target(GLenum target)
{
	return target == GL_PIXEL_PACK_BUFFER || target == GL_PIXEL_UNPACK_BUFFER;
}

/* True if the host is told of it only when something is done with that binding. */
static inline bool keep_array_buffer(struct xg_gl gl, struct xg_buffer *buffer, uint32_t name)
{
	gl.state->buffers[XG_BUFFER_ARRAY] = buffer;
	gl.state->array_buffer = name;
	if (xg_vertex_may_settle(gl, buffer))
		return true;
	gl.state->told_buffer = name;
	return false;
}

static __attribute__((noinline)) void bind_buffer(GLenum target, GLuint name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_buffer *buffer = NULL;

	if (!gl.stream)
		return;
	struct xg_buffer **binding = xg_gl_binding(gl.state, target);
	if (is_pixel_target(target) && xg_gl_told_version(gl) < 30) {
		/* An older host does not carry pixel pointers as offsets. */
		xg_gl_error(gl, GL_INVALID_ENUM);
		return;
	}
	if (binding && name && !(buffer = xg_known_buffer(gl.state, name))) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return;
	}
	if (target == GL_ARRAY_BUFFER && keep_array_buffer(gl, buffer, name))
		return;
	xg_encode_glBindBuffer(gl.stream, target, name);
	if (binding)
		*binding = buffer;
}

/* Mostly vertices or indices, of a buffer that is known. */
void xg_gl_glBindBuffer(GLenum target, GLuint name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_buffer *buffer = gl.stream ? xg_known_low_buffer(gl.state, name) : NULL;

	if (XG_UNLIKELY(!buffer || !xg_stream_is_alone(gl.stream) ||
			(target != GL_ARRAY_BUFFER && target != GL_ELEMENT_ARRAY_BUFFER))) {
		bind_buffer(target, name);
		return;
	}
	if (target == GL_ELEMENT_ARRAY_BUFFER)
		gl.state->array->elements = buffer;
	else if (keep_array_buffer(gl, buffer, name))
		return;
	xg_write_glBindBuffer(gl.stream, target, name);
}

/* The buffer bound to the target; NULL for none and for a target that is not kept. */
static struct xg_buffer *bound_buffer(struct xg_gl gl, GLenum target)
{
	struct xg_buffer **binding = xg_gl_binding(gl.state, target);

	return binding ? *binding : NULL;
}

/* Before something is sent that has to do with what is bound to the target. */
static inline void settle(struct xg_gl gl, GLenum target)
{
	if (target == GL_ARRAY_BUFFER)
		xg_vertex_settle_buffer(gl);
}

/* No more is kept for the next mapping. */
#define SPARE_MAX (16u << 20)

/* Memory of its own for a mapping of which nothing is to be seen: that of the last one, where it is
 * large enough, so that a stream of them costs no allocation and touches the same pages. */
static bool map_separately(struct xg_gl gl, struct xg_buffer *buffer, size_t length)
{
	struct xg_spare *spare = &gl.state->spare;

	if (!spare->memory || spare->size < length) {
		free(spare->memory);
		spare->memory = xg_shadow_allocate(length);
		spare->size = length;
	}
	buffer->mapping = spare->memory;
	buffer->mapping_is_separate = spare->memory != NULL;
	buffer->map_capacity = spare->size;
	*spare = (struct xg_spare){0};
	return buffer->mapping_is_separate;
}

/* The mapping is gone, without its contents being sent. */
static void drop_mapping(struct xg_gl gl, struct xg_buffer *buffer)
{
	struct xg_spare *spare = &gl.state->spare;

	if (buffer->mapping_is_separate && buffer->map_capacity <= SPARE_MAX) {
		free(spare->memory);
		*spare = (struct xg_spare){buffer->mapping, buffer->map_capacity};
	} else if (buffer->mapping_is_separate) {
		free(buffer->mapping);
	}
	buffer->mapping = NULL;
	buffer->mapping_is_separate = false;
}

static bool is_usage(struct xg_gl gl, GLenum usage)
{
	switch (usage) {
	case GL_STREAM_DRAW:
	case GL_STATIC_DRAW:
	case GL_DYNAMIC_DRAW:
		return true;
	case GL_STREAM_READ:
	case GL_STREAM_COPY:
	case GL_STATIC_READ:
	case GL_STATIC_COPY:
	case GL_DYNAMIC_READ:
	case GL_DYNAMIC_COPY:
		return xg_gl_version(gl) >= 30;
	default:
		return false;
	}
}

/* In bands, or else what is large would not find room in bulk, and the host would begin only when
 * all of it had been copied. */
static __attribute__((noinline)) void send_bands(
	struct xg_gl gl, GLenum target, GLintptr offset, GLsizeiptr size, const uint8_t *data)
{
	const GLsizeiptr band = (GLsizeiptr)xg_stream_band_size(gl.stream, (size_t)size);

	for (GLsizeiptr done = 0, part; done < size; done += part) {
		part = size - done < band ? size - done : band;
		xg_encode_glBufferSubData(gl.stream, target, offset + done, part, data + done);
		xg_stream_flush(gl.stream);
	}
}

/* The memory, and then what is to stand there. */
static void make_in_bands(
	struct xg_gl gl, GLenum target, GLsizeiptr size, const void *data, GLenum usage)
{
	xg_encode_xgParts(gl.stream, true);
	xg_encode_glBufferData(gl.stream, target, size, NULL, usage);
	send_bands(gl, target, 0, size, data);
	xg_encode_xgParts(gl.stream, false);
}

void xg_gl_glBufferData(GLenum target, GLsizeiptr size, const void *data, GLenum usage)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	const bool is_refused = !buffer || size < 0 || !is_usage(gl, usage);
	/* What the driver refuses it does not read. */
	settle(gl, target);
	if (!is_refused && data && xg_stream_band_size(gl.stream, (size_t)size) < (size_t)size &&
		xg_stream_can_put(gl.stream, (size_t)size) && xg_host_knows_parts())
		make_in_bands(gl, target, size, data, usage);
	else
		xg_encode_glBufferData(gl.stream, target, size, is_refused ? NULL : data, usage);
	if (is_refused)
		return;
	drop_mapping(gl, buffer);
	if (buffer->size != (size_t)size || !data)
		xg_shadow_drop(buffer);
	if (buffer->size != (size_t)size) {
		free(buffer->stale);
		buffer->stale = NULL;
	}
	buffer->size = (size_t)size;
	buffer->usage = usage;
	buffer->is_blank = !data;
	if (buffer->shadow)
		memcpy(buffer->shadow, data, (size_t)size);
}

/* True if [offset, offset + size) lies in the buffer. */
static bool is_range(const struct xg_buffer *buffer, GLintptr offset, GLsizeiptr size)
{
	return offset >= 0 && size >= 0 && (size_t)offset <= buffer->size &&
	       (size_t)size <= buffer->size - (size_t)offset;
}

/* True if a part of [offset, offset + size) is mapped. */
static bool is_mapped(const struct xg_buffer *buffer, size_t offset, size_t size)
{
	return buffer->mapping && offset < buffer->map_offset + buffer->map_length &&
	       buffer->map_offset < offset + size;
}

void xg_gl_glBufferSubData(GLenum target, GLintptr offset, GLsizeiptr size, const void *data)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	bool fits = buffer && is_range(buffer, offset, size);
	if (fits && is_mapped(buffer, (size_t)offset, (size_t)size)) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return;
	}
	if (buffer && !fits) {
		xg_gl_error(gl, GL_INVALID_VALUE);
		return;
	}
	/* Without a buffer there is an error, and nothing is read. */
	settle(gl, target);
	if (fits && data && size > (GLsizeiptr)XG_BAND_SIZE)
		send_bands(gl, target, offset, size, data);
	else
		xg_encode_glBufferSubData(gl.stream, target, offset, fits ? size : 0, data);
	if (!fits || !size || !data)
		return;
	if (buffer->shadow)
		memcpy(buffer->shadow + offset, data, (size_t)size);
	buffer->is_blank = buffer->is_blank && buffer->shadow;
}

/* The error where something is done with a buffer, and none is bound to the target. */
static GLenum no_buffer(struct xg_gl gl, GLenum target)
{
	return xg_gl_binding(gl.state, target) ? GL_INVALID_OPERATION : GL_INVALID_ENUM;
}

/* The error that mapping that range of the target's buffer deserves, 0 if none. */
static GLenum check_map(struct xg_gl gl, GLenum target, const struct xg_buffer *buffer,
	GLintptr offset, GLsizeiptr length, GLbitfield access)
{
	const GLbitfield known = GL_MAP_READ_BIT | GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT |
				 GL_MAP_INVALIDATE_BUFFER_BIT | GL_MAP_FLUSH_EXPLICIT_BIT |
				 GL_MAP_UNSYNCHRONIZED_BIT;
	const GLbitfield write_only = GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT |
				      GL_MAP_UNSYNCHRONIZED_BIT;

	if (!buffer)
		return no_buffer(gl, target);
	if (offset < 0 || length < 0 || (length && access & ~known))
		return GL_INVALID_VALUE;
	if (!length || !(access & (GL_MAP_READ_BIT | GL_MAP_WRITE_BIT)))
		return GL_INVALID_OPERATION;
	if ((access & GL_MAP_READ_BIT) && (access & write_only))
		return GL_INVALID_OPERATION;
	if ((access & GL_MAP_FLUSH_EXPLICIT_BIT) && !(access & GL_MAP_WRITE_BIT))
		return GL_INVALID_OPERATION;
	if (!is_range(buffer, offset, length))
		return GL_INVALID_VALUE;
	return buffer->mapping ? GL_INVALID_OPERATION : GL_NO_ERROR;
}

/* Gives the buffer memory to map; what was in it matters unless the access says otherwise. */
static bool map_memory(struct xg_gl gl, GLenum target, struct xg_buffer *buffer, size_t offset,
	size_t length, GLbitfield access)
{
	if (!buffer->shadow && (access & GL_MAP_INVALIDATE_BUFFER_BIT))
		xg_shadow_make(buffer);
	if (!buffer->shadow && (access & GL_MAP_INVALIDATE_RANGE_BIT))
		return map_separately(gl, buffer, length);
	if (!xg_gl_buffer_contents(gl, target, buffer))
		return false;
	buffer->mapping = buffer->shadow + offset;
	return true;
}

static void *map(struct xg_gl gl, GLenum target, struct xg_buffer *buffer, GLintptr offset,
	GLsizeiptr length, GLbitfield access)
{
	if (!map_memory(gl, target, buffer, (size_t)offset, (size_t)length, access)) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return NULL;
	}
	buffer->map_offset = (size_t)offset;
	buffer->map_length = (size_t)length;
	buffer->map_access = access;
	return buffer->mapping;
}

void *xg_gl_glMapBufferRangeEXT(
	GLenum target, GLintptr offset, GLsizeiptr length, GLbitfield access)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return NULL;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	const GLenum error = check_map(gl, target, buffer, offset, length, access);
	if (error) {
		xg_gl_error(gl, error);
		return NULL;
	}
	return map(gl, target, buffer, offset, length, access);
}

void *xg_gl_glMapBufferOES(GLenum target, GLenum access)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return NULL;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	GLenum error = GL_NO_ERROR;
	if (access != GL_WRITE_ONLY_OES || !xg_gl_binding(gl.state, target))
		error = GL_INVALID_ENUM;
	else if (!buffer || buffer->mapping || !buffer->size)
		error = GL_INVALID_OPERATION;
	if (error) {
		xg_gl_error(gl, error);
		return NULL;
	}
	return map(gl, target, buffer, 0, (GLsizeiptr)buffer->size, GL_MAP_WRITE_BIT);
}

/* Sends a part of the mapping, offset from its start. */
static void send_mapped(
	struct xg_gl gl, GLenum target, struct xg_buffer *buffer, size_t offset, size_t length)
{
	const GLintptr at = (GLintptr)(buffer->map_offset + offset);
	const uint8_t *data = buffer->mapping + offset;

	settle(gl, target);
	if (length > XG_BAND_SIZE)
		send_bands(gl, target, at, (GLsizeiptr)length, data);
	else
		xg_encode_glBufferSubData(gl.stream, target, at, (GLsizeiptr)length, data);
	buffer->is_blank = buffer->is_blank && buffer->shadow;
}

void xg_gl_glFlushMappedBufferRangeEXT(GLenum target, GLintptr offset, GLsizeiptr length)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	GLenum error = GL_NO_ERROR;
	if (!xg_gl_binding(gl.state, target))
		error = GL_INVALID_ENUM;
	else if (offset < 0 || length < 0)
		error = GL_INVALID_VALUE;
	else if (!buffer || !buffer->mapping || !(buffer->map_access & GL_MAP_FLUSH_EXPLICIT_BIT))
		error = GL_INVALID_OPERATION;
	else if ((size_t)offset > buffer->map_length ||
		 (size_t)length > buffer->map_length - (size_t)offset)
		error = GL_INVALID_VALUE;
	if (error)
		xg_gl_error(gl, error);
	else
		send_mapped(gl, target, buffer, (size_t)offset, (size_t)length);
}

GLboolean xg_gl_glUnmapBufferOES(GLenum target)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return GL_FALSE;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	if (!buffer || !buffer->mapping) {
		xg_gl_error(gl, no_buffer(gl, target));
		return GL_FALSE;
	}
	if ((buffer->map_access & GL_MAP_WRITE_BIT) &&
		!(buffer->map_access & GL_MAP_FLUSH_EXPLICIT_BIT))
		send_mapped(gl, target, buffer, 0, buffer->map_length);
	drop_mapping(gl, buffer);
	return GL_TRUE;
}

void xg_gl_glGetBufferPointervOES(GLenum target, GLenum pname, void **params)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	if (pname != GL_BUFFER_MAP_POINTER_OES || !xg_gl_binding(gl.state, target))
		xg_gl_error(gl, GL_INVALID_ENUM);
	else if (!buffer)
		xg_gl_error(gl, GL_INVALID_OPERATION);
	else
		*params = buffer->mapping;
}

/* GL_BUFFER_ACCESS_OES of a mapping. */
static GLint map_access(GLbitfield access)
{
	if (!(access & GL_MAP_READ_BIT))
		return GL_WRITE_ONLY_OES;
	return access & GL_MAP_WRITE_BIT ? 0x88ba /* GL_READ_WRITE */ : 0x88b8 /* GL_READ_ONLY */;
}

/* What only the guest knows: the mapping. False: ask the host. */
static bool get_mapping(const struct xg_buffer *buffer, GLenum pname, GLint *value)
{
	switch (pname) {
	case GL_BUFFER_MAPPED_OES:
		*value = buffer->mapping != NULL;
		return true;
	case GL_BUFFER_ACCESS_OES:
		*value = map_access(buffer->mapping ? buffer->map_access : 0);
		return true;
	case GL_BUFFER_MAP_OFFSET:
		*value = buffer->mapping ? (GLint)buffer->map_offset : 0;
		return true;
	case GL_BUFFER_MAP_LENGTH:
		*value = buffer->mapping ? (GLint)buffer->map_length : 0;
		return true;
	case GL_BUFFER_ACCESS_FLAGS:
		*value = buffer->mapping ? (GLint)buffer->map_access : 0;
		return true;
	default:
		return false;
	}
}

void xg_gl_glGetBufferParameteriv(GLenum target, GLenum pname, GLint *params)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	settle(gl, target);
	if (!buffer || !get_mapping(buffer, pname, params))
		xg_encode_glGetBufferParameteriv(gl.stream, target, pname, params);
}

void xg_gl_glGetBufferParameteri64v(GLenum target, GLenum pname, GLint64 *params)
{
	struct xg_gl gl = xg_gl_current();
	GLint value;

	if (!gl.stream)
		return;
	struct xg_buffer *buffer = bound_buffer(gl, target);
	settle(gl, target);
	if (buffer && pname == GL_BUFFER_MAP_OFFSET)
		*params = buffer->mapping ? (GLint64)buffer->map_offset : 0;
	else if (buffer && pname == GL_BUFFER_MAP_LENGTH)
		*params = buffer->mapping ? (GLint64)buffer->map_length : 0;
	else if (buffer && get_mapping(buffer, pname, &value))
		*params = value;
	else
		xg_encode_glGetBufferParameteri64v(gl.stream, target, pname, params);
}

void xg_gl_glCopyBufferSubData(GLenum read_target, GLenum write_target, GLintptr read_offset,
	GLintptr write_offset, GLsizeiptr size)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	struct xg_buffer *from = bound_buffer(gl, read_target);
	struct xg_buffer *to = bound_buffer(gl, write_target);
	/* The host's buffers are never mapped. */
	if (from && to && (from->mapping || to->mapping)) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return;
	}
	settle(gl, read_target);
	settle(gl, write_target);
	xg_encode_glCopyBufferSubData(
		gl.stream, read_target, write_target, read_offset, write_offset, size);
	if (to)
		xg_gl_buffer_written(to);
}

/* SPDX-License-Identifier: MIT */
/*
 * Indexed binding points of buffers and what is asked of them; and transform feedback, which writes
 * into what is bound there. Only the general binding that comes with an indexed one is kept here;
 * the host knows the points themselves.
 */
#include <GLES3/gl32.h>

#include "gles/bindings.h"
#include "gles/current.h"
#include "gles/known.h"
#include "gles/vertex.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* Every implementation has as many points for uniforms, and takes offsets that are multiples of
 * this.
 */
#define UNIFORM_CERTAIN 24u
#define OFFSET_CERTAIN	256

/* What is known of the points of a target. */
static const struct points {
	uint16_t target;
	uint16_t certain;   /* every implementation has as many */
	uint16_t limit;	    /* pname of how many there are */
	uint16_t alignment; /* pname of what an offset is a multiple of; 0: it is 4 */
	bool is_written;    /* by draws and dispatches */
} all_points[] = {
	{GL_UNIFORM_BUFFER, UNIFORM_CERTAIN, GL_MAX_UNIFORM_BUFFER_BINDINGS,
		GL_UNIFORM_BUFFER_OFFSET_ALIGNMENT, false},
	{GL_TRANSFORM_FEEDBACK_BUFFER, 4, GL_MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS, 0, true},
	{GL_SHADER_STORAGE_BUFFER, 4, GL_MAX_SHADER_STORAGE_BUFFER_BINDINGS,
		GL_SHADER_STORAGE_BUFFER_OFFSET_ALIGNMENT, true},
	{GL_ATOMIC_COUNTER_BUFFER, 1, GL_MAX_ATOMIC_COUNTER_BUFFER_BINDINGS, 0, true},
};

/* The points of a target if there is one of that number; NULL otherwise. */
static const struct points *find_point(struct xg_gl gl, GLenum target, GLuint index)
{
	for (size_t i = 0; i < sizeof(all_points) / sizeof(all_points[0]); i++) {
		const struct points *points = &all_points[i];

		if (points->target == target)
			return index < points->certain ||
					       index < (GLuint)xg_gl_limit(gl, points->limit)
				       ? points
				       : NULL;
	}
	return NULL;
}

/* A part of a buffer that a point may have. */
static bool is_part(struct xg_gl gl, const struct points *points, GLintptr offset, GLsizeiptr size)
{
	const bool is_asked = points->alignment && offset % OFFSET_CERTAIN;
	const GLint alignment = is_asked ? xg_gl_limit(gl, points->alignment) : 4;

	return offset >= 0 && size > 0 && alignment && offset % alignment == 0 &&
	       (points->target != GL_TRANSFORM_FEEDBACK_BUFFER || size % 4 == 0);
}

/* While a transform feedback is under way its buffers stay: the host knows whether one is. */
static bool is_bound_on_host(struct xg_gl gl, GLuint name)
{
	GLint bound = 0;

	xg_encode_glGetIntegerv(gl.stream, GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, &bound);
	return (GLuint)bound == name;
}

/* A buffer was bound to a point of the target, and so to the target. */
static void keep(struct xg_gl gl, const struct points *points, struct xg_buffer *buffer)
{
	const GLenum target = points->target;

	if (target == GL_TRANSFORM_FEEDBACK_BUFFER &&
		(gl.state->has_feedback || gl.state->has_paused) &&
		!is_bound_on_host(gl, buffer ? buffer->name : 0))
		return;
	if (buffer && points->is_written)
		buffer->is_feedback = true;
	*xg_gl_binding(gl.state, target) = buffer;
}

/* The buffer of that name; NULL for 0. False, with the error recorded, if there is no memory for
 * it.
 */
static bool find(struct xg_gl gl, GLuint name, struct xg_buffer **buffer)
{
	*buffer = name ? xg_known_buffer(gl.state, name) : NULL;
	if (*buffer || !name)
		return true;
	xg_gl_error(gl, GL_OUT_OF_MEMORY);
	return false;
}

void xg_gl_glBindBufferBase(GLenum target, GLuint index, GLuint name)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_buffer *buffer = NULL;

	if (!gl.stream)
		return;
	const struct points *points = find_point(gl, target, index);
	if (points && !find(gl, name, &buffer))
		return;
	xg_encode_glBindBufferBase(gl.stream, target, index, name);
	if (points)
		keep(gl, points, buffer);
}

static __attribute__((noinline)) void bind_range(
	GLenum target, GLuint index, GLuint name, GLintptr offset, GLsizeiptr size)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_buffer *buffer = NULL;

	if (!gl.stream)
		return;
	const struct points *points = find_point(gl, target, index);
	if (points && name && !is_part(gl, points, offset, size))
		points = NULL; /* the host refuses it */
	if (points && !find(gl, name, &buffer))
		return;
	xg_encode_glBindBufferRange(gl.stream, target, index, name, offset, size);
	if (points)
		keep(gl, points, buffer);
}

/*
 * Mostly a part of a buffer of this context alone, for uniforms, that every implementation takes:
 * no other stream has to do with the name.
 */
void xg_gl_glBindBufferRange(
	GLenum target, GLuint index, GLuint name, GLintptr offset, GLsizeiptr size)
{
	struct xg_gl gl = xg_gl_current();

	if (XG_UNLIKELY(!gl.stream || xg_share_is_shared(gl.state->share) ||
			target != GL_UNIFORM_BUFFER || index >= UNIFORM_CERTAIN ||
			(uint64_t)offset % OFFSET_CERTAIN ||
			((uint64_t)offset | ((uint64_t)size - 1)) >= gl.state->short_limit)) {
		bind_range(target, index, name, offset, size);
		return;
	}
	gl.state->buffers[XG_BUFFER_UNIFORM] = NULL;
	gl.state->uniform_name = name;
	xg_write_xgBindBufferRange(
		gl.stream, target, index, name, (uint32_t)offset, (uint32_t)size);
}

void xg_gl_glGetIntegeri_v(GLenum target, GLuint index, GLint *data)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream && !xg_vertex_get_binding(gl, target, index, data))
		xg_encode_glGetIntegeri_v(gl.stream, target, index, data);
}

void xg_gl_glBeginTransformFeedback(GLenum mode)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glBeginTransformFeedback(gl.stream, mode);
	gl.state->has_feedback = true;
}

void xg_gl_glEndTransformFeedback(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glEndTransformFeedback(gl.stream);
	gl.state->has_feedback = false;
}

void xg_gl_glPauseTransformFeedback(void)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	xg_encode_glPauseTransformFeedback(gl.stream);
	gl.state->has_paused = true;
}

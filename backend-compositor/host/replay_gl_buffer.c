/* SPDX-License-Identifier: MIT */
/* Buffer objects: bindings that vertex.h follows, their memory, and reading them back. */
#include <string.h>

#include "context.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

void xg_replay_glBindBuffer(
	struct xg_replay *r, const struct xg_cmd_glBindBuffer *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	struct xg_vertex *vertex = &r->context->vertex;
	const uint32_t buffer = xg_names_bind(r, XG_CLASS_BUFFER, c->buffer, gl->glGenBuffers);

	gl->glBindBuffer(c->target, buffer);
	if (c->target == GL_ARRAY_BUFFER)
		vertex->array_buffer = buffer;
	else if (c->target == GL_ELEMENT_ARRAY_BUFFER)
		vertex->array->elements = buffer;
}

void xg_replay_glDeleteBuffers(
	struct xg_replay *r, const struct xg_cmd_glDeleteBuffers *c, const struct xg_payload *p)
{
	const uint32_t count = (uint32_t)(p[0].size / sizeof(uint32_t));
	const volatile uint32_t *shared = p[0].data;

	if (c->n < 0)
		xg_replay_error(r, GL_INVALID_VALUE);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t guest_name = shared[i];
		const uint32_t name = xg_names_find(r->names, XG_CLASS_BUFFER, guest_name);

		xg_names_delete(
			r, XG_CLASS_BUFFER, 1, &guest_name, xg_replay_gl(r)->glDeleteBuffers);
		if (name && name != XG_NAME_UNKNOWN)
			xg_vertex_forget_buffer(&r->context->vertex, name);
	}
}

static uint32_t binding_of(uint32_t target)
{
	switch (target) {
	case GL_PIXEL_PACK_BUFFER:
		return GL_PIXEL_PACK_BUFFER_BINDING;
	case GL_PIXEL_UNPACK_BUFFER:
		return GL_PIXEL_UNPACK_BUFFER_BINDING;
	case GL_COPY_READ_BUFFER:
		return GL_COPY_READ_BUFFER_BINDING;
	case GL_COPY_WRITE_BUFFER:
		return GL_COPY_WRITE_BUFFER_BINDING;
	case GL_UNIFORM_BUFFER:
		return GL_UNIFORM_BUFFER_BINDING;
	case GL_TRANSFORM_FEEDBACK_BUFFER:
		return GL_TRANSFORM_FEEDBACK_BUFFER_BINDING;
	case GL_DRAW_INDIRECT_BUFFER:
		return GL_DRAW_INDIRECT_BUFFER_BINDING;
	case GL_DISPATCH_INDIRECT_BUFFER:
		return GL_DISPATCH_INDIRECT_BUFFER_BINDING;
	case GL_ATOMIC_COUNTER_BUFFER:
		return GL_ATOMIC_COUNTER_BUFFER_BINDING;
	case GL_SHADER_STORAGE_BUFFER:
		return GL_SHADER_STORAGE_BUFFER_BINDING;
	case GL_TEXTURE_BUFFER:
		return GL_TEXTURE_BUFFER_BINDING;
	default:
		return 0;
	}
}

/* The driver's name of the buffer that is bound to a target, 0 if none is. */
static uint32_t bound_buffer(struct xg_replay *r, uint32_t target)
{
	const struct xg_vertex *vertex = &r->context->vertex;
	GLint name = 0;

	if (target == GL_ARRAY_BUFFER)
		return vertex->array_buffer;
	if (target == GL_ELEMENT_ARRAY_BUFFER)
		return vertex->array->elements;
	if (binding_of(target))
		xg_replay_gl(r)->glGetIntegerv(binding_of(target), &name);
	return (uint32_t)name;
}

void xg_replay_glBufferData(
	struct xg_replay *r, const struct xg_cmd_glBufferData *c, const struct xg_payload *p)
{
	const uint64_t bytes = c->size > 0 ? (uint64_t)c->size : 0;

	xg_replay_collect_error(r);
	if (!xg_names_reserve(r, XG_CLASS_BUFFER, bytes))
		return;
	xg_replay_gl(r)->glBufferData(c->target, (GLsizeiptr)c->size, p[0].data, c->usage);
	if (xg_replay_collect_error(r))
		xg_names_release(r, XG_CLASS_BUFFER, bytes);
	else
		xg_names_charge(r, XG_CLASS_BUFFER, bound_buffer(r, c->target), 0, bytes);
}

/* The guest's library keeps what it writes itself; this is for what the driver wrote. */
void xg_replay_xgReadBuffer(
	struct xg_replay *r, const struct xg_cmd_xgReadBuffer *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	if (!gl->glMapBufferRangeEXT || !gl->glUnmapBufferOES) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	if (!p[0].data || !p[0].size)
		return;

	const void *mapped = gl->glMapBufferRangeEXT(
		c->target, (GLintptr)c->offset, (GLsizeiptr)p[0].size, GL_MAP_READ_BIT_EXT);
	if (!mapped)
		return;
	memcpy(p[0].data, mapped, p[0].size);
	*xg_replay_result(r) = gl->glUnmapBufferOES(c->target) ? 1 : 0;
}

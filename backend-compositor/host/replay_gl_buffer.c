/* SPDX-License-Identifier: MIT */
/* Buffer objects: bindings that vertex.h follows, their memory, and reading them back. */
#include <string.h>

#include "context.h"
#include "holds.h"
#include "names.h"
#include "replay.h"
#include "stream.h"
#include "texture_stores.h"
#include "unpack.h"
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
	else
		xg_holds_bind_buffer(r->holds, c->target, buffer);
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
	if (xg_buffer_binding(target))
		xg_replay_gl(r)->glGetIntegerv(xg_buffer_binding(target), &name);
	return (uint32_t)name;
}

/* False if there is no such memory, or it is refused. */
static bool set_data(
	struct xg_replay *r, const struct xg_cmd_glBufferData *c, const struct xg_payload *p)
{
	const uint64_t bytes = c->size > 0 ? (uint64_t)c->size : 0;
	const uint32_t buffer = bound_buffer(r, c->target);

	xg_replay_collect_error(r);
	/* An image of a buffer texture would reach as far as before, from behind the end on. */
	if (bytes < xg_texture_stores_last_start(xg_names_texture_stores(r->names), buffer)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return false;
	}
	if (!xg_names_reserve(r, XG_CLASS_BUFFER, bytes))
		return false;
	xg_replay_gl(r)->glBufferData(c->target, (GLsizeiptr)c->size, p[0].data, c->usage);
	if (xg_replay_collect_error(r)) {
		xg_names_release(r, XG_CLASS_BUFFER, bytes);
		return false;
	}
	if (bytes < xg_names_object_bytes(r->names, XG_CLASS_BUFFER, buffer) ||
		!xg_names_is_joined(r->names, XG_CLASS_BUFFER, buffer))
		xg_names_doubt(r->names, XG_DOUBT_POINTS);
	xg_names_charge(r, XG_CLASS_BUFFER, buffer, 0, bytes);
	return true;
}

void xg_replay_glBufferData(
	struct xg_replay *r, const struct xg_cmd_glBufferData *c, const struct xg_payload *p)
{
	if (xg_parts_begin(r))
		xg_parts_end_known(r, !set_data(r, c, p));
}

void xg_replay_glBufferSubData(
	struct xg_replay *r, const struct xg_cmd_glBufferSubData *c, const struct xg_payload *p)
{
	if (xg_parts_begin(r))
		xg_replay_gl(r)->glBufferSubData(
			c->target, (GLintptr)c->offset, (GLsizeiptr)c->size, p[0].data);
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
	xg_host_stream_fill(r->stream, p[0].data, mapped, p[0].size);
	*xg_replay_result(r) = gl->glUnmapBufferOES(c->target) ? 1 : 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Vertex attributes: what is asked of them elsewhere than where gl*Pointer sets them. All on the
 * thread on which the context is current.
 *
 * Programs enable an attribute, bind its buffer and set its pointer before each draw, and disable
 * it afterwards, and the next frame does the same. So the host is told of GL_ARRAY_BUFFER before
 * something is done with that binding, of the enabled attributes before a draw, and of a pointer
 * only if it is another one.
 */
#ifndef XG_GLES_VERTEX_H
#define XG_GLES_VERTEX_H

#include <stdbool.h>
#include <stdint.h>

#include "gles/current.h"
#include "ring.h"

/* Whether the host has an attribute of that number. */
bool xg_vertex_is_attrib(struct xg_gl gl, uint32_t index);

/* Whether it takes vertices of that size and type; is_integer: without a conversion to floats. */
bool xg_vertex_is_format(
	struct xg_gl gl, uint32_t index, int32_t size, uint32_t type, bool is_integer);

/* Tells the host of GL_ARRAY_BUFFER, of the enabled attributes of the bound array. */
void xg_vertex_send_buffer(struct xg_gl gl);
void xg_vertex_send_enabled(struct xg_gl gl);

/* Before something is sent that has to do with GL_ARRAY_BUFFER. */
static inline void xg_vertex_settle_buffer(struct xg_gl gl)
{
	if (XG_UNLIKELY(gl.state->told_buffer != gl.state->array_buffer))
		xg_vertex_send_buffer(gl);
}

/* Before a draw. */
static inline void xg_vertex_settle_enabled(struct xg_gl gl)
{
	if (XG_UNLIKELY(gl.state->array->told != gl.state->array->enabled))
		xg_vertex_send_enabled(gl);
}

/* Whether the host may be told later what is bound to GL_ARRAY_BUFFER now: nobody else sees it, and
 * binding it makes no object. */
static inline bool xg_vertex_may_settle(struct xg_gl gl, const struct xg_buffer *buffer)
{
	return gl.state->skips_repeats && !xg_share_is_shared(gl.state->share) &&
	       (!buffer || buffer->size);
}

/* Octets of one vertex of an attribute. */
uint32_t xg_attrib_size(const struct xg_attrib *attrib);

/* The attribute takes its vertices from that binding of its array. */
void xg_vertex_use_binding(struct xg_vertex_array *array, uint32_t index, uint32_t binding);

/* The value of an indexed pname, GL_VERTEX_BINDING_*. False: the host is to be asked. */
bool xg_vertex_get_binding(struct xg_gl gl, uint32_t pname, uint32_t index, int32_t *value);

#endif

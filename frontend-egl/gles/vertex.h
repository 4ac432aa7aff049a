/* SPDX-License-Identifier: MIT */
/* Vertex attributes: what is asked of them elsewhere than where gl*Pointer sets them. All on the
 * thread on which the context is current. */
#ifndef XG_GLES_VERTEX_H
#define XG_GLES_VERTEX_H

#include <stdbool.h>
#include <stdint.h>

#include "gles/current.h"

/* Whether the host has an attribute of that number. */
bool xg_vertex_is_attrib(struct xg_gl gl, uint32_t index);

/* Whether it takes vertices of that size and type; is_integer: without a conversion to floats. */
bool xg_vertex_is_format(
	struct xg_gl gl, uint32_t index, int32_t size, uint32_t type, bool is_integer);

/* Octets of one vertex of an attribute. */
uint32_t xg_attrib_size(const struct xg_attrib *attrib);

/* The attribute takes its vertices from that binding of its array. */
void xg_vertex_use_binding(struct xg_vertex_array *array, uint32_t index, uint32_t binding);

/* The value of an indexed pname, GL_VERTEX_BINDING_*. False: the host is to be asked. */
bool xg_vertex_get_binding(struct xg_gl gl, uint32_t pname, uint32_t index, int32_t *value);

#endif

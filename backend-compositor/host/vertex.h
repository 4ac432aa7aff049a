/* SPDX-License-Identifier: MIT */
/*
 * Which vertex attributes have a buffer behind them, per vertex array object. The driver must
 * never fetch vertices or indices from an address that a guest chose, so for the time of a draw
 * an enabled attribute without a buffer is disabled: it then has its constant value.
 *
 * Buffers are named as the driver names them.
 */
#ifndef XG_HOST_VERTEX_H
#define XG_HOST_VERTEX_H

#include <stdbool.h>
#include <stdint.h>

enum { XG_VERTEX_ATTRIBS_MAX = 32 };

struct xg_vertex_array {
	struct xg_vertex_array *next;
	uint32_t name;				 /* the driver's; 0: the default one */
	uint32_t enabled;			 /* a bit for each attribute */
	uint32_t backed;			 /* a bit for each attribute with a buffer */
	uint32_t separate;			 /* a bit for each whose binding is another's */
	uint32_t elements;			 /* GL_ELEMENT_ARRAY_BUFFER */
	uint8_t bindings[XG_VERTEX_ATTRIBS_MAX]; /* of each attribute, counted from its own number
						  */
	uint32_t buffers[XG_VERTEX_ATTRIBS_MAX]; /* of each binding */
};

struct xg_vertex {
	struct xg_vertex_array default_array;
	struct xg_vertex_array *others; /* those that were bound once */
	struct xg_vertex_array *array;	/* the bound one */
	uint32_t array_buffer;		/* GL_ARRAY_BUFFER */
	uint32_t attrib_count;		/* GL_MAX_VERTEX_ATTRIBS, at most XG_VERTEX_ATTRIBS_MAX */
};

void xg_vertex_init(struct xg_vertex *vertex);
void xg_vertex_finish(struct xg_vertex *vertex);

/* An attribute's pointer now leads into a buffer; 0: it no longer does. The index is in range, as
 * they are in the following two. */
void xg_vertex_set_buffer(struct xg_vertex *vertex, uint32_t index, uint32_t buffer);

/* A binding of the bound array has that buffer now; an attribute takes its vertices from that
 * binding. */
void xg_vertex_bind_buffer(struct xg_vertex *vertex, uint32_t binding, uint32_t buffer);
void xg_vertex_use_binding(struct xg_vertex *vertex, uint32_t index, uint32_t binding);

/* The driver has bound or deleted a vertex array. */
void xg_vertex_bind_array(struct xg_vertex *vertex, uint32_t name);
void xg_vertex_forget_array(struct xg_vertex *vertex, uint32_t name);

/* The driver deleted a buffer: the bound array and the context no longer have it. */
void xg_vertex_forget_buffer(struct xg_vertex *vertex, uint32_t buffer);

#endif

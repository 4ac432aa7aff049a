/* SPDX-License-Identifier: MIT */
/*
 * Which vertex attributes have a buffer behind them, per vertex array object. The driver must
 * never fetch vertices or indices from an address that a guest chose, so before each draw every
 * enabled attribute without a buffer gets a small buffer of zeros.
 *
 * Buffers are named as the driver names them.
 */
#ifndef XG_HOST_VERTEX_H
#define XG_HOST_VERTEX_H

#include <stdbool.h>
#include <stdint.h>

struct xg_replay;

enum { XG_VERTEX_ATTRIBS_MAX = 32 };

struct xg_vertex_array {
	struct xg_vertex_array *next;
	uint32_t name;	   /* the driver's; 0: the default one */
	uint32_t enabled;  /* a bit for each attribute */
	uint32_t backed;   /* a bit for each attribute with a buffer */
	uint32_t elements; /* GL_ELEMENT_ARRAY_BUFFER */
	uint32_t buffers[XG_VERTEX_ATTRIBS_MAX];
};

struct xg_vertex {
	struct xg_vertex_array default_array;
	struct xg_vertex_array *others; /* those that were bound once */
	struct xg_vertex_array *array;	/* the bound one */
	uint32_t array_buffer;		/* GL_ARRAY_BUFFER */
	uint32_t zeros;			/* the buffer of zeros; 0 until needed */
};

void xg_vertex_init(struct xg_vertex *vertex);
void xg_vertex_finish(struct xg_vertex *vertex);

/* An attribute's pointer now leads into a buffer. */
void xg_vertex_back(struct xg_vertex *vertex, uint32_t index, uint32_t buffer);

/* The driver deleted a buffer: the bound array and the context no longer have it. */
void xg_vertex_forget_buffer(struct xg_vertex *vertex, uint32_t buffer);

/* Gives zeros to the attributes that have no buffer. */
void xg_vertex_fill(struct xg_replay *r, uint32_t bare);

#endif

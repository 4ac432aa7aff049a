/* SPDX-License-Identifier: MIT */
/*
 * Client arrays: the vertices that a draw reads from the application's memory, sent before it.
 * Arrays that lie interleaved in one block go as that block, as they are, if the host knows how to
 * take them from it. An array by itself goes packed tightly.
 */
#ifndef XG_GLES_CLIENT_ARRAYS_H
#define XG_GLES_CLIENT_ARRAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "gles/current.h"
#include "gles/index_range.h"

/* The instances of a draw, and which is the first one for arrays with a divisor. */
struct xg_instances {
	int32_t count;
	uint32_t base;
};

/*
 * Sends what a draw of those vertices and instances, neither of which is empty, reads of a mask of
 * the bound array's attributes, all in client memory. False, with GL_OUT_OF_MEMORY recorded, if
 * there is no memory for them: nothing shall be drawn.
 */
bool xg_client_arrays_send(struct xg_gl gl, uint32_t mask, const struct xg_index_range *range,
	const struct xg_instances *instances);

#endif

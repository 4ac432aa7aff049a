/* SPDX-License-Identifier: MIT */
/* See index_range.h. A restart's index is as high as its type has them. So it is the lowest one
 * only if there is no other, and with 1 added it wraps to 0, which is never the highest. */
#include "gles/index_range.h"

#include <GLES3/gl32.h>

#define SCAN(type)                                                                                 \
	{                                                                                          \
		const type *const from = indices;                                                  \
		const type raise = has_restart;                                                    \
		type lowest = (type)-1, highest = 0;                                               \
                                                                                                   \
		for (size_t i = 0; i < count; i++) {                                               \
			const type raised = (type)(from[i] + raise);                               \
			lowest = from[i] < lowest ? from[i] : lowest;                              \
			highest = raised > highest ? raised : highest;                             \
		}                                                                                  \
		return (struct xg_index_range){                                                    \
			.first = lowest,                                                           \
			.last = (type)(highest - raise),                                           \
			.is_empty = highest < raise || !count,                                     \
		};                                                                                 \
	}

struct xg_index_range xg_index_range_scan(
	const void *indices, size_t count, uint32_t type, bool has_restart)
{
	switch (type) {
	case GL_UNSIGNED_BYTE:
		SCAN(uint8_t)
	case GL_UNSIGNED_SHORT:
		SCAN(uint16_t)
	case GL_UNSIGNED_INT:
		SCAN(uint32_t)
	default:
		return (struct xg_index_range){.is_empty = true};
	}
}

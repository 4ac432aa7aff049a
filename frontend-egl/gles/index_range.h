/* SPDX-License-Identifier: MIT */
/*
 * The lowest and the highest of a draw's indices, between which lie the vertices that it reads.
 * A file of its own because compilers make vector instructions of its loops, where they are asked
 * to: with them it takes less time than sending the indices does, so that no result is kept.
 */
#ifndef XG_GLES_INDEX_RANGE_H
#define XG_GLES_INDEX_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_index_range {
	uint32_t first, last;
	bool is_empty; /* and no vertices are read; the others are then undefined */
};

/* The range of count indices. has_restart: the highest one of their type is none. Those of a type
 * that is no type of indices have an empty range. */
struct xg_index_range xg_index_range_scan(
	const void *indices, size_t count, uint32_t type, bool has_restart);

#endif

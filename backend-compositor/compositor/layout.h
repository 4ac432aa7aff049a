/* SPDX-License-Identifier: MIT */
/* Where a new window goes: beside the others while there is room, then in a cascade. */
#ifndef XG_COMPOSITOR_LAYOUT_H
#define XG_COMPOSITOR_LAYOUT_H

#include <stdint.h>

struct xg_window;

/*
 * Finds a corner for a frame of width × height. parent, if not NULL, is a mapped window in whose
 * middle it is to stand.
 */
void xg_layout_place(const struct xg_window *window, const struct xg_window *parent, int32_t width,
	int32_t height, int32_t *x, int32_t *y);

#endif

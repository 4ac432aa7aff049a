/* SPDX-License-Identifier: MIT */
/* From a committed buffer to what is on show. */
#ifndef XG_COMPOSITOR_SURFACE_CONTENT_H
#define XG_COMPOSITOR_SURFACE_CONTENT_H

#include <stdbool.h>

struct xg_surface;

/*
 * Brings texture, size and mapping of the surface in line with its current state: uploads what was
 * damaged, gives the buffer back, and tells the output what to repaint. Returns false once it has
 * posted a protocol error.
 */
bool xg_surface_update_content(struct xg_surface *surface);

/* Nothing is on show any more. */
void xg_surface_drop_content(struct xg_surface *surface);

#endif

/* SPDX-License-Identifier: MIT */
/* From a committed buffer to what is on show. */
#ifndef XG_COMPOSITOR_SURFACE_CONTENT_H
#define XG_COMPOSITOR_SURFACE_CONTENT_H

#include <stdbool.h>

struct xg_surface;

void xg_surface_init_content(struct xg_surface *surface);

/*
 * Brings texture, size and mapping of the surface in line with its current state, and tells the
 * output what to repaint. Returns false once it has posted a protocol error.
 */
bool xg_surface_update_content(struct xg_surface *surface);

/* Brings the texture's pixels up to date, and gives the buffer back: before they are painted. */
void xg_surface_upload(struct xg_surface *surface);

/* Nothing is on show any more. */
void xg_surface_drop_content(struct xg_surface *surface);

#endif

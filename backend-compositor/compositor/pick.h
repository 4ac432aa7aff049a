/* SPDX-License-Identifier: MIT */
/* What is at a place on the screen, and where on the screen a surface is. */
#ifndef XG_COMPOSITOR_PICK_H
#define XG_COMPOSITOR_PICK_H

#include <stdbool.h>
#include <stdint.h>

#include "window_frame.h"

struct xg_server;
struct xg_surface;
struct xg_window;

struct xg_hit {
	struct xg_window *window; /* NULL: the background */
	/* The part of the window's frame, and for an edge which. */
	enum xg_frame_part part;
	uint32_t edges;
	/* The surface that takes input there, and the place in its coordinates. */
	struct xg_surface *surface; /* NULL: none */
	double x, y;
	/* What its window or popup is cut to: the place where its guest may draw. */
	struct xg_box clip;
};

/* Looks from the top down for what takes input at a place of the layout. */
struct xg_hit xg_pick(struct xg_server *server, double x, double y);

/* Finds where the corner of a shown surface is. False if it is in no window on show. */
bool xg_locate(struct xg_server *server, const struct xg_surface *surface, int32_t *x, int32_t *y);

#endif

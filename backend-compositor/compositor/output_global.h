/* SPDX-License-Identifier: MIT */
/* What clients see of an output: wl_output, and wl_surface.enter and leave. */
#ifndef XG_COMPOSITOR_OUTPUT_GLOBAL_H
#define XG_COMPOSITOR_OUTPUT_GLOBAL_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_output;
struct xg_surface;

/* Offers wl_output. */
void xg_output_global_init(struct xg_output *output);

/* The output of a wl_output resource. */
struct xg_output *xg_output_from_resource(struct wl_resource *resource);

/* Tells all clients the mode, after it changed. */
void xg_output_send_mode(struct xg_output *output);

/* Tells the surface's client that it can, or cannot, be seen on the output. */
void xg_output_send_enter(struct xg_output *output, const struct xg_surface *surface, bool entered);

#endif

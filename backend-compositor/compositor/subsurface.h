/* SPDX-License-Identifier: MIT */
/* wl_subcompositor and wl_subsurface: surfaces that stand in a parent's coordinates. */
#ifndef XG_COMPOSITOR_SUBSURFACE_H
#define XG_COMPOSITOR_SUBSURFACE_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_server;
struct xg_surface;

struct xg_subsurface {
	struct wl_resource *resource;
	struct xg_surface *surface;
	struct xg_surface *parent; /* NULL once the parent is gone */
	struct wl_list link, pending_link;
	int32_t x, y;
	int32_t pending_x, pending_y;
	bool synchronized;
};

/* Offers wl_subcompositor. False without memory. */
bool xg_subcompositor_init(struct xg_server *server);

/* The subsurface that the surface is, or NULL. */
struct xg_subsurface *xg_subsurface_of(const struct xg_surface *surface);

/* Whether its own mode, or that of a surface above it, makes it wait for the parent. */
bool xg_subsurface_is_synchronized(const struct xg_subsurface *subsurface);

/* The parent has applied a state: the pending order becomes the order shown ... */
void xg_subsurface_apply_order(struct xg_surface *parent);

/* ... and each child takes its place and, if it waited for this, its cached state. */
void xg_subsurface_parent_applied(struct xg_subsurface *subsurface);

/* Lets go of all children, which are not shown any more. */
void xg_subsurface_parent_destroyed(struct xg_surface *parent);

#endif

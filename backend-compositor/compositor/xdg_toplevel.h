/* SPDX-License-Identifier: MIT */
/* xdg_toplevel: what a client says about its window. Where the window stands is window.h's. */
#ifndef XG_COMPOSITOR_XDG_TOPLEVEL_H
#define XG_COMPOSITOR_XDG_TOPLEVEL_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "window.h"
#include "xdg_surface.h"

struct xg_toplevel {
	struct wl_resource *resource;
	struct wl_resource *decoration; /* zxdg_toplevel_decoration_v1, or NULL */
	struct xg_xdg_surface *xdg;
	struct xg_window window;
	char *title; /* NULL until set */
	struct xg_toplevel *parent;
	struct wl_list children;   /* xg_toplevel.child_link */
	struct wl_list child_link; /* in the parent's children, or alone */
	struct {
		int32_t min_width, min_height; /* 0: no limit */
		int32_t max_width, max_height;
	} pending, limits;
};

extern const struct xg_xdg_role xg_toplevel_role;

/* The toplevel that an xdg_surface is, or NULL. */
struct xg_toplevel *xg_toplevel_of(const struct xg_xdg_surface *xdg);

/* Answers xdg_surface.get_toplevel. */
void xg_toplevel_create(struct xg_xdg_surface *xdg, uint32_t id);

/* Asks the client to close the window. */
void xg_toplevel_close(struct xg_toplevel *toplevel);

/* Brings a size of the window's content within what the client allows. */
void xg_toplevel_limit_size(const struct xg_toplevel *toplevel, int32_t *width, int32_t *height);

#endif

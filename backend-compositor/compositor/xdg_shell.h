/* SPDX-License-Identifier: MIT */
/* xdg_wm_base, and what the files of xdg-shell share. */
#ifndef XG_COMPOSITOR_XDG_SHELL_H
#define XG_COMPOSITOR_XDG_SHELL_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_server;

/* One bound xdg_wm_base. */
struct xg_xdg_base {
	struct xg_server *server;
	struct wl_resource *resource; /* NULL once destroyed */
	struct wl_list surfaces;      /* xg_xdg_surface.link */
};

bool xg_xdg_shell_init(struct xg_server *server);

#endif

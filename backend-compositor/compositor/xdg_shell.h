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
	uint32_t ping_serial;	      /* of the ping that waits for its pong; 0: none */
	struct wl_event_source *ping_timer;
	bool is_unresponsive; /* has not answered in time, and not since */
};

bool xg_xdg_shell_init(struct xg_server *server);

/*
 * The user turns to a window of the client: asks it whether it lives. The title bars say so if it
 * does not answer; nothing else waits for it. base may be NULL.
 */
void xg_xdg_base_ping(struct xg_xdg_base *base);

#endif

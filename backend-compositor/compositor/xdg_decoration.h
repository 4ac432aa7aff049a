/* SPDX-License-Identifier: MIT */
/* zxdg_decoration_manager_v1: the answer is always that the compositor draws the frame. */
#ifndef XG_COMPOSITOR_XDG_DECORATION_H
#define XG_COMPOSITOR_XDG_DECORATION_H

#include <stdbool.h>

struct xg_server;
struct xg_toplevel;

bool xg_decoration_init(struct xg_server *server);

/* Sends the decoration's part of a toplevel's configure, if it has one. */
void xg_decoration_configure(struct xg_toplevel *toplevel);

/* Posts the protocol error for a toplevel destroyed before its decoration. */
void xg_decoration_post_orphaned(struct xg_toplevel *toplevel);

#endif

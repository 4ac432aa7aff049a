/* SPDX-License-Identifier: MIT */
/* zxdg_output_manager_v1: an output's name and place in the layout, for grim and its like. */
#ifndef XG_COMPOSITOR_XDG_OUTPUT_H
#define XG_COMPOSITOR_XDG_OUTPUT_H

#include <stdbool.h>

struct xg_output;
struct xg_server;

bool xg_xdg_output_init(struct xg_server *server);

/* Tells the size again; the wl_output.done that must follow is the caller's. */
void xg_xdg_output_send_size(struct xg_output *output);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * zwlr_screencopy_manager_v1: pictures of the output, for clients of dom0 only (server.c hides the
 * global from all others).
 */
#ifndef XG_COMPOSITOR_SCREENCOPY_H
#define XG_COMPOSITOR_SCREENCOPY_H

#include <stdbool.h>
#include <pixman.h>
#include <wayland-server-core.h>

struct xg_output;
struct xg_server;

bool xg_screencopy_init(struct xg_server *server);

/* Whether the global is screencopy's. */
bool xg_screencopy_is_global(const struct wl_global *global);

/* Gathers, for the captures that asked for it, what changes in the frame being made ... */
void xg_screencopy_note_damage(struct xg_output *output, pixman_region32_t *damage);

/* ... and answers those that wait, once the canvas holds the frame. */
void xg_screencopy_capture(struct xg_output *output);

#endif

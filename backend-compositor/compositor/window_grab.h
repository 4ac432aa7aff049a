/* SPDX-License-Identifier: MIT */
/* What the pointer does to windows while a button is pressed: move, resize, close. */
#ifndef XG_COMPOSITOR_WINDOW_GRAB_H
#define XG_COMPOSITOR_WINDOW_GRAB_H

#include <stdint.h>

struct xg_hit;
struct xg_pointer;
struct xg_window;

/* Each lasts until all buttons are released, or the window is unmapped. */
void xg_window_grab_move(struct xg_pointer *pointer, struct xg_window *window);
void xg_window_grab_resize(struct xg_pointer *pointer, struct xg_window *window, uint32_t edges);

/* A press on a part of a frame: one of the above, or the button that closes. */
void xg_window_grab_frame(struct xg_pointer *pointer, const struct xg_hit *hit);

/* A press that is spent: nothing happens until it is released. */
void xg_window_grab_nothing(struct xg_pointer *pointer);

/* Ends the grab if it is one of these and concerns the window. */
void xg_window_grab_forget(struct xg_pointer *pointer, const struct xg_window *window);

#endif

/* SPDX-License-Identifier: MIT */
/* The picture of a title bar. */
#ifndef XG_COMPOSITOR_WINDOW_TITLE_H
#define XG_COMPOSITOR_WINDOW_TITLE_H

#include <stdint.h>

struct xg_window;

/* Draws the window's title bar anew into window->title. The renderer must be current. */
void xg_window_title_draw(struct xg_window *window, int32_t width, int32_t height);

#endif

/* SPDX-License-Identifier: MIT */
/* The picture in a window's title bar, and in the strip that is left of it over a full screen. */
#ifndef XG_COMPOSITOR_WINDOW_TITLE_H
#define XG_COMPOSITOR_WINDOW_TITLE_H

#include <stdint.h>

struct xg_guest;
struct xg_window;

/*
 * Draws window->title anew, in that many pixels: as many of the bar as are on the screen. So the
 * name is where it can be read, and no picture is larger than the screen. The renderer must be
 * current.
 */
void xg_window_title_draw(struct xg_window *window, int32_t width, int32_t height);

/* A bar so wide has room for the guest's name and the button. */
int32_t xg_window_title_least_width(const struct xg_guest *guest);

#endif

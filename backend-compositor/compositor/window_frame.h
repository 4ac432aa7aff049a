/* SPDX-License-Identifier: MIT */
/*
 * The frame around a window: a title bar with the guest's name and colour, and a border. The
 * compositor alone draws it; a window's surfaces are cut to the content's box, and its popups,
 * which have a border of their own, stand below the title bar. A window over the full screen keeps
 * a strip with its guest's name and colour at the top. Whatever the window's size, the name is on
 * the screen where its frame's top is.
 */
#ifndef XG_COMPOSITOR_WINDOW_FRAME_H
#define XG_COMPOSITOR_WINDOW_FRAME_H

#include <stdint.h>

#include "box.h"

struct xg_scene;
struct xg_window;

#define XG_FRAME_TITLE_HEIGHT 26
#define XG_FRAME_BORDER	      3
#define XG_FRAME_STRIP_HEIGHT 16

enum xg_frame_part {
	XG_FRAME_NOWHERE, /* outside, or over the content */
	XG_FRAME_TITLE,
	XG_FRAME_CLOSE,
	XG_FRAME_EDGE,
};

/* The whole window, frame and all; the content within it; the button that closes it. */
struct xg_box xg_frame_outer(const struct xg_window *window);
struct xg_box xg_frame_content(const struct xg_window *window);
struct xg_box xg_frame_close_button(const struct xg_window *window);

/* What part of the frame is at a place; for an edge, *edges is set (xdg_toplevel_resize_edge). */
enum xg_frame_part xg_frame_part_at(
	const struct xg_window *window, double x, double y, uint32_t *edges);

/* Adds to the scene, from the top down: the title bar, drawn anew if it must be; the border ... */
void xg_frame_add_title(struct xg_window *window, struct xg_scene *scene);
void xg_frame_add_border(struct xg_window *window, struct xg_scene *scene);

/* ... and, below the content, what is seen where that is too small, or translucent. */
extern const float xg_frame_backdrop_rgb[3];
void xg_frame_add_backdrop(struct xg_window *window, struct xg_scene *scene);

#endif

/* SPDX-License-Identifier: MIT */
/* The picture of a title bar. */
#ifndef XG_COMPOSITOR_WINDOW_TITLE_H
#define XG_COMPOSITOR_WINDOW_TITLE_H

#include <stddef.h>
#include <stdint.h>

struct xg_window;

/* Draws the window's title bar anew into window->title. The renderer must be current. */
void xg_window_title_draw(struct xg_window *window, int32_t width, int32_t height);

/*
 * Copies a title that a guest chose so that it can be shown beside the guest's name: valid UTF-8
 * of at most size_bytes with the end, no control characters, and nothing that turns the direction
 * of writing, which could make it run into the name.
 */
void xg_title_clean(char *clean, size_t size_bytes, const char *untrusted_title);

#endif

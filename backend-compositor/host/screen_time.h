/* SPDX-License-Identifier: MIT */
/*
 * When a window's frames reach the screen, for the timeline: asked of the compositor, whichever it
 * is, by wp_presentation. Only the replay thread that swaps the window uses it.
 */
#ifndef XG_HOST_SCREEN_TIME_H
#define XG_HOST_SCREEN_TIME_H

#include "base/timeline.h"

struct wl_display;
struct wl_surface;
struct xg_screen_time;

/*
 * For the windows of one surface. NULL if there is no timeline, or if the compositor does not tell.
 * Waits for the compositor once. The display must live longer.
 */
struct xg_screen_time *xg_screen_time_create(struct wl_display *display);

/* What is not told yet is dropped. NULL is legal. */
void xg_screen_time_destroy(struct xg_screen_time *time);

/* To be called before the swap whose commit is meant. Writes down what was told since. */
void xg_screen_time_ask(struct xg_screen_time *time, struct wl_surface *surface,
	const struct xg_timeline_frame *frame);

#endif

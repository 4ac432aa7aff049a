/* SPDX-License-Identifier: MIT */
/* wl_touch: each finger belongs to the surface that it came down on, until it is lifted. */
#ifndef XG_COMPOSITOR_TOUCH_H
#define XG_COMPOSITOR_TOUCH_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_seat;
struct xg_window;

struct xg_touch {
	struct xg_seat *seat;
	struct wl_list resources; /* of wl_touch, by their links */
	struct wl_list points;	  /* struct xg_touch_point.link, of touch.c */
};

void xg_touch_init(struct xg_touch *touch, struct xg_seat *seat);
void xg_touch_finish(struct xg_touch *touch);

/* Answers wl_seat.get_touch. */
void xg_touch_add_resource(struct xg_touch *touch, struct wl_resource *seat, uint32_t id);

/* Events, by the finger's number. Places are the layout's; each call is one wl_touch.frame. */
void xg_touch_down(struct xg_touch *touch, uint32_t time_ms, int32_t id, double x, double y);
void xg_touch_motion(struct xg_touch *touch, uint32_t time_ms, int32_t id, double x, double y);
void xg_touch_up(struct xg_touch *touch, uint32_t time_ms, int32_t id);

/* All fingers meant something else. */
void xg_touch_cancel(struct xg_touch *touch);

/* Whether a finger is down that came with that serial, on a surface of the client's. */
bool xg_touch_has_press(
	const struct xg_touch *touch, const struct wl_client *client, uint32_t serial);

/* The finger that came with the serial moves the window from now on. */
void xg_touch_move_window(struct xg_touch *touch, struct xg_window *window, uint32_t serial);
void xg_touch_forget_window(struct xg_touch *touch, const struct xg_window *window);

#endif

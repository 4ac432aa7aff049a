/* SPDX-License-Identifier: MIT */
/* wl_seat. */
#ifndef XG_COMPOSITOR_SEAT_H
#define XG_COMPOSITOR_SEAT_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_box;
struct xg_scene;
struct xg_server;
struct xg_surface;
struct xg_window;

struct xg_seat {
	struct xg_server *server;
};

struct xg_seat *xg_seat_create(struct xg_server *server);
void xg_seat_destroy(struct xg_seat *seat);

void xg_seat_focus_keyboard(struct xg_seat *seat, struct xg_surface *surface);
void xg_seat_forget_window(struct xg_seat *seat, struct xg_window *window);
bool xg_seat_may_grab(struct xg_seat *seat, struct wl_client *client, uint32_t serial);
void xg_seat_begin_move(struct xg_seat *seat, struct xg_window *window, uint32_t serial);
void xg_seat_begin_resize(
	struct xg_seat *seat, struct xg_window *window, uint32_t serial, uint32_t edges);
void xg_seat_begin_popup_grab(
	struct xg_seat *seat, struct xg_window *window, struct xg_surface *surface);
void xg_seat_end_popup_grab(struct xg_seat *seat, struct xg_window *window);
void xg_seat_add_to_scene(
	struct xg_seat *seat, struct xg_scene *scene, const struct xg_box *screen);

#endif

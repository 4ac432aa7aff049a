/* SPDX-License-Identifier: MIT */
/* See seat.h. */
#include "seat.h"

#include <stdlib.h>

struct xg_seat *xg_seat_create(struct xg_server *server)
{
	struct xg_seat *seat = calloc(1, sizeof(*seat));

	if (seat)
		seat->server = server;
	return seat;
}

void xg_seat_destroy(struct xg_seat *seat)
{
	free(seat);
}

void xg_seat_focus_keyboard(struct xg_seat *seat, struct xg_surface *surface)
{
}

void xg_seat_forget_window(struct xg_seat *seat, struct xg_window *window)
{
}

bool xg_seat_may_grab(struct xg_seat *seat, struct wl_client *client, uint32_t serial)
{
	return false;
}

void xg_seat_begin_move(struct xg_seat *seat, struct xg_window *window, uint32_t serial)
{
}

void xg_seat_begin_resize(
	struct xg_seat *seat, struct xg_window *window, uint32_t serial, uint32_t edges)
{
}

void xg_seat_begin_popup_grab(
	struct xg_seat *seat, struct xg_window *window, struct xg_surface *surface)
{
}

void xg_seat_end_popup_grab(struct xg_seat *seat, struct xg_window *window)
{
}

void xg_seat_add_to_scene(struct xg_seat *seat, struct xg_scene *scene, const struct xg_box *screen)
{
}

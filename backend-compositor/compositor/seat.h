/* SPDX-License-Identifier: MIT */
/*
 * wl_seat: one pointer, one keyboard, one touch screen. Outputs and tests put events in through
 * pointer.h, keyboard.h and touch.h; this file holds what concerns more than one of them.
 */
#ifndef XG_COMPOSITOR_SEAT_H
#define XG_COMPOSITOR_SEAT_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "keyboard.h"
#include "pointer.h"
#include "touch.h"

struct xg_drag;
struct xg_hit;
struct xg_scene;
struct xg_server;
struct xg_surface;
struct xg_window;

struct xg_seat {
	struct xg_server *server;
	struct wl_list resources; /* of wl_seat, by their links */
	uint32_t capabilities;	  /* enum wl_seat_capability */
	struct xg_pointer pointer;
	struct xg_keyboard keyboard;
	struct xg_touch touch;
	struct wl_list data_devices; /* of wl_data_device, by their links */
	struct xg_drag *drag;	     /* NULL while nothing is dragged */
	/* The window whose popups hold the grab, or NULL. */
	struct xg_window *popup_window;
};

/* Offers wl_seat. NULL after one line in the log. */
struct xg_seat *xg_seat_create(struct xg_server *server);
void xg_seat_destroy(struct xg_seat *seat);

/* Tells all clients what devices there are. */
void xg_seat_set_capabilities(struct xg_seat *seat, uint32_t capabilities);

/* A surface has the keyboard now (NULL: none), unless a popup of its window holds it. */
void xg_seat_focus_keyboard(struct xg_seat *seat, struct xg_surface *surface);

/* The window is not on show any more: ends what is done with it. */
void xg_seat_forget_window(struct xg_seat *seat, struct xg_window *window);

/* Whether the serial is that of the last click, key or touch that the client has got. */
bool xg_seat_may_grab(struct xg_seat *seat, struct wl_client *client, uint32_t serial);

/* A client lets the user move or resize its window, for as long as the button is pressed. */
void xg_seat_begin_move(struct xg_seat *seat, struct xg_window *window, uint32_t serial);
void xg_seat_begin_resize(
	struct xg_seat *seat, struct xg_window *window, uint32_t serial, uint32_t edges);

/* A popup takes the keyboard, and a press outside its client's surfaces dismisses it. */
void xg_seat_begin_popup_grab(
	struct xg_seat *seat, struct xg_window *window, struct xg_surface *surface);
void xg_seat_end_popup_grab(struct xg_seat *seat, struct xg_window *window);

/*
 * A press is about to go to that place. If it dismisses the popups of another window it returns
 * true, and the press is spent; else the window there is activated.
 */
bool xg_seat_press_at(struct xg_seat *seat, const struct xg_hit *hit);

/* Adds the cursor, and what is dragged, to the top of the scene. */
void xg_seat_add_to_scene(struct xg_seat *seat, struct xg_scene *scene);

/* What is under the pointer may have changed without its moving. */
void xg_seat_handle_scene(struct xg_seat *seat);

#endif

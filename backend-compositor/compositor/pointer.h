/* SPDX-License-Identifier: MIT */
/*
 * wl_pointer, and the way of its events: to the frame of a window, to a grab of the compositor's
 * (moving, resizing, dragging), or to the surface under it. While a button is pressed, the surface
 * on which it was pressed keeps the pointer.
 */
#ifndef XG_COMPOSITOR_POINTER_H
#define XG_COMPOSITOR_POINTER_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "cursor.h"

struct xg_pointer;
struct xg_seat;
struct xg_surface;

/* Takes all events instead of the clients, until xg_pointer_end_grab(). */
struct xg_pointer_grab {
	void (*motion)(struct xg_pointer *pointer, uint32_t time_ms);
	void (*button)(struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed);
	/* The grab ends, for whatever reason. */
	void (*end)(struct xg_pointer *pointer);
};

struct xg_pointer_axis {
	uint32_t axis;	 /* enum wl_pointer_axis */
	uint32_t source; /* enum wl_pointer_axis_source */
	double value;	 /* in layout units; 0 says that a finger has stopped */
	int32_t discrete;
};

struct xg_pointer {
	struct xg_seat *seat;
	struct wl_list resources; /* of wl_pointer, by their links */
	double x, y;
	bool is_present; /* has moved over the screen and not left it */
	struct xg_surface *focus;
	struct wl_listener focus_destroyed;
	double focus_x, focus_y; /* the place last told to the focus */
	uint32_t enter_serial, press_serial, release_serial;
	/* Who got the last two: serials can be guessed. Only compared. */
	const struct wl_client *clicked;
	uint32_t button_count;
	const struct xg_pointer_grab *grab; /* NULL: none */
	void *grab_data;
	struct xg_cursor cursor;
};

void xg_pointer_init(struct xg_pointer *pointer, struct xg_seat *seat);
void xg_pointer_finish(struct xg_pointer *pointer);

/* Answers wl_seat.get_pointer. */
void xg_pointer_add_resource(struct xg_pointer *pointer, struct wl_resource *seat, uint32_t id);

/* Events. Places are the layout's; each call is one wl_pointer.frame. */
void xg_pointer_motion(struct xg_pointer *pointer, uint32_t time_ms, double x, double y);
void xg_pointer_button(struct xg_pointer *pointer, uint32_t time_ms, uint32_t button, bool pressed);
void xg_pointer_axis(
	struct xg_pointer *pointer, uint32_t time_ms, const struct xg_pointer_axis *event);

/* The pointer has left the screen (of a nested output). */
void xg_pointer_leave(struct xg_pointer *pointer);

/* Looks again what is under the pointer. */
void xg_pointer_refresh(struct xg_pointer *pointer);

/* Takes the pointer from the focus; data goes to pointer->grab_data. */
void xg_pointer_begin_grab(
	struct xg_pointer *pointer, const struct xg_pointer_grab *grab, void *data);
void xg_pointer_end_grab(struct xg_pointer *pointer);

/*
 * Whether the serial is of the last press, and the client has got it. has_click takes the release
 * that ended it, too.
 */
bool xg_pointer_has_press(
	const struct xg_pointer *pointer, const struct wl_client *client, uint32_t serial);
bool xg_pointer_has_click(
	const struct xg_pointer *pointer, const struct wl_client *client, uint32_t serial);

#endif

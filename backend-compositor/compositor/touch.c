/* SPDX-License-Identifier: MIT */
/* See touch.h. */
#include "touch.h"

#include <math.h>
#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "pick.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "window.h"
#include "xdg_toplevel.h"

#define MAX_POINTS 32

struct xg_touch_point {
	struct xg_touch *touch;
	struct wl_list link;
	int32_t id;
	uint32_t serial;
	double x, y;
	/* Whose it is: a surface's, or the frame's of a window, or nobody's. */
	struct xg_surface *surface;
	struct wl_listener surface_destroyed;
	struct xg_window *window;
	bool closes; /* else it moves the window */
	double grip_x, grip_y;
};

static struct xg_touch_point *find(const struct xg_touch *touch, int32_t id)
{
	struct xg_touch_point *point;

	wl_list_for_each (point, &touch->points, link) {
		if (point->id == id)
			return point;
	}
	return NULL;
}

static void unset_surface(struct xg_touch_point *point)
{
	wl_list_remove(&point->surface_destroyed.link);
	wl_list_init(&point->surface_destroyed.link);
	point->surface = NULL;
}

static void destroy(struct xg_touch_point *point)
{
	unset_surface(point);
	wl_list_remove(&point->link);
	free(point);
}

static bool is_for(const struct xg_touch_point *point, struct wl_resource *resource)
{
	return point->surface &&
	       wl_resource_get_client(point->surface->resource) == wl_resource_get_client(resource);
}

static void send_up(struct xg_touch *touch, const struct xg_touch_point *point, uint32_t time_ms)
{
	const uint32_t serial = wl_display_next_serial(touch->seat->server->display);
	struct wl_resource *resource;

	wl_resource_for_each(resource, &touch->resources)
	{
		if (!is_for(point, resource))
			continue;
		wl_touch_send_up(resource, serial, time_ms, point->id);
		wl_touch_send_frame(resource);
	}
}

/* The finger is still down, but on nothing any more. */
static void handle_surface_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_touch_point *point = wl_container_of(listener, point, surface_destroyed);

	send_up(point->touch, point, xg_time_ms());
	unset_surface(point);
}

static struct xg_touch_point *create(struct xg_touch *touch, int32_t id, double x, double y)
{
	struct xg_touch_point *point = calloc(1, sizeof(*point));

	if (!point)
		abort();
	point->touch = touch;
	point->id = id;
	point->serial = wl_display_next_serial(touch->seat->server->display);
	point->x = x;
	point->y = y;
	wl_list_init(&point->surface_destroyed.link);
	point->surface_destroyed.notify = handle_surface_destroyed;
	wl_list_insert(&touch->points, &point->link);
	return point;
}

static void grip(struct xg_touch_point *point, struct xg_window *window)
{
	const struct xg_box outer = xg_frame_outer(window);

	point->window = window;
	point->grip_x = point->x - outer.x;
	point->grip_y = point->y - outer.y;
}

static void send_down(struct xg_touch *touch, struct xg_touch_point *point, uint32_t time_ms,
	const struct xg_hit *hit)
{
	struct wl_resource *resource;

	point->surface = hit->surface;
	wl_signal_add(&hit->surface->destroyed, &point->surface_destroyed);
	wl_resource_for_each(resource, &touch->resources)
	{
		if (!is_for(point, resource))
			continue;
		wl_touch_send_down(resource, point->serial, time_ms, hit->surface->resource,
			point->id, wl_fixed_from_double(hit->x), wl_fixed_from_double(hit->y));
		wl_touch_send_frame(resource);
	}
}

void xg_touch_down(struct xg_touch *touch, uint32_t time_ms, int32_t id, double x, double y)
{
	if (find(touch, id) || wl_list_length(&touch->points) >= MAX_POINTS)
		return;

	const struct xg_hit hit = xg_pick(touch->seat->server, x, y);
	struct xg_touch_point *point = create(touch, id, x, y);

	if (xg_seat_press_at(touch->seat, &hit))
		return;
	if (hit.surface) {
		send_down(touch, point, time_ms, &hit);
	} else if (hit.window && hit.part != XG_FRAME_NOWHERE) {
		grip(point, hit.window);
		point->closes = hit.part == XG_FRAME_CLOSE;
	}
}

void xg_touch_motion(struct xg_touch *touch, uint32_t time_ms, int32_t id, double x, double y)
{
	struct xg_touch_point *point = find(touch, id);
	struct wl_resource *resource;
	int32_t left, top;

	if (!point)
		return;
	point->x = x;
	point->y = y;
	if (point->window && !point->closes)
		xg_window_move(point->window, (int32_t)floor(x - point->grip_x),
			(int32_t)floor(y - point->grip_y));
	if (!point->surface || !xg_locate(touch->seat->server, point->surface, &left, &top))
		return;
	wl_resource_for_each(resource, &touch->resources)
	{
		if (!is_for(point, resource))
			continue;
		wl_touch_send_motion(resource, time_ms, id, wl_fixed_from_double(x - left),
			wl_fixed_from_double(y - top));
		wl_touch_send_frame(resource);
	}
}

static void close_if_within(const struct xg_touch_point *point)
{
	const struct xg_box button = xg_frame_close_button(point->window);

	if (xg_box_contains(&button, point->x, point->y))
		xg_toplevel_close(point->window->toplevel);
}

void xg_touch_up(struct xg_touch *touch, uint32_t time_ms, int32_t id)
{
	struct xg_touch_point *point = find(touch, id);

	if (!point)
		return;
	send_up(touch, point, time_ms);
	if (point->window && point->closes)
		close_if_within(point);
	destroy(point);
}

void xg_touch_cancel(struct xg_touch *touch)
{
	struct wl_resource *resource;
	struct xg_touch_point *point, *next;

	wl_resource_for_each(resource, &touch->resources)
	{
		wl_list_for_each (point, &touch->points, link) {
			if (is_for(point, resource)) {
				wl_touch_send_cancel(resource);
				break;
			}
		}
	}
	wl_list_for_each_safe (point, next, &touch->points, link)
		destroy(point);
}

bool xg_touch_has_press(
	const struct xg_touch *touch, const struct wl_client *client, uint32_t serial)
{
	const struct xg_touch_point *point;

	wl_list_for_each (point, &touch->points, link) {
		if (point->serial == serial && point->surface &&
			wl_resource_get_client(point->surface->resource) == client)
			return true;
	}
	return false;
}

void xg_touch_move_window(struct xg_touch *touch, struct xg_window *window, uint32_t serial)
{
	struct xg_touch_point *point;

	wl_list_for_each (point, &touch->points, link) {
		if (point->serial == serial)
			grip(point, window);
	}
}

void xg_touch_forget_window(struct xg_touch *touch, const struct xg_window *window)
{
	struct xg_touch_point *point;

	wl_list_for_each (point, &touch->points, link) {
		if (point->window == window)
			point->window = NULL;
	}
}

static void handle_release(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wl_touch_interface implementation = {.release = handle_release};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

void xg_touch_add_resource(struct xg_touch *touch, struct wl_resource *seat, uint32_t id)
{
	struct wl_resource *resource = wl_resource_create(wl_resource_get_client(seat),
		&wl_touch_interface, wl_resource_get_version(seat), id);

	if (!resource) {
		wl_resource_post_no_memory(seat);
		return;
	}
	wl_resource_set_implementation(resource, &implementation, touch, handle_resource_destroyed);
	wl_list_insert(&touch->resources, wl_resource_get_link(resource));
}

void xg_touch_init(struct xg_touch *touch, struct xg_seat *seat)
{
	*touch = (struct xg_touch){.seat = seat};
	wl_list_init(&touch->resources);
	wl_list_init(&touch->points);
}

void xg_touch_finish(struct xg_touch *touch)
{
	struct xg_touch_point *point, *next;

	wl_list_for_each_safe (point, next, &touch->points, link)
		destroy(point);
}

/* SPDX-License-Identifier: MIT */
/* See test_input.h. */
#include "test_input.h"

#include <wayland-server-protocol.h>

#include "seat.h"
#include "server.h"
#include "xg-test-input-v1-server-protocol.h"

static struct xg_seat *seat_of(struct wl_resource *resource)
{
	const struct xg_server *server = wl_resource_get_user_data(resource);

	return server->seat;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_pointer_motion(struct wl_client *client, struct wl_resource *resource,
	uint32_t time, wl_fixed_t x, wl_fixed_t y)
{
	xg_pointer_motion(
		&seat_of(resource)->pointer, time, wl_fixed_to_double(x), wl_fixed_to_double(y));
}

static void handle_pointer_button(struct wl_client *client, struct wl_resource *resource,
	uint32_t time, uint32_t button, uint32_t pressed)
{
	xg_pointer_button(&seat_of(resource)->pointer, time, button, pressed);
}

static void handle_pointer_axis(struct wl_client *client, struct wl_resource *resource,
	uint32_t time, uint32_t axis, wl_fixed_t value, int32_t discrete)
{
	const struct xg_pointer_axis event = {
		.axis = axis,
		.source = WL_POINTER_AXIS_SOURCE_WHEEL,
		.value = wl_fixed_to_double(value),
		.discrete = discrete,
	};

	xg_pointer_axis(&seat_of(resource)->pointer, time, &event);
}

static void handle_key(struct wl_client *client, struct wl_resource *resource, uint32_t time,
	uint32_t key, uint32_t pressed)
{
	xg_keyboard_key(&seat_of(resource)->keyboard, time, key, pressed);
}

static void handle_touch_down(struct wl_client *client, struct wl_resource *resource, uint32_t time,
	int32_t id, wl_fixed_t x, wl_fixed_t y)
{
	xg_touch_down(
		&seat_of(resource)->touch, time, id, wl_fixed_to_double(x), wl_fixed_to_double(y));
}

static void handle_touch_motion(struct wl_client *client, struct wl_resource *resource,
	uint32_t time, int32_t id, wl_fixed_t x, wl_fixed_t y)
{
	xg_touch_motion(
		&seat_of(resource)->touch, time, id, wl_fixed_to_double(x), wl_fixed_to_double(y));
}

static void handle_touch_up(
	struct wl_client *client, struct wl_resource *resource, uint32_t time, int32_t id)
{
	xg_touch_up(&seat_of(resource)->touch, time, id);
}

static void handle_touch_cancel(struct wl_client *client, struct wl_resource *resource)
{
	xg_touch_cancel(&seat_of(resource)->touch);
}

static const struct xg_test_input_v1_interface implementation = {
	.destroy = handle_destroy,
	.pointer_motion = handle_pointer_motion,
	.pointer_button = handle_pointer_button,
	.pointer_axis = handle_pointer_axis,
	.key = handle_key,
	.touch_down = handle_touch_down,
	.touch_motion = handle_touch_motion,
	.touch_up = handle_touch_up,
	.touch_cancel = handle_touch_cancel,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &xg_test_input_v1_interface, version, id, &implementation, data);
}

bool xg_test_input_init(struct xg_server *server)
{
	return wl_global_create(server->display, &xg_test_input_v1_interface, 1, server, bind);
}

bool xg_test_input_is_global(const struct wl_global *global)
{
	return wl_global_get_interface(global) == &xg_test_input_v1_interface;
}

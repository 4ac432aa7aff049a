/* SPDX-License-Identifier: MIT */
/* What the client hears of the seat, and how it plays the seat's devices. */
#include "client_seat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"

static void pointer_enter(void *data, struct wl_pointer *pointer, uint32_t serial,
	struct wl_surface *surface, wl_fixed_t x, wl_fixed_t y)
{
	struct client *client = data;

	client->pointer_focus = surface;
	client->enter_serial = serial;
	client->pointer_x = wl_fixed_to_double(x);
	client->pointer_y = wl_fixed_to_double(y);
}

static void pointer_leave(
	void *data, struct wl_pointer *pointer, uint32_t serial, struct wl_surface *surface)
{
	struct client *client = data;

	client->pointer_focus = NULL;
}

static void pointer_motion(
	void *data, struct wl_pointer *pointer, uint32_t time, wl_fixed_t x, wl_fixed_t y)
{
	struct client *client = data;

	client->pointer_x = wl_fixed_to_double(x);
	client->pointer_y = wl_fixed_to_double(y);
}

static void pointer_button(void *data, struct wl_pointer *pointer, uint32_t serial, uint32_t time,
	uint32_t button, uint32_t state)
{
	struct client *client = data;

	client->button = button;
	client->button_state = state;
	client->button_serial = serial;
	client->button_events++;
}

static void pointer_axis(
	void *data, struct wl_pointer *pointer, uint32_t time, uint32_t axis, wl_fixed_t value)
{
	struct client *client = data;

	client->axis_value = wl_fixed_to_double(value);
}

static void pointer_frame(void *data, struct wl_pointer *pointer)
{
}

static void pointer_axis_source(void *data, struct wl_pointer *pointer, uint32_t source)
{
}

static void pointer_axis_stop(void *data, struct wl_pointer *pointer, uint32_t time, uint32_t axis)
{
}

static void pointer_axis_discrete(
	void *data, struct wl_pointer *pointer, uint32_t axis, int32_t discrete)
{
	struct client *client = data;

	client->axis_discrete = discrete;
}

static const struct wl_pointer_listener pointer_listener = {
	.enter = pointer_enter,
	.leave = pointer_leave,
	.motion = pointer_motion,
	.button = pointer_button,
	.axis = pointer_axis,
	.frame = pointer_frame,
	.axis_source = pointer_axis_source,
	.axis_stop = pointer_axis_stop,
	.axis_discrete = pointer_axis_discrete,
};

static void keyboard_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size)
{
	struct client *client = data;

	client->keymap_bytes = (int)size;
	close(fd);
}

static void keyboard_enter(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	struct wl_surface *surface, struct wl_array *keys)
{
	struct client *client = data;

	client->keyboard_focus = surface;
}

static void keyboard_leave(
	void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface)
{
	struct client *client = data;

	client->keyboard_focus = NULL;
}

static void keyboard_key(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t time,
	uint32_t key, uint32_t state)
{
	struct client *client = data;

	client->key = key;
	client->key_state = state;
}

static void keyboard_modifiers(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	uint32_t depressed, uint32_t latched, uint32_t locked, uint32_t group)
{
	struct client *client = data;

	client->modifiers = depressed;
}

static void keyboard_repeat_info(
	void *data, struct wl_keyboard *keyboard, int32_t rate, int32_t delay)
{
}

static const struct wl_keyboard_listener keyboard_listener = {
	.keymap = keyboard_keymap,
	.enter = keyboard_enter,
	.leave = keyboard_leave,
	.key = keyboard_key,
	.modifiers = keyboard_modifiers,
	.repeat_info = keyboard_repeat_info,
};

static void touch_down(void *data, struct wl_touch *touch, uint32_t serial, uint32_t time,
	struct wl_surface *surface, int32_t id, wl_fixed_t x, wl_fixed_t y)
{
	struct client *client = data;

	client->touch_focus = surface;
	client->touch_x = wl_fixed_to_double(x);
	client->touch_y = wl_fixed_to_double(y);
}

static void touch_up(void *data, struct wl_touch *touch, uint32_t serial, uint32_t time, int32_t id)
{
	struct client *client = data;

	client->touch_ups++;
}

static void touch_motion(
	void *data, struct wl_touch *touch, uint32_t time, int32_t id, wl_fixed_t x, wl_fixed_t y)
{
	struct client *client = data;

	client->touch_x = wl_fixed_to_double(x);
	client->touch_y = wl_fixed_to_double(y);
}

static void touch_frame(void *data, struct wl_touch *touch)
{
}

static void touch_cancel(void *data, struct wl_touch *touch)
{
	struct client *client = data;

	client->touch_cancels++;
}

static const struct wl_touch_listener touch_listener = {
	.down = touch_down,
	.up = touch_up,
	.motion = touch_motion,
	.frame = touch_frame,
	.cancel = touch_cancel,
};

static void device_data_offer(
	void *data, struct wl_data_device *device, struct wl_data_offer *offer)
{
}

static void device_enter(void *data, struct wl_data_device *device, uint32_t serial,
	struct wl_surface *surface, wl_fixed_t x, wl_fixed_t y, struct wl_data_offer *offer)
{
	struct client *client = data;

	client->drag_offer = offer;
	client->drag_enters++;
	client->enter_serial = serial;
}

static void device_leave(void *data, struct wl_data_device *device)
{
	struct client *client = data;

	client->drag_offer = NULL;
}

static void device_motion(
	void *data, struct wl_data_device *device, uint32_t time, wl_fixed_t x, wl_fixed_t y)
{
}

static void device_drop(void *data, struct wl_data_device *device)
{
	struct client *client = data;

	client->drops++;
}

static void device_selection(void *data, struct wl_data_device *device, struct wl_data_offer *offer)
{
	struct client *client = data;

	client->selection = offer;
}

static const struct wl_data_device_listener device_listener = {
	.data_offer = device_data_offer,
	.enter = device_enter,
	.leave = device_leave,
	.motion = device_motion,
	.drop = device_drop,
	.selection = device_selection,
};

void client_listen_to_seat(struct client *client)
{
	client->pointer = wl_seat_get_pointer(client->seat);
	wl_pointer_add_listener(client->pointer, &pointer_listener, client);
	client->keyboard = wl_seat_get_keyboard(client->seat);
	wl_keyboard_add_listener(client->keyboard, &keyboard_listener, client);
	client->touch = wl_seat_get_touch(client->seat);
	wl_touch_add_listener(client->touch, &touch_listener, client);
	client->data_device =
		wl_data_device_manager_get_data_device(client->data_manager, client->seat);
	wl_data_device_add_listener(client->data_device, &device_listener, client);
}

void client_move(struct client *client, double x, double y)
{
	assert_non_null(client->input);
	xg_test_input_v1_pointer_motion(
		client->input, 0, wl_fixed_from_double(x), wl_fixed_from_double(y));
	client_sync(client);
}

void client_button(struct client *client, bool pressed)
{
	xg_test_input_v1_pointer_button(client->input, 0, BUTTON_LEFT, pressed);
	client_sync(client);
}

void client_click(struct client *client, double x, double y)
{
	client_move(client, x, y);
	client_button(client, true);
	client_button(client, false);
}

void client_key(struct client *client, uint32_t key, bool pressed)
{
	xg_test_input_v1_key(client->input, 0, key, pressed);
	client_sync(client);
}

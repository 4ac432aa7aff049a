/* SPDX-License-Identifier: MIT */
/*
 * Passes the other compositor's pointer, keyboard and touch on. What its keyboard says about keymap
 * and modifiers is taken as it is.
 */
#include "nested_window.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "seat.h"
#include "server.h"

static struct xg_seat *seat_of(const struct xg_nested *nested)
{
	return nested->output.server->seat;
}

static void handle_pointer_enter(void *data, struct wl_pointer *pointer, uint32_t serial,
	struct wl_surface *surface, wl_fixed_t x, wl_fixed_t y)
{
	struct xg_nested *nested = data;

	/* The cursor is ours to draw. */
	wl_pointer_set_cursor(pointer, serial, NULL, 0, 0);
	xg_pointer_motion(&seat_of(nested)->pointer, xg_time_ms(), wl_fixed_to_double(x),
		wl_fixed_to_double(y));
}

static void handle_pointer_leave(
	void *data, struct wl_pointer *pointer, uint32_t serial, struct wl_surface *surface)
{
	xg_pointer_leave(&seat_of(data)->pointer);
}

static void handle_pointer_motion(
	void *data, struct wl_pointer *pointer, uint32_t time, wl_fixed_t x, wl_fixed_t y)
{
	xg_pointer_motion(
		&seat_of(data)->pointer, time, wl_fixed_to_double(x), wl_fixed_to_double(y));
}

static void handle_pointer_button(void *data, struct wl_pointer *pointer, uint32_t serial,
	uint32_t time, uint32_t button, uint32_t state)
{
	xg_pointer_button(
		&seat_of(data)->pointer, time, button, state == WL_POINTER_BUTTON_STATE_PRESSED);
}

static void handle_pointer_axis(
	void *data, struct wl_pointer *pointer, uint32_t time, uint32_t axis, wl_fixed_t value)
{
	struct xg_nested *nested = data;
	const struct xg_pointer_axis event = {
		.axis = axis,
		.source = nested->axis_source,
		.value = wl_fixed_to_double(value),
		.discrete = axis < 2 ? nested->discrete[axis] : 0,
	};

	xg_pointer_axis(&seat_of(nested)->pointer, time, &event);
}

static void handle_pointer_frame(void *data, struct wl_pointer *pointer)
{
	struct xg_nested *nested = data;

	nested->axis_source = WL_POINTER_AXIS_SOURCE_WHEEL;
	nested->discrete[0] = nested->discrete[1] = 0;
}

static void handle_pointer_axis_source(void *data, struct wl_pointer *pointer, uint32_t source)
{
	struct xg_nested *nested = data;

	nested->axis_source = source;
}

static void handle_pointer_axis_stop(
	void *data, struct wl_pointer *pointer, uint32_t time, uint32_t axis)
{
	struct xg_nested *nested = data;
	const struct xg_pointer_axis event = {.axis = axis, .source = nested->axis_source};

	xg_pointer_axis(&seat_of(nested)->pointer, time, &event);
}

static void handle_pointer_axis_discrete(
	void *data, struct wl_pointer *pointer, uint32_t axis, int32_t discrete)
{
	struct xg_nested *nested = data;

	if (axis < 2)
		nested->discrete[axis] = discrete;
}

static const struct wl_pointer_listener pointer_listener = {
	.enter = handle_pointer_enter,
	.leave = handle_pointer_leave,
	.motion = handle_pointer_motion,
	.button = handle_pointer_button,
	.axis = handle_pointer_axis,
	.frame = handle_pointer_frame,
	.axis_source = handle_pointer_axis_source,
	.axis_stop = handle_pointer_axis_stop,
	.axis_discrete = handle_pointer_axis_discrete,
};

static void handle_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size)
{
	char *text = MAP_FAILED;

	if (format == WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1 && size > 0)
		text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (text != MAP_FAILED) {
		if (text[size - 1] == '\0')
			xg_keyboard_set_keymap(&seat_of(data)->keyboard, text);
		munmap(text, size);
	}
	close(fd);
}

/* What is held already was meant for another window; its release then means nothing either. */
static void handle_keyboard_enter(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	struct wl_surface *surface, struct wl_array *keys)
{
}

static void handle_keyboard_leave(
	void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface)
{
	xg_keyboard_release_all(&seat_of(data)->keyboard, xg_time_ms());
}

static void handle_key(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t time,
	uint32_t key, uint32_t state)
{
	xg_keyboard_pass_key(
		&seat_of(data)->keyboard, time, key, state == WL_KEYBOARD_KEY_STATE_PRESSED);
}

static void handle_modifiers(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	uint32_t depressed, uint32_t latched, uint32_t locked, uint32_t group)
{
	const struct xg_modifiers modifiers = {depressed, latched, locked, group};

	xg_keyboard_set_modifiers(&seat_of(data)->keyboard, &modifiers);
}

static void handle_repeat_info(
	void *data, struct wl_keyboard *keyboard, int32_t rate, int32_t delay)
{
}

static const struct wl_keyboard_listener keyboard_listener = {
	.keymap = handle_keymap,
	.enter = handle_keyboard_enter,
	.leave = handle_keyboard_leave,
	.key = handle_key,
	.modifiers = handle_modifiers,
	.repeat_info = handle_repeat_info,
};

static void handle_touch_down(void *data, struct wl_touch *touch, uint32_t serial, uint32_t time,
	struct wl_surface *surface, int32_t id, wl_fixed_t x, wl_fixed_t y)
{
	xg_touch_down(
		&seat_of(data)->touch, time, id, wl_fixed_to_double(x), wl_fixed_to_double(y));
}

static void handle_touch_up(
	void *data, struct wl_touch *touch, uint32_t serial, uint32_t time, int32_t id)
{
	xg_touch_up(&seat_of(data)->touch, time, id);
}

static void handle_touch_motion(
	void *data, struct wl_touch *touch, uint32_t time, int32_t id, wl_fixed_t x, wl_fixed_t y)
{
	xg_touch_motion(
		&seat_of(data)->touch, time, id, wl_fixed_to_double(x), wl_fixed_to_double(y));
}

static void handle_touch_frame(void *data, struct wl_touch *touch)
{
}

static void handle_touch_cancel(void *data, struct wl_touch *touch)
{
	xg_touch_cancel(&seat_of(data)->touch);
}

static const struct wl_touch_listener touch_listener = {
	.down = handle_touch_down,
	.up = handle_touch_up,
	.motion = handle_touch_motion,
	.frame = handle_touch_frame,
	.cancel = handle_touch_cancel,
};

static void release_pointer(struct xg_nested *nested)
{
	if (nested->pointer)
		wl_pointer_release(nested->pointer);
	nested->pointer = NULL;
}

static void release_keyboard(struct xg_nested *nested)
{
	if (nested->keyboard)
		wl_keyboard_release(nested->keyboard);
	nested->keyboard = NULL;
}

static void release_touch(struct xg_nested *nested)
{
	if (nested->touch)
		wl_touch_release(nested->touch);
	nested->touch = NULL;
}

static void handle_capabilities(void *data, struct wl_seat *wl_seat, uint32_t capabilities)
{
	struct xg_nested *nested = data;
	struct xg_seat *seat = seat_of(nested);

	if (!(capabilities & WL_SEAT_CAPABILITY_POINTER)) {
		release_pointer(nested);
		xg_pointer_leave(&seat->pointer);
	} else if (!nested->pointer) {
		nested->pointer = wl_seat_get_pointer(wl_seat);
		wl_pointer_add_listener(nested->pointer, &pointer_listener, nested);
	}
	if (!(capabilities & WL_SEAT_CAPABILITY_KEYBOARD)) {
		release_keyboard(nested);
		xg_keyboard_release_all(&seat->keyboard, xg_time_ms());
	} else if (!nested->keyboard) {
		nested->keyboard = wl_seat_get_keyboard(wl_seat);
		wl_keyboard_add_listener(nested->keyboard, &keyboard_listener, nested);
	}
	if (!(capabilities & WL_SEAT_CAPABILITY_TOUCH)) {
		release_touch(nested);
		xg_touch_cancel(&seat->touch);
	} else if (!nested->touch) {
		nested->touch = wl_seat_get_touch(wl_seat);
		wl_touch_add_listener(nested->touch, &touch_listener, nested);
	}
	xg_seat_set_capabilities(seat, capabilities);
}

static void handle_name(void *data, struct wl_seat *seat, const char *name)
{
}

static const struct wl_seat_listener seat_listener = {
	.capabilities = handle_capabilities,
	.name = handle_name,
};

void xg_nested_listen_to_seat(struct xg_nested *nested)
{
	nested->axis_source = WL_POINTER_AXIS_SOURCE_WHEEL;
	wl_seat_add_listener(nested->seat, &seat_listener, nested);
}

void xg_nested_release_seat(struct xg_nested *nested)
{
	if (!nested->seat)
		return;
	release_pointer(nested);
	release_keyboard(nested);
	release_touch(nested);
	wl_seat_release(nested->seat);
	nested->seat = NULL;
}

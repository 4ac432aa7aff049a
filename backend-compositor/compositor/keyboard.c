/* SPDX-License-Identifier: MIT */
/* See keyboard.h. */
#include "keyboard.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include "data_device.h"
#include "seat.h"
#include "server.h"
#include "surface.h"

#define REPEAT_PER_SECOND 25
#define REPEAT_DELAY_MS	  500
/* Evdev codes are 8 below XKB's. */
#define XKB_OFFSET 8

struct wl_client *xg_keyboard_client(const struct xg_keyboard *keyboard)
{
	return keyboard->focus ? wl_resource_get_client(keyboard->focus->resource) : NULL;
}

/* A file that holds the text and its end; -1 if there is none to be had. */
static int write_keymap(const char *text, bool sealed)
{
	const size_t size = strlen(text) + 1;
	const int fd = memfd_create("xenglass-keymap", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (write(fd, text, size) != (ssize_t)size) {
		close(fd);
		return -1;
	}
	if (sealed)
		fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
	return fd;
}

static void send_keymap(const struct xg_keyboard *keyboard, struct wl_resource *resource)
{
	const uint32_t size = (uint32_t)strlen(keyboard->keymap_text) + 1;
	int fd = keyboard->keymap_fd;

	/* Before version 7 a client may map it shared, which the seal forbids: it gets a copy. */
	if (wl_resource_get_version(resource) < 7)
		fd = write_keymap(keyboard->keymap_text, false);
	if (fd < 0) {
		wl_resource_post_no_memory(resource);
		return;
	}
	wl_keyboard_send_keymap(resource, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, fd, size);
	if (fd != keyboard->keymap_fd)
		close(fd);
}

static bool take_keymap(struct xg_keyboard *keyboard, struct xkb_keymap *keymap)
{
	struct xkb_state *state = keymap ? xkb_state_new(keymap) : NULL;
	char *text = state ? xkb_keymap_get_as_string(keymap, XKB_KEYMAP_FORMAT_TEXT_V1) : NULL;
	const int fd = text ? write_keymap(text, true) : -1;

	if (fd < 0) {
		free(text);
		xkb_state_unref(state);
		xkb_keymap_unref(keymap);
		return false;
	}
	free(keyboard->keymap_text);
	xkb_state_unref(keyboard->state);
	xkb_keymap_unref(keyboard->keymap);
	if (keyboard->keymap_fd >= 0)
		close(keyboard->keymap_fd);
	keyboard->keymap = keymap;
	keyboard->state = state;
	keyboard->keymap_text = text;
	keyboard->keymap_fd = fd;
	return true;
}

bool xg_keyboard_set_keymap(struct xg_keyboard *keyboard, const char *text)
{
	struct wl_resource *resource;

	if (!take_keymap(keyboard, xkb_keymap_new_from_string(
					   keyboard->context, text, XKB_KEYMAP_FORMAT_TEXT_V1, 0)))
		return false;
	wl_resource_for_each(resource, &keyboard->resources) send_keymap(keyboard, resource);
	return true;
}

static void send_modifiers(const struct xg_keyboard *keyboard, uint32_t serial)
{
	const struct xg_modifiers *modifiers = &keyboard->modifiers;
	struct wl_resource *resource;

	wl_resource_for_each(resource, &keyboard->resources)
	{
		if (wl_resource_get_client(resource) == xg_keyboard_client(keyboard))
			wl_keyboard_send_modifiers(resource, serial, modifiers->depressed,
				modifiers->latched, modifiers->locked, modifiers->group);
	}
}

static void send_enter(struct xg_keyboard *keyboard, struct wl_resource *resource, uint32_t serial)
{
	const struct xg_modifiers *modifiers = &keyboard->modifiers;

	wl_keyboard_send_enter(resource, serial, keyboard->focus->resource, &keyboard->pressed);
	wl_keyboard_send_modifiers(resource, serial, modifiers->depressed, modifiers->latched,
		modifiers->locked, modifiers->group);
}

static void unset_focus(struct xg_keyboard *keyboard)
{
	wl_list_remove(&keyboard->focus_destroyed.link);
	wl_list_init(&keyboard->focus_destroyed.link);
	keyboard->focus = NULL;
}

static void handle_focus_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_keyboard *keyboard = wl_container_of(listener, keyboard, focus_destroyed);

	unset_focus(keyboard);
}

void xg_keyboard_focus(struct xg_keyboard *keyboard, struct xg_surface *surface)
{
	struct wl_display *display = keyboard->seat->server->display;
	struct wl_client *before = xg_keyboard_client(keyboard);
	struct wl_resource *resource;

	if (keyboard->focus == surface)
		return;
	if (keyboard->focus) {
		const uint32_t serial = wl_display_next_serial(display);

		wl_resource_for_each(resource, &keyboard->resources)
		{
			if (wl_resource_get_client(resource) == before)
				wl_keyboard_send_leave(resource, serial, keyboard->focus->resource);
		}
		unset_focus(keyboard);
	}
	if (!surface)
		return;
	keyboard->focus = surface;
	wl_signal_add(&surface->destroyed, &keyboard->focus_destroyed);

	struct wl_client *client = xg_keyboard_client(keyboard);
	const uint32_t serial = wl_display_next_serial(display);
	/* wl_data_device.selection: told before the keyboard comes. */
	if (client != before)
		xg_data_device_send_selection(keyboard->seat, client);
	wl_resource_for_each(resource, &keyboard->resources)
	{
		if (wl_resource_get_client(resource) == client)
			send_enter(keyboard, resource, serial);
	}
}

/* Notes the key; false if that is no change, or more keys than a keyboard has. */
static bool note_key(struct xg_keyboard *keyboard, uint32_t key, bool pressed)
{
	uint32_t *keys = keyboard->pressed.data;
	const size_t count = keyboard->pressed.size / sizeof(*keys);

	for (size_t i = 0; i < count; i++) {
		if (keys[i] != key)
			continue;
		if (!pressed) {
			keys[i] = keys[count - 1];
			keyboard->pressed.size -= sizeof(*keys);
		}
		return !pressed;
	}
	if (!pressed || count >= 256)
		return false;

	uint32_t *place = wl_array_add(&keyboard->pressed, sizeof(*place));
	if (!place)
		abort();
	*place = key;
	return true;
}

void xg_keyboard_pass_key(
	struct xg_keyboard *keyboard, uint32_t time_ms, uint32_t key, bool pressed)
{
	struct wl_resource *resource;

	if (!note_key(keyboard, key, pressed))
		return;

	const uint32_t serial = wl_display_next_serial(keyboard->seat->server->display);
	if (pressed) {
		keyboard->press_serial = serial;
		keyboard->pressed_for = xg_keyboard_client(keyboard);
	}
	wl_resource_for_each(resource, &keyboard->resources)
	{
		if (wl_resource_get_client(resource) == xg_keyboard_client(keyboard))
			wl_keyboard_send_key(resource, serial, time_ms, key,
				pressed ? WL_KEYBOARD_KEY_STATE_PRESSED
					: WL_KEYBOARD_KEY_STATE_RELEASED);
	}
}

void xg_keyboard_set_modifiers(struct xg_keyboard *keyboard, const struct xg_modifiers *modifiers)
{
	if (memcmp(&keyboard->modifiers, modifiers, sizeof(*modifiers)) == 0)
		return;
	keyboard->modifiers = *modifiers;
	send_modifiers(keyboard, wl_display_next_serial(keyboard->seat->server->display));
}

void xg_keyboard_key(struct xg_keyboard *keyboard, uint32_t time_ms, uint32_t key, bool pressed)
{
	struct xkb_state *state = keyboard->state;

	xg_keyboard_pass_key(keyboard, time_ms, key, pressed);
	xkb_state_update_key(state, key + XKB_OFFSET, pressed ? XKB_KEY_DOWN : XKB_KEY_UP);

	const struct xg_modifiers modifiers = {
		xkb_state_serialize_mods(state, XKB_STATE_MODS_DEPRESSED),
		xkb_state_serialize_mods(state, XKB_STATE_MODS_LATCHED),
		xkb_state_serialize_mods(state, XKB_STATE_MODS_LOCKED),
		xkb_state_serialize_layout(state, XKB_STATE_LAYOUT_EFFECTIVE),
	};
	xg_keyboard_set_modifiers(keyboard, &modifiers);
}

void xg_keyboard_release_all(struct xg_keyboard *keyboard, uint32_t time_ms)
{
	const struct xg_modifiers none = {0};

	while (keyboard->pressed.size > 0)
		xg_keyboard_pass_key(keyboard, time_ms, *(uint32_t *)keyboard->pressed.data, false);
	xg_keyboard_set_modifiers(keyboard, &none);
}

bool xg_keyboard_has_press(
	const struct xg_keyboard *keyboard, const struct wl_client *client, uint32_t serial)
{
	return serial && keyboard->press_serial == serial && keyboard->pressed_for == client &&
	       xg_keyboard_client(keyboard) == client;
}

static void handle_release(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wl_keyboard_interface implementation = {.release = handle_release};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

void xg_keyboard_add_resource(struct xg_keyboard *keyboard, struct wl_resource *seat, uint32_t id)
{
	struct wl_client *client = wl_resource_get_client(seat);
	const int version = wl_resource_get_version(seat);
	struct wl_resource *resource =
		wl_resource_create(client, &wl_keyboard_interface, version, id);

	if (!resource) {
		wl_resource_post_no_memory(seat);
		return;
	}
	wl_resource_set_implementation(
		resource, &implementation, keyboard, handle_resource_destroyed);
	wl_list_insert(&keyboard->resources, wl_resource_get_link(resource));
	send_keymap(keyboard, resource);
	if (version >= WL_KEYBOARD_REPEAT_INFO_SINCE_VERSION)
		wl_keyboard_send_repeat_info(resource, REPEAT_PER_SECOND, REPEAT_DELAY_MS);
	if (xg_keyboard_client(keyboard) == client)
		send_enter(keyboard, resource,
			wl_display_next_serial(keyboard->seat->server->display));
}

bool xg_keyboard_init(struct xg_keyboard *keyboard, struct xg_seat *seat)
{
	*keyboard = (struct xg_keyboard){.seat = seat, .keymap_fd = -1};
	wl_list_init(&keyboard->resources);
	wl_list_init(&keyboard->focus_destroyed.link);
	wl_array_init(&keyboard->pressed);
	keyboard->focus_destroyed.notify = handle_focus_destroyed;
	keyboard->context = xkb_context_new(0);
	if (!keyboard->context)
		return false;
	if (take_keymap(keyboard, xkb_keymap_new_from_names(keyboard->context, NULL, 0)))
		return true;
	xkb_context_unref(keyboard->context);
	return false;
}

void xg_keyboard_finish(struct xg_keyboard *keyboard)
{
	free(keyboard->keymap_text);
	close(keyboard->keymap_fd);
	xkb_state_unref(keyboard->state);
	xkb_keymap_unref(keyboard->keymap);
	xkb_context_unref(keyboard->context);
	wl_array_release(&keyboard->pressed);
}

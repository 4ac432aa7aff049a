/* SPDX-License-Identifier: MIT */
/* wl_keyboard: the keymap, what is pressed, and who hears of it. */
#ifndef XG_COMPOSITOR_KEYBOARD_H
#define XG_COMPOSITOR_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>
#include <xkbcommon/xkbcommon.h>

struct xg_seat;
struct xg_surface;

struct xg_modifiers {
	uint32_t depressed, latched, locked, group;
};

struct xg_keyboard {
	struct xg_seat *seat;
	struct wl_list resources; /* of wl_keyboard, by their links */
	struct xkb_context *context;
	struct xkb_keymap *keymap;
	struct xkb_state *state;
	char *keymap_text;
	int keymap_fd; /* sealed: nobody can change what others read */
	struct xg_modifiers modifiers;
	struct wl_array pressed; /* uint32_t, evdev codes */
	struct xg_surface *focus;
	struct wl_listener focus_destroyed;
	uint32_t press_serial;
	const struct wl_client *pressed_for; /* who got it: serials can be guessed; only compared */
};

/* The keymap is that of XKB_DEFAULT_RULES and its like, or xkbcommon's own. False without one. */
bool xg_keyboard_init(struct xg_keyboard *keyboard, struct xg_seat *seat);
void xg_keyboard_finish(struct xg_keyboard *keyboard);

/* Answers wl_seat.get_keyboard. */
void xg_keyboard_add_resource(struct xg_keyboard *keyboard, struct wl_resource *seat, uint32_t id);

/* Takes a keymap in XKB's text format. False, with nothing changed, if it is none. */
bool xg_keyboard_set_keymap(struct xg_keyboard *keyboard, const char *text);

/* The surface that hears of keys from now on; NULL for none. */
void xg_keyboard_focus(struct xg_keyboard *keyboard, struct xg_surface *surface);

/* A key, by its evdev code; the modifiers follow from the keymap. */
void xg_keyboard_key(struct xg_keyboard *keyboard, uint32_t time_ms, uint32_t key, bool pressed);

/* The same for an output whose own compositor says what the modifiers are: nothing follows. */
void xg_keyboard_pass_key(
	struct xg_keyboard *keyboard, uint32_t time_ms, uint32_t key, bool pressed);
void xg_keyboard_set_modifiers(struct xg_keyboard *keyboard, const struct xg_modifiers *modifiers);

/* Releases what is pressed: the window of a nested output has lost the keyboard. */
void xg_keyboard_release_all(struct xg_keyboard *keyboard, uint32_t time_ms);

/* Whether the serial is of the last key pressed, and the client has got it. */
bool xg_keyboard_has_press(
	const struct xg_keyboard *keyboard, const struct wl_client *client, uint32_t serial);

/* The client that has the keyboard, or NULL. */
struct wl_client *xg_keyboard_client(const struct xg_keyboard *keyboard);

#endif

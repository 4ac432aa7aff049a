/* SPDX-License-Identifier: MIT */
/*
 * A Wayland client for tests: it binds all that there is, keeps what it was last told, and takes
 * pictures of the screen. Every call fails the test when it cannot do its work.
 */
#ifndef TEST_COMPOSITOR_CLIENT_H
#define TEST_COMPOSITOR_CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-client.h>

#include "presentation-time-client-protocol.h"
#include "test_server.h"
#include "viewporter-client-protocol.h"
#include "wlr-screencopy-unstable-v1-client-protocol.h"
#include "xdg-decoration-unstable-v1-client-protocol.h"
#include "xdg-output-unstable-v1-client-protocol.h"
#include "xdg-shell-client-protocol.h"
#include "xg-test-input-v1-client-protocol.h"

#define BUTTON_LEFT  0x110
#define BUTTON_RIGHT 0x111
#define KEY_A	     30

struct client {
	struct wl_display *display;
	struct wl_registry *registry;
	struct wl_compositor *compositor;
	struct wl_subcompositor *subcompositor;
	struct wl_shm *shm;
	struct wl_seat *seat;
	struct wl_output *output;
	struct wl_data_device_manager *data_manager;
	struct xdg_wm_base *shell;
	struct wp_viewporter *viewporter;
	struct wp_presentation *presentation;
	struct zxdg_decoration_manager_v1 *decorations;
	struct zxdg_output_manager_v1 *xdg_outputs;
	struct zwlr_screencopy_manager_v1 *screencopy; /* NULL for guests */
	struct xg_test_input_v1 *input;		       /* NULL for guests */

	struct wl_pointer *pointer;
	struct wl_surface *pointer_focus;
	double pointer_x, pointer_y;
	uint32_t button, button_state, button_serial, enter_serial;
	int button_events;
	double axis_value;
	int32_t axis_discrete;

	struct wl_keyboard *keyboard;
	struct wl_surface *keyboard_focus;
	uint32_t key, key_state, modifiers;
	int keymap_bytes;

	struct wl_touch *touch;
	struct wl_surface *touch_focus;
	double touch_x, touch_y;
	int touch_ups, touch_cancels;

	struct wl_data_device *data_device;
	struct wl_data_offer *selection;  /* the last one, or NULL */
	struct wl_data_offer *drag_offer; /* while a drag is over us */
	int drag_enters, drops;
};

/* Connects to the ordinary socket, or to a guest's (server->red, server->blue). */
void client_connect(struct client *client, const struct server *server, const char *socket);
void client_disconnect(struct client *client);

/* Deals with all that the compositor has to say until now. */
void client_sync(struct client *client);

/* The code of the protocol error that the compositor must have posted on that interface. */
void client_expect_error(
	struct client *client, const struct wl_interface *interface, uint32_t code);

/* A buffer of one colour (0xAARRGGBB, premultiplied). */
struct wl_buffer *client_buffer(
	struct client *client, int32_t width, int32_t height, uint32_t colour);

/* A buffer of any pixels, rows of width words. */
struct wl_buffer *client_buffer_of(
	struct client *client, int32_t width, int32_t height, const uint32_t *pixels);

/* Events of the seat's devices, for who may make them (dom0). */
void client_move(struct client *client, double x, double y);
void client_button(struct client *client, bool pressed);
void client_click(struct client *client, double x, double y);
void client_key(struct client *client, uint32_t key, bool pressed);

struct window {
	struct client *client;
	struct wl_surface *surface;
	struct xdg_surface *xdg_surface;
	struct xdg_toplevel *toplevel;
	int32_t width, height; /* of its picture */
	uint32_t colour;
	/* From the last configure. */
	int32_t wanted_width, wanted_height;
	bool is_configured, is_active, is_maximized, is_fullscreen, is_resizing;
	int closes;
	bool follows; /* draws itself in the size that a configure asks for */
};

/* Opens a window of one colour, and waits until it is on show. */
void window_open(struct window *window, struct client *client, int32_t width, int32_t height,
	uint32_t colour);
void window_close(struct window *window);

/* The same in two steps: without a buffer, up to the first configure; then the rest. */
void window_create(struct window *window, struct client *client);
void window_draw(struct window *window, int32_t width, int32_t height, uint32_t colour);

/* Commits and waits for the surface's frame callback: what was committed is on show. */
void surface_show(struct client *client, struct wl_surface *surface);

/* The screen, as screencopy gives it. */
struct picture {
	int32_t width, height;
	uint32_t *pixels; /* 0xffRRGGBB */
};

void picture_take(struct picture *picture, struct client *client, bool with_cursor);
void picture_free(struct picture *picture);
uint32_t picture_at(const struct picture *picture, int32_t x, int32_t y);

/* The box around all pixels of a colour; its width is 0 if there are none. */
struct area {
	int32_t x, y, width, height;
	int count;
};
struct area picture_find(const struct picture *picture, uint32_t colour);

/* The same of the screen as it is now. */
struct area screen_find(struct client *client, uint32_t colour);
uint32_t screen_at(struct client *client, int32_t x, int32_t y);

#endif

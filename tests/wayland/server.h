/* SPDX-License-Identifier: MIT */
/*
 * A compositor for tests, in the test's own process: it shows nothing, but keeps what it was
 * asked. wl_compositor, wl_shm, wl_seat with a keyboard, and
 * wl_data_device_manager whose selection goes to every device. One thread pumps it.
 */
#ifndef XG_TEST_SERVER_H
#define XG_TEST_SERVER_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#define TEST_KEYMAP "xkb_keymap { this is the keymap of the test };"

struct test_server {
	struct wl_display *display;
	struct wl_list devices; /* wl_data_device resources */
	struct wl_resource *source;
	/* What happened. */
	uint32_t surfaces;  /* alive */
	uint32_t callbacks; /* frame callbacks alive */
	uint32_t commits;
	uint32_t clients; /* connected */
	bool prints;	  /* each committed buffer's size and checksum, on standard output */
};

void test_server_init(struct test_server *server);
void test_server_finish(struct test_server *server);

/* A new client; returns its end of the socket. */
int test_server_connect(struct test_server *server);

/* Carries out what clients have asked, and sends them what there is to send. */
void test_server_pump(struct test_server *server);

/* Calls done on all frame callbacks. */
void test_server_frame(struct test_server *server);

#endif

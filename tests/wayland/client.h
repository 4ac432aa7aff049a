/* SPDX-License-Identifier: MIT */
/*
 * An application for tests of the Wayland relay: what every scenario of client.c starts from. What
 * goes wrong in the test itself ends the program with a line.
 */
#ifndef XG_TEST_CLIENT_H
#define XG_TEST_CLIENT_H

#include <stddef.h>
#include <stdint.h>
#include <wayland-client-protocol.h>

struct test_client {
	struct wl_display *display;
	struct wl_registry *registry;
	struct wl_compositor *compositor;
	struct wl_shm *shm;
	struct wl_seat *seat;
	struct wl_data_device_manager *manager;
	uint32_t compositor_name;
};

/* A pool with its memory. */
struct test_pool {
	struct wl_shm_pool *pool;
	int fd;
	uint8_t *bytes;
	size_t size;
};

/* Connects to WAYLAND_DISPLAY and binds all that the test's compositor has. */
void test_client_connect(struct test_client *client);

/* Waits until the compositor has done all that was asked; exits if it ends the connection. */
void test_client_sync(struct test_client *client);

void test_pool_init(struct test_pool *pool, struct test_client *client, size_t size);

/* Ends the program with a line if the condition is false. */
void test_require(int condition, const char *what);

/* data.c: scenarios that hand data from one place to another. */
void scenario_broken_pipe(struct test_client *client);
void scenario_clipboard(struct test_client *client);
void scenario_drag(struct test_client *client);

/* pixels.c: scenarios that show buffers. */
void scenario_damage(struct test_client *client);
void scenario_coordinates(struct test_client *client);
void scenario_lifetimes(struct test_client *client);
void scenario_sizes(struct test_client *client);
void scenario_shrunk_file(struct test_client *client);

#endif

/* SPDX-License-Identifier: MIT */
/* The connection, its globals and its buffers; see client_seat.c, window.c and picture.c. */
#include "client.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "client_seat.h"

static void handle_ping(void *data, struct xdg_wm_base *shell, uint32_t serial)
{
	xdg_wm_base_pong(shell, serial);
}

static const struct xdg_wm_base_listener shell_listener = {.ping = handle_ping};

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct client *client = data;
	const struct {
		const struct wl_interface *interface;
		uint32_t version;
		void *place;
	} wanted[] = {
		{&wl_compositor_interface, 4, &client->compositor},
		{&wl_subcompositor_interface, 1, &client->subcompositor},
		{&wl_shm_interface, 1, &client->shm},
		{&wl_seat_interface, 7, &client->seat},
		{&wl_output_interface, 4, &client->output},
		{&wl_data_device_manager_interface, 3, &client->data_manager},
		{&xdg_wm_base_interface, 3, &client->shell},
		{&wp_viewporter_interface, 1, &client->viewporter},
		{&wp_presentation_interface, 1, &client->presentation},
		{&zxdg_decoration_manager_v1_interface, 1, &client->decorations},
		{&zxdg_output_manager_v1_interface, 3, &client->xdg_outputs},
		{&zwlr_screencopy_manager_v1_interface, 3, &client->screencopy},
		{&xg_test_input_v1_interface, 1, &client->input},
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (strcmp(interface, wanted[i].interface->name) == 0)
			*(void **)wanted[i].place = wl_registry_bind(
				registry, name, wanted[i].interface, wanted[i].version);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

void client_connect(struct client *client, const struct server *server, const char *socket)
{
	char path[128];

	*client = (struct client){0};
	snprintf(path, sizeof(path), "%s/dom0", server->folder);
	client->display = wl_display_connect(socket ? socket : path);
	assert_non_null(client->display);
	client->registry = wl_display_get_registry(client->display);
	wl_registry_add_listener(client->registry, &registry_listener, client);
	client_sync(client);
	assert_non_null(client->shell);
	xdg_wm_base_add_listener(client->shell, &shell_listener, client);
	client_listen_to_seat(client);
	client_sync(client);
}

void client_disconnect(struct client *client)
{
	/* What the test has not destroyed goes with the connection, as in a program that dies. */
	wl_display_disconnect(client->display);
}

void client_sync(struct client *client)
{
	assert_true(wl_display_roundtrip(client->display) >= 0);
}

void client_expect_error(struct client *client, const struct wl_interface *interface, uint32_t code)
{
	const struct wl_interface *posted_on = NULL;

	/* The error comes within a round trip or two, or never. */
	for (int i = 0; i < 100 && wl_display_roundtrip(client->display) >= 0; i++)
		continue;
	assert_int_equal(wl_display_get_error(client->display), EPROTO);
	assert_int_equal(wl_display_get_protocol_error(client->display, &posted_on, NULL), code);
	/* The library does not tell when the client has destroyed the object. */
	if (posted_on)
		assert_string_equal(posted_on->name, interface->name);
}

struct wl_buffer *client_buffer_of(
	struct client *client, int32_t width, int32_t height, const uint32_t *pixels)
{
	const size_t size = (size_t)width * (size_t)height * 4;
	const int fd = memfd_create("test-buffer", MFD_CLOEXEC);
	struct wl_shm_pool *pool;
	struct wl_buffer *buffer;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pixels, size), size);
	pool = wl_shm_create_pool(client->shm, fd, (int32_t)size);
	buffer = wl_shm_pool_create_buffer(
		pool, 0, width, height, width * 4, WL_SHM_FORMAT_ARGB8888);
	wl_shm_pool_destroy(pool);
	close(fd);
	return buffer;
}

struct wl_buffer *client_buffer(
	struct client *client, int32_t width, int32_t height, uint32_t colour)
{
	const size_t count = (size_t)width * (size_t)height;
	uint32_t *pixels = malloc(count * sizeof(*pixels));
	struct wl_buffer *buffer;

	assert_non_null(pixels);
	for (size_t i = 0; i < count; i++)
		pixels[i] = colour;
	buffer = client_buffer_of(client, width, height, pixels);
	free(pixels);
	return buffer;
}

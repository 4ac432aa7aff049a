/* SPDX-License-Identifier: MIT */
/*
 * An application for tests of the Wayland relay: "client SCENARIO" does one thing at the compositor
 * that WAYLAND_DISPLAY names and prints what it saw, which must be the same with the relay and
 * without. See client.h.
 */
#include "client.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void test_require(int condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "client: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void handle_global(
	void *data, struct wl_registry *registry, uint32_t name, const char *interface, uint32_t v)
{
	struct test_client *client = data;

	if (strcmp(interface, "wl_compositor") == 0) {
		client->compositor_name = name;
		client->compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 4);
	} else if (strcmp(interface, "wl_shm") == 0) {
		client->shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
	} else if (strcmp(interface, "wl_seat") == 0) {
		client->seat = wl_registry_bind(registry, name, &wl_seat_interface, 5);
	} else if (strcmp(interface, "wl_data_device_manager") == 0) {
		client->manager =
			wl_registry_bind(registry, name, &wl_data_device_manager_interface, 3);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

void test_client_connect(struct test_client *client)
{
	client->display = wl_display_connect(NULL);
	test_require(client->display != NULL, "no connection");
	client->registry = wl_display_get_registry(client->display);
	wl_registry_add_listener(client->registry, &registry_listener, client);
	test_client_sync(client);
	test_require(client->compositor && client->shm && client->seat && client->manager,
		"globals are missing");
}

void test_client_sync(struct test_client *client)
{
	test_require(wl_display_roundtrip(client->display) >= 0, "the connection ended");
}

void test_pool_init(struct test_pool *pool, struct test_client *client, size_t size)
{
	pool->fd = memfd_create("test", MFD_CLOEXEC);
	pool->size = size;
	test_require(pool->fd >= 0 && ftruncate(pool->fd, (off_t)size) == 0, "memfd");
	pool->bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, pool->fd, 0);
	test_require(pool->bytes != MAP_FAILED, "mmap");
	pool->pool = wl_shm_create_pool(client->shm, pool->fd, (int32_t)size);
}

/* Errors: what libwayland makes of them is printed by handle_log() and print_error(). */

static void handle_log(const char *format, va_list args)
{
	char line[512];

	vsnprintf(line, sizeof(line), format, args);
	/* "interface@id: error code: text"; ids are the application's own, and the same. */
	printf("%s", line);
}

static void print_error(struct test_client *client)
{
	const struct wl_interface *interface = NULL;
	uint32_t id = 0;

	while (wl_display_roundtrip(client->display) >= 0)
		;
	const int error = wl_display_get_error(client->display);
	const uint32_t code = wl_display_get_protocol_error(client->display, &interface, &id);
	printf("errno %d, code %u, %s@%u\n", error, code, interface ? interface->name : "?", id);
}

static void scenario_error_scale(struct test_client *client)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);

	wl_surface_set_buffer_scale(surface, -3);
	print_error(client);
}

static void scenario_error_pool_size(struct test_client *client)
{
	wl_shm_create_pool(client->shm, STDERR_FILENO, -5);
	print_error(client);
}

static void drop_log(const char *format, va_list args)
{
}

/* The text names a descriptor of the compositor's, so only the code can be the same. */
static void scenario_error_pool_file(struct test_client *client)
{
	int ends[2];

	wl_log_set_handler_client(drop_log);

	test_require(pipe(ends) == 0, "pipe");
	wl_shm_create_pool(client->shm, ends[0], 4096);
	while (wl_display_roundtrip(client->display) >= 0)
		;
	printf("code %u\n", wl_display_get_protocol_error(client->display, NULL, NULL));
}

static void scenario_error_stride(struct test_client *client)
{
	struct test_pool pool;

	test_pool_init(&pool, client, 4096);
	wl_shm_pool_create_buffer(pool.pool, 0, 64, 64, 100, WL_SHM_FORMAT_ARGB8888);
	print_error(client);
}

static void scenario_error_format(struct test_client *client)
{
	struct test_pool pool;

	test_pool_init(&pool, client, 4096);
	wl_shm_pool_create_buffer(pool.pool, 0, 8, 8, 32, 0x12345678);
	print_error(client);
}

static void scenario_error_global(struct test_client *client)
{
	wl_registry_bind(client->registry, 4711, &wl_shm_interface, 1);
	print_error(client);
}

static void log_text(const char *format, va_list args)
{
	char line[512];

	vsnprintf(line, sizeof(line), format, args);
	printf("%s", strstr(line, ": error"));
}

/* The relay cannot name an object that is destroyed, but code and text arrive. */
static void scenario_error_destroyed(struct test_client *client)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);

	wl_log_set_handler_client(log_text);
	wl_surface_set_buffer_transform(surface, -1);
	wl_surface_destroy(surface);
	while (wl_display_roundtrip(client->display) >= 0)
		;
}

/* Keymaps. */

static void handle_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size)
{
	char *text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

	test_require(text != MAP_FAILED, "the keymap cannot be mapped");
	printf("format %u, %u bytes: %s\n", format, size, text);
	close(fd);
	*(bool *)data = true;
}

static void scenario_keymap(struct test_client *client)
{
	static const struct wl_keyboard_listener listener = {.keymap = handle_keymap};
	bool is_done = false;

	struct wl_keyboard *keyboard = wl_seat_get_keyboard(client->seat);
	wl_keyboard_add_listener(keyboard, &listener, &is_done);
	while (!is_done)
		test_client_sync(client);
}

/* Order and quantity. */

static void handle_done(void *data, struct wl_callback *callback, uint32_t time)
{
	printf("%s ", (const char *)data);
	wl_callback_destroy(callback);
}

static void scenario_order(struct test_client *client)
{
	static const struct wl_callback_listener listener = {handle_done};
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);
	static char names[300][8];

	for (int i = 0; i < 300; i++) {
		snprintf(names[i], sizeof(names[i]), "%d", i);
		if (i % 3 == 0)
			wl_surface_commit(surface);
		wl_callback_add_listener(wl_display_sync(client->display), &listener, names[i]);
	}
	test_client_sync(client);
	printf("\n");
}

/* libwayland's buffer must not fill up while the compositor does not read. */
static void flush(struct test_client *client)
{
	while (wl_display_flush(client->display) < 0) {
		struct pollfd fd = {wl_display_get_fd(client->display), POLLOUT, 0};

		test_require(errno == EAGAIN, "flush");
		poll(&fd, 1, -1);
	}
}

/* Far more than may be in flight: the application is held up, and nothing is lost. */
static void scenario_flood(struct test_client *client)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);
	struct test_pool pool;

	test_pool_init(&pool, client, 256 * 256 * 4);
	struct wl_buffer *buffer =
		wl_shm_pool_create_buffer(pool.pool, 0, 256, 256, 1024, WL_SHM_FORMAT_ARGB8888);
	for (uint32_t i = 0; i < 300; i++) {
		wl_surface_attach(surface, buffer, 0, 0);
		wl_surface_damage(surface, 0, 0, 256, 256);
		wl_surface_commit(surface);
		for (uint32_t j = 0; j < 1000; j++) {
			wl_surface_damage(surface, 0, 0, 1, 1);
			if (j % 50 == 0)
				flush(client);
		}
		flush(client);
	}
	test_client_sync(client);
}

/* Stays until it is killed; says when it is there. */
static void scenario_stay(struct test_client *client)
{
	wl_surface_commit(wl_compositor_create_surface(client->compositor));
	test_client_sync(client);
	printf("here\n");
	fflush(stdout);
	while (wl_display_dispatch(client->display) >= 0)
		;
	printf("the connection ended: %s\n", strerror(wl_display_get_error(client->display)));
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		void (*run)(struct test_client *client);
	} scenarios[] = {
		{"broken-pipe", scenario_broken_pipe},
		{"clipboard", scenario_clipboard},
		{"coordinates", scenario_coordinates},
		{"damage", scenario_damage},
		{"drag", scenario_drag},
		{"error-destroyed", scenario_error_destroyed},
		{"error-format", scenario_error_format},
		{"error-global", scenario_error_global},
		{"error-pool-file", scenario_error_pool_file},
		{"error-pool-size", scenario_error_pool_size},
		{"error-scale", scenario_error_scale},
		{"error-stride", scenario_error_stride},
		{"flood", scenario_flood},
		{"keymap", scenario_keymap},
		{"lifetimes", scenario_lifetimes},
		{"order", scenario_order},
		{"shrunk-file", scenario_shrunk_file},
		{"sizes", scenario_sizes},
		{"stay", scenario_stay},
	};
	struct test_client client = {0};

	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; argc == 2 && i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		if (strcmp(argv[1], scenarios[i].name) != 0)
			continue;
		wl_log_set_handler_client(handle_log);
		test_client_connect(&client);
		scenarios[i].run(&client);
		wl_display_disconnect(client.display);
		return 0;
	}
	fprintf(stderr, "usage: client SCENARIO\n");
	return 2;
}

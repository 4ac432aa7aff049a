/* SPDX-License-Identifier: MIT */
/* See server.h. */
#include "server.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

struct surface {
	struct test_server *server;
	struct wl_resource *buffer;
	struct wl_listener buffer_destroy;
	struct wl_list callbacks;
};

static void destroy_request(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_buffer_destroy(struct wl_listener *listener, void *data)
{
	struct surface *surface = wl_container_of(listener, surface, buffer_destroy);

	wl_list_remove(&listener->link);
	wl_list_init(&listener->link);
	surface->buffer = NULL;
}

static void surface_attach(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *buffer, int32_t x, int32_t y)
{
	struct surface *surface = wl_resource_get_user_data(resource);

	wl_list_remove(&surface->buffer_destroy.link);
	wl_list_init(&surface->buffer_destroy.link);
	surface->buffer = buffer;
	if (buffer)
		wl_resource_add_destroy_listener(buffer, &surface->buffer_destroy);
}

static void surface_damage(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
}

static void handle_callback_destroy(struct wl_resource *resource)
{
	struct test_server *server = wl_resource_get_user_data(resource);

	server->callbacks--;
	wl_list_remove(wl_resource_get_link(resource));
}

static void surface_frame(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct surface *surface = wl_resource_get_user_data(resource);
	struct wl_resource *callback = wl_resource_create(client, &wl_callback_interface, 1, id);

	wl_resource_set_implementation(callback, NULL, surface->server, handle_callback_destroy);
	wl_list_insert(&surface->callbacks, wl_resource_get_link(callback));
	surface->server->callbacks++;
}

static void surface_region(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *region)
{
}

/* Of every byte, also those that no eye sees. */
static void print_pixels(struct wl_shm_buffer *buffer)
{
	const int32_t width = wl_shm_buffer_get_width(buffer);
	const int32_t height = wl_shm_buffer_get_height(buffer);
	uint32_t crc = 2166136261;

	wl_shm_buffer_begin_access(buffer);
	for (int32_t y = 0; y < height; y++) {
		const uint8_t *row = (uint8_t *)wl_shm_buffer_get_data(buffer) +
				     y * wl_shm_buffer_get_stride(buffer);

		for (int32_t x = 0; x < width * 4; x++)
			crc = (crc ^ row[x]) * 16777619;
	}
	wl_shm_buffer_end_access(buffer);
	printf("commit %dx%d %08x\n", width, height, crc);
}

static void surface_commit(struct wl_client *client, struct wl_resource *resource)
{
	struct surface *surface = wl_resource_get_user_data(resource);
	struct test_server *server = surface->server;

	server->commits++;
	if (!surface->buffer)
		return;
	struct wl_shm_buffer *buffer = wl_shm_buffer_get(surface->buffer);
	if (buffer && server->prints)
		print_pixels(buffer);
	wl_buffer_send_release(surface->buffer);
}

static void surface_transform(
	struct wl_client *client, struct wl_resource *resource, int32_t transform)
{
	if (transform < 0)
		wl_resource_post_error(resource, WL_SURFACE_ERROR_INVALID_TRANSFORM,
			"transform %d is no transform", transform);
}

static void surface_number(struct wl_client *client, struct wl_resource *resource, int32_t number)
{
	if (number < 1)
		wl_resource_post_error(
			resource, WL_SURFACE_ERROR_INVALID_SCALE, "scale %d is no scale", number);
}

static void surface_offset(
	struct wl_client *client, struct wl_resource *resource, int32_t x, int32_t y)
{
}

static const struct wl_surface_interface surface_implementation = {
	.destroy = destroy_request,
	.attach = surface_attach,
	.damage = surface_damage,
	.frame = surface_frame,
	.set_opaque_region = surface_region,
	.set_input_region = surface_region,
	.commit = surface_commit,
	.set_buffer_transform = surface_transform,
	.set_buffer_scale = surface_number,
	.damage_buffer = surface_damage,
	.offset = surface_offset,
};

static void handle_surface_destroy(struct wl_resource *resource)
{
	struct surface *surface = wl_resource_get_user_data(resource);
	struct wl_resource *callback, *next;

	wl_resource_for_each_safe(callback, next, &surface->callbacks)
		wl_resource_destroy(callback);
	wl_list_remove(&surface->buffer_destroy.link);
	surface->server->surfaces--;
	free(surface);
}

static void create_surface(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct surface *surface = calloc(1, sizeof(*surface));
	struct wl_resource *created = wl_resource_create(
		client, &wl_surface_interface, wl_resource_get_version(resource), id);

	surface->server = wl_resource_get_user_data(resource);
	surface->server->surfaces++;
	surface->buffer_destroy.notify = handle_buffer_destroy;
	wl_list_init(&surface->buffer_destroy.link);
	wl_list_init(&surface->callbacks);
	wl_resource_set_implementation(
		created, &surface_implementation, surface, handle_surface_destroy);
}

static void region_rectangle(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
}

static const struct wl_region_interface region_implementation = {
	.destroy = destroy_request,
	.add = region_rectangle,
	.subtract = region_rectangle,
};

static void create_region(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	wl_resource_set_implementation(wl_resource_create(client, &wl_region_interface, 1, id),
		&region_implementation, NULL, NULL);
}

static const struct wl_compositor_interface compositor_implementation = {
	.create_surface = create_surface,
	.create_region = create_region,
};

static void bind_compositor(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	wl_resource_set_implementation(
		wl_resource_create(client, &wl_compositor_interface, (int)version, id),
		&compositor_implementation, data, NULL);
}

static const struct wl_keyboard_interface keyboard_implementation = {.release = destroy_request};

static void get_keyboard(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct wl_resource *keyboard = wl_resource_create(
		client, &wl_keyboard_interface, wl_resource_get_version(resource), id);
	const int fd = memfd_create("keymap", MFD_CLOEXEC);

	wl_resource_set_implementation(keyboard, &keyboard_implementation, NULL, NULL);
	const ssize_t written = write(fd, TEST_KEYMAP, sizeof(TEST_KEYMAP));
	assert(written == sizeof(TEST_KEYMAP));
	wl_keyboard_send_keymap(
		keyboard, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, fd, sizeof(TEST_KEYMAP));
	close(fd);
}

static void set_cursor(struct wl_client *client, struct wl_resource *resource, uint32_t serial,
	struct wl_resource *surface, int32_t x, int32_t y)
{
}

static const struct wl_pointer_interface pointer_implementation = {
	.set_cursor = set_cursor,
	.release = destroy_request,
};

static void get_pointer(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	wl_resource_set_implementation(wl_resource_create(client, &wl_pointer_interface,
					       wl_resource_get_version(resource), id),
		&pointer_implementation, NULL, NULL);
}

static const struct wl_touch_interface touch_implementation = {.release = destroy_request};

static void get_touch(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	wl_resource_set_implementation(wl_resource_create(client, &wl_touch_interface,
					       wl_resource_get_version(resource), id),
		&touch_implementation, NULL, NULL);
}

static const struct wl_seat_interface seat_implementation = {
	.get_pointer = get_pointer,
	.get_touch = get_touch,
	.get_keyboard = get_keyboard,
	.release = destroy_request,
};

static void bind_seat(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *seat = wl_resource_create(client, &wl_seat_interface, (int)version, id);

	wl_resource_set_implementation(seat, &seat_implementation, data, NULL);
	wl_seat_send_capabilities(seat, WL_SEAT_CAPABILITY_KEYBOARD);
}

static void source_offer(struct wl_client *client, struct wl_resource *resource, const char *type)
{
}

static void set_actions(struct wl_client *client, struct wl_resource *resource, uint32_t actions)
{
}

static const struct wl_data_source_interface source_implementation = {
	.set_actions = set_actions,
	.offer = source_offer,
	.destroy = destroy_request,
};

static void handle_source_destroy(struct wl_resource *resource)
{
	struct test_server *server = wl_resource_get_user_data(resource);

	if (server->source == resource)
		server->source = NULL;
}

static void create_source(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	wl_resource_set_implementation(wl_resource_create(client, &wl_data_source_interface, 3, id),
		&source_implementation, wl_resource_get_user_data(resource), handle_source_destroy);
}

static void offer_receive(
	struct wl_client *client, struct wl_resource *resource, const char *type, int32_t fd)
{
	struct test_server *server = wl_resource_get_user_data(resource);

	if (server->source)
		wl_data_source_send_send(server->source, type, fd);
	close(fd);
}

static void offer_accept(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial, const char *type)
{
}

static void offer_finish(struct wl_client *client, struct wl_resource *resource)
{
	struct test_server *server = wl_resource_get_user_data(resource);

	if (server->source)
		wl_data_source_send_dnd_finished(server->source);
}

static void offer_actions(struct wl_client *client, struct wl_resource *resource, uint32_t actions,
	uint32_t preferred)
{
}

static const struct wl_data_offer_interface offer_implementation = {
	.accept = offer_accept,
	.finish = offer_finish,
	.set_actions = offer_actions,
	.receive = offer_receive,
	.destroy = destroy_request,
};

/* Offers what the source has, to that wl_data_device. */
static struct wl_resource *create_offer(struct wl_resource *device, struct wl_resource *source)
{
	struct test_server *server = wl_resource_get_user_data(device);
	struct wl_resource *offer = wl_resource_create(wl_resource_get_client(device),
		&wl_data_offer_interface, wl_resource_get_version(device), 0);

	server->source = source;
	wl_resource_set_implementation(offer, &offer_implementation, server, NULL);
	wl_data_device_send_data_offer(device, offer);
	wl_data_offer_send_offer(offer, "text/plain");
	return offer;
}

static void set_selection(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *source, uint32_t serial)
{
	struct test_server *server = wl_resource_get_user_data(resource);
	struct wl_resource *device;

	wl_resource_for_each(device, &server->devices)
		wl_data_device_send_selection(device, create_offer(device, source));
}

/* The pointer is over the origin already, and the button is let go at once. */
static void start_drag(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *source, struct wl_resource *origin, struct wl_resource *icon,
	uint32_t serial)
{
	struct wl_resource *offer = create_offer(resource, source);

	wl_data_device_send_enter(
		resource, 1, origin, wl_fixed_from_int(3), wl_fixed_from_double(-4.5), offer);
	wl_data_device_send_drop(resource);
}

static const struct wl_data_device_interface device_implementation = {
	.start_drag = start_drag,
	.set_selection = set_selection,
	.release = destroy_request,
};

static void handle_device_destroy(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void get_device(struct wl_client *client, struct wl_resource *resource, uint32_t id,
	struct wl_resource *seat)
{
	struct test_server *server = wl_resource_get_user_data(resource);
	struct wl_resource *device = wl_resource_create(client, &wl_data_device_interface, 3, id);

	wl_resource_set_implementation(
		device, &device_implementation, server, handle_device_destroy);
	wl_list_insert(&server->devices, wl_resource_get_link(device));
}

static const struct wl_data_device_manager_interface manager_implementation = {
	.create_data_source = create_source,
	.get_data_device = get_device,
};

static void bind_manager(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	wl_resource_set_implementation(
		wl_resource_create(client, &wl_data_device_manager_interface, (int)version, id),
		&manager_implementation, data, NULL);
}

void test_server_init(struct test_server *server)
{
	memset(server, 0, sizeof(*server));
	wl_list_init(&server->devices);
	server->display = wl_display_create();
	wl_display_init_shm(server->display);
	wl_global_create(server->display, &wl_compositor_interface, 5, server, bind_compositor);
	wl_global_create(server->display, &wl_seat_interface, 8, server, bind_seat);
	wl_global_create(
		server->display, &wl_data_device_manager_interface, 3, server, bind_manager);
}

void test_server_finish(struct test_server *server)
{
	wl_display_destroy_clients(server->display);
	wl_display_destroy(server->display);
}

int test_server_connect(struct test_server *server)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	if (!wl_client_create(server->display, ends[0])) {
		close(ends[0]);
		close(ends[1]);
		return -1;
	}
	return ends[1];
}

void test_server_pump(struct test_server *server)
{
	wl_event_loop_dispatch(wl_display_get_event_loop(server->display), 0);
	wl_display_flush_clients(server->display);
	server->clients = (uint32_t)wl_list_length(wl_display_get_client_list(server->display));
}

static enum wl_iterator_result finish_callback(struct wl_resource *resource, void *data)
{
	if (strcmp(wl_resource_get_class(resource), "wl_callback") == 0) {
		wl_callback_send_done(resource, 0);
		wl_resource_destroy(resource);
	}
	return WL_ITERATOR_CONTINUE;
}

void test_server_frame(struct test_server *server)
{
	struct wl_client *client;

	wl_client_for_each(client, wl_display_get_client_list(server->display))
		wl_client_for_each_resource(client, finish_callback, NULL);
}

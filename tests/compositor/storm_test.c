/* SPDX-License-Identifier: MIT */
/*
 * Clients that send whatever their objects' interfaces allow, in any order and with any values,
 * until the compositor has had enough of them. It must end none but them. What is sent follows from
 * a fixed seed (XENGLASS_SEED sets another), and so comes the same each time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"

#define CLIENTS	 60
#define ROUNDS	 40
#define REQUESTS 12
#define OBJECTS	 256

struct object {
	struct wl_proxy *proxy;
	const struct wl_interface *interface;
};

struct storm {
	struct client client;
	struct window window;
	struct object objects[OBJECTS];
	int count;
	uint32_t serial; /* the last that any event had */
};

static uint32_t random_below(uint32_t limit)
{
	return (uint32_t)random() % limit;
}

static void add(struct storm *storm, void *proxy, const struct wl_interface *interface)
{
	if (proxy && storm->count < OBJECTS)
		storm->objects[storm->count++] = (struct object){proxy, interface};
}

static void forget(struct storm *storm, const struct wl_proxy *proxy)
{
	for (int i = 0; i < storm->count; i++) {
		if (storm->objects[i].proxy == proxy)
			storm->objects[i] = storm->objects[--storm->count];
	}
}

/* The interface of that name among the tables that requests refer to. */
static bool is_interface(const struct wl_interface *a, const struct wl_interface *b)
{
	return strcmp(a->name, b->name) == 0;
}

static int handle_event(const void *data, void *target, uint32_t opcode,
	const struct wl_message *message, union wl_argument *arguments)
{
	struct storm *storm = (struct storm *)data;
	int i = 0;

	for (const char *at = message->signature; *at; at++) {
		if (*at == '?' || (*at >= '0' && *at <= '9'))
			continue;
		if (*at == 'h')
			close(arguments[i].h);
		if (*at == 'n')
			wl_proxy_add_dispatcher(
				(struct wl_proxy *)arguments[i].o, handle_event, storm, NULL);
		if (*at == 'n')
			add(storm, arguments[i].o, message->types[i]);
		i++;
	}
	if (strcmp(message->name, "configure") == 0 &&
		strcmp(wl_proxy_get_class(target), "xdg_surface") == 0) {
		storm->serial = arguments[0].u;
		if (random_below(4))
			xdg_surface_ack_configure(target, arguments[0].u);
	}
	/* These are gone once they have spoken. */
	if (strcmp(message->name, "done") == 0 &&
		strcmp(wl_proxy_get_class(target), "wl_callback") == 0) {
		forget(storm, target);
		wl_proxy_destroy(target);
	} else if (strcmp(wl_proxy_get_class(target), "wp_presentation_feedback") == 0 &&
		   strcmp(message->name, "sync_output") != 0) {
		forget(storm, target);
		wl_proxy_destroy(target);
	}
	return 0;
}

static int32_t random_int(const struct storm *storm)
{
	static const int32_t odd[] = {0, 1, -1, INT32_MAX, INT32_MIN, 65536, -32769};

	switch (random_below(16)) {
	case 0:
		return odd[random_below(sizeof(odd) / sizeof(odd[0]))];
	case 1:
		return (int32_t)storm->serial;
	case 2:
		return -(int32_t)random_below(300);
	case 3:
	case 4:
	case 5:
		return (int32_t)random_below(300);
	default:
		return (int32_t)random_below(8);
	}
}

static struct wl_proxy *random_object(
	const struct storm *storm, const struct wl_interface *interface)
{
	const int start = storm->count ? (int)random_below((uint32_t)storm->count) : 0;

	for (int i = 0; i < storm->count; i++) {
		const struct object *object = &storm->objects[(start + i) % storm->count];

		if (!interface || is_interface(object->interface, interface))
			return object->proxy;
	}
	return NULL;
}

static int random_file(void)
{
	const int fd = memfd_create("storm", MFD_CLOEXEC);

	assert_int_equal(ftruncate(fd, random_below(65536)), 0);
	return fd;
}

/* Fills in an argument; false if there is no object to name. */
static bool choose(const struct storm *storm, char type, bool may_be_null,
	const struct wl_interface *interface, union wl_argument *argument)
{
	static const char *const strings[] = {
		"", "text/plain", "\xff\xfe", "a title — of some kind"};

	switch (type) {
	case 'o':
		argument->o = NULL;
		if (may_be_null && random_below(3) == 0)
			return true;
		argument->o = (struct wl_object *)random_object(storm, interface);
		return argument->o || may_be_null;
	case 'n':
		argument->o = NULL;
		return interface;
	case 's':
		argument->s = may_be_null && random_below(3) == 0 ? NULL : strings[random_below(4)];
		return true;
	case 'h':
		argument->h = random_file();
		return true;
	case 'f':
		argument->f = wl_fixed_from_int((int16_t)random_int(storm));
		return true;
	default:
		argument->i = random_int(storm);
		return true;
	}
}

/* Nearly always a fault; sent as rarely as is good for what else there is to try. */
static bool is_fatal(const struct wl_message *message)
{
	static const char *const names[] = {"destroy", "release", "get_xdg_surface", "get_toplevel",
		"get_popup", "set_cursor", "start_drag", "get_toplevel_decoration", "get_viewport",
		"get_subsurface", "place_above", "place_below", "ack_configure", "resize",
		"set_buffer_transform", "set_buffer_scale", "set_gravity", "set_anchor", "copy",
		"copy_with_damage"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(message->name, names[i]) == 0)
			return true;
	}
	return false;
}

static void send_random(struct storm *storm)
{
	const struct object *object = &storm->objects[random_below((uint32_t)storm->count)];
	const struct wl_interface *created = NULL, *interface = object->interface;
	struct wl_proxy *proxy = object->proxy;
	union wl_argument arguments[20];
	int i = 0, fd = -1;

	if (interface->method_count == 0)
		return;
	const uint32_t opcode = random_below((uint32_t)interface->method_count);
	const struct wl_message *message = &interface->methods[opcode];
	const bool ends =
		strcmp(message->name, "destroy") == 0 || strcmp(message->name, "release") == 0;
	bool may_be_null = false;

	if ((is_fatal(message) && random_below(8)) ||
		atoi(message->signature) > (int)wl_proxy_get_version(proxy))
		return;
	for (const char *at = message->signature; *at; at++) {
		if (*at == '?')
			may_be_null = true;
		if (*at == '?' || (*at >= '0' && *at <= '9'))
			continue;
		if (!choose(storm, *at, may_be_null, message->types[i], &arguments[i]))
			return;
		if (*at == 'n')
			created = message->types[i];
		if (*at == 'h')
			fd = arguments[i].h;
		may_be_null = false;
		i++;
	}
	if (ends)
		forget(storm, proxy);
	struct wl_proxy *made = wl_proxy_marshal_array_flags(proxy, opcode, created,
		wl_proxy_get_version(proxy), ends ? WL_MARSHAL_FLAG_DESTROY : 0, arguments);
	if (fd >= 0)
		close(fd);
	if (!made)
		return;
	wl_proxy_add_dispatcher(made, handle_event, storm, NULL);
	if (storm->count < OBJECTS)
		add(storm, made, created);
}

static void begin(struct storm *storm, const struct server *server, const char *socket)
{
	struct client *client = &storm->client;

	storm->count = 0;
	storm->serial = 0;
	client_connect(client, server, socket);
	window_open(&storm->window, client, 150, 80, 0xff00ff00);
	add(storm, client->compositor, &wl_compositor_interface);
	add(storm, client->subcompositor, &wl_subcompositor_interface);
	add(storm, client->seat, &wl_seat_interface);
	add(storm, client->output, &wl_output_interface);
	add(storm, client->data_manager, &wl_data_device_manager_interface);
	add(storm, client->data_device, &wl_data_device_interface);
	add(storm, client->pointer, &wl_pointer_interface);
	add(storm, client->shell, &xdg_wm_base_interface);
	add(storm, client->shell, &xdg_wm_base_interface);
	add(storm, client->viewporter, &wp_viewporter_interface);
	add(storm, client->presentation, &wp_presentation_interface);
	add(storm, client->decorations, &zxdg_decoration_manager_v1_interface);
	add(storm, client->xdg_outputs, &zxdg_output_manager_v1_interface);
	add(storm, client->screencopy, &zwlr_screencopy_manager_v1_interface);
	for (int i = 0; i < 4; i++)
		add(storm, client->input, &xg_test_input_v1_interface);
	add(storm, storm->window.surface, &wl_surface_interface);
	add(storm, storm->window.xdg_surface, &xdg_surface_interface);
	add(storm, storm->window.toplevel, &xdg_toplevel_interface);
	for (int i = 0; i < 6; i++)
		add(storm, wl_compositor_create_surface(client->compositor), &wl_surface_interface);
	for (int32_t i = 1; i < 6; i++)
		add(storm, client_buffer(client, 20 * i, 30, 0x80808080), &wl_buffer_interface);
}

/* Sends some; false once the compositor has ended the connection. */
static bool go_on(struct storm *storm)
{
	for (int i = 0; i < REQUESTS && storm->count > 0; i++)
		send_random(storm);
	return wl_display_roundtrip(storm->client.display) >= 0;
}

static void a_storm_of_requests_harms_nobody_else(void **state)
{
	const struct server *server = *state;
	const char *seed = getenv("XENGLASS_SEED");
	struct storm *storms = calloc(2, sizeof(*storms));
	struct client bystander;
	struct window quiet;

	srandom(seed ? (unsigned)atoi(seed) : 1);
	client_connect(&bystander, server, server->blue);
	window_open(&quiet, &bystander, 100, 50, 0xff0000ff);
	for (int i = 0; i < CLIENTS; i++) {
		bool goes_on[2] = {true, true};

		begin(&storms[0], server, NULL);
		begin(&storms[1], server, server->red);
		for (int round = 0; round < ROUNDS && (goes_on[0] || goes_on[1]); round++) {
			for (int j = 0; j < 2; j++)
				goes_on[j] = goes_on[j] && go_on(&storms[j]);
		}
		client_disconnect(&storms[0].client);
		client_disconnect(&storms[1].client);
		client_sync(&bystander);
	}
	client_disconnect(&bystander);
	free(storms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_storm_of_requests_harms_nobody_else, server_setup, server_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

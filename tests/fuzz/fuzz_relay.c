/* SPDX-License-Identifier: MIT */
/*
 * Feeds messages made from arbitrary bytes to the host's end of the Wayland relay, before a
 * compositor in the same process (tests/wayland/server.h).
 *
 * The input is a list of steps, each introduced by a byte. Most are requests that fit their
 * objects, so that they get as far as the compositor; some are spoilt in one place; some are taken
 * as they are. When a connection has ended the next one is opened.
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../wayland/guest.h"
#include "base/log.h"
#include "input.h"
#include "relay/interface.h"
#include "relay/marshal.h"
#include "relay/window.h"

enum {
	STEPS_MAX = 256,
	CONNECTIONS_MAX = 4,
	OBJECTS_MAX = 128,
	RAW_SIZE_MAX = 256,
	CLIENT = 7,
	STREAM = 8,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const char *__lsan_default_suppressions(void);

/*
 * After a protocol error libwayland drops what it has read before, and loses the objects that came
 * with those events: some bytes for each connection that ends so.
 */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void)
{
	return "leak:wl_display_read_events";
}

struct fuzz {
	struct input input;
	struct test_guest guest;
	uint32_t connection;
	uint64_t next; /* the number of the next object */
	/* What the objects are, as far as the numbers go; NULL: destroyed. */
	const struct xg_interface *objects[OBJECTS_MAX];
};

static void note_object(struct fuzz *fuzz, enum xg_interface_index interface)
{
	fuzz->objects[fuzz->next++] = &xg_interfaces[interface];
}

static void open_connection(struct fuzz *fuzz)
{
	test_guest_open(&fuzz->guest, ++fuzz->connection);
	memset(fuzz->objects, 0, sizeof(fuzz->objects));
	fuzz->next = 1;
	note_object(fuzz, XG_INTERFACE_wl_display);
	note_object(fuzz, XG_INTERFACE_wl_registry);
	note_object(fuzz, XG_INTERFACE_wl_compositor);
	note_object(fuzz, XG_INTERFACE_wl_shm);
}

/* A number that is small, or one of the awkward ones. */
static uint32_t take_number(struct input *input)
{
	static const uint32_t awkward[] = {
		0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffb, 4096, 1 << 20};
	const uint8_t byte = take_byte(input);

	return byte < 0xc0 ? byte : byte < 0xf0 ? (uint32_t)byte * 64 : awkward[byte % 8];
}

/* An object of that interface if there is one; for odd bytes any. */
static uint64_t take_object(struct fuzz *fuzz, const struct wl_interface *type)
{
	const uint8_t byte = take_byte(&fuzz->input);

	for (uint64_t i = 0; i < fuzz->next; i++) {
		const uint64_t number = (byte + i) % fuzz->next;
		const struct xg_interface *interface = fuzz->objects[number];

		if (interface && (!type || byte % 16 == 1 ||
					 strcmp(interface->wayland->name, type->name) == 0))
			return number;
	}
	return 0;
}

static void take_text(struct input *input, struct xg_value *value)
{
	static const char *const texts[] = {"wl_compositor", "wl_shm", "wl_seat", "xg_swap_v1",
		"wl_data_device_manager", "wl_surface", "text/plain", "", "%s%n"};

	value->bytes = texts[take_byte(input) % 9];
	value->size = (uint32_t)strlen(value->bytes) + 1;
}

/* wl_registry.bind, mostly of what is there. */
static void bind(struct fuzz *fuzz, struct xg_value *values)
{
	static const enum xg_interface_index known[] = {XG_INTERFACE_wl_compositor,
		XG_INTERFACE_wl_seat, XG_INTERFACE_wl_data_device_manager, XG_INTERFACE_wl_shm,
		XG_INTERFACE_xg_swap_v1};
	/* In the order in which the compositor has made them. */
	static const uint32_t names[] = {2, 3, 4, 1, XG_WL_SWAP_GLOBAL};
	const uint8_t byte = take_byte(&fuzz->input);
	const struct xg_interface *interface = &xg_interfaces[known[byte % 5]];

	values[0].unsigned_number = names[byte % 5];
	if (byte & 0x80) {
		take_text(&fuzz->input, &values[1]);
	} else {
		values[1].bytes = interface->wayland->name;
		values[1].size = (uint32_t)strlen(interface->wayland->name) + 1;
	}
	values[2].unsigned_number = interface->global_version ? interface->global_version : 1;
	fuzz->objects[fuzz->next] = interface;
	values[3].object = fuzz->next++;
}

static void fill(struct fuzz *fuzz, const struct wl_message *message, struct xg_value *values,
	uint32_t count)
{
	static const uint8_t zeros[64];

	for (uint32_t i = 0; i < count; i++) {
		switch (values[i].type) {
		case 'o':
			values[i].object = take_object(fuzz, message->types[i]);
			break;
		case 'n':
			fuzz->objects[fuzz->next] = xg_interface_find(message->types[i]->name);
			values[i].object = fuzz->next++;
			break;
		case 's':
			take_text(&fuzz->input, &values[i]);
			break;
		case 'a':
			values[i].bytes = zeros;
			values[i].size = take_byte(&fuzz->input) % 64;
			break;
		default:
			values[i].unsigned_number = take_number(&fuzz->input);
		}
	}
}

/* A request on an object that should be there; spoilt in one byte if so wanted. */
static void send_request(struct fuzz *fuzz, bool is_spoilt)
{
	struct xg_value values[XG_VALUES_MAX];
	_Alignas(8) uint8_t payload[1024];

	const uint64_t number = take_object(fuzz, NULL);
	const struct xg_interface *interface = fuzz->objects[number];
	if (!interface || interface->wayland->method_count == 0 || fuzz->next >= OBJECTS_MAX - 1)
		return;
	const uint32_t opcode =
		take_byte(&fuzz->input) % (uint32_t)interface->wayland->method_count;
	const struct wl_message *message = &interface->wayland->methods[opcode];
	const uint32_t count = xg_values_init(message->signature, values);
	if (xg_interface_is(interface, XG_INTERFACE_wl_registry))
		bind(fuzz, values);
	else
		fill(fuzz, message, values, count);
	if (interface->request_destructors & (1u << opcode))
		fuzz->objects[number] = NULL;

	const struct xg_wl_message head = {fuzz->connection, opcode, number};
	const size_t size = sizeof(head) + xg_values_size(values, count);
	memcpy(payload, &head, sizeof(head));
	xg_values_encode(values, count, payload + sizeof(head));
	/* Not the connection's number: what ends the guest is not worth a step. */
	if (is_spoilt)
		payload[4 + take_byte(&fuzz->input) % (size - 4)] ^= take_byte(&fuzz->input);
	xg_relay_receive(fuzz->guest.relay, XG_WL_REQUEST, payload, size);
}

static void send_pool_write(struct fuzz *fuzz)
{
	struct {
		struct xg_wl_pool_write write;
		uint8_t bytes[1024];
	} message = {.write = {.connection = fuzz->connection,
			     .row_size = take_number(&fuzz->input),
			     .offset = take_number(&fuzz->input),
			     .stride = take_number(&fuzz->input),
			     .rows = take_number(&fuzz->input) % 64}};
	const uint64_t bytes = (uint64_t)message.write.row_size * message.write.rows;

	message.write.pool = take_object(fuzz, xg_interfaces[XG_INTERFACE_wl_shm_pool].wayland);
	xg_relay_receive(fuzz->guest.relay, XG_WL_POOL_WRITE, &message,
		sizeof(message.write) + (bytes < 1024 ? (size_t)bytes : 1024));
}

static void send_raw(struct fuzz *fuzz)
{
	_Alignas(8) uint8_t payload[RAW_SIZE_MAX];
	const uint32_t type = 0x100 + take_byte(&fuzz->input) % 0x16;
	const size_t size = take_byte(&fuzz->input) % RAW_SIZE_MAX;

	take(&fuzz->input, payload, size);
	xg_relay_receive(fuzz->guest.relay, type, payload, size);
}

static void step(struct fuzz *fuzz)
{
	const uint8_t kind = take_byte(&fuzz->input);

	if (kind < 0xc0)
		send_request(fuzz, kind % 16 == 15);
	else if (kind < 0xe0)
		send_pool_write(fuzz);
	else if (kind < 0xf0)
		send_raw(fuzz);
	else if (kind < 0xf8)
		test_server_frame(&fuzz->guest.server);
	else if (kind < 0xfc)
		xg_windows_stream_gone(xg_relay_windows(fuzz->guest.relay), CLIENT, STREAM);
	if (kind % 4 == 0)
		test_guest_pump(&fuzz->guest);
}

static void drop_log(const char *format, va_list args)
{
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz *fuzz = calloc(1, sizeof(*fuzz));

	signal(SIGPIPE, SIG_IGN);
	xg_log_init("fuzz", XG_LOG_ERROR);
	wl_log_set_handler_server(drop_log);
	fuzz->input = (struct input){data, size};
	test_guest_init(&fuzz->guest, &(struct xg_relay_limits){
					      .connections = CONNECTIONS_MAX,
					      .objects = 64,
					      .pipes = 4,
					      .shm_size_bytes = 1 << 22,
				      });
	xg_windows_client_open(xg_relay_windows(fuzz->guest.relay), CLIENT, 0);
	xg_windows_stream_open(xg_relay_windows(fuzz->guest.relay), CLIENT, STREAM);
	open_connection(fuzz);
	for (int i = 0; i < STEPS_MAX && fuzz->input.left; i++) {
		if (fuzz->guest.closed == fuzz->connection) {
			if (fuzz->connection == CONNECTIONS_MAX)
				break;
			test_guest_pump(&fuzz->guest);
			open_connection(fuzz);
		}
		step(fuzz);
	}
	test_guest_pump(&fuzz->guest);
	test_guest_finish(&fuzz->guest);
	free(fuzz);
	return 0;
}

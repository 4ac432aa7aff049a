/* SPDX-License-Identifier: MIT */
/*
 * A guest that breaks the rules of the Wayland messages: each fault ends the connection that it
 * names, with one line that says what was wrong, and leaves the guest's other connections alone.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/log.h"
#include "guest.h"
#include "relay/interface.h"
#include "relay/window.h"

/* Objects that each of the two connections has; see test_guest_open(). */
#define REGISTRY   UINT64_C(2)
#define COMPOSITOR UINT64_C(3)
#define SHM	   UINT64_C(4)
#define NEXT	   UINT64_C(5)

static int set_up(void **state)
{
	struct test_guest *guest = malloc(sizeof(*guest));

	test_guest_init(guest, &(struct xg_relay_limits){
				       .connections = 4,
				       .objects = 64,
				       .pipes = 4,
				       .shm_size_bytes = 1 << 20,
			       });
	test_guest_open(guest, 1);
	test_guest_open(guest, 2);
	test_guest_catch_log(guest);
	*state = guest;
	return 0;
}

static int tear_down(void **state)
{
	test_guest_finish(*state);
	free(*state);
	return 0;
}

/* Connection 1 has ended with one line that holds the rule; connection 2 goes on. */
static void assert_ended(struct test_guest *guest, const char *rule)
{
	char log[4096];

	test_guest_pump(guest);
	test_guest_caught_log(guest, log, sizeof(log));
	assert_int_equal(guest->closed, 1);
	assert_non_null(strstr(log, rule));
	assert_ptr_equal(strchr(log, '\n'), log + strlen(log) - 1);
	const uint32_t surfaces = guest->server.surfaces;
	assert_true(test_guest_request(
		guest, 2, COMPOSITOR, XG_REQUEST_wl_compositor_create_surface, "o", NEXT));
	test_guest_pump(guest);
	assert_int_equal(guest->server.surfaces, surfaces + 1);
	/* What the guest still sends for the ended connection is nothing new. */
	assert_true(test_guest_request(guest, 1, COMPOSITOR, 0, "o", NEXT));
}

static void an_unknown_object_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, 77, 0, "");
	assert_ended(*state, "a request on an unknown object");
}

static void an_unknown_request_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 9, "o", NEXT);
	assert_ended(*state, "an unknown request");
}

static void a_request_newer_than_its_object_ends_the_connection(void **state)
{
	/* wl_surface.offset is of version 5; the compositor was bound with 4. */
	test_guest_request(
		*state, 1, COMPOSITOR, XG_REQUEST_wl_compositor_create_surface, "o", NEXT);
	test_guest_request(*state, 1, NEXT, XG_REQUEST_wl_surface_offset, "uu", 1, 1);
	assert_ended(*state, "a request newer than its object");
}

static void a_short_request_ends_the_connection(void **state)
{
	const uint32_t connection = 1;

	test_guest_send(*state, XG_WL_REQUEST, &connection, sizeof(connection));
	assert_ended(*state, "a request shorter than its header");
}

static void missing_arguments_end_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "u", 5);
	assert_ended(*state, "arguments end before the signature does");
}

static void bytes_left_over_end_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "ouu", NEXT, 1, 2);
	assert_ended(*state, "bytes are left over");
}

static void a_new_object_out_of_order_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "o", NEXT + 1);
	assert_ended(*state, "a new object out of order");
}

static void a_number_used_again_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "o", NEXT);
	test_guest_request(*state, 1, COMPOSITOR, 0, "o", NEXT);
	assert_ended(*state, "a new object out of order");
}

static void a_number_of_the_hosts_range_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "o", XG_WL_HOST_OBJECT);
	assert_ended(*state, "a new object out of order");
}

static void an_argument_of_the_wrong_interface_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "o", NEXT);
	test_guest_request(*state, 1, NEXT, XG_REQUEST_wl_surface_attach, "ouu", SHM, 0, 0);
	assert_ended(*state, "an object of the wrong interface as an argument");
}

static void an_unknown_argument_ends_the_connection(void **state)
{
	test_guest_request(*state, 1, COMPOSITOR, 0, "o", NEXT);
	test_guest_request(
		*state, 1, NEXT, XG_REQUEST_wl_surface_attach, "ouu", UINT64_C(1000), 0, 0);
	assert_ended(*state, "an unknown object as an argument");
}

static void an_interface_that_is_not_allowed_ends_the_connection(void **state)
{
	const struct test_guest *guest = *state;

	test_guest_request(*state, 1, REGISTRY, XG_REQUEST_wl_registry_bind, "usuo",
		guest->compositor_name, "zwlr_layer_shell_v1", 1, NEXT);
	assert_ended(*state, "an interface that is not allowed");
}

static void too_many_objects_end_the_connection(void **state)
{
	for (uint64_t i = 0; i < 70; i++)
		test_guest_request(*state, 1, COMPOSITOR, 0, "o", NEXT + i);
	assert_ended(*state, "more objects than the limit");
}

/* The compositor would make the wl_compositor, while both relays took it for a wl_seat. */
static void a_bind_that_lies_about_its_interface_is_an_error(void **state)
{
	struct test_guest *guest = *state;
	char log[4096], expected[128];

	test_guest_request(guest, 1, REGISTRY, XG_REQUEST_wl_registry_bind, "usuo",
		guest->compositor_name, "wl_seat", 1, NEXT);
	snprintf(expected, sizeof(expected), "invalid global wl_seat (%u)", guest->compositor_name);
	test_guest_caught_log(guest, log, sizeof(log));
	assert_int_equal(guest->closed, 1);
	assert_int_equal(guest->error_code, 0);
	assert_int_equal(guest->error_object, REGISTRY);
	assert_string_equal(guest->error_text, expected);
}

static void a_bind_above_the_version_is_an_error(void **state)
{
	struct test_guest *guest = *state;
	char log[4096];

	test_guest_request(guest, 1, REGISTRY, XG_REQUEST_wl_registry_bind, "usuo",
		guest->compositor_name, "wl_compositor", 6, NEXT);
	test_guest_caught_log(guest, log, sizeof(log));
	assert_int_equal(guest->closed, 1);
	assert_non_null(strstr(guest->error_text, "have 5, wanted 6"));
}

static void write_pool(struct test_guest *guest, uint64_t pool, uint32_t offset, uint32_t stride,
	uint32_t row_size, uint32_t rows, size_t bytes)
{
	struct {
		struct xg_wl_pool_write write;
		uint8_t bytes[256];
	} message = {
		.write = {.connection = 1,
			.row_size = row_size,
			.pool = pool,
			.offset = offset,
			.stride = stride,
			.rows = rows},
	};

	test_guest_send(guest, XG_WL_POOL_WRITE, &message, sizeof(message.write) + bytes);
}

static void create_pool(struct test_guest *guest, uint32_t size)
{
	test_guest_request(guest, 1, SHM, XG_REQUEST_wl_shm_create_pool, "ouu", NEXT, 0, size);
}

static void pool_data_outside_the_pool_ends_the_connection(void **state)
{
	/* offset, stride, row size, rows, bytes: each wrong in another way. */
	static const uint32_t bad[][5] = {
		{4000, 0, 128, 1, 128},
		{0, 4096, 16, 2, 32},
		{0xffffffff, 0, 16, 1, 16},
		{0, 0xffffffff, 16, 2, 32},
		{0, 16, 16, 0x10000001, 16},
		{0, 16, 0x80000000, 2, 0},
		{0, 16, 16, 1, 32},
		{0, 16, 0, 0, 0},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (i > 0) {
			tear_down(state);
			set_up(state);
		}
		create_pool(*state, 4096);
		write_pool(*state, NEXT, 0, 0, 64, 1, 64);
		assert_int_equal(((struct test_guest *)*state)->closed, 0);
		write_pool(*state, NEXT, bad[i][0], bad[i][1], bad[i][2], bad[i][3], bad[i][4]);
		assert_ended(*state, "pool data that does not fit its pool");
	}
}

static void pool_data_for_no_pool_ends_the_connection(void **state)
{
	write_pool(*state, COMPOSITOR, 0, 0, 16, 1, 16);
	assert_ended(*state, "pool data that does not fit its pool");
}

static void pools_above_the_quota_are_no_memory(void **state)
{
	struct test_guest *guest = *state;
	char log[4096];

	create_pool(guest, (1 << 20) + 1);
	test_guest_caught_log(guest, log, sizeof(log));
	assert_int_equal(guest->closed, 1);
	assert_int_equal(guest->error_object, 1);
	assert_int_equal(guest->error_code, 2);
}

static void a_pool_grown_above_the_quota_is_no_memory(void **state)
{
	struct test_guest *guest = *state;
	char log[4096];

	create_pool(guest, 1 << 19);
	test_guest_request(guest, 1, NEXT, XG_REQUEST_wl_shm_pool_resize, "u", 1 << 20);
	assert_int_equal(guest->closed, 0);
	test_guest_request(guest, 1, NEXT, XG_REQUEST_wl_shm_pool_resize, "u", (1 << 20) + 1);
	test_guest_caught_log(guest, log, sizeof(log));
	assert_int_equal(guest->closed, 1);
	assert_int_equal(guest->error_code, 2);
}

static void sizes_that_wayland_forbids_are_the_compositors_error(void **state)
{
	struct test_guest *guest = *state;
	char log[4096];

	create_pool(guest, (uint32_t)-5);
	test_guest_pump(guest);
	test_guest_caught_log(guest, log, sizeof(log));
	assert_int_equal(guest->closed, 1);
	assert_int_equal(guest->error_object, SHM);
	assert_string_equal(guest->error_text, "invalid size (-5)");
}

/* Requests wait while the relay stands at a swap that no thread carries out. */
static void more_than_the_credit_ends_the_connection(void **state)
{
	struct test_guest *guest = *state;
	struct xg_windows *windows = xg_relay_windows(guest->relay);

	assert_true(xg_windows_client_open(windows, 7, UINT64_C(0x1234500006789)));
	assert_true(xg_windows_stream_open(windows, 7, 8));
	test_guest_request(guest, 1, REGISTRY, XG_REQUEST_wl_registry_bind, "usuo",
		XG_WL_SWAP_GLOBAL, "xg_swap_v1", 1, NEXT);
	test_guest_request(
		guest, 1, NEXT, XG_REQUEST_xg_swap_v1_introduce, "uuu", 0x12345, 0x6789, 1);
	test_guest_request(guest, 1, COMPOSITOR, 0, "o", NEXT + 1);
	test_guest_request(guest, 1, NEXT, XG_REQUEST_xg_swap_v1_window, "ou", NEXT + 1, 3);
	test_guest_request(guest, 1, NEXT, XG_REQUEST_xg_swap_v1_swap, "ouu", NEXT + 1, 8, 1);
	for (uint32_t i = 0; i < 25000; i++)
		test_guest_request(
			guest, 1, NEXT + 1, XG_REQUEST_wl_surface_set_buffer_scale, "u", 2);
	assert_int_equal(guest->closed, 0);
	for (uint32_t i = 0; i < 25000; i++)
		test_guest_request(
			guest, 1, NEXT + 1, XG_REQUEST_wl_surface_set_buffer_scale, "u", 2);
	assert_ended(guest, "more than its credit");
}

static void messages_without_a_connection_end_the_guest(void **state)
{
	struct test_guest *guest = *state;
	const struct xg_wl_open again = {2, XG_WL_CREDIT_BYTES}, greedy = {9, UINT32_MAX};
	const struct xg_wl_close never = {50}, none = {0};
	char log[4096];

	assert_false(test_guest_send(guest, XG_WL_OPEN, &again, sizeof(again)));
	assert_false(test_guest_send(guest, XG_WL_OPEN, &greedy, sizeof(greedy)));
	assert_false(test_guest_send(guest, XG_WL_OPEN, &again, 4));
	assert_false(test_guest_send(guest, XG_WL_CLOSE, &never, sizeof(never)));
	assert_false(test_guest_send(guest, XG_WL_CLOSE, &none, sizeof(none)));
	assert_false(test_guest_send(guest, XG_WL_CLOSE, &none, 2));
	assert_false(test_guest_send(guest, XG_WL_EVENT, &again, sizeof(again)));
	assert_false(test_guest_send(guest, 0x1ff, &again, sizeof(again)));
	assert_false(test_guest_send(guest, XG_WL_PIPE_DATA, &again, 2));
	assert_false(test_guest_send(guest, XG_WL_PIPE_ACK, &again, 4));
	test_guest_caught_log(guest, log, sizeof(log));
}

/* Its socket lives on in another process, and becomes readable when the compositor hangs up. */
static void a_connection_that_ended_is_not_listened_to(void **state)
{
	struct test_guest *guest = *state;
	char log[4096];

	test_guest_request(guest, 2, 77, 0, "");
	test_guest_pump(guest);
	assert_int_equal(guest->closed, 2);
	assert_int_equal(shutdown(guest->kept_fd, SHUT_RDWR), 0);
	test_guest_pump(guest);
	xg_relay_prepare(guest->relay);
	assert_int_equal(poll(&(struct pollfd){guest->epoll, POLLIN, 0}, 1, 0), 0);
	xg_relay_dispatch(guest->relay, NULL, 0);
	test_guest_caught_log(guest, log, sizeof(log));
}

static void connections_above_the_limit_are_refused(void **state)
{
	struct test_guest *guest = *state;
	char log[4096];

	for (uint32_t i = 3; i < 7; i++) {
		const struct xg_wl_open open = {i, XG_WL_CREDIT_BYTES};

		assert_true(test_guest_send(guest, XG_WL_OPEN, &open, sizeof(open)));
		assert_int_equal(guest->closed, i < 5 ? 0 : i);
	}
	test_guest_caught_log(guest, log, sizeof(log));
	assert_non_null(strstr(log, "the guest has as many as it may"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(an_unknown_object_ends_the_connection),
		TEST(an_unknown_request_ends_the_connection),
		TEST(a_request_newer_than_its_object_ends_the_connection),
		TEST(a_short_request_ends_the_connection),
		TEST(missing_arguments_end_the_connection),
		TEST(bytes_left_over_end_the_connection),
		TEST(a_new_object_out_of_order_ends_the_connection),
		TEST(a_number_used_again_ends_the_connection),
		TEST(a_number_of_the_hosts_range_ends_the_connection),
		TEST(an_argument_of_the_wrong_interface_ends_the_connection),
		TEST(an_unknown_argument_ends_the_connection),
		TEST(an_interface_that_is_not_allowed_ends_the_connection),
		TEST(too_many_objects_end_the_connection),
		TEST(a_bind_that_lies_about_its_interface_is_an_error),
		TEST(a_bind_above_the_version_is_an_error),
		TEST(pool_data_outside_the_pool_ends_the_connection),
		TEST(pool_data_for_no_pool_ends_the_connection),
		TEST(pools_above_the_quota_are_no_memory),
		TEST(a_pool_grown_above_the_quota_is_no_memory),
		TEST(sizes_that_wayland_forbids_are_the_compositors_error),
		TEST(more_than_the_credit_ends_the_connection),
		TEST(messages_without_a_connection_end_the_guest),
		TEST(a_connection_that_ended_is_not_listened_to),
		TEST(connections_above_the_limit_are_refused),
	};

	xg_log_init("test", XG_LOG_WARNING);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Marshalling by signature, the interface table and the object map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "relay/interface.h"
#include "relay/map.h"
#include "relay/marshal.h"

static void fill(struct xg_value *value, uint32_t i)
{
	static const char text[] = "abcdefg";

	switch (value->type) {
	case 's':
		value->bytes = text + i % 7;
		value->size = (uint32_t)sizeof(text) - i % 7;
		break;
	case 'a':
		value->bytes = text;
		value->size = i % 8;
		break;
	case 'o':
	case 'n':
		value->object = UINT64_C(0x100000000) * i + 77;
		break;
	default:
		value->unsigned_number = 0xdeadbeef + i;
	}
}

static void round_trip(const struct wl_message *message)
{
	struct xg_value values[XG_VALUES_MAX], back[XG_VALUES_MAX];
	uint32_t room[256], count;
	const char *rule;

	const uint32_t written = xg_values_init(message->signature, values);
	for (uint32_t i = 0; i < written; i++)
		fill(&values[i], i);
	const size_t size = xg_values_size(values, written);
	assert_true(size <= sizeof(room));
	memset(room, 0xff, sizeof(room));
	xg_values_encode(values, written, room);
	assert_true(xg_values_decode(message->signature, room, size, back, &count, &rule));
	assert_int_equal(count, written);
	for (uint32_t i = 0; i < count; i++) {
		if (values[i].type == 's' || values[i].type == 'a') {
			assert_int_equal(values[i].size, back[i].size);
			assert_memory_equal(values[i].bytes, back[i].bytes, values[i].size);
		} else {
			assert_int_equal(values[i].object, back[i].object);
		}
	}
	/* One byte less, and four more, are refused. */
	if (size)
		assert_false(
			xg_values_decode(message->signature, room, size - 1, back, &count, &rule));
	assert_false(xg_values_decode(message->signature, room, size + 4, back, &count, &rule));
}

static void every_message_survives_the_round_trip(void **state)
{
	for (uint32_t i = 0; i < XG_INTERFACE_COUNT; i++) {
		const struct wl_interface *interface = xg_interfaces[i].wayland;

		for (int j = 0; j < interface->method_count; j++)
			round_trip(&interface->methods[j]);
		for (int j = 0; j < interface->event_count; j++)
			round_trip(&interface->events[j]);
	}
}

static void refuses(const char *signature, const void *bytes, size_t size, const char *expected)
{
	struct xg_value values[XG_VALUES_MAX];
	const char *rule = NULL;
	uint32_t count;

	assert_false(xg_values_decode(signature, bytes, size, values, &count, &rule));
	assert_string_equal(rule, expected);
}

static void bad_arguments_are_refused_by_name(void **state)
{
	static const uint32_t zeros[4];
	uint32_t unterminated[] = {4, 0x61616161};
	uint32_t inner_nul[] = {4, 0x00610061};
	uint32_t huge[] = {0xffffffff, 0};
	uint32_t longer[] = {5, 0};
	static uint32_t long_array[1100] = {4092};

	refuses("s", zeros, 4, "a string is missing");
	refuses("o", zeros, 8, "an object is missing");
	refuses("n", zeros, 8, "an object is missing");
	refuses("s", unterminated, 8, "a string does not end with its only NUL");
	refuses("s", inner_nul, 8, "a string does not end with its only NUL");
	refuses("s", huge, 8, "arguments end before the signature does");
	refuses("a", longer, 8, "arguments end before the signature does");
	refuses("2u", zeros, 8, "bytes are left over after the arguments");
	refuses("a", long_array, 4096, "the message is longer than Wayland allows");
	refuses("ua", long_array, 2, "arguments end before the signature does");
}

static void nullable_arguments_may_be_missing(void **state)
{
	static const uint32_t zeros[4];
	struct xg_value values[XG_VALUES_MAX];
	const char *rule;
	uint32_t count;

	assert_true(xg_values_decode("3?o?s", zeros, 12, values, &count, &rule));
	assert_int_equal(count, 2);
	assert_null(values[1].bytes);
	assert_int_equal(xg_signature_since("3?o?s"), 3);
	assert_int_equal(xg_signature_since("usun"), 1);
}

static void the_table_is_sorted_and_holds_the_allowed_globals_only(void **state)
{
	static const char *const forbidden[] = {"zwp_linux_dmabuf_v1", "wl_drm",
		"zwlr_screencopy_manager_v1", "zwlr_layer_shell_v1",
		"zwp_virtual_keyboard_manager_v1", "zwp_fullscreen_shell_v1",
		"ext_session_lock_manager_v1", "zzz", ""};

	for (uint32_t i = 0; i < XG_INTERFACE_COUNT; i++)
		assert_ptr_equal(
			xg_interface_find(xg_interfaces[i].wayland->name), &xg_interfaces[i]);
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		assert_null(xg_interface_find(forbidden[i]));
	assert_int_equal(xg_interfaces[XG_INTERFACE_wl_surface].global_version, 0);
	assert_int_equal(xg_interfaces[XG_INTERFACE_wl_compositor].global_version, 5);
	assert_int_equal(xg_interfaces[XG_INTERFACE_wl_callback].event_destructors, 1);
	assert_int_equal(xg_interfaces[XG_INTERFACE_wl_surface].request_destructors, 1);
}

static void the_map_finds_what_was_added_and_nothing_else(void **state)
{
	struct xg_map map = {0};
	static char values[2000];

	assert_null(xg_map_find(&map, 5));
	for (uint64_t i = 1; i < 2000; i++)
		assert_true(xg_map_add(&map, i << (i % 2 ? 0 : 40), &values[i]));
	for (uint64_t i = 1; i < 2000; i += 3)
		xg_map_remove(&map, i << (i % 2 ? 0 : 40));
	for (uint64_t i = 1; i < 2000; i++)
		assert_ptr_equal(
			xg_map_find(&map, i << (i % 2 ? 0 : 40)), i % 3 == 1 ? NULL : &values[i]);
	xg_map_remove(&map, 12345678);
	assert_int_equal(map.count, 1332);
	xg_map_finish(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_survives_the_round_trip),
		cmocka_unit_test(bad_arguments_are_refused_by_name),
		cmocka_unit_test(nullable_arguments_may_be_missing),
		cmocka_unit_test(the_table_is_sorted_and_holds_the_allowed_globals_only),
		cmocka_unit_test(the_map_finds_what_was_added_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

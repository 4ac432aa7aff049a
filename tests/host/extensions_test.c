/* SPDX-License-Identifier: MIT */
/* What the replay keeps from a driver that extensions would let a guest harm, on the stub driver.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "guest.h"
#include "names.h"
#include "replay.h"

static bool was_called(const char *name)
{
	for (unsigned i = 0; i < XG_STUB_TRACE; i++) {
		if (xg_stub.trace[i] && strcmp(xg_stub.trace[i], name) == 0)
			return true;
	}
	return false;
}

static void query_that_drawing_depends_on_is_let_go_of_before_it_is_deleted(void **state)
{
	struct guest *guest = *state;
	static const uint32_t names[] = {3, 4}, other[] = {3, 0}, condition[] = {4, 0};

	WORDS(guest, glGenQueriesEXT, names, .n = 2,
		.ids = {.size = sizeof(names), .place = XG_PLACE_INLINE});
	SEND(guest, glBeginConditionalRenderNV, .id = 4);
	WORDS(guest, glDeleteQueriesEXT, other, .n = 1,
		.ids = {.size = 4, .place = XG_PLACE_INLINE});
	assert_null(guest_run(guest));
	assert_false(was_called("glEndConditionalRenderNV"));
	guest_again(guest);
	WORDS(guest, glDeleteQueriesEXT, condition, .n = 1,
		.ids = {.size = 4, .place = XG_PLACE_INLINE});
	assert_null(guest_run(guest));
	assert_true(was_called("glEndConditionalRenderNV"));
}

static void moment_is_taken_of_no_query_that_is_not_there(void **state)
{
	struct guest *guest = *state;

	xg_stub.query = 7;
	SEND(guest, glQueryCounterEXT, .id = 12345, .target = 0x8e28 /* GL_TIMESTAMP_EXT */);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.query, 0);
}

static void clear(struct guest *guest, int32_t offset, int32_t size)
{
	SEND(guest, glClearTexSubImageEXT, .width = 5, .height = 1, .zoffset = offset,
		.depth = size, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
	assert_null(guest_run(guest));
	guest_again(guest);
}

static void box_that_wraps_around_is_not_cleared(void **state)
{
	struct guest *guest = *state;

	clear(guest, 3, INT_MAX - 3);
	assert_int_equal(xg_stub.width, 5);
	clear(guest, 4, INT_MAX - 3);
	assert_int_equal(xg_stub.width, -1);
	clear(guest, INT_MIN, INT_MAX);
	assert_int_equal(xg_stub.width, 5);
	clear(guest, INT_MAX, INT_MAX);
	assert_int_equal(xg_stub.width, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(query_that_drawing_depends_on_is_let_go_of_before_it_is_deleted),
		TEST(moment_is_taken_of_no_query_that_is_not_there),
		TEST(box_that_wraps_around_is_not_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

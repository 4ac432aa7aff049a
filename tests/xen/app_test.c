/* SPDX-License-Identifier: MIT */
/*
 * What is Xen's alone between an application and its host. The guest's pages: what an application
 * has counts until the host has let go of it, no page is taken back while it is mapped, and who
 * finds no room is told so, or waits for what is about to come back. And programs of another word
 * size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app_stack.h"
#include "connection.h"
#include "fake_xen.h"
#include "links_xen.h"
#include "xenglass/control.h"
#include "xenglass/xenstore.h"

/* As xenglass-guestd(8) tells them: the link's root and channel, a stream, its bulk region. */
enum { PAGES_LINK = 1 + 514, PAGES_STREAM = 82, PAGES_BULK = 1026 };

static int set_up(void **state, uint32_t pages)
{
	links_pages_max = PAGES_LINK + pages;
	return stack_set_up(state);
}

static int set_up_one(void **state)
{
	return set_up(state, PAGES_STREAM + PAGES_BULK);
}

static int set_up_two(void **state)
{
	return set_up(state, 2 * PAGES_STREAM + PAGES_BULK);
}

static int tear_down(void **state)
{
	fake_xen_set_limit(FAKE_XEN_LIMIT);
	stack_tear_down(state);
	assert_int_equal(fake_xen_count().grants, 0);
	assert_int_equal(fake_xen_count().mapped, 0);
	assert_int_equal(fake_xen_count().ports, 0);
	return 0;
}

/* Whether the stream has a bulk region, which it asks for the first time that it needs one. */
static bool has_bulk(struct xg_stream *stream)
{
	uint8_t *bytes = calloc(1, 1 << 20);
	uint32_t inline_total = 0;
	const struct xg_data place = xg_stream_put(stream, bytes, 1 << 20, &inline_total);

	free(bytes);
	return place.place >= XG_PLACE_BULK;
}

static void a_bulk_region_counts_as_long_as_its_stream(void **state)
{
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *streams[2];
	uint64_t result;

	for (int i = 0; i < 2; i++)
		streams[i] = xg_connection_stream_create(connection);
	assert_non_null(streams[1]);
	assert_true(has_bulk(streams[0]));
	/* Without one a stream goes on, more slowly. */
	assert_false(has_bulk(streams[1]));
	assert_true(stack_call(streams[1], 1, &result));
	assert_null(xg_connection_stream_create(connection));
	xg_connection_stream_destroy(connection, streams[0]);
	streams[0] = xg_connection_stream_create(connection);
	assert_true(has_bulk(streams[0]));
	for (int i = 0; i < 2; i++)
		xg_connection_stream_destroy(connection, streams[i]);
	xg_connection_destroy(connection);
}

static void who_comes_when_another_goes_finds_room(void **state)
{
	const uint32_t ended_mapped = fake_xen_count().ended_mapped;
	uint64_t result;

	for (int i = 0; i < 20; i++) {
		struct xg_connection *connection = xg_connection_create();
		struct xg_stream *stream = xg_connection_stream_create(connection);

		assert_non_null(stream);
		assert_true(has_bulk(stream));
		assert_true(stack_call(stream, 1, &result));
		/* Of its own accord, or by hanging up. */
		if (i % 2 == 0)
			xg_connection_stream_destroy(connection, stream);
		else
			xg_stream_destroy(stream);
		xg_connection_destroy(connection);
	}
	assert_int_equal(fake_xen_count().ended_mapped, ended_mapped);
}

static void what_the_kernel_refuses_is_refused(void **state)
{
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream;
	uint64_t result;

	fake_xen_set_limit(PAGES_LINK);
	assert_null(xg_connection_stream_create(connection));
	assert_false(xg_connection_is_lost(connection));
	fake_xen_set_limit(PAGES_LINK + PAGES_STREAM);
	stream = xg_connection_stream_create(connection);
	assert_non_null(stream);
	assert_false(has_bulk(stream));
	assert_true(stack_call(stream, 1, &result));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

/* The kernel's limit is what bounds an application that keeps what it was given. */
static void who_waits_for_pages_that_do_not_come_is_told_so(void **state)
{
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream = xg_connection_stream_create(connection);

	assert_true(has_bulk(stream));
	xg_connection_stream_destroy(connection, stream);
	fake_xen_set_limit(PAGES_LINK);
	assert_null(xg_connection_stream_create(connection));
	assert_false(xg_connection_is_lost(connection));
	xg_connection_destroy(connection);
}

/* A 64-bit kernel takes a 32-bit program's requests for few devices. */
static void a_program_that_cannot_notify_gets_no_stream(void **state)
{
	struct xg_connection *connection = xg_connection_create();
	struct xg_stream *stream;
	uint64_t result;

	fake_xen_refuse_requests(true);
	assert_null(xg_connection_stream_create(connection));
	assert_false(xg_connection_is_lost(connection));
	fake_xen_refuse_requests(false);
	stream = xg_connection_stream_create(connection);
	assert_true(stack_call(stream, 1, &result));
	xg_connection_stream_destroy(connection, stream);
	xg_connection_destroy(connection);
}

int main(void)
{
#define TEST(function, set_up) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_bulk_region_counts_as_long_as_its_stream, set_up_two),
		TEST(who_comes_when_another_goes_finds_room, set_up_one),
		TEST(what_the_kernel_refuses_is_refused, set_up_two),
		TEST(who_waits_for_pages_that_do_not_come_is_told_so, set_up_one),
		TEST(a_program_that_cannot_notify_gets_no_stream, set_up_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

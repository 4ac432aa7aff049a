/* SPDX-License-Identifier: MIT */
/*
 * The ring's two ends in one thread: who must be woken when, and what an end makes of an index that
 * cannot be true. Records are in stream_test.c and hostile_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ring.h"

struct fixture {
	struct xg_ring_shared shared;
	struct xg_producer producer;
	struct xg_consumer consumer;
	_Alignas(8) uint8_t data[XG_RING_SIZE_MIN];
};

static int set_up(void **state)
{
	struct fixture *f = aligned_alloc(XG_CACHE_LINE, sizeof(*f));

	assert_non_null(f);
	memset(f, 0, sizeof(*f));
	xg_producer_init(&f->producer, &f->shared, f->data, sizeof(f->data));
	xg_consumer_init(&f->consumer, &f->shared, f->data, sizeof(f->data));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	free(*state);
	return 0;
}

static void publish(struct fixture *f, uint32_t size)
{
	const struct xg_record record = {.opcode = 1, .size = size};

	assert_int_equal(xg_producer_seek(&f->producer, size), XG_RING_READY);
	memcpy(xg_producer_room(&f->producer, size), &record, sizeof(record));
	xg_producer_publish(&f->producer, size);
}

static void consume(struct fixture *f)
{
	struct xg_record record;

	assert_int_equal(xg_consumer_poll(&f->consumer, &record), XG_RING_READY);
	xg_consumer_advance(&f->consumer, record.size);
}

/* Or it would sleep beside a record whose producer saw no reason to wake it. */
static void a_consumer_that_lies_down_sees_what_came_meanwhile(void **state)
{
	struct fixture *f = *state;
	struct xg_record record;

	assert_int_equal(xg_consumer_poll(&f->consumer, &record), XG_RING_EMPTY);
	publish(f, 16);
	assert_false(xg_producer_take_waiter(&f->producer));
	assert_true(xg_consumer_arm(&f->consumer));
	xg_consumer_disarm(&f->consumer);
	consume(f);
	assert_false(xg_consumer_arm(&f->consumer));
}

static void a_consumer_that_sleeps_is_woken_once(void **state)
{
	struct fixture *f = *state;

	assert_false(xg_consumer_arm(&f->consumer));
	publish(f, 16);
	assert_true(xg_producer_take_waiter(&f->producer));
	publish(f, 16);
	assert_false(xg_producer_take_waiter(&f->producer));
}

static void a_producer_that_waits_for_room_is_woken_once(void **state)
{
	struct fixture *f = *state;

	for (size_t left = sizeof(f->data); left > 0; left -= 32768)
		publish(f, 32768);
	assert_int_equal(xg_producer_seek(&f->producer, 8), XG_RING_EMPTY);
	assert_false(xg_consumer_sees_waiter(&f->consumer));
	xg_producer_arm(&f->producer, XG_WAITS_AT_WORD);
	assert_int_equal(xg_producer_seek(&f->producer, 8), XG_RING_EMPTY);
	consume(f);
	assert_true(xg_consumer_sees_waiter(&f->consumer));
	assert_int_equal(xg_consumer_take_waiter(&f->consumer), XG_WAITS_AT_WORD);
	assert_int_equal(xg_consumer_take_waiter(&f->consumer), 0);
	assert_int_equal(xg_producer_seek(&f->producer, 32768), XG_RING_READY);
}

static void a_consumer_that_is_ahead_of_its_producer_is_not_believed(void **state)
{
	struct fixture *f = *state;
	uint64_t head;

	publish(f, 16);
	atomic_store(&f->shared.head, 24);
	assert_false(xg_producer_read_head(&f->producer, &head));
	assert_int_equal(xg_producer_seek(&f->producer, 8), XG_RING_BROKEN);
	atomic_store(&f->shared.head, 16);
	assert_true(xg_producer_read_head(&f->producer, &head));
	assert_int_equal(head, 16);
}

static void a_consumer_that_goes_back_is_not_believed(void **state)
{
	struct fixture *f = *state;
	uint64_t head;

	for (size_t i = 0; i < 8; i++) {
		publish(f, 32768);
		consume(f);
		xg_consumer_take_waiter(&f->consumer);
	}
	atomic_store(&f->shared.head, 0);
	assert_false(xg_producer_read_head(&f->producer, &head));
	assert_int_equal(xg_producer_seek(&f->producer, 8), XG_RING_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(a_consumer_that_lies_down_sees_what_came_meanwhile),
		TEST(a_consumer_that_sleeps_is_woken_once),
		TEST(a_producer_that_waits_for_room_is_woken_once),
		TEST(a_consumer_that_is_ahead_of_its_producer_is_not_believed),
		TEST(a_consumer_that_goes_back_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Copies to shared memory: each way copies what it should, and the better one is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "copy.h"

/* What was learnt where another processor is near, and far. */
static const struct xg_copier near = {.is_learning = true, .copies = 2, .costs = {60, 40}};
static const struct xg_copier far = {.is_learning = true, .copies = 2, .costs = {160, 40}};

#define SIZE (100u << 10)

static uint8_t from[SIZE + 128], to[SIZE + 256];

/* One copy of so much to and from those places in a line; nothing beside it is written. */
static void copy_at(const struct xg_copier *learnt, size_t to_at, size_t from_at, size_t size)
{
	struct xg_copier copier = *learnt;

	memset(to, 0xee, sizeof(to));
	xg_copy_in(&copier, to + 64 + to_at, from + from_at, size);
	assert_memory_equal(to + 64 + to_at, from + from_at, size);
	for (size_t i = 0; i < 64 + to_at; i++)
		assert_int_equal(to[i], 0xee);
	for (size_t i = 64 + to_at + size; i < sizeof(to); i++)
		assert_int_equal(to[i], 0xee);
}

static void both_ways_copy_what_they_are_given(void **state)
{
	for (size_t i = 0; i < sizeof(from); i++)
		from[i] = (uint8_t)(i * 31 + i / 251);
	for (size_t at = 0; at < 64; at += 7) {
		copy_at(&near, at, 63 - at, SIZE - at);
		copy_at(&far, at, 63 - at, SIZE - at);
		copy_at(&far, at, at, 16384 + at);
	}
	copy_at(&far, 5, 3, 0);
	copy_at(&far, 5, 3, 100);
}

static void a_copier_that_does_not_learn_is_never_asked(void **state)
{
	struct xg_copier copier = {0};

	for (int i = 0; i < 200; i++) {
		xg_copy_in(&copier, to, from, SIZE);
		assert_false(xg_copier_is_asked(&copier, SIZE));
	}
	assert_int_equal(copier.costs[0] | copier.costs[1], 0);
}

static unsigned questions_said_yes(struct xg_copier copier, size_t size)
{
	unsigned yes = 0;

	for (int i = 0; i < 128; i++)
		yes += xg_copier_is_asked(&copier, size);
	return yes;
}

static void others_write_to_shared_memory_but_where_it_is_far(void **state)
{
	assert_int_equal(questions_said_yes(near, SIZE), 4);
	assert_int_equal(questions_said_yes(far, SIZE), 128);
	assert_int_equal(questions_said_yes(far, 1000), 0);
}

/* The costs are of the way that was taken. */
static void the_way_is_the_better_one_and_the_other_is_tried(void **state)
{
	for (int is_far = 0; is_far < 2; is_far++) {
		const uint32_t memory = 1u << 24, cache = is_far ? 4 * memory : memory;
		unsigned changed[2] = {0, 0};

		for (uint32_t i = 0; i < 64; i++) {
			struct xg_copier copier = {.is_learning = true, .copies = i};

			/* No copy is so slow: each changes what its way costs. */
			copier.costs[0] = cache;
			copier.costs[1] = memory;
			xg_copy_in(&copier, to, from, SIZE);
			changed[0] += copier.costs[0] != cache;
			changed[1] += copier.costs[1] != memory;
		}
		assert_int_equal(changed[is_far], 63);
		assert_int_equal(changed[!is_far], 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ways_copy_what_they_are_given),
		cmocka_unit_test(a_copier_that_does_not_learn_is_never_asked),
		cmocka_unit_test(others_write_to_shared_memory_but_where_it_is_far),
		cmocka_unit_test(the_way_is_the_better_one_and_the_other_is_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

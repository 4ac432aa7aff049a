/* SPDX-License-Identifier: MIT */
/* Object names and the table from names to objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "gles/share.h"
#include "gles/table.h"

static void names_count_up_from_one(void **state)
{
	struct xg_namer namer;
	uint32_t names[3];

	assert_true(xg_namer_init(&namer));
	assert_true(xg_namer_make(&namer, 3, names));
	assert_int_equal(names[0], 1);
	assert_int_equal(names[2], 3);
	xg_namer_release(&namer, 2);
	assert_false(xg_namer_is_taken(&namer, 2));
	assert_true(xg_namer_make(&namer, 1, names));
	assert_int_equal(names[0], 4);
	xg_namer_finish(&namer);
}

static void a_name_of_the_application_moves_the_next(void **state)
{
	struct xg_namer namer;
	uint32_t name;

	assert_true(xg_namer_init(&namer));
	xg_namer_take(&namer, 100);
	xg_namer_take(&namer, 7);
	xg_namer_take(&namer, 0);
	xg_namer_take(&namer, UINT32_MAX);
	assert_true(xg_namer_is_taken(&namer, 7));
	assert_false(xg_namer_is_taken(&namer, 0));
	assert_false(xg_namer_is_taken(&namer, UINT32_MAX));
	assert_true(xg_namer_make(&namer, 1, &name));
	assert_int_equal(name, 101);
	xg_namer_finish(&namer);
}

static void freed_names_come_again_only_when_all_were_used(void **state)
{
	struct xg_namer namer;
	uint32_t names[4];

	assert_true(xg_namer_init(&namer));
	xg_namer_take(&namer, XG_GLES_NAME_LIMIT - 2);
	assert_true(xg_namer_make(&namer, 1, names));
	assert_int_equal(names[0], XG_GLES_NAME_LIMIT - 1);
	assert_true(xg_namer_make(&namer, 3, names));
	for (int i = 0; i < 3; i++) {
		assert_true(names[i] > 0 && names[i] < XG_GLES_NAME_LIMIT - 2);
		assert_true(xg_namer_is_taken(&namer, names[i]));
	}
	assert_int_not_equal(names[0], names[1]);
	xg_namer_finish(&namer);
}

static void no_name_is_given_out_twice_and_none_is_lost(void **state)
{
	struct xg_namer namer;
	uint32_t *all = malloc(XG_GLES_NAME_LIMIT * sizeof(*all)), one;

	assert_true(xg_namer_init(&namer));
	assert_true(xg_namer_make(&namer, XG_GLES_NAME_LIMIT - 1, all));
	assert_false(xg_namer_make(&namer, 1, &one));
	xg_namer_release(&namer, 5);
	xg_namer_release(&namer, 77777);
	assert_false(xg_namer_make(&namer, 3, all));
	assert_true(xg_namer_make(&namer, 2, all));
	assert_int_equal(all[0] + all[1], 5 + 77777);
	free(all);
	xg_namer_finish(&namer);
}

static void a_table_finds_what_was_added_and_not_removed(void **state)
{
	enum { COUNT = 10000 };
	static char objects[COUNT];
	struct xg_table table = {0};

	assert_null(xg_table_find(&table, 3));
	assert_null(xg_table_remove(&table, 3));
	for (uint32_t i = 1; i < COUNT; i++)
		assert_true(xg_table_add(&table, i * 7, &objects[i]));
	for (uint32_t i = 1; i < COUNT; i += 2)
		assert_ptr_equal(xg_table_remove(&table, i * 7), &objects[i]);
	for (uint32_t i = 1; i < COUNT; i++)
		assert_ptr_equal(xg_table_find(&table, i * 7), i % 2 ? NULL : &objects[i]);
	assert_null(xg_table_find(&table, 0));
	uint32_t left = 0;
	while (xg_table_pop(&table))
		left++;
	assert_int_equal(left, COUNT / 2 - 1);
	xg_table_finish(&table);
}

static void a_table_that_is_filled_and_emptied_does_not_grow(void **state)
{
	struct xg_table table = {0};
	int object;

	for (uint32_t i = 1; i < 100000; i++) {
		assert_true(xg_table_add(&table, i, &object));
		assert_ptr_equal(xg_table_remove(&table, i), &object);
	}
	assert_true(table.capacity <= 64);
	xg_table_finish(&table);
}

static void a_buffer_lives_while_it_is_bound_somewhere(void **state)
{
	struct xg_share *share = xg_share_create();

	struct xg_buffer *buffer = xg_share_buffer(share, 9);
	assert_non_null(buffer);
	assert_null(xg_share_buffer(share, 0));
	struct xg_buffer *again = xg_share_buffer(share, 9);
	assert_ptr_equal(again, buffer);
	xg_buffer_unref(again);
	xg_share_forget_buffer(share, 9);
	assert_int_equal(buffer->name, 9);
	struct xg_buffer *other = xg_share_buffer(share, 9);
	assert_ptr_not_equal(other, buffer);
	xg_buffer_unref(other);
	xg_buffer_unref(buffer);
	xg_share_unref(share);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_count_up_from_one),
		cmocka_unit_test(a_name_of_the_application_moves_the_next),
		cmocka_unit_test(freed_names_come_again_only_when_all_were_used),
		cmocka_unit_test(no_name_is_given_out_twice_and_none_is_lost),
		cmocka_unit_test(a_table_finds_what_was_added_and_not_removed),
		cmocka_unit_test(a_table_that_is_filled_and_emptied_does_not_grow),
		cmocka_unit_test(a_buffer_lives_while_it_is_bound_somewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

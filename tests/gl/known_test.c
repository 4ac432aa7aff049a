/* SPDX-License-Identifier: MIT */
/* What a context has used of its group's buffers and programs, and when it lets go of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "gles/known.h"

/* A context of a group that has another one, too. */
static struct xg_share *share;
static struct xg_gles gl;

static int set_up(void **state)
{
	share = xg_share_create();
	return share && xg_gles_init(&gl, share) ? 0 : -1;
}

static int tear_down(void **state)
{
	xg_gles_finish(&gl);
	xg_share_unref(share);
	return 0;
}

static void a_buffer_is_found_again_and_counted_once(void **state)
{
	struct xg_buffer *buffer = xg_known_buffer(&gl, 5);

	assert_non_null(buffer);
	assert_ptr_equal(xg_known_buffer(&gl, 5), buffer);
	assert_int_equal(buffer->references, 2);
	assert_true(xg_namer_is_taken(&share->buffer_names, 5));
	assert_null(xg_known_buffer(&gl, 0));
}

static void a_name_leads_to_the_new_buffer_after_another_context_deleted_the_old_one(void **state)
{
	struct xg_buffer *old = xg_known_buffer(&gl, 5);

	gl.buffers[XG_BUFFER_ARRAY] = old;
	xg_buffer_ref(old); /* so that it can be looked at */
	xg_share_forget_buffer(share, 5);

	struct xg_buffer *new = xg_known_buffer(&gl, 5);

	assert_ptr_not_equal(new, old);
	assert_ptr_equal(xg_known_buffer(&gl, 5), new);
	assert_int_equal(old->references, 2);
	gl.buffers[XG_BUFFER_ARRAY] = new;
	for (uint32_t name = 6; name < 200; name++)
		assert_non_null(xg_known_buffer(&gl, name));
	assert_int_equal(old->references, 1);
	assert_int_equal(new->references, 2);
	xg_buffer_unref(old);
}

static void what_other_contexts_deleted_does_not_pile_up(void **state)
{
	for (uint32_t name = 1; name < 10000; name++) {
		assert_non_null(xg_known_buffer(&gl, name));
		xg_share_forget_buffer(share, name);
	}
	assert_in_range(gl.known_buffers.count, 1, 64);
	assert_in_range(gl.known_buffers.objects.capacity, 1, 256);
}

static void a_buffer_that_is_deleted_here_goes_unless_an_array_has_it(void **state)
{
	struct xg_buffer *buffer = xg_known_buffer(&gl, 5);

	xg_buffer_ref(buffer);
	gl.default_array.elements = buffer;
	xg_share_forget_buffer(share, 5);
	xg_known_delete_buffer(&gl, 5);
	assert_int_equal(buffer->references, 2);
	gl.default_array.elements = NULL;
	xg_known_delete_buffer(&gl, 5);
	assert_int_equal(buffer->references, 1);
	assert_int_equal(gl.known_buffers.count, 0);
	xg_buffer_unref(buffer);
}

static void a_deleted_program_stays_while_it_is_in_use(void **state)
{
	assert_null(xg_known_program(&gl, 3));
	assert_true(xg_share_add_program(share, 3));

	struct xg_program *program = xg_known_program(&gl, 3);

	assert_non_null(program);
	gl.program = program;
	xg_share_forget_program(share, 3);
	xg_known_delete_program(&gl, 3);
	assert_int_equal(program->references, 1);
	assert_null(xg_known_program(&gl, 3));
	assert_int_equal(program->name, 3);
	gl.program = NULL;
	xg_known_delete_program(&gl, 3);
	assert_int_equal(gl.known_programs.count, 0);
}

static void programs_that_were_deleted_in_use_do_not_pile_up(void **state)
{
	for (uint32_t name = 1; name < 100; name++) {
		assert_true(xg_share_add_program(share, name));
		gl.program = xg_known_program(&gl, name);
		assert_non_null(gl.program);
		xg_share_forget_program(share, name);
		xg_known_delete_program(&gl, name);
		assert_in_range(gl.known_programs.count, 1, 4);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_buffer_is_found_again_and_counted_once),
		TEST(a_name_leads_to_the_new_buffer_after_another_context_deleted_the_old_one),
		TEST(what_other_contexts_deleted_does_not_pile_up),
		TEST(a_buffer_that_is_deleted_here_goes_unless_an_array_has_it),
		TEST(a_deleted_program_stays_while_it_is_in_use),
		TEST(programs_that_were_deleted_in_use_do_not_pile_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Client memory on its way into buffer objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "context.h"
#include "guest.h"
#include "names.h"
#include "replay.h"
#include "streaming.h"

enum { PIECE_SIZE = 600000 };

static uint8_t piece[PIECE_SIZE];

struct fixture {
	struct xg_gl_table gl;
	struct xg_quota quota;
	struct xg_host_context context;
	struct xg_replay r;
	struct xg_streaming streaming;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	xg_stub_init(&f->gl);
	xg_quota_init(&f->quota);
	f->context.quota = &f->quota;
	f->context.names = xg_names_create(&f->quota, NULL);
	f->r = (struct xg_replay){.gl = &f->gl, .context = &f->context, .names = f->context.names};
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	xg_streaming_finish(&f->streaming, &f->context);
	xg_names_destroy(f->context.names);
	assert_int_equal(f->quota.used[XG_QUOTA_BUFFER_BYTES], 0);
	free(f);
	return 0;
}

static uint32_t put(struct fixture *f, size_t size, size_t lead, size_t *offset)
{
	return xg_streaming_put(&f->streaming, &f->r, GL_ARRAY_BUFFER, piece, size, lead, offset);
}

static void small_pieces_follow_each_other(void **state)
{
	struct fixture *f = *state;
	size_t first, second;

	const uint32_t buffer = put(f, 10, 0, &first);
	assert_int_equal(put(f, 10, 0, &second), buffer);
	assert_true(second >= first + 10);
}

static void pieces_for_one_draw_never_share_memory(void **state)
{
	struct fixture *f = *state;
	uint32_t buffers[8];
	size_t offset;

	for (int i = 0; i < 8; i++) {
		buffers[i] = put(f, PIECE_SIZE, 0, &offset);
		assert_int_not_equal(buffers[i], 0);
		for (int j = 0; j < i; j++)
			assert_int_not_equal(buffers[i], buffers[j]);
	}
}

static void memory_is_used_again_after_the_draw(void **state)
{
	struct fixture *f = *state;
	size_t offset;

	for (int i = 0; i < 100; i++) {
		assert_int_not_equal(put(f, PIECE_SIZE, 0, &offset), 0);
		xg_streaming_drawn(&f->streaming);
	}
	assert_true(f->quota.used[XG_QUOTA_BUFFER_BYTES] <= 8 << 20);
}

static void piece_has_as_much_before_it_as_was_asked(void **state)
{
	struct fixture *f = *state;
	size_t offset;

	assert_int_not_equal(put(f, 10, 3000000, &offset), 0);
	assert_true(offset >= 3000000);
}

static void piece_beyond_the_quota_is_out_of_memory(void **state)
{
	struct fixture *f = *state;
	size_t offset;

	f->quota.limit[XG_QUOTA_BUFFER_BYTES] = 2 << 20;
	assert_int_equal(put(f, 10, 3000000, &offset), 0);
	assert_int_equal(f->context.error, GL_OUT_OF_MEMORY);
	assert_int_not_equal(put(f, 10, 0, &offset), 0);
}

static void sizes_that_do_not_add_up_are_out_of_memory(void **state)
{
	struct fixture *f = *state;
	size_t offset;

	assert_int_equal(put(f, 10, SIZE_MAX - 5, &offset), 0);
	assert_int_equal(f->context.error, GL_OUT_OF_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(small_pieces_follow_each_other),
		TEST(pieces_for_one_draw_never_share_memory),
		TEST(memory_is_used_again_after_the_draw),
		TEST(piece_has_as_much_before_it_as_was_asked),
		TEST(piece_beyond_the_quota_is_out_of_memory),
		TEST(sizes_that_do_not_add_up_are_out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

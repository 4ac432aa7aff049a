/* SPDX-License-Identifier: MIT */
/* Names of objects, the guest's and the driver's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "context.h"
#include "guest.h"
#include "names.h"
#include "replay.h"

struct fixture {
	struct xg_gl_table gl;
	struct xg_quota quota;
	struct xg_host_context context;
	struct xg_replay r;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	xg_stub_init(&f->gl);
	/* The driver's numbers are not the guest's. */
	xg_stub.next_name = 100;
	xg_quota_init(&f->quota);
	f->context.quota = &f->quota;
	f->r = (struct xg_replay){.gl = &f->gl, .context = &f->context};
	f->r.names = xg_names_create(&f->quota, NULL);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	xg_names_destroy(f->r.names);
	for (int i = 0; i < XG_QUOTA_COUNT; i++)
		assert_int_equal(f->quota.used[i], 0);
	free(f);
	return 0;
}

static void generated_name_leads_both_ways(void **state)
{
	struct fixture *f = *state;
	const uint32_t names[] = {7, 8};

	xg_names_gen(&f->r, XG_CLASS_TEXTURE, 2, names, f->gl.glGenTextures);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_TEXTURE, 8), 102);
	assert_int_equal(xg_names_reverse(f->r.names, XG_CLASS_TEXTURE, 101), 7);
	assert_int_equal(f->quota.used[XG_QUOTA_OBJECTS], 2);
}

static void unknown_name_is_one_that_the_driver_never_made(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_TEXTURE, 0), 0);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_TEXTURE, 5), XG_NAME_UNKNOWN);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_TEXTURE, UINT32_MAX), XG_NAME_UNKNOWN);
	assert_int_equal(xg_names_reverse(f->r.names, XG_CLASS_TEXTURE, UINT32_MAX), 0);
}

static void binding_makes_textures_but_no_vertex_arrays(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(xg_names_bind(&f->r, XG_CLASS_TEXTURE, 3, f->gl.glGenTextures), 101);
	assert_int_equal(xg_names_bind(&f->r, XG_CLASS_TEXTURE, 3, f->gl.glGenTextures), 101);
	assert_int_equal(xg_names_bind(&f->r, XG_CLASS_VERTEX_ARRAY, 3, f->gl.glGenVertexArraysOES),
		XG_NAME_UNKNOWN);
}

static void deleted_name_is_unknown_and_may_be_used_again(void **state)
{
	struct fixture *f = *state;
	const uint32_t names[] = {3};

	xg_names_gen(&f->r, XG_CLASS_BUFFER, 1, names, f->gl.glGenBuffers);
	xg_names_delete(&f->r, XG_CLASS_BUFFER, 1, names, f->gl.glDeleteBuffers);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_BUFFER, 3), XG_NAME_UNKNOWN);
	xg_names_gen(&f->r, XG_CLASS_BUFFER, 1, names, f->gl.glGenBuffers);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_BUFFER, 3), 102);
}

static void driver_may_count_its_names_beyond_the_limit(void **state)
{
	struct fixture *f = *state;
	const uint32_t names[] = {3};

	xg_stub.next_name = 3000000000u;
	for (int i = 0; i < 5000; i++) {
		xg_names_gen(&f->r, XG_CLASS_TEXTURE, 1, names, f->gl.glGenTextures);
		const uint32_t host = xg_names_find(f->r.names, XG_CLASS_TEXTURE, 3);
		assert_true(host > 3000000000u && host != XG_NAME_UNKNOWN);
		assert_int_equal(xg_names_reverse(f->r.names, XG_CLASS_TEXTURE, host), 3);
		if (i > 1)
			assert_int_equal(
				xg_names_reverse(f->r.names, XG_CLASS_TEXTURE, host - 1), 0);
		xg_names_delete(&f->r, XG_CLASS_TEXTURE, 1, names, f->gl.glDeleteTextures);
		/* Another context may have it bound still. */
		assert_int_equal(xg_names_reverse(f->r.names, XG_CLASS_TEXTURE, host), 3);
	}
}

static void name_beyond_the_limit_is_refused(void **state)
{
	struct fixture *f = *state;
	const uint32_t names[] = {XG_NAME_LIMIT};

	xg_names_gen(&f->r, XG_CLASS_BUFFER, 1, names, f->gl.glGenBuffers);
	assert_int_equal(f->context.error, GL_OUT_OF_MEMORY);
	assert_int_equal(f->quota.used[XG_QUOTA_OBJECTS], 0);
}

static void objects_beyond_the_quota_are_refused(void **state)
{
	struct fixture *f = *state;
	const uint32_t names[] = {1, 2, 3};

	f->quota.limit[XG_QUOTA_OBJECTS] = 2;
	xg_names_gen(&f->r, XG_CLASS_BUFFER, 3, names, f->gl.glGenBuffers);
	assert_int_equal(f->context.error, GL_OUT_OF_MEMORY);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_BUFFER, 3), XG_NAME_UNKNOWN);
}

static void contexts_share_textures_but_no_framebuffers(void **state)
{
	struct fixture *f = *state;
	struct xg_names *first = f->r.names;
	const uint32_t names[] = {1};

	f->r.names = xg_names_create(&f->quota, first);
	xg_names_gen(&f->r, XG_CLASS_TEXTURE, 1, names, f->gl.glGenTextures);
	xg_names_gen(&f->r, XG_CLASS_FRAMEBUFFER, 1, names, f->gl.glGenFramebuffers);
	xg_names_destroy(f->r.names);
	f->r.names = first;
	assert_int_equal(xg_names_find(first, XG_CLASS_TEXTURE, 1), 101);
	assert_int_equal(xg_names_find(first, XG_CLASS_FRAMEBUFFER, 1), XG_NAME_UNKNOWN);
}

static void add_shader(struct fixture *f, uint32_t name)
{
	if (xg_names_may_add(&f->r, XG_CLASS_SHADER, name))
		xg_names_add(&f->r, XG_CLASS_SHADER, name, f->gl.glCreateShader(GL_VERTEX_SHADER));
}

static void deleted_shader_keeps_its_name_while_the_driver_has_it(void **state)
{
	struct fixture *f = *state;

	add_shader(f, 1);
	xg_stub.is_deletion_pending = true;
	xg_names_remove(&f->r, XG_CLASS_SHADER, 1, f->gl.glDeleteShader);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_PROGRAM, 1), 101);
	add_shader(f, 1);
	assert_int_equal(f->context.error, GL_OUT_OF_MEMORY);
	xg_stub.is_deletion_pending = false;
	add_shader(f, 1);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_SHADER, 1), 102);
	assert_int_equal(f->quota.used[XG_QUOTA_OBJECTS], 1);
}

static void what_a_deleted_shader_had_comes_back_before_the_quota_refuses(void **state)
{
	struct fixture *f = *state;

	f->quota.limit[XG_QUOTA_OBJECTS] = 2;
	f->quota.limit[XG_QUOTA_SHADER_BYTES] = 1000;
	add_shader(f, 1);
	add_shader(f, 4097);
	assert_true(xg_names_reserve(&f->r, XG_CLASS_SHADER, 900));
	xg_names_charge(&f->r, XG_CLASS_SHADER, 102, 0, 900);
	xg_stub.is_deletion_pending = true;
	xg_names_remove(&f->r, XG_CLASS_SHADER, 4097, f->gl.glDeleteShader);
	xg_names_remove(&f->r, XG_CLASS_SHADER, 4097, f->gl.glDeleteShader);
	add_shader(f, 2);
	assert_int_equal(f->context.error, GL_OUT_OF_MEMORY);
	assert_false(xg_names_reserve(&f->r, XG_CLASS_SHADER, 900));
	xg_stub.is_deletion_pending = false;
	assert_true(xg_names_reserve(&f->r, XG_CLASS_SHADER, 900));
	xg_names_release(&f->r, XG_CLASS_SHADER, 900);
	add_shader(f, 2);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_SHADER, 2), 103);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_SHADER, 4097), XG_NAME_UNKNOWN);
}

static void number_that_the_driver_uses_again_leaves_its_old_name(void **state)
{
	struct fixture *f = *state;

	add_shader(f, 1);
	xg_stub.is_deletion_pending = true;
	xg_names_remove(&f->r, XG_CLASS_SHADER, 1, f->gl.glDeleteShader);
	xg_stub.next_name = 100;
	add_shader(f, 2);
	assert_int_equal(xg_names_find(f->r.names, XG_CLASS_SHADER, 1), XG_NAME_UNKNOWN);
	assert_int_equal(xg_names_reverse(f->r.names, XG_CLASS_SHADER, 101), 2);
	assert_int_equal(f->quota.used[XG_QUOTA_OBJECTS], 1);
}

static void memory_of_an_object_comes_back_with_it(void **state)
{
	struct fixture *f = *state;
	const uint32_t names[] = {1};

	xg_names_gen(&f->r, XG_CLASS_TEXTURE, 1, names, f->gl.glGenTextures);
	assert_true(xg_names_reserve(&f->r, XG_CLASS_TEXTURE, 1000));
	xg_names_charge(&f->r, XG_CLASS_TEXTURE, 101, 0, 1000);
	assert_true(xg_names_reserve(&f->r, XG_CLASS_TEXTURE, 500));
	xg_names_charge(&f->r, XG_CLASS_TEXTURE, 101, 1, 500);
	assert_true(xg_names_reserve(&f->r, XG_CLASS_TEXTURE, 10));
	xg_names_charge(&f->r, XG_CLASS_TEXTURE, 101, 1, 10);
	assert_int_equal(f->quota.used[XG_QUOTA_TEXTURE_BYTES], 1010);
	xg_names_delete(&f->r, XG_CLASS_TEXTURE, 1, names, f->gl.glDeleteTextures);
	assert_int_equal(f->quota.used[XG_QUOTA_TEXTURE_BYTES], 0);
}

static void quota_reads_numbers_with_a_unit_only(void **state)
{
	struct xg_quota quota;

	xg_quota_init(&quota);
	assert_true(xg_quota_parse(&quota, "texture-bytes=16m"));
	assert_int_equal(quota.limit[XG_QUOTA_TEXTURE_BYTES], 16 << 20);
	assert_false(xg_quota_parse(&quota, "texture-bytes="));
	assert_false(xg_quota_parse(&quota, "texture-bytes=1x"));
	assert_false(xg_quota_parse(&quota, "texture-bytes=1kk"));
	assert_false(xg_quota_parse(&quota, "texture-bytes=-1"));
	assert_false(xg_quota_parse(&quota, "texture-bytes=99999999999999999999"));
	assert_false(xg_quota_parse(&quota, "texture-bytes=99999999999999g"));
	assert_false(xg_quota_parse(&quota, "textures=1"));
	assert_false(xg_quota_parse(&quota, "texture-bytes"));
	assert_int_equal(quota.limit[XG_QUOTA_TEXTURE_BYTES], 16 << 20);
}

static void part_of_a_quota_is_bounded_by_the_whole(void **state)
{
	const struct xg_limits limits = XG_LIMITS_DEFAULT;
	struct xg_quota whole, first, second;

	xg_quota_init(&whole);
	whole.limit[XG_QUOTA_CONTEXTS] = 3;
	xg_quota_init_part(&first, &whole, &limits);
	xg_quota_init_part(&second, &whole, &limits);
	assert_true(xg_quota_take(&first, XG_QUOTA_CONTEXTS, 2));
	assert_false(xg_quota_take(&second, XG_QUOTA_CONTEXTS, 2));
	assert_true(xg_quota_take(&second, XG_QUOTA_CONTEXTS, 1));
	xg_quota_give(&first, XG_QUOTA_CONTEXTS, 2);
	assert_int_equal(whole.used[XG_QUOTA_CONTEXTS], 1);
	assert_false(xg_quota_take(&second, XG_QUOTA_CONTEXTS, UINT64_MAX));
	assert_int_equal(whole.used[XG_QUOTA_CONTEXTS], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(generated_name_leads_both_ways),
		TEST(unknown_name_is_one_that_the_driver_never_made),
		TEST(binding_makes_textures_but_no_vertex_arrays),
		TEST(deleted_name_is_unknown_and_may_be_used_again),
		TEST(driver_may_count_its_names_beyond_the_limit),
		TEST(name_beyond_the_limit_is_refused),
		TEST(objects_beyond_the_quota_are_refused),
		TEST(contexts_share_textures_but_no_framebuffers),
		TEST(deleted_shader_keeps_its_name_while_the_driver_has_it),
		TEST(what_a_deleted_shader_had_comes_back_before_the_quota_refuses),
		TEST(number_that_the_driver_uses_again_leaves_its_old_name),
		TEST(memory_of_an_object_comes_back_with_it),
		TEST(quota_reads_numbers_with_a_unit_only),
		TEST(part_of_a_quota_is_bounded_by_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What the replay keeps from a driver that extensions would let a guest harm, on the stub driver.
 */
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

static uint64_t texture_bytes(const struct guest *guest)
{
	return guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES];
}

static void delete_texture(struct guest *guest, uint32_t name)
{
	const uint32_t names[] = {name, 0};

	WORDS(guest, glDeleteTextures, names, .n = 1,
		.textures = {.size = 4, .place = XG_PLACE_INLINE});
}

static void make_storage(struct guest *guest, uint32_t name)
{
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = name);
	SEND(guest, glTexStorage2D, .target = GL_TEXTURE_2D, .levels = 1,
		.internalformat = GL_RGBA8, .width = 64, .height = 64);
}

static void make_view(struct guest *guest, uint32_t name, uint32_t of)
{
	const uint32_t names[] = {name, 0};

	WORDS(guest, glGenTextures, names, .n = 1,
		.textures = {.size = 4, .place = XG_PLACE_INLINE});
	SEND(guest, glTextureViewEXT, .texture = name, .target = GL_TEXTURE_2D, .origtexture = of,
		.internalformat = GL_RGBA8, .numlevels = 1, .numlayers = 1);
}

static void texels_are_counted_once_for_as_long_as_a_view_has_them(void **state)
{
	enum { BYTES = 64 * 64 * 4 };
	struct guest *guest = *state;

	make_storage(guest, 5);
	make_view(guest, 6, 5);
	make_view(guest, 7, 6);
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 0);
	delete_texture(guest, 5);
	delete_texture(guest, 6);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), BYTES);
	/* What the last view lets go of is there for others. */
	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = BYTES;
	guest_again(guest);
	make_storage(guest, 8);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	delete_texture(guest, 7);
	make_storage(guest, 8);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(texture_bytes(guest), BYTES);
}

static void ranges_of_viewports_do_not_wrap_around(void **state)
{
	static const float values[8];
	struct guest *guest = *state;
	const unsigned calls = xg_stub.calls;

	WORDS(guest, glViewportArrayvOES, values, .first = UINT32_MAX, .count = 2,
		.v = {.size = sizeof(values), .place = XG_PLACE_INLINE});
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	WORDS(guest, glScissorArrayvOES, values, .first = UINT32_MAX - 1, .count = 2,
		.v = {.size = sizeof(values), .place = XG_PLACE_INLINE});
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	WORDS(guest, glDepthRangeArrayfvOES, values, .first = UINT32_MAX - 2, .count = 4,
		.v = {.size = sizeof(values), .place = XG_PLACE_INLINE});
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	SEND(guest, glViewportArrayvOES, .first = 1, .count = -1);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	assert_int_equal(xg_stub.calls, calls);
}

static void image_is_storage_of_flat_textures_alone(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glEGLImageTargetTexStorageEXT, .target = GL_TEXTURE_CUBE_MAP);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	assert_false(was_called("glEGLImageTargetTexStorageEXT"));
	SEND(guest, glEGLImageTargetTexStorageEXT, .target = GL_TEXTURE_2D);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_true(was_called("glEGLImageTargetTexStorageEXT"));
}

static void identity_of_the_device_is_not_asked_for(void **state)
{
	struct guest *guest = *state;

	ASK(guest, glGetIntegerv, .pname = GL_DEVICE_UUID_EXT,
		.data = {.size = 4, .place = XG_PLACE_INLINE});
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.asked_parameter, GL_NONE);
	guest_again(guest);
	ASK(guest, glGetIntegerv, .pname = GL_MAX_TEXTURE_SIZE,
		.data = {.size = 4, .place = XG_PLACE_INLINE});
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.asked_parameter, GL_MAX_TEXTURE_SIZE);
}

static void bind_name(struct guest *guest, const char name[8])
{
	struct xg_cmd_glBindAttribLocation command = {.program = 3,
		.index = 1,
		.name = {.size = (uint32_t)strlen(name) + 1, .place = XG_PLACE_INLINE}};

	guest_send(guest, XG_OP_glBindAttribLocation, false, &command, sizeof(command), name, 8);
}

static void names_that_are_given_locations_are_counted_once(void **state)
{
	struct guest *guest = *state;
	const _Atomic uint64_t *used = &guest->client->quota.used[XG_QUOTA_SHADER_BYTES];

	SEND(guest, glCreateProgram, .name = 3);
	bind_name(guest, "first\0\0");
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	const uint64_t one = *used;
	assert_true(one > 5);
	bind_name(guest, "first\0\0");
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(*used, one);
	bind_name(guest, "other\0\0");
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(*used, 2 * one);
	guest->client->quota.limit[XG_QUOTA_SHADER_BYTES] = 2 * one;
	bind_name(guest, "third\0\0");
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	bind_name(guest, "first\0\0");
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(query_that_drawing_depends_on_is_let_go_of_before_it_is_deleted),
		TEST(moment_is_taken_of_no_query_that_is_not_there),
		TEST(texels_are_counted_once_for_as_long_as_a_view_has_them),
		TEST(ranges_of_viewports_do_not_wrap_around),
		TEST(image_is_storage_of_flat_textures_alone),
		TEST(identity_of_the_device_is_not_asked_for),
		TEST(names_that_are_given_locations_are_counted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What the replay does with GLES 3.2's commands of a guest, honest and otherwise, on the stub
 * driver. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "guest.h"
#include "replay.h"
#include "xenglass/debug.h"

enum { BUFFER_BYTES = 4096, OTHER_CONTEXT = 3 };

static const struct xg_data integer = {.size = 4, .place = XG_PLACE_INLINE};

static void make_current(struct guest *guest, uint32_t context)
{
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = context, .error = integer);
}

/* Sends a copy of one texel, with what is changed of it: COPY(guest, c.srcX = 3, c.srcY = 4). */
#define COPY(guest, ...)                                                                           \
	do {                                                                                       \
		struct xg_cmd_glCopyImageSubDataEXT c = texel;                                     \
		__VA_ARGS__;                                                                       \
		xg_stub.copy = (struct xg_stub_copy){0};                                           \
		guest_send(guest, XG_OP_glCopyImageSubDataEXT, false, &c, sizeof(c), NULL, 0);     \
		assert_null(guest_run(guest));                                                     \
		guest_again(guest);                                                                \
	} while (0)

static const struct xg_cmd_glCopyImageSubDataEXT texel = {
	.srcTarget = GL_TEXTURE_2D,
	.dstTarget = GL_TEXTURE_2D,
	.srcWidth = 1,
	.srcHeight = 1,
	.srcDepth = 1,
};

static void names_to_copy_between_are_of_their_targets(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 5);
	assert_null(guest_run(guest));
	guest_again(guest);
	const uint32_t texture = xg_stub.next_name;
	SEND(guest, glBindRenderbuffer, .target = GL_RENDERBUFFER, .renderbuffer = 5);
	COPY(guest, c.srcName = 5, c.dstName = 5, c.dstTarget = GL_RENDERBUFFER, c.dstX = 3);
	assert_int_equal(xg_stub.copy.from, texture);
	assert_int_equal(xg_stub.copy.to, xg_stub.next_name);
	assert_int_not_equal(xg_stub.copy.to, texture);
	assert_int_equal(xg_stub.copy.places[3], 3);
	assert_int_equal(xg_stub.copy.sizes[0], 1);
}

static void copies_of_faces_that_no_cube_map_has_are_refused(void **state)
{
	struct guest *guest = *state;

	COPY(guest, c.srcTarget = GL_TEXTURE_CUBE_MAP, c.srcZ = 6);
	assert_int_equal(xg_stub.copy.places[2], 0);
	assert_int_equal(xg_stub.copy.sizes[0], -1);
	COPY(guest, c.srcTarget = GL_TEXTURE_CUBE_MAP, c.srcZ = -1);
	assert_int_equal(xg_stub.copy.places[2], 0);
	assert_int_equal(xg_stub.copy.sizes[0], -1);
	COPY(guest, c.dstTarget = GL_TEXTURE_CUBE_MAP, c.dstZ = 2, c.srcDepth = 5);
	assert_int_equal(xg_stub.copy.sizes[0], -1);
	assert_int_equal(xg_stub.copy.sizes[2], 1);
	COPY(guest, c.dstTarget = GL_TEXTURE_CUBE_MAP, c.dstZ = INT_MAX, c.srcDepth = INT_MAX);
	assert_int_equal(xg_stub.copy.sizes[0], -1);
	COPY(guest, c.dstTarget = GL_TEXTURE_CUBE_MAP, c.dstZ = 2, c.srcDepth = 4);
	assert_int_equal(xg_stub.copy.sizes[2], 4);
	assert_int_equal(xg_stub.copy.places[5], 2);
}

static void numbers_of_a_copy_never_wrap(void **state)
{
	struct guest *guest = *state;

	COPY(guest, c.srcX = INT_MAX, c.srcWidth = INT_MAX, c.dstY = INT_MAX);
	assert_in_range(xg_stub.copy.places[0], 16384, 1 << 24);
	assert_in_range(xg_stub.copy.sizes[0], 16384, 1 << 24);
	assert_in_range(xg_stub.copy.places[4], 16384, 1 << 24);
}

/* A driver would look at the memory of images, which those of no size have not. */
static void copies_of_nothing_have_no_layers(void **state)
{
	struct guest *guest = *state;

	COPY(guest, c.srcX = 1, c.srcWidth = 0, c.srcZ = 2, c.srcDepth = 3);
	assert_int_equal(xg_stub.copy.places[0], 1);
	assert_int_equal(xg_stub.copy.places[2], 5);
	assert_int_equal(xg_stub.copy.places[5], 3);
	assert_int_equal(xg_stub.copy.sizes[1], 1);
	assert_int_equal(xg_stub.copy.sizes[2], 0);
	COPY(guest, c.srcHeight = 0, c.srcZ = -1);
	assert_int_equal(xg_stub.copy.places[2], -1);
	COPY(guest, c.srcHeight = 0, c.srcTarget = GL_TEXTURE_CUBE_MAP, c.srcZ = 5);
	assert_int_equal(xg_stub.copy.places[2], 0);
	assert_int_equal(xg_stub.copy.sizes[2], 0);
	COPY(guest, c.srcHeight = 0, c.dstTarget = GL_TEXTURE_CUBE_MAP, c.dstZ = 6);
	assert_int_equal(xg_stub.copy.sizes[0], -1);
}

static uint64_t buffer_bytes(const struct guest *guest)
{
	return guest->client->quota.used[XG_QUOTA_BUFFER_BYTES];
}

static void make_buffer(struct guest *guest, uint32_t name)
{
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = name);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = BUFFER_BYTES,
		.usage = GL_STATIC_DRAW);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER);
}

static void give_to_texture(struct guest *guest, uint32_t texture, uint32_t buffer)
{
	SEND(guest, glBindTexture, .target = GL_TEXTURE_BUFFER, .texture = texture);
	SEND(guest, glTexBufferEXT, .target = GL_TEXTURE_BUFFER, .internalformat = GL_RGBA8,
		.buffer = buffer);
}

static void delete_buffer(struct guest *guest, uint32_t name)
{
	WORDS(guest, glDeleteBuffers, ((const uint32_t[]){name, 0}), .n = 1, .buffers = integer);
}

static void delete_texture(struct guest *guest, uint32_t name)
{
	WORDS(guest, glDeleteTextures, ((const uint32_t[]){name, 0}), .n = 1, .textures = integer);
}

/* A buffer fits only once every other one has been let go of. */
static void expect_room(struct guest *guest)
{
	guest->client->quota.limit[XG_QUOTA_BUFFER_BYTES] = BUFFER_BYTES;
	make_buffer(guest, 50);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(buffer_bytes(guest), BUFFER_BYTES);
}

static void buffer_of_a_texture_is_counted_once_until_both_are_gone(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	give_to_texture(guest, 2, 1);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(buffer_bytes(guest), BUFFER_BYTES);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES], 0);
	delete_buffer(guest, 1);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(buffer_bytes(guest), BUFFER_BYTES);
	delete_texture(guest, 2);
	expect_room(guest);
}

static void texture_that_gets_another_buffer_lets_go_of_the_first(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	give_to_texture(guest, 2, 1);
	delete_buffer(guest, 1);
	make_buffer(guest, 3);
	SEND(guest, glTexBufferRangeEXT, .target = GL_TEXTURE_BUFFER, .internalformat = GL_RGBA8,
		.buffer = 3, .size = 64);
	delete_buffer(guest, 3);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(buffer_bytes(guest), 2 * BUFFER_BYTES);
	give_to_texture(guest, 2, 0);
	expect_room(guest);
}

static void buffer_does_not_end_before_a_part_that_a_texture_has(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	SEND(guest, glBindTexture, .target = GL_TEXTURE_BUFFER, .texture = 2);
	SEND(guest, glTexBufferRangeEXT, .target = GL_TEXTURE_BUFFER, .internalformat = GL_RGBA8,
		.buffer = 1, .offset = 64, .size = 64);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 64, .usage = GL_STATIC_DRAW);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 63, .usage = GL_STATIC_DRAW);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	assert_int_equal(buffer_bytes(guest), 64);
	give_to_texture(guest, 2, 0);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 63, .usage = GL_STATIC_DRAW);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
}

static void buffer_that_the_driver_refused_is_not_the_textures(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	SEND(guest, glBindTexture, .target = GL_TEXTURE_BUFFER, .texture = 2);
	assert_null(guest_run(guest));
	guest_again(guest);
	xg_stub.refuses_texture_buffers = true;
	give_to_texture(guest, 2, 1);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	delete_buffer(guest, 1);
	expect_room(guest);
}

static void deleted_texture_that_another_context_has_bound_keeps_its_buffer(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	give_to_texture(guest, 2, 1);
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = GUEST_CONTEXT, .config = 1, .error = integer);
	make_current(guest, OTHER_CONTEXT);
	SEND(guest, glBindTexture, .target = GL_TEXTURE_BUFFER, .texture = 2);
	assert_null(guest_run(guest));
	const uint32_t texture = xg_stub.buffer_texture;
	guest_again(guest);
	delete_texture(guest, 2);
	delete_buffer(guest, 1);
	guest->client->quota.limit[XG_QUOTA_BUFFER_BYTES] = BUFFER_BYTES;
	make_buffer(guest, 50);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	/* Where it is bound it takes no other: another texture may have its name. */
	make_current(guest, OTHER_CONTEXT);
	xg_stub.buffer_texture = texture;
	SEND(guest, glTexBufferEXT, .target = GL_TEXTURE_BUFFER, .internalformat = GL_RGBA8);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_OUT_OF_MEMORY);
	xg_stub.buffer_texture = 0;
	SEND(guest, xgDestroyContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT);
	assert_null(guest_run(guest));
	guest_again(guest);
	expect_room(guest);
}

static void draw_without_a_buffer_of_indices_draws_nothing(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glEnableVertexAttribArray, .index = 0);
	xg_stub.drawn = -1;
	SEND(guest, glDrawElementsBaseVertexEXT, .count = 7, .type = GL_UNSIGNED_SHORT,
		.indices = 0xdead0000, .basevertex = -5);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.drawn, 0);
	assert_int_equal(xg_stub.base, -5);
	assert_int_equal(xg_stub.enabled_at_draw, 0);
	guest_again(guest);
	SEND(guest, glDrawElementsInstancedBaseVertexEXT, .count = 7, .type = GL_UNSIGNED_SHORT,
		.indices = 0xdead0000, .instancecount = 2, .basevertex = INT_MAX);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.drawn, 0);
	assert_int_equal(xg_stub.base, INT_MAX);
}

static void indices_come_along_with_a_base(void **state)
{
	struct guest *guest = *state;
	static const uint16_t indices[] = {1, 2, 3, 0};
	struct xg_cmd_xgDrawElementsBaseVertexData draw = {.count = 3,
		.type = GL_UNSIGNED_SHORT,
		.base = 9,
		.data = {.size = 6, .place = XG_PLACE_INLINE}};

	guest_send(guest, XG_OP_xgDrawElementsBaseVertexData, false, &draw, sizeof(draw), indices,
		sizeof(indices));
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.drawn, 3);
	assert_int_equal(xg_stub.base, 9);
	guest_again(guest);
	/* Fewer than the record says. */
	draw = (struct xg_cmd_xgDrawElementsBaseVertexData){.count = 4,
		.type = GL_UNSIGNED_SHORT,
		.data = {.size = 6, .place = XG_PLACE_INLINE}};
	guest_send(guest, XG_OP_xgDrawElementsBaseVertexData, false, &draw, sizeof(draw), indices,
		sizeof(indices));
	assert_non_null(guest_run(guest));
}

static void arrays_of_samples_are_counted(void **state)
{
	struct guest *guest = *state;

	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = 64 * 64 * 4 * 3 * 4;
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D_MULTISAMPLE_ARRAY, .texture = 1);
	SEND(guest, glTexStorage3DMultisampleOES, .target = GL_TEXTURE_2D_MULTISAMPLE_ARRAY,
		.samples = 4, .internalformat = GL_RGBA8, .width = 64, .height = 64, .depth = 4);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	SEND(guest, glTexStorage3DMultisampleOES, .target = GL_TEXTURE_2D_MULTISAMPLE_ARRAY,
		.samples = INT_MAX, .internalformat = GL_RGBA8, .width = 16384, .height = 16384,
		.depth = 2048);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	SEND(guest, glTexStorage3DMultisampleOES, .target = GL_TEXTURE_2D_MULTISAMPLE_ARRAY,
		.samples = 3, .internalformat = GL_RGBA8, .width = 64, .height = 64, .depth = 3);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES], 64 * 64 * 4 * 3 * 4);
}

static void hear(const char *text, GLsizei length)
{
	xg_stub.debug_callback(GL_DEBUG_SOURCE_API_KHR, GL_DEBUG_TYPE_ERROR_KHR, 7,
		GL_DEBUG_SEVERITY_HIGH_KHR, length, text, xg_stub.debug_user);
}

static uint64_t fetch(struct guest *guest, uint32_t capacity)
{
	ASK(guest, xgDebugMessages, .capacity = capacity,
		.messages = {.size = capacity, .place = XG_PLACE_INLINE});
	assert_null(guest_run(guest));
	guest_again(guest);
	return xg_fake_stream_result(guest->stream);
}

static void messages_wait_for_the_guest_whole_and_in_order(void **state)
{
	struct guest *guest = *state;
	const uint32_t header = (uint32_t)sizeof(struct xg_debug_message);

	/* A guest that set no callback. */
	assert_int_equal(fetch(guest, 64), 0);
	SEND(guest, xgDebugCallback, .is_set = 1);
	assert_null(guest_run(guest));
	guest_again(guest);
	assert_int_equal(fetch(guest, 64), 0);
	hear("first", 5);
	hear("the second", -1);
	assert_int_equal(fetch(guest, 0), 0);
	assert_int_equal(fetch(guest, header + 7), 0);
	assert_int_equal(fetch(guest, header + 8), header + 8);
	assert_int_equal(fetch(guest, 4096), header + 12);
	assert_int_equal(fetch(guest, 4096), 0);
	/* As many as one leaves lying, and longer than any may be. */
	static const char text[8192];
	for (int i = 0; i < 1000; i++)
		hear(text, sizeof(text));
	assert_int_equal(fetch(guest, 8192), header + XG_DEBUG_TEXT_MAX);
	SEND(guest, xgDebugCallback);
	assert_null(guest_run(guest));
	assert_null(xg_stub.debug_callback);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			names_to_copy_between_are_of_their_targets, guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(copies_of_faces_that_no_cube_map_has_are_refused,
			guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(
			numbers_of_a_copy_never_wrap, guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(
			copies_of_nothing_have_no_layers, guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(
			buffer_of_a_texture_is_counted_once_until_both_are_gone, guest_setup,
			guest_teardown),
		cmocka_unit_test_setup_teardown(
			texture_that_gets_another_buffer_lets_go_of_the_first, guest_setup,
			guest_teardown),
		cmocka_unit_test_setup_teardown(
			buffer_does_not_end_before_a_part_that_a_texture_has, guest_setup,
			guest_teardown),
		cmocka_unit_test_setup_teardown(buffer_that_the_driver_refused_is_not_the_textures,
			guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(
			deleted_texture_that_another_context_has_bound_keeps_its_buffer,
			guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(draw_without_a_buffer_of_indices_draws_nothing,
			guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(
			indices_come_along_with_a_base, guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(
			arrays_of_samples_are_counted, guest_setup, guest_teardown),
		cmocka_unit_test_setup_teardown(messages_wait_for_the_guest_whole_and_in_order,
			guest_setup, guest_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

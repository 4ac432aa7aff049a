/* SPDX-License-Identifier: MIT */
/* What the replay does with GLES 3.1's commands of a guest, honest and otherwise, on the stub
 * driver. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "guest.h"
#include "replay.h"

enum { OTHER_CONTEXT = 3 };

static const struct xg_data word = {.size = 4, .place = XG_PLACE_INLINE};

static uint32_t error_of(struct guest *guest)
{
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	guest_again(guest);
	return (uint32_t)xg_fake_stream_result(guest->stream);
}

/* Whether the driver has seen a call lately. */
static bool has_called(const char *name)
{
	for (unsigned i = 0; i < XG_STUB_TRACE; i++) {
		if (xg_stub.trace[i] && strcmp(xg_stub.trace[i], name) == 0)
			return true;
	}
	return false;
}

static void make_buffer(struct guest *guest, uint32_t name)
{
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = name);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 1000, .usage = GL_STATIC_DRAW);
}

static void indirect_draw_with_a_bare_attribute_is_refused(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_ELEMENT_ARRAY_BUFFER, .buffer = 1);
	SEND(guest, glEnableVertexAttribArray, .index = 3);
	SEND(guest, glDrawArraysIndirect, .mode = GL_TRIANGLES);
	assert_int_equal(error_of(guest), GL_INVALID_OPERATION);
	SEND(guest, glDrawElementsIndirect, .mode = GL_TRIANGLES, .type = GL_UNSIGNED_INT);
	assert_int_equal(error_of(guest), GL_INVALID_OPERATION);
	assert_false(has_called("glDrawArraysIndirect"));
	assert_false(has_called("glDrawElementsIndirect"));
	SEND(guest, glBindVertexBuffer, .bindingindex = 3, .buffer = 1, .stride = 16);
	SEND(guest, glDrawArraysIndirect, .mode = GL_TRIANGLES);
	SEND(guest, glDrawElementsIndirect, .mode = GL_TRIANGLES, .type = GL_UNSIGNED_INT);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	assert_true(has_called("glDrawArraysIndirect"));
	assert_true(has_called("glDrawElementsIndirect"));
}

static void indices_of_an_indirect_draw_are_in_a_buffer(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glDrawElementsIndirect, .mode = GL_TRIANGLES, .type = GL_UNSIGNED_INT);
	assert_int_equal(error_of(guest), GL_INVALID_OPERATION);
	assert_false(has_called("glDrawElementsIndirect"));
	/* What is no type is the driver's to refuse. */
	SEND(guest, glDrawElementsIndirect, .mode = GL_TRIANGLES, .type = GL_FLOAT);
	assert_null(guest_run(guest));
	assert_true(has_called("glDrawElementsIndirect"));
}

/* With a size added, it would be small. */
static void offset_at_the_end_of_all_memory_never_reaches_the_driver(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_ELEMENT_ARRAY_BUFFER, .buffer = 1);
	for (uint64_t offset = 4; offset < 64; offset += 4) {
		SEND(guest, glDrawArraysIndirect, .mode = GL_TRIANGLES, .indirect = -offset);
		assert_int_equal(error_of(guest), GL_INVALID_OPERATION);
		SEND(guest, glDrawElementsIndirect, .mode = GL_TRIANGLES, .type = GL_UNSIGNED_INT,
			.indirect = -offset);
		assert_int_equal(error_of(guest), GL_INVALID_OPERATION);
	}
	assert_false(has_called("glDrawArraysIndirect"));
	assert_false(has_called("glDrawElementsIndirect"));
}

static uint32_t attributes_of_a_draw(struct guest *guest)
{
	SEND(guest, glDrawArrays, .mode = GL_POINTS, .count = 1);
	assert_null(guest_run(guest));
	guest_again(guest);
	return xg_stub.enabled_at_draw;
}

static void attribute_has_the_buffer_of_its_binding(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	SEND(guest, glEnableVertexAttribArray, .index = 2);
	SEND(guest, glEnableVertexAttribArray, .index = 5);
	SEND(guest, glBindVertexBuffer, .bindingindex = 9, .buffer = 1, .stride = 16);
	assert_int_equal(attributes_of_a_draw(guest), 0);
	SEND(guest, glVertexAttribBinding, .attribindex = 2, .bindingindex = 9);
	SEND(guest, glVertexAttribBinding, .attribindex = 5, .bindingindex = 9);
	assert_int_equal(attributes_of_a_draw(guest), 0x24);
	/* Both of these go back to the binding of the attribute's own number. */
	SEND(guest, glVertexAttribDivisor, .index = 5, .divisor = 1);
	assert_int_equal(attributes_of_a_draw(guest), 0x4);
	SEND(guest, glVertexAttribPointer, .index = 2, .size = 4, .type = GL_FLOAT);
	SEND(guest, glVertexAttribBinding, .attribindex = 5, .bindingindex = 9);
	assert_int_equal(attributes_of_a_draw(guest), 0x24);
	SEND(guest, glBindVertexBuffer, .bindingindex = 9, .offset = 0xdead0000, .stride = 16);
	assert_int_equal(attributes_of_a_draw(guest), 0x4);
	WORDS(guest, glDeleteBuffers, ((const uint32_t[]){1}), .n = 1, .buffers = word);
	assert_int_equal(attributes_of_a_draw(guest), 0);
}

static void what_the_driver_refused_to_bind_is_not_bound(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	SEND(guest, glEnableVertexAttribArray, .index = 2);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	xg_stub.refuses_vertex_buffers = true;
	SEND(guest, glBindVertexBuffer, .bindingindex = 2, .buffer = 1, .stride = 16);
	assert_int_equal(error_of(guest), GL_INVALID_OPERATION);
	assert_int_equal(attributes_of_a_draw(guest), 0);
}

static void bindings_and_units_beyond_those_followed_are_refused(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindVertexBuffer, .bindingindex = 32, .stride = 16);
	assert_int_equal(error_of(guest), GL_INVALID_VALUE);
	SEND(guest, glVertexAttribBinding, .attribindex = 1, .bindingindex = 0xffffffff);
	assert_int_equal(error_of(guest), GL_INVALID_VALUE);
	SEND(guest, glBindImageTexture, .unit = 0x80000000, .format = GL_RGBA8);
	assert_int_equal(error_of(guest), GL_INVALID_VALUE);
	SEND(guest, glBindBufferBase, .target = GL_SHADER_STORAGE_BUFFER, .index = 4096);
	assert_int_equal(error_of(guest), GL_INVALID_VALUE);
	SEND(guest, glBindBufferBase, .target = GL_ATOMIC_COUNTER_BUFFER, .index = 128);
	assert_int_equal(error_of(guest), GL_INVALID_VALUE);
	assert_false(has_called("glBindVertexBuffer"));
	assert_false(has_called("glVertexAttribBinding"));
	assert_false(has_called("glBindImageTexture"));
}

/* Does something in another context of the share group; the first one is current again then. */
#define ELSEWHERE(guest, ...)                                                                      \
	do {                                                                                       \
		ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,      \
			.error = word);                                                            \
		__VA_ARGS__;                                                                       \
		guest_again(guest);                                                                \
	} while (0)

static void start_other(struct guest *guest)
{
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = GUEST_CONTEXT, .config = 1, .error = word);
}

static uint64_t bytes_after_deletion(struct guest *guest)
{
	WORDS(guest, glDeleteBuffers, ((const uint32_t[]){1}), .n = 1, .buffers = word);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	return guest->client->quota.used[XG_QUOTA_BUFFER_BYTES];
}

static void buffer_for_storage_elsewhere_is_counted(void **state)
{
	struct guest *guest = *state;

	start_other(guest);
	make_buffer(guest, 1);
	ELSEWHERE(guest, SEND(guest, glBindBufferBase, .target = GL_SHADER_STORAGE_BUFFER,
				 .index = 3, .buffer = 1));
	assert_int_equal(bytes_after_deletion(guest), 1000);
}

static void buffer_for_counters_elsewhere_is_counted(void **state)
{
	struct guest *guest = *state;

	start_other(guest);
	make_buffer(guest, 1);
	ELSEWHERE(guest, SEND(guest, glBindBufferRange, .target = GL_ATOMIC_COUNTER_BUFFER,
				 .index = 1, .buffer = 1, .size = 4));
	assert_int_equal(bytes_after_deletion(guest), 1000);
}

static void buffer_of_a_binding_elsewhere_is_counted(void **state)
{
	struct guest *guest = *state;

	start_other(guest);
	make_buffer(guest, 1);
	ELSEWHERE(guest, SEND(guest, glBindVertexBuffer, .bindingindex = 11, .buffer = 1));
	assert_int_equal(bytes_after_deletion(guest), 1000);
}

static void buffer_of_numbers_elsewhere_is_counted(void **state)
{
	struct guest *guest = *state;

	start_other(guest);
	make_buffer(guest, 1);
	ELSEWHERE(guest, SEND(guest, glBindBuffer, .target = GL_DRAW_INDIRECT_BUFFER, .buffer = 1));
	assert_int_equal(bytes_after_deletion(guest), 1000);
}

/* Draws or dispatches, and says what is then at the point. */
static uint32_t point_of_a_draw(struct guest *guest, bool is_dispatch)
{
	if (is_dispatch)
		SEND(guest, glDispatchCompute, .num_groups_x = 1);
	else
		SEND(guest, glDrawArrays, .mode = GL_POINTS, .count = 1);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	return xg_stub.points[2];
}

static void point_behind_the_end_of_its_buffer_is_let_go_of(void **state)
{
	struct guest *guest = *state;

	for (int i = 0; i < 2; i++) {
		make_buffer(guest, 1);
		SEND(guest, glBindBufferRange, .target = GL_SHADER_STORAGE_BUFFER, .index = 2,
			.buffer = 1, .offset = 512, .size = 64);
		assert_int_not_equal(point_of_a_draw(guest, i), 0);
		/* The same size, a smaller one, and one that is too small. */
		make_buffer(guest, 1);
		assert_int_not_equal(point_of_a_draw(guest, i), 0);
		SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 512,
			.usage = GL_STATIC_DRAW);
		assert_int_not_equal(point_of_a_draw(guest, i), 0);
		SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 511,
			.usage = GL_STATIC_DRAW);
		assert_int_equal(point_of_a_draw(guest, i), 0);
		SEND(guest, glBindBufferRange, .target = GL_SHADER_STORAGE_BUFFER, .index = 2,
			.buffer = 1, .offset = 512, .size = 64);
		assert_int_equal(point_of_a_draw(guest, i), 0);
	}
}

/* Before it, and where 32 bits would lead back into it. */
static void part_outside_of_its_buffer_is_let_go_of(void **state)
{
	static const int64_t starts[] = {-16, (INT64_C(1) << 32) + 16, INT64_MAX - 15, INT64_MIN};
	struct guest *guest = *state;

	make_buffer(guest, 1);
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		SEND(guest, glBindBufferRange, .target = GL_SHADER_STORAGE_BUFFER, .index = 2,
			.buffer = 1, .offset = starts[i], .size = 64);
		assert_int_equal(error_of(guest), GL_NO_ERROR);
		assert_int_not_equal(xg_stub.points[2], 0);
		assert_int_equal(point_of_a_draw(guest, true), 0);
	}
}

/* What the driver refuses changes nothing of what is there. */
static void part_that_is_refused_leaves_the_one_before(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1);
	SEND(guest, glBindBufferRange, .target = GL_SHADER_STORAGE_BUFFER, .index = 2, .buffer = 1,
		.offset = 999, .size = 64);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	xg_stub.refuses_parts = true;
	SEND(guest, glBindBufferRange, .target = GL_SHADER_STORAGE_BUFFER, .index = 2, .buffer = 1,
		.size = 64);
	SEND(guest, glBindBufferBase, .target = GL_SHADER_STORAGE_BUFFER, .index = 2, .buffer = 1);
	assert_int_equal(error_of(guest), GL_INVALID_VALUE);
	assert_int_not_equal(point_of_a_draw(guest, true), 0);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 998, .usage = GL_STATIC_DRAW);
	assert_int_equal(point_of_a_draw(guest, true), 0);
}

static void buffer_that_shrinks_elsewhere_is_let_go_of(void **state)
{
	struct guest *guest = *state;

	start_other(guest);
	make_buffer(guest, 1);
	SEND(guest, glBindBufferRange, .target = GL_SHADER_STORAGE_BUFFER, .index = 2, .buffer = 1,
		.offset = 512, .size = 64);
	assert_int_not_equal(point_of_a_draw(guest, true), 0);
	ELSEWHERE(guest, SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
		  SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = 16,
			  .usage = GL_STATIC_DRAW));
	assert_int_equal(point_of_a_draw(guest, true), 0);
}

static uint64_t texture_bytes(const struct guest *guest)
{
	return guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES];
}

static void texture_at_an_image_unit_elsewhere_is_counted(void **state)
{
	struct guest *guest = *state;

	start_other(guest);
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	SEND(guest, glTexStorage2D, .target = GL_TEXTURE_2D, .levels = 1,
		.internalformat = GL_RGBA8, .width = 64, .height = 64);
	ELSEWHERE(guest, SEND(guest, glBindImageTexture, .unit = 7, .texture = 1,
				 .access = GL_READ_ONLY, .format = GL_RGBA8));
	WORDS(guest, glDeleteTextures, ((const uint32_t[]){1}), .n = 1, .textures = word);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	assert_int_equal(texture_bytes(guest), 64 * 64 * 4);
	/* Let go of there, it makes room for another. */
	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = 64 * 64 * 4;
	ELSEWHERE(guest, SEND(guest, glBindImageTexture, .unit = 7, .access = GL_READ_ONLY,
				 .format = GL_RGBA8));
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 2);
	SEND(guest, glTexStorage2D, .target = GL_TEXTURE_2D, .levels = 1,
		.internalformat = GL_RGBA8, .width = 32, .height = 32);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	assert_int_equal(texture_bytes(guest), 32 * 32 * 4);
}

static void multisample_storage_is_counted_for_each_sample(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glTexStorage2DMultisample, .target = GL_TEXTURE_2D_MULTISAMPLE, .samples = 3,
		.internalformat = GL_RGBA16F, .width = 32, .height = 16);
	assert_int_equal(error_of(guest), GL_NO_ERROR);
	assert_int_equal(texture_bytes(guest), 32 * 16 * 8 * 4);
	SEND(guest, glTexStorage2DMultisample, .target = GL_TEXTURE_2D_MULTISAMPLE,
		.samples = INT32_MAX, .internalformat = GL_RGBA8, .width = 16384, .height = 16384);
	assert_int_equal(error_of(guest), GL_OUT_OF_MEMORY);
	SEND(guest, glTexStorage2DMultisample, .target = GL_TEXTURE_BUFFER, .samples = 4,
		.internalformat = GL_RGBA8, .width = 4, .height = 4);
	assert_int_equal(error_of(guest), GL_INVALID_ENUM);
	assert_int_equal(texture_bytes(guest), 32 * 16 * 8 * 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(indirect_draw_with_a_bare_attribute_is_refused),
		TEST(indices_of_an_indirect_draw_are_in_a_buffer),
		TEST(offset_at_the_end_of_all_memory_never_reaches_the_driver),
		TEST(attribute_has_the_buffer_of_its_binding),
		TEST(what_the_driver_refused_to_bind_is_not_bound),
		TEST(bindings_and_units_beyond_those_followed_are_refused),
		TEST(buffer_for_storage_elsewhere_is_counted),
		TEST(buffer_for_counters_elsewhere_is_counted),
		TEST(buffer_of_a_binding_elsewhere_is_counted),
		TEST(buffer_of_numbers_elsewhere_is_counted),
		TEST(point_behind_the_end_of_its_buffer_is_let_go_of),
		TEST(part_outside_of_its_buffer_is_let_go_of),
		TEST(part_that_is_refused_leaves_the_one_before),
		TEST(buffer_that_shrinks_elsewhere_is_let_go_of),
		TEST(texture_at_an_image_unit_elsewhere_is_counted),
		TEST(multisample_storage_is_counted_for_each_sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

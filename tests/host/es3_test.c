/* SPDX-License-Identifier: MIT */
/* What the replay does with GLES 3.0's commands of a guest, honest and otherwise, on the stub
 * driver. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "guest.h"
#include "replay.h"

static const struct xg_data word = {.size = 4, .place = XG_PLACE_INLINE};

static void unpack(struct guest *guest, uint64_t offset)
{
	SEND(guest, xgUnpack, .offset = offset, .alignment = 4, .row_length = 17);
	SEND(guest, glTexSubImage2D, .target = GL_TEXTURE_2D, .width = 3, .height = 2,
		.format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
}

static void pixels_of_a_buffer_are_an_offset(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_PIXEL_UNPACK_BUFFER, .buffer = 1);
	unpack(guest, 4096);
	assert_null(guest_run(guest));
	assert_ptr_equal(xg_stub.pixels, (void *)4096);
	assert_int_equal(xg_stub.width, 3);
	assert_int_equal(xg_stub.row_length_then, 17);
	assert_int_equal(xg_stub.unpack_row_length, 0);
}

static void offset_without_a_buffer_never_reaches_the_driver(void **state)
{
	struct guest *guest = *state;

	xg_stub.pixels = guest;
	unpack(guest, 0xdead0000);
	assert_null(guest_run(guest));
	assert_null(xg_stub.pixels);
	assert_int_equal(xg_stub.width, 0);
	assert_int_equal(xg_stub.row_length_then, 0);
}

static void offset_is_for_one_command_alone(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_PIXEL_UNPACK_BUFFER, .buffer = 1);
	unpack(guest, 4096);
	SEND(guest, glTexSubImage2D, .target = GL_TEXTURE_2D, .width = 3, .height = 2,
		.format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
	assert_null(guest_run(guest));
	assert_null(xg_stub.pixels);
	assert_int_equal(xg_stub.width, 0);
}

static void compressed_image_that_is_nowhere_is_not_read(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glCompressedTexSubImage2D, .target = GL_TEXTURE_2D, .width = 4, .height = 4,
		.format = GL_COMPRESSED_RGB8_ETC2, .imageSize = 8);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.image_size, -1);
}

static void read_pixels(struct guest *guest)
{
	SEND(guest, xgReadPixels, .width = 4, .height = 4, .format = GL_RGBA,
		.type = GL_UNSIGNED_BYTE, .offset = 0x800, .alignment = 4, .row_length = 9);
}

static void pixels_are_read_into_a_buffer_or_not_at_all(void **state)
{
	struct guest *guest = *state;

	read_pixels(guest);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	assert_null(xg_stub.pixels);
	SEND(guest, glBindBuffer, .target = GL_PIXEL_PACK_BUFFER, .buffer = 1);
	read_pixels(guest);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	assert_null(xg_stub.pixels);
	xg_stub.buffer_size = 0x1000;
	read_pixels(guest);
	assert_null(guest_run(guest));
	assert_ptr_equal(xg_stub.pixels, (void *)0x800);
	assert_int_equal(xg_stub.row_length_then, 9);
	assert_int_equal(xg_stub.pack_row_length, 0);
}

static void rows_that_wrap_around_all_memory_are_not_read(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_PIXEL_PACK_BUFFER, .buffer = 1);
	xg_stub.buffer_size = 0x1000;
	/* The last row lies where the first one does. */
	SEND(guest, xgReadPixels, .width = 1, .height = (1 << 30) + 1, .format = GL_RGBA_INTEGER,
		.type = GL_UNSIGNED_INT, .alignment = 4, .row_length = 1 << 30);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	SEND(guest, xgReadPixels, .width = 1, .height = 1, .format = GL_RGBA_INTEGER,
		.type = GL_UNSIGNED_INT, .alignment = 4, .row_length = 1 << 30,
		.skip_rows = 1 << 30);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	SEND(guest, xgReadPixels, .width = 4, .height = 4, .format = GL_RGBA,
		.type = GL_UNSIGNED_BYTE, .alignment = 0);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	assert_int_equal(xg_stub.pixel_rows, 0);
}

static void reversed(struct guest *guest, int32_t y, int32_t height, uint64_t offset)
{
	xg_stub.pixel_rows = 0;
	SEND(guest, xgReadPixelsReversed, .y = y, .width = 4, .height = height, .format = GL_RGBA,
		.type = GL_UNSIGNED_BYTE, .offset = offset, .alignment = 4, .skip_rows = 2);
}

static void reversed_rows_stay_within_the_buffer(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_PIXEL_PACK_BUFFER, .buffer = 1);
	xg_stub.buffer_size = 6 * 16;
	reversed(guest, 0, 4, 0);
	assert_null(guest_run(guest));
	guest_again(guest);
	assert_int_equal(xg_stub.pixel_rows, 4);
	assert_int_equal(xg_stub.pixel_place, 2);
	reversed(guest, 0, 4, 4);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	assert_int_equal(xg_stub.pixel_rows, 0);
	/* Rows that no framebuffer has are not read, and the others keep their places. */
	reversed(guest, -3, 4, 0);
	assert_null(guest_run(guest));
	guest_again(guest);
	assert_int_equal(xg_stub.pixel_rows, 1);
	assert_int_equal(xg_stub.pixel_place, 2);
	reversed(guest, INT32_MAX, 4, 0);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.pixel_rows, 0);
}

static void send_names(struct guest *guest, uint32_t count)
{
	static const char names[8] = "ab\0c"; /* with its NUL five octets */

	SEND(guest, glCreateProgram, .name = 1);
	WORDS(guest, xgTransformFeedbackVaryings, names, .program = 1, .count = count,
		.mode = GL_SEPARATE_ATTRIBS, .size = 5,
		.names = {.size = 5, .place = XG_PLACE_INLINE});
}

static void names_arrive_as_they_are_counted(void **state)
{
	send_names(*state, 2);
	assert_null(guest_run(*state));
	assert_int_equal(xg_stub.varyings, 2);
}

static void fewer_names_than_counted_break_a_rule(void **state)
{
	send_names(*state, 3);
	assert_string_equal(guest_run(*state), "a list of names has not as many as it says");
}

static void more_names_than_counted_break_a_rule(void **state)
{
	send_names(*state, 1);
	assert_string_equal(guest_run(*state), "a list of names has not as many as it says");
}

static void wild_count_of_names_is_refused(void **state)
{
	struct guest *guest = *state;

	send_names(guest, 0x20000000);
	assert_int_equal(guest_error(guest), GL_INVALID_OPERATION);
	assert_int_equal(xg_stub.varyings, 0);
}

static void name_without_an_end_breaks_a_rule(void **state)
{
	static const char names[8] = "abcd";
	struct guest *guest = *state;

	WORDS(guest, xgTransformFeedbackVaryings, names, .program = 1, .count = 1, .size = 4,
		.names = word);
	assert_string_equal(guest_run(guest), "a list of names has not as many as it says");
}

static void sync_of_no_name_is_an_invalid_value(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glFenceSync, .condition = GL_SYNC_GPU_COMMANDS_COMPLETE, .name = 5);
	SEND(guest, glWaitSync, .sync = 6, .timeout = GL_TIMEOUT_IGNORED);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	ASK(guest, glClientWaitSync, .sync = 0xffffffff);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_WAIT_FAILED);
	guest_again(guest);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	SEND(guest, glDeleteSync, .sync = 5);
	SEND(guest, glDeleteSync, .sync = 5);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
}

static void syncs_are_counted_and_their_places_used_again(void **state)
{
	struct guest *guest = *state;

	guest->client->quota.limit[XG_QUOTA_OBJECTS] = 3;
	for (uint32_t i = 0; i < 500; i++) {
		SEND(guest, glFenceSync, .condition = GL_SYNC_GPU_COMMANDS_COMPLETE,
			.name = 1 + i % 7);
		if (i >= 2)
			SEND(guest, glDeleteSync, .sync = 1 + (i - 2) % 7);
	}
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	for (uint32_t name = 10; name < 12; name++)
		SEND(guest, glFenceSync, .condition = GL_SYNC_GPU_COMMANDS_COMPLETE, .name = name);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	/* A name that is taken is not taken again. */
	guest->client->quota.limit[XG_QUOTA_OBJECTS] = 100;
	SEND(guest, glFenceSync, .condition = GL_SYNC_GPU_COMMANDS_COMPLETE, .name = 10);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	for (uint32_t i = 498; i < 500; i++)
		SEND(guest, glDeleteSync, .sync = 1 + i % 7);
	SEND(guest, glDeleteSync, .sync = 10);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
}

/* How long its last slice takes is not the guest's to say. */
static void endless_wait_ends_with_its_stream(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glFenceSync, .condition = GL_SYNC_GPU_COMMANDS_COMPLETE, .name = 9);
	xg_stub.is_stuck = true;
	ASK(guest, glClientWaitSync, .sync = 9, .timeout = GL_TIMEOUT_IGNORED);
	xg_fake_stream_kill(guest->stream);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_TIMEOUT_EXPIRED);
	xg_stub.syncs--;
}

static void buffer_is_bound_to_no_point_of_another_version(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBufferBase, .target = GL_TEXTURE_BUFFER, .buffer = 1);
	assert_int_equal(guest_error(guest), GL_INVALID_ENUM);
	SEND(guest, glBindBufferBase, .target = GL_UNIFORM_BUFFER, .index = 4096, .buffer = 1);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	SEND(guest, glBindSampler, .unit = 0x80000000);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
}

static void make_buffer(struct guest *guest, uint32_t name, int64_t size)
{
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = name);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = size, .usage = GL_STATIC_DRAW);
}

static uint64_t buffer_bytes(const struct guest *guest)
{
	return guest->client->quota.used[XG_QUOTA_BUFFER_BYTES];
}

enum { OTHER_CONTEXT = 3 };

static void buffer_at_a_point_of_another_context_is_counted(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1, 1000);
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = GUEST_CONTEXT, .config = 1, .error = word);
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.error = word);
	SEND(guest, glBindBufferBase, .target = GL_UNIFORM_BUFFER, .index = 3, .buffer = 1);
	guest_again(guest);
	WORDS(guest, glDeleteBuffers, ((const uint32_t[]){1}), .n = 1, .buffers = word);
	assert_null(guest_run(guest));
	assert_int_equal(buffer_bytes(guest), 1000);
	/* Another takes its place there, and a third one finds room again. */
	guest->client->quota.limit[XG_QUOTA_BUFFER_BYTES] = 1000;
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.error = word);
	SEND(guest, glBindBufferBase, .target = GL_UNIFORM_BUFFER, .index = 3, .buffer = 0);
	make_buffer(guest, 2, 900);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(buffer_bytes(guest), 900);
}

static void sampler_at_a_unit_of_another_context_is_counted(void **state)
{
	struct guest *guest = *state;
	_Atomic uint64_t *used = &guest->client->quota.used[XG_QUOTA_OBJECTS];

	WORDS(guest, glGenSamplers, ((const uint32_t[]){1}), .count = 1, .samplers = word);
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.share = GUEST_CONTEXT, .config = 1, .error = word);
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .context = OTHER_CONTEXT,
		.error = word);
	SEND(guest, glBindSampler, .unit = 7, .sampler = 1);
	guest_again(guest);
	WORDS(guest, glDeleteSamplers, ((const uint32_t[]){1}), .count = 1, .samplers = word);
	assert_null(guest_run(guest));
	assert_int_equal(*used, 1);
}

static void feedback_keeps_what_it_began_with(void **state)
{
	struct guest *guest = *state;

	make_buffer(guest, 1, 1000);
	WORDS(guest, glGenTransformFeedbacks, ((const uint32_t[]){1}), .n = 1, .ids = word);
	SEND(guest, glBindTransformFeedback, .target = GL_TRANSFORM_FEEDBACK, .id = 1);
	SEND(guest, glBindBufferBase, .target = GL_TRANSFORM_FEEDBACK_BUFFER, .buffer = 1);
	SEND(guest, glBeginTransformFeedback, .primitiveMode = GL_POINTS);
	assert_null(guest_run(guest));
	assert_int_equal(buffer_bytes(guest), 2000);
	guest_again(guest);
	/* Begun again it lets go of what it had. */
	SEND(guest, glBeginTransformFeedback, .primitiveMode = GL_POINTS);
	assert_null(guest_run(guest));
	assert_int_equal(buffer_bytes(guest), 2000);
	guest_again(guest);
	guest->client->quota.limit[XG_QUOTA_BUFFER_BYTES] = 2500;
	SEND(guest, glBeginTransformFeedback, .primitiveMode = GL_POINTS);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
}

static void feedback_that_is_under_way_is_not_deleted(void **state)
{
	struct guest *guest = *state;
	_Atomic uint64_t *used = &guest->client->quota.used[XG_QUOTA_OBJECTS];

	WORDS(guest, glGenTransformFeedbacks, ((const uint32_t[]){1}), .n = 1, .ids = word);
	WORDS(guest, glDeleteTransformFeedbacks, ((const uint32_t[]){1}), .n = 1, .ids = word);
	xg_stub.is_feedback_active = true;
	assert_null(guest_run(guest));
	assert_int_equal(*used, 1);
	guest_again(guest);
	WORDS(guest, glDeleteTransformFeedbacks, ((const uint32_t[]){1}), .n = 1, .ids = word);
	xg_stub.is_feedback_active = false;
	assert_null(guest_run(guest));
	assert_int_equal(*used, 0);
}

static void varyings_of_a_program_that_is_not_linked_are_not_asked_for(void **state)
{
	struct guest *guest = *state;

	xg_stub.is_unlinked = true;
	SEND(guest, glCreateProgram, .name = 1);
	ASK(guest, glGetProgramiv, .program = 1, .pname = GL_TRANSFORM_FEEDBACK_VARYINGS,
		.params = word);
	assert_null(guest_run(guest));
	assert_false(xg_stub.was_asked_for_varyings);
	guest_again(guest);
	xg_stub.is_unlinked = false;
	ASK(guest, glGetProgramiv, .program = 1, .pname = GL_TRANSFORM_FEEDBACK_VARYINGS,
		.params = word);
	assert_null(guest_run(guest));
	assert_true(xg_stub.was_asked_for_varyings);
}

/* Mesa would follow a pointer to nowhere. */
static void value_of_a_member_of_a_block_is_not_asked_for(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glCreateProgram, .name = 1);
	for (int32_t location = 2; location < 7; location++) {
		xg_stub.asked_location = -1;
		ASK(guest, glGetUniformuiv, .program = 1, .location = location, .params = word);
		assert_null(guest_run(guest));
		guest_again(guest);
		const bool is_uniform = location >= 3 && location <= 5;
		assert_int_equal(xg_stub.asked_location, is_uniform ? location : -1);
		assert_int_equal(
			guest_error(guest), is_uniform ? GL_NO_ERROR : GL_INVALID_OPERATION);
	}
}

static uint64_t texture_bytes(const struct guest *guest)
{
	return guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES];
}

static void storage_of_a_texture_is_counted_with_all_levels(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	SEND(guest, glTexStorage2D, .target = GL_TEXTURE_2D, .levels = 3,
		.internalformat = GL_RGBA32F, .width = 64, .height = 64);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), (64 * 64 + 32 * 32 + 16 * 16) * 16);
	guest_again(guest);
	SEND(guest, glTexStorage3D, .target = GL_TEXTURE_2D_ARRAY, .levels = 2,
		.internalformat = GL_RGBA8, .width = 32, .height = 32, .depth = 10);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest),
		(64 * 64 + 32 * 32 + 16 * 16) * 16 + (32 * 32 + 16 * 16) * 10 * 4);
	guest_again(guest);
	SEND(guest, glRenderbufferStorageMultisample, .target = GL_RENDERBUFFER, .samples = 3,
		.internalformat = GL_RGBA8, .width = 32, .height = 32);
	assert_null(guest_run(guest));
	assert_int_equal(texture_bytes(guest), (64 * 64 + 32 * 32 + 16 * 16) * 16 +
						       (32 * 32 + 16 * 16) * 10 * 4 +
						       32 * 32 * 4 * 4);
}

static void storage_beyond_the_quota_is_out_of_memory(void **state)
{
	static const struct {
		int32_t levels, width, height, depth;
	} sizes[] = {{1, 2048, 2048, 2048}, {INT32_MAX, 2048, 2047, 2046}, {30, 2048, 2048, 1024}};
	struct guest *guest = *state;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const unsigned calls = xg_stub.calls;

		SEND(guest, glTexStorage3D, .target = GL_TEXTURE_3D, .levels = sizes[i].levels,
			.internalformat = GL_RGBA8, .width = sizes[i].width,
			.height = sizes[i].height, .depth = sizes[i].depth);
		assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
		assert_int_equal(xg_stub.calls, calls);
	}
	SEND(guest, glRenderbufferStorageMultisample, .target = GL_RENDERBUFFER,
		.samples = INT32_MAX, .internalformat = GL_RGBA32UI, .width = 16384,
		.height = 16384);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	assert_int_equal(texture_bytes(guest), 0);
}

static void sizes_that_the_driver_has_not_are_for_it_to_refuse(void **state)
{
	struct guest *guest = *state;
	const unsigned calls = xg_stub.calls;

	SEND(guest, glTexStorage3D, .target = GL_TEXTURE_3D, .levels = 1,
		.internalformat = GL_RGBA8, .width = 2048, .height = 2049, .depth = 2048);
	SEND(guest, glTexStorage3D, .target = GL_TEXTURE_2D_ARRAY, .levels = 1,
		.internalformat = GL_RGBA8, .width = 2048, .height = 2048, .depth = 2049);
	SEND(guest, glRenderbufferStorageMultisample, .target = GL_RENDERBUFFER, .samples = 4,
		.internalformat = GL_RGBA8, .width = INT32_MAX, .height = INT32_MAX);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.calls, calls + 3);
	assert_int_equal(texture_bytes(guest), 0);
}

static void send_part(struct guest *guest)
{
	SEND(guest, glTexSubImage2D, .target = GL_TEXTURE_2D, .format = GL_RGBA,
		.type = GL_UNSIGNED_BYTE);
}

static void parts_of_an_image_that_is_refused_are_left_out(void **state)
{
	struct guest *guest = *state;

	/* An error from before is none of the image's. */
	xg_stub.refuses_image = true;
	send_part(guest);
	SEND(guest, xgParts, .are_one = 1);
	for (int i = 0; i < 3; i++)
		send_part(guest);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	assert_int_equal(xg_stub.images, 4);
	xg_stub.refuses_image = true;
	SEND(guest, xgParts, .are_one = 1);
	for (int i = 0; i < 3; i++)
		send_part(guest);
	SEND(guest, xgParts);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	assert_int_equal(xg_stub.images, 5);
	send_part(guest);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.images, 6);
}

static void error_of_a_later_part_leaves_none_out(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgParts, .are_one = 0xffffffff);
	send_part(guest);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	xg_stub.refuses_image = true;
	send_part(guest);
	send_part(guest);
	assert_int_equal(guest_error(guest), GL_INVALID_VALUE);
	assert_int_equal(xg_stub.images, 3);
}

/* The number of calls that the driver has seen of a buffer's parts. */
static unsigned send_buffer(struct guest *guest, int64_t size)
{
	const uint32_t octets[] = {7};

	SEND(guest, xgParts, .are_one = 1);
	SEND(guest, glBufferData, .target = GL_ARRAY_BUFFER, .size = size, .usage = GL_STATIC_DRAW);
	assert_null(guest_run(guest));
	guest_again(guest);

	const unsigned calls = xg_stub.calls;

	for (int i = 0; i < 2; i++)
		WORDS(guest, glBufferSubData, octets, .target = GL_ARRAY_BUFFER, .size = 4,
			.data = word);
	assert_null(guest_run(guest));
	guest_again(guest);
	SEND(guest, xgParts);
	return xg_stub.calls - calls;
}

static void parts_of_a_buffer_without_memory_are_left_out(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	const unsigned each = send_buffer(guest, 8);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(send_buffer(guest, INT64_MAX), each - 2);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	assert_int_equal(send_buffer(guest, 8), each);
}

static void integers_of_client_memory_go_through_a_buffer(void **state)
{
	struct guest *guest = *state;
	const uint32_t vertices[4] = {1, 2, 3, 4};

	WORDS(guest, xgVertexIData, vertices, .index = 2, .components = 4, .type = GL_INT,
		.stride = 16, .first = 0xffffffff, .size = sizeof(vertices),
		.data = {.size = sizeof(vertices), .place = XG_PLACE_INLINE});
	SEND(guest, glEnableVertexAttribArray, .index = 2);
	assert_int_equal(guest_error(guest), GL_OUT_OF_MEMORY);
	WORDS(guest, xgVertexIData, vertices, .index = 2, .components = 4, .type = GL_INT,
		.stride = 16, .size = sizeof(vertices),
		.data = {.size = sizeof(vertices), .place = XG_PLACE_INLINE});
	SEND(guest, glDrawArrays, .mode = GL_POINTS, .count = 1);
	assert_int_equal(guest_error(guest), GL_NO_ERROR);
	assert_int_equal(xg_stub.enabled_at_draw, 4);
	SEND(guest, glVertexAttribIPointer, .index = 2, .size = 4, .type = GL_INT,
		.pointer = 0xdead0000);
	SEND(guest, glDrawArrays, .mode = GL_POINTS, .count = 1);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.enabled_at_draw, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(pixels_of_a_buffer_are_an_offset),
		TEST(offset_without_a_buffer_never_reaches_the_driver),
		TEST(offset_is_for_one_command_alone),
		TEST(compressed_image_that_is_nowhere_is_not_read),
		TEST(pixels_are_read_into_a_buffer_or_not_at_all),
		TEST(rows_that_wrap_around_all_memory_are_not_read),
		TEST(reversed_rows_stay_within_the_buffer),
		TEST(names_arrive_as_they_are_counted),
		TEST(fewer_names_than_counted_break_a_rule),
		TEST(more_names_than_counted_break_a_rule),
		TEST(wild_count_of_names_is_refused),
		TEST(name_without_an_end_breaks_a_rule),
		TEST(sync_of_no_name_is_an_invalid_value),
		TEST(syncs_are_counted_and_their_places_used_again),
		TEST(endless_wait_ends_with_its_stream),
		TEST(buffer_is_bound_to_no_point_of_another_version),
		TEST(buffer_at_a_point_of_another_context_is_counted),
		TEST(sampler_at_a_unit_of_another_context_is_counted),
		TEST(feedback_keeps_what_it_began_with),
		TEST(feedback_that_is_under_way_is_not_deleted),
		TEST(varyings_of_a_program_that_is_not_linked_are_not_asked_for),
		TEST(value_of_a_member_of_a_block_is_not_asked_for),
		TEST(storage_of_a_texture_is_counted_with_all_levels),
		TEST(storage_beyond_the_quota_is_out_of_memory),
		TEST(sizes_that_the_driver_has_not_are_for_it_to_refuse),
		TEST(parts_of_an_image_that_is_refused_are_left_out),
		TEST(error_of_a_later_part_leaves_none_out),
		TEST(parts_of_a_buffer_without_memory_are_left_out),
		TEST(integers_of_client_memory_go_through_a_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

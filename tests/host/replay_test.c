/* SPDX-License-Identifier: MIT */
/* What the replay does with commands of a guest, honest and otherwise, on the stub driver. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include <EGL/egl.h>

#include "guest.h"
#include "replay.h"

static struct xg_data inline_data(uint32_t size)
{
	return (struct xg_data){.size = size, .place = XG_PLACE_INLINE};
}

static void gen_buffer(struct guest *guest, uint32_t name)
{
	const uint32_t names[] = {name};

	WORDS(guest, glGenBuffers, names, .n = 1, .buffers = inline_data(4));
}

static void delete_buffer(struct guest *guest, uint32_t name)
{
	const uint32_t names[] = {name};

	WORDS(guest, glDeleteBuffers, names, .n = 1, .buffers = inline_data(4));
}

static void point(struct guest *guest, uint32_t index, uint64_t offset)
{
	SEND(guest, glVertexAttribPointer, .index = index, .size = 4, .type = GL_FLOAT,
		.pointer = offset);
	SEND(guest, glEnableVertexAttribArray, .index = index);
}

/* A driver checks these and uses them afterwards; the guest must not change them in between. */
static void driver_never_looks_twice_at_shared_memory(void **state)
{
	struct guest *guest = *state;
	const struct xg_data in_bulk = {.size = 16, .place = XG_PLACE_BULK};

	SEND(guest, glUniform1iv, .location = 1, .count = 4, .value = in_bulk);
	assert_null(guest_run(guest));
	assert_true((uintptr_t)xg_stub.last_input - (uintptr_t)guest->bulk >= sizeof(guest->bulk));

	guest_start(guest);
	SEND(guest, glCreateProgram, .name = 1);
	ASK(guest, glGetActiveUniform, .program = 1, .bufSize = 8, .length = inline_data(4),
		.size = inline_data(4), .type = inline_data(4), .name = inline_data(8));
	assert_null(guest_run(guest));
	assert_non_null(xg_stub.last_length);
	assert_ptr_not_equal(xg_stub.last_length, xg_fake_stream_answer(guest->stream));
	assert_int_equal(*(const int32_t *)xg_fake_stream_answer(guest->stream), 4);
}

static void names_of_the_guest_become_the_drivers(void **state)
{
	struct guest *guest = *state;

	xg_stub.next_name = 500;
	SEND(guest, glCreateShader, .type = GL_VERTEX_SHADER, .name = 7);
	SEND(guest, glDeleteShader, .shader = 7);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.deleted_shader, 501);
	guest_start(guest);
	/* The driver's own 8 is gone; the guest's is 502 there. */
	xg_stub.deleted_shader = 8;
	SEND(guest, glCreateShader, .type = GL_VERTEX_SHADER, .name = 8);
	ASK(guest, glIsShader, .shader = 8);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_TRUE);
}

static void a_negative_count_of_names_is_an_invalid_value(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glGenTextures, .n = -1, .textures = inline_data(0));
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_INVALID_VALUE);
	guest_start(guest);
	SEND(guest, glDeleteTextures, .n = -1, .textures = inline_data(0));
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_INVALID_VALUE);
}

static void honest_draw_reaches_the_driver_with_its_arrays(void **state)
{
	struct guest *guest = *state;

	gen_buffer(guest, 1);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	point(guest, 0, 16);
	SEND(guest, glDrawArrays, .mode = GL_TRIANGLES, .count = 3);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.drawn, 3);
	assert_int_equal(xg_stub.enabled_at_draw, 1);
	assert_ptr_equal(xg_stub.pointers[0], (void *)16);
}

static void draw_indices(struct guest *guest, uint32_t mode, int32_t count)
{
	SEND(guest, glDrawElements, .mode = mode, .count = count, .type = GL_UNSIGNED_SHORT);
}

static void bind_indices(struct guest *guest)
{
	gen_buffer(guest, 1);
	SEND(guest, glBindBuffer, .target = GL_ELEMENT_ARRAY_BUFFER, .buffer = 1);
}

static void draws_behind_one_another_are_one_call(void **state)
{
	struct guest *guest = *state;

	bind_indices(guest);
	for (int i = 0; i < 5; i++) /* as many as are looked at in a first glance */
		draw_indices(guest, GL_POINTS, 100);
	draw_indices(guest, GL_TRIANGLES, 3);
	draw_indices(guest, GL_TRIANGLES, 6);
	draw_indices(guest, GL_TRIANGLES, 12);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.joined, 3);
	assert_int_equal(xg_stub.drawn, 21);
}

static void draw_that_cannot_go_with_others_goes_alone(void **state)
{
	struct guest *guest = *state;

	bind_indices(guest);
	draw_indices(guest, GL_TRIANGLES, 3);
	draw_indices(guest, GL_TRIANGLES, -1);
	draw_indices(guest, GL_LINES, 4);
	SEND(guest, glDrawElements, .mode = GL_LINES, .count = 6, .type = GL_UNSIGNED_BYTE);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.joined, 0);
	assert_int_equal(xg_stub.drawn, 6);

	guest_start(guest);
	SEND(guest, glBindBuffer, .target = GL_ELEMENT_ARRAY_BUFFER, .buffer = 0);
	draw_indices(guest, GL_TRIANGLES, 3);
	draw_indices(guest, GL_TRIANGLES, 6);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.joined, 0);
	assert_int_equal(xg_stub.drawn, 0);
}

static void pointer_without_a_buffer_never_reaches_the_driver(void **state)
{
	struct guest *guest = *state;

	point(guest, 0, 0xdead0000);
	SEND(guest, glDrawArrays, .mode = GL_TRIANGLES, .count = 3);
	assert_null(guest_run(guest));
	assert_null(xg_stub.pointers[0]);
	assert_int_equal(xg_stub.enabled_at_draw, 0);
	assert_int_equal(xg_stub.enabled, 1);
}

static void array_whose_buffer_was_deleted_is_not_fetched(void **state)
{
	struct guest *guest = *state;

	gen_buffer(guest, 1);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	point(guest, 0, 0);
	point(guest, 1, 0);
	delete_buffer(guest, 1);
	SEND(guest, glDrawArrays, .mode = GL_TRIANGLES, .count = 3);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.enabled_at_draw, 0);
}

static void pointer_that_the_driver_refused_does_not_count(void **state)
{
	struct guest *guest = *state;

	gen_buffer(guest, 1);
	SEND(guest, glBindBuffer, .target = GL_ARRAY_BUFFER, .buffer = 1);
	SEND(guest, glVertexAttribPointer, .index = 40, .size = 4, .type = GL_FLOAT);
	SEND(guest, glEnableVertexAttribArray, .index = 40);
	SEND(guest, glDrawArrays, .mode = GL_TRIANGLES, .count = 3);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.enabled_at_draw, 0);
}

static void indices_without_a_buffer_are_not_fetched(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glDrawElements, .mode = GL_TRIANGLES, .count = 300, .type = GL_UNSIGNED_SHORT,
		.indices = 0xdead0000);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.drawn, 0);
}

static void client_arrays_go_through_a_buffer(void **state)
{
	struct guest *guest = *state;
	const float vertices[8] = {0};

	WORDS(guest, xgVertexData, vertices, .index = 2, .components = 4, .type = GL_FLOAT,
		.stride = 16, .first = 10, .size = sizeof(vertices),
		.data = inline_data(sizeof(vertices)));
	SEND(guest, glEnableVertexAttribArray, .index = 2);
	SEND(guest, glDrawArrays, .mode = GL_LINES, .first = 10, .count = 2);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.enabled_at_draw, 4);
	/* Vertex 10 is the first byte that was put: the array begins before it in the buffer. */
	assert_int_equal((uintptr_t)xg_stub.pointers[2] + 160, 192);
}

static void client_arrays_may_share_what_was_brought(void **state)
{
	struct guest *guest = *state;
	const float vertices[8] = {0};

	WORDS(guest, xgVertexData, vertices, .index = 2, .components = 2, .type = GL_FLOAT,
		.stride = 16, .first = 10, .size = sizeof(vertices),
		.data = inline_data(sizeof(vertices)));
	SEND(guest, xgVertexShare, .index = 3, .components = 2, .type = GL_FLOAT, .stride = 16,
		.offset = 8);
	SEND(guest, glEnableVertexAttribArray, .index = 3);
	SEND(guest, glDrawArrays, .mode = GL_LINES, .first = 10, .count = 2);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.enabled_at_draw, 8);
	assert_ptr_equal((const char *)xg_stub.pointers[3] - (const char *)xg_stub.pointers[2], 8);
}

static void nothing_is_shared_before_it_was_brought(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgVertexShare, .index = 3, .components = 2, .type = GL_FLOAT, .offset = 8);
	SEND(guest, glEnableVertexAttribArray, .index = 3);
	SEND(guest, glDrawArrays, .mode = GL_LINES, .count = 2);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_INVALID_OPERATION);
	assert_int_equal(xg_stub.enabled_at_draw, 0);
}

static void first_error_stays_until_it_is_asked_for(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgError, .error = GL_INVALID_VALUE);
	SEND(guest, xgError, .error = GL_INVALID_ENUM);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_INVALID_VALUE);
}

static void error_is_gone_once_it_was_asked_for(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgError, .error = GL_INVALID_VALUE);
	ASK(guest, glGetError);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_NO_ERROR);
}

static void texture_beyond_the_quota_is_out_of_memory(void **state)
{
	struct guest *guest = *state;

	guest->client->quota.limit[XG_QUOTA_TEXTURE_BYTES] = 1000;
	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	SEND(guest, glTexImage2D, .target = GL_TEXTURE_2D, .internalformat = GL_RGBA, .width = 64,
		.height = 64, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_OUT_OF_MEMORY);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES], 0);
}

static void texture_memory_comes_back_when_it_is_specified_anew(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	for (int i = 0; i < 3; i++)
		SEND(guest, glTexImage2D, .target = GL_TEXTURE_2D, .internalformat = GL_RGBA,
			.width = 64, .height = 64, .format = GL_RGBA, .type = GL_UNSIGNED_BYTE);
	assert_null(guest_run(guest));
	assert_int_equal(guest->client->quota.used[XG_QUOTA_TEXTURE_BYTES], 64 * 64 * 4);
}

static void wild_name_is_out_of_memory(void **state)
{
	struct guest *guest = *state;

	SEND(guest, glBindTexture, .target = GL_TEXTURE_2D, .texture = 0xfffffff0);
	ASK(guest, glGetError);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), GL_OUT_OF_MEMORY);
}

static void binary_of_a_guest_never_reaches_the_driver(void **state)
{
	struct guest *guest = *state;
	const uint32_t binary[4] = {1, 2, 3, 4};

	xg_stub.binary_length = -1;
	SEND(guest, glCreateProgram, .name = 1);
	WORDS(guest, glProgramBinaryOES, binary, .program = 1, .binaryFormat = 1,
		.binary = inline_data(sizeof(binary)), .length = sizeof(binary));
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.binary_length, 0);
}

static void gl_without_a_context_breaks_a_rule(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgMakeCurrentAgain, .display = GUEST_DISPLAY);
	SEND(guest, glFlush);
	assert_string_equal(guest_run(guest), "a GL command without a current context");
}

static void gl_after_a_binding_that_failed_goes_nowhere(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgMakeCurrentAgain, .display = GUEST_DISPLAY, .context = 99);
	SEND(guest, glDrawArrays, .mode = GL_TRIANGLES, .count = 3);
	ASK(guest, glIsShader, .shader = 1);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.drawn, 0);
	assert_int_equal(xg_fake_stream_result(guest->stream), 0);
}

static void lengths_that_do_not_add_up_break_a_rule(void **state)
{
	struct guest *guest = *state;
	const uint32_t words[] = {100, 0, 0x61616161, 0};

	SEND(guest, glCreateShader, .type = GL_VERTEX_SHADER, .name = 1);
	WORDS(guest, xgShaderSource, words, .shader = 1, .count = 1, .lengths = inline_data(4),
		.size = 4, .data = inline_data(4));
	assert_string_equal(
		guest_run(guest), "the lengths of a shader's strings do not add up to its source");
}

static void unknown_command_breaks_a_rule(void **state)
{
	struct guest *guest = *state;
	struct xg_cmd_glFlush command = {{0}};

	guest_send(guest, 0xefff, false, &command, sizeof(command), NULL, 0);
	assert_non_null(guest_run(guest));
}

static void context_dies_with_its_client_though_it_is_current(void **state)
{
	struct guest *guest = *state;
	const struct xg_data integer = inline_data(4);

	SEND(guest, xgDestroyContext, .display = GUEST_DISPLAY, .context = GUEST_CONTEXT);
	SEND(guest, glFlush);
	ASK(guest, xgCreateContext, .display = GUEST_DISPLAY, .context = 7, .share = 7, .config = 1,
		.error = integer);
	assert_null(guest_run(guest));
	assert_int_equal(*(const int32_t *)xg_fake_stream_answer(guest->stream), EGL_BAD_CONTEXT);
	assert_int_equal(xg_fake_stream_result(guest->stream), 0);
}

static void terminated_display_takes_its_objects_along(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgTerminate, .display = GUEST_DISPLAY);
	assert_null(guest_run(guest));
	assert_int_equal(xg_stub.live, 0);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_CONTEXTS], 0);
}

/* How long its last slice takes is not the guest's to say. */
static void endless_wait_for_a_fence_ends_with_its_stream(void **state)
{
	struct guest *guest = *state;

	xg_stub.is_stuck = true;
	SEND(guest, xgCreateSync, .display = GUEST_DISPLAY, .sync = 9);
	ASK(guest, xgClientWaitSync, .display = GUEST_DISPLAY, .sync = 9, .timeout = EGL_FOREVER,
		.error = inline_data(4));
	xg_fake_stream_kill(guest->stream);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), EGL_TIMEOUT_EXPIRED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, guest_setup, guest_teardown)
		TEST(driver_never_looks_twice_at_shared_memory),
		TEST(names_of_the_guest_become_the_drivers),
		TEST(a_negative_count_of_names_is_an_invalid_value),
		TEST(honest_draw_reaches_the_driver_with_its_arrays),
		TEST(draws_behind_one_another_are_one_call),
		TEST(draw_that_cannot_go_with_others_goes_alone),
		TEST(pointer_without_a_buffer_never_reaches_the_driver),
		TEST(array_whose_buffer_was_deleted_is_not_fetched),
		TEST(pointer_that_the_driver_refused_does_not_count),
		TEST(indices_without_a_buffer_are_not_fetched),
		TEST(client_arrays_go_through_a_buffer),
		TEST(client_arrays_may_share_what_was_brought),
		TEST(nothing_is_shared_before_it_was_brought),
		TEST(first_error_stays_until_it_is_asked_for),
		TEST(error_is_gone_once_it_was_asked_for),
		TEST(texture_beyond_the_quota_is_out_of_memory),
		TEST(texture_memory_comes_back_when_it_is_specified_anew),
		TEST(wild_name_is_out_of_memory),
		TEST(binary_of_a_guest_never_reaches_the_driver),
		TEST(gl_without_a_context_breaks_a_rule),
		TEST(gl_after_a_binding_that_failed_goes_nowhere),
		TEST(lengths_that_do_not_add_up_break_a_rule),
		TEST(unknown_command_breaks_a_rule),
		TEST(endless_wait_for_a_fence_ends_with_its_stream),
		TEST(context_dies_with_its_client_though_it_is_current),
		TEST(terminated_display_takes_its_objects_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

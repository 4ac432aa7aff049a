/* SPDX-License-Identifier: MIT */
/*
 * What the generated test of every command cannot say: arguments that no encoder writes. Records
 * are laid by hand, as an evil guest would.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <GLES3/gl32.h>

#include "validate.h"
#include "xg_cmd.h"

#define BULK_SIZE (1u << 20)

static struct xg_validated validated;
static const char *rule;

/* Whether a command takes the short way where its input, if any, is inline. */
static bool is_short(const struct xg_call_info *call)
{
	return call->flags == XG_CALL_GL && (call->payload_count == 0 || call->has_input);
}

/* The short way agrees, though more records stand behind this one. */
static void check_short_way(const void *record, size_t size, bool is_passed)
{
	const struct xg_record *head = record;
	struct xg_validated_input input = {0};

	if (size < sizeof(*head))
		return;
	assert_int_equal(xg_validate_short(record, (uint32_t)size - 1, &input), 0);

	const uint32_t octets = xg_validate_short(record, (uint32_t)size, &input);

	if (!is_passed || !is_short(validated.call)) {
		assert_int_equal(octets, 0);
	} else if (validated.call->payload_count == 0) {
		assert_int_equal(octets, size);
	} else if (octets || validated.payloads[0].data.place == XG_PLACE_INLINE) {
		assert_int_equal(octets, size);
		assert_ptr_equal(
			input.data, (const uint8_t *)record + validated.payloads[0].inline_offset);
		assert_int_equal(input.size, validated.payloads[0].data.size);
	}
}

static bool passes(const void *record, size_t size)
{
	rule = "";
	const bool is_passed = xg_validate(record, size, BULK_SIZE, &validated, &rule);

	check_short_way(record, size, is_passed);
	return is_passed;
}

static void a_plain_command_is_just_as_long_as_it_is_and_padded_with_zeros(void **state)
{
	struct {
		struct xg_cmd_glUseProgram command;
		uint64_t behind;
	} c = {.command.record = {XG_OP_glUseProgram, 0, sizeof(c.command)}};
	struct xg_record *head = &c.command.record;

	assert_true(passes(&c, sizeof(c.command)));
	c.command.zero_12 = 1;
	assert_false(passes(&c, sizeof(c.command)));
	c.command.zero_12 = 0;
	head->flags = XG_RECORD_REPLY;
	assert_false(passes(&c, sizeof(c.command)));
	head->flags = 0;
	head->size = sizeof(c);
	assert_false(passes(&c, sizeof(c)));
	head->size = 8;
	assert_false(passes(&c, 8));
	*head = (struct xg_record){XG_OP_NONE, 0, 8};
	assert_false(passes(&c, 8));
	*head = (struct xg_record){XG_OPCODE_LAST + 1, 0, 8};
	assert_false(passes(&c, 8));
}

static struct xg_cmd_glTexSubImage2D sub_image(
	uint32_t format, int32_t width, struct xg_data pixels)
{
	return (struct xg_cmd_glTexSubImage2D){
		.record = {XG_OP_glTexSubImage2D, 0, sizeof(struct xg_cmd_glTexSubImage2D)},
		.width = width,
		.height = 1,
		.format = format,
		.type = GL_UNSIGNED_BYTE,
		.pixels = pixels,
	};
}

static void an_image_of_an_unknown_format_carries_nothing(void **state)
{
	struct xg_cmd_glTexSubImage2D c = sub_image(0xdead, 4, (struct xg_data){0, XG_PLACE_NULL});

	assert_true(passes(&c, sizeof(c)));
	assert_false(validated.payloads[0].is_known);
	c.pixels = (struct xg_data){16, XG_PLACE_BULK};
	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, "payload size");
}

static void an_output_of_an_unknown_format_offers_nothing(void **state)
{
	struct xg_cmd_glReadPixels c = {
		.record = {XG_OP_glReadPixels, XG_RECORD_REPLY, sizeof(c)},
		.width = 4,
		.height = 4,
		.format = 0xdead,
		.type = GL_UNSIGNED_BYTE,
		.pixels = {64, XG_PLACE_INLINE},
	};

	assert_false(passes(&c, sizeof(c)));
	c.pixels = (struct xg_data){0, XG_PLACE_NULL};
	assert_true(passes(&c, sizeof(c)));
	c.format = GL_RGBA;
	c.pixels = (struct xg_data){64, XG_PLACE_INLINE};
	assert_true(passes(&c, sizeof(c)));
	c.pixels.size = 63;
	assert_false(passes(&c, sizeof(c)));
	c.pixels.size = 65;
	assert_true(passes(&c, sizeof(c)));
}

static void a_payload_may_end_where_the_bulk_region_does(void **state)
{
	struct xg_cmd_glTexSubImage2D c =
		sub_image(GL_ALPHA, 64, (struct xg_data){64, BULK_SIZE / XG_PLACE_UNIT - 1});

	assert_true(passes(&c, sizeof(c)));
	c.width = 65;
	c.pixels.size = 65;
	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, "payload outside the bulk region");
}

/* Each with the rule that it breaks: behind it nothing may be looked at. */
static void a_record_shorter_than_its_arguments_is_refused_at_once(void **state)
{
	struct {
		struct xg_cmd_glTexSubImage2D c;
		uint64_t rest;
	} laid = {.c = sub_image(GL_RGBA, 1, (struct xg_data){4, XG_PLACE_INLINE})};

	laid.c.record.size = sizeof(laid);
	assert_true(passes(&laid, sizeof(laid)));
	laid.c.record.size = sizeof(laid.c) - 8;
	assert_false(passes(&laid, sizeof(laid.c) - 8));
	assert_string_equal(rule, "arguments cut off");
	laid.c.record.size = sizeof(laid.c);
	assert_false(passes(&laid, sizeof(laid.c)));
	assert_string_equal(rule, "inline payload cut off");
	laid.c.record.size = sizeof(laid) - 4;
	assert_false(passes(&laid, sizeof(laid) - 4));
	assert_string_equal(rule, "record size");
}

static void negative_dimensions_are_the_drivers_to_refuse(void **state)
{
	struct xg_cmd_glTexSubImage2D c =
		sub_image(GL_RGBA, -4, (struct xg_data){0, XG_PLACE_NULL});

	assert_true(passes(&c, sizeof(c)));
	assert_true(validated.payloads[0].is_known);
	c.pixels = (struct xg_data){16, XG_PLACE_BULK};
	assert_false(passes(&c, sizeof(c)));
}

static void a_negative_count_carries_nothing(void **state)
{
	struct xg_cmd_glUniform4fv c = {
		.record = {XG_OP_glUniform4fv, 0, sizeof(c)},
		.count = -1,
		.value = {0, XG_PLACE_NULL},
	};

	assert_true(passes(&c, sizeof(c)));
	c.value = (struct xg_data){UINT32_MAX - 15, XG_PLACE_BULK};
	assert_false(passes(&c, sizeof(c)));
}

/* The driver would take it for what it is, and write as many. */
static void an_unsigned_count_is_never_negative(void **state)
{
	struct xg_cmd_glGetDebugMessageLogKHR c = {
		.record = {XG_OP_glGetDebugMessageLogKHR, XG_RECORD_REPLY, sizeof(c)},
		.count = 0x80000001,
		.sources = {8, XG_PLACE_INLINE},
	};

	assert_false(passes(&c, sizeof(c)));
	c.count = 2;
	assert_true(passes(&c, sizeof(c)));
}

static void a_size_beyond_32_bits_is_refused(void **state)
{
	struct xg_cmd_glBufferData c = {
		.record = {XG_OP_glBufferData, 0, sizeof(c)},
		.size = (1ll << 32) + 16,
		.data = {16, XG_PLACE_BULK},
	};

	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, sizeof(size_t) == 8 ? "payload size" : "payload size overflows");
	c.size = INT64_MAX;
	assert_false(passes(&c, sizeof(c)));
	c.size = 16;
	assert_true(passes(&c, sizeof(c)));
	c.size = INT64_MIN;
	c.data = (struct xg_data){0, XG_PLACE_NULL};
	assert_true(passes(&c, sizeof(c)));
}

static void a_payload_ends_within_the_bulk_region(void **state)
{
	struct xg_cmd_glBufferData c = {
		.record = {XG_OP_glBufferData, 0, sizeof(c)},
		.size = 128,
		.data = {128, BULK_SIZE / XG_PLACE_UNIT - 2},
	};

	assert_true(passes(&c, sizeof(c)));
	c.data.place++;
	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, "payload outside the bulk region");
	rule = "";
	c.data.place = XG_PLACE_BULK;
	assert_false(xg_validate(&c, sizeof(c), 0, &validated, &rule));
}

static void a_null_payload_has_no_size(void **state)
{
	struct xg_cmd_glBufferData c = {
		.record = {XG_OP_glBufferData, 0, sizeof(c)},
		.size = 128,
		.data = {128, XG_PLACE_NULL},
	};

	assert_false(passes(&c, sizeof(c)));
	c.data.size = 0;
	assert_true(passes(&c, sizeof(c)));
}

static void a_string_has_one_end(void **state)
{
	struct {
		struct xg_cmd_glBindAttribLocation head;
		char text[8];
	} c = {
		.head = {.record = {XG_OP_glBindAttribLocation, 0, sizeof(c)},
			.name = {4, XG_PLACE_INLINE}},
		.text = "abc",
	};

	assert_true(passes(&c, sizeof(c)));
	assert_int_equal(validated.payloads[0].inline_offset, sizeof(c.head));
	c.text[1] = 0;
	assert_false(passes(&c, sizeof(c)));
	memcpy(c.text, "abcd", 4);
	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, "a string without its end");
	c.head.name.size = 0;
	assert_false(passes(&c, sizeof(c)));
}

static void a_text_is_not_of_negative_length(void **state)
{
	struct xg_cmd_glPushDebugGroupKHR c = {
		.record = {XG_OP_glPushDebugGroupKHR, 0, sizeof(c)},
		.length = -1,
		.message = {0, XG_PLACE_NULL},
	};

	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, "negative text length");
	c.length = 0;
	assert_true(passes(&c, sizeof(c)));
}

static void octets_between_and_after_payloads_are_refused(void **state)
{
	struct {
		struct xg_cmd_glUniform1fv head;
		uint8_t data[16];
	} c = {
		.head = {.record = {XG_OP_glUniform1fv, 0, sizeof(c)},
			.count = 1,
			.value = {4, XG_PLACE_INLINE}},
	};

	assert_false(passes(&c, sizeof(c)));
	assert_string_equal(rule, "octets left over");
	c.head.record.size = sizeof(c) - 8;
	assert_true(passes(&c, sizeof(c) - 8));
	c.data[5] = 1;
	assert_false(passes(&c, sizeof(c) - 8));
	assert_string_equal(rule, "padding after a payload");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_command_is_just_as_long_as_it_is_and_padded_with_zeros),
		cmocka_unit_test(an_image_of_an_unknown_format_carries_nothing),
		cmocka_unit_test(an_output_of_an_unknown_format_offers_nothing),
		cmocka_unit_test(a_payload_may_end_where_the_bulk_region_does),
		cmocka_unit_test(a_record_shorter_than_its_arguments_is_refused_at_once),
		cmocka_unit_test(negative_dimensions_are_the_drivers_to_refuse),
		cmocka_unit_test(a_negative_count_carries_nothing),
		cmocka_unit_test(an_unsigned_count_is_never_negative),
		cmocka_unit_test(a_size_beyond_32_bits_is_refused),
		cmocka_unit_test(a_payload_ends_within_the_bulk_region),
		cmocka_unit_test(a_null_payload_has_no_size),
		cmocka_unit_test(a_string_has_one_end),
		cmocka_unit_test(a_text_is_not_of_negative_length),
		cmocka_unit_test(octets_between_and_after_payloads_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

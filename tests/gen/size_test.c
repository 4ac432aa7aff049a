/* SPDX-License-Identifier: MIT */
/*
 * How much memory GL's arguments stand for. The expected figures are those of the specification's
 * tables, written out here once more, not taken from format.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "format.h"
#include "size.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* OpenGL ES 3.2 table 8.2 and the extensions: format, type, octets of a texel. */
static const struct {
	uint32_t format, type, octets;
} texels[] = {
	{GL_RGBA, GL_UNSIGNED_BYTE, 4},
	{GL_RGBA, GL_BYTE, 4},
	{GL_RGBA, GL_UNSIGNED_SHORT_4_4_4_4, 2},
	{GL_RGBA, GL_UNSIGNED_SHORT_5_5_5_1, 2},
	{GL_RGBA, GL_UNSIGNED_INT_2_10_10_10_REV, 4},
	{GL_RGBA, GL_HALF_FLOAT, 8},
	{GL_RGBA, GL_HALF_FLOAT_OES, 8},
	{GL_RGBA, GL_FLOAT, 16},
	{GL_RGBA, GL_UNSIGNED_SHORT, 8},
	{GL_RGBA_INTEGER, GL_UNSIGNED_BYTE, 4},
	{GL_RGBA_INTEGER, GL_BYTE, 4},
	{GL_RGBA_INTEGER, GL_UNSIGNED_SHORT, 8},
	{GL_RGBA_INTEGER, GL_SHORT, 8},
	{GL_RGBA_INTEGER, GL_UNSIGNED_INT, 16},
	{GL_RGBA_INTEGER, GL_INT, 16},
	{GL_RGBA_INTEGER, GL_UNSIGNED_INT_2_10_10_10_REV, 4},
	{GL_RGB, GL_UNSIGNED_BYTE, 3},
	{GL_RGB, GL_BYTE, 3},
	{GL_RGB, GL_UNSIGNED_SHORT_5_6_5, 2},
	{GL_RGB, GL_UNSIGNED_INT_10F_11F_11F_REV, 4},
	{GL_RGB, GL_UNSIGNED_INT_5_9_9_9_REV, 4},
	{GL_RGB, GL_UNSIGNED_INT_2_10_10_10_REV, 4},
	{GL_RGB, GL_HALF_FLOAT, 6},
	{GL_RGB, GL_HALF_FLOAT_OES, 6},
	{GL_RGB, GL_FLOAT, 12},
	{GL_RGB_INTEGER, GL_UNSIGNED_BYTE, 3},
	{GL_RGB_INTEGER, GL_SHORT, 6},
	{GL_RGB_INTEGER, GL_INT, 12},
	{GL_RG, GL_UNSIGNED_BYTE, 2},
	{GL_RG, GL_HALF_FLOAT, 4},
	{GL_RG, GL_FLOAT, 8},
	{GL_RG_INTEGER, GL_UNSIGNED_BYTE, 2},
	{GL_RG_INTEGER, GL_UNSIGNED_SHORT, 4},
	{GL_RG_INTEGER, GL_UNSIGNED_INT, 8},
	{GL_RED, GL_UNSIGNED_BYTE, 1},
	{GL_RED, GL_HALF_FLOAT, 2},
	{GL_RED, GL_FLOAT, 4},
	{GL_RED_INTEGER, GL_BYTE, 1},
	{GL_RED_INTEGER, GL_SHORT, 2},
	{GL_RED_INTEGER, GL_INT, 4},
	{GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT, 2},
	{GL_DEPTH_COMPONENT, GL_UNSIGNED_INT_24_8, 4},
	{GL_DEPTH_COMPONENT, GL_UNSIGNED_INT, 4},
	{GL_DEPTH_COMPONENT, GL_FLOAT, 4},
	{GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8, 4},
	{GL_DEPTH_STENCIL, GL_FLOAT_32_UNSIGNED_INT_24_8_REV, 8},
	{GL_STENCIL_INDEX, GL_UNSIGNED_BYTE, 1},
	{GL_LUMINANCE_ALPHA, GL_UNSIGNED_BYTE, 2},
	{GL_LUMINANCE_ALPHA, GL_HALF_FLOAT_OES, 4},
	{GL_LUMINANCE_ALPHA, GL_FLOAT, 8},
	{GL_LUMINANCE, GL_UNSIGNED_BYTE, 1},
	{GL_LUMINANCE, GL_HALF_FLOAT_OES, 2},
	{GL_LUMINANCE, GL_FLOAT, 4},
	{GL_ALPHA, GL_UNSIGNED_BYTE, 1},
	{GL_ALPHA, GL_HALF_FLOAT_OES, 2},
	{GL_ALPHA, GL_FLOAT, 4},
	{GL_BGRA_EXT, GL_UNSIGNED_BYTE, 4},
	{GL_BGRA_EXT, GL_UNSIGNED_SHORT_4_4_4_4_REV_EXT, 2},
	{GL_BGRA_EXT, GL_UNSIGNED_SHORT_1_5_5_5_REV_EXT, 2},
	{0x80e0 /* GL_BGR_EXT */, GL_UNSIGNED_BYTE, 3},
	{GL_RG, GL_SHORT, 4},
	{GL_RGB, GL_UNSIGNED_SHORT, 6},
	{GL_SRGB_EXT, GL_UNSIGNED_BYTE, 3},
	{GL_SRGB_ALPHA_EXT, GL_UNSIGNED_BYTE, 4},
};

static void a_texel_has_the_size_that_the_specification_says(void **state)
{
	for (size_t i = 0; i < COUNT(texels); i++) {
		size_t octets;

		assert_int_equal(
			xg_format_texel_size(texels[i].format, texels[i].type), texels[i].octets);
		assert_true(xg_size_image(texels[i].format, texels[i].type, 7, 5, 3, &octets));
		assert_int_equal(octets, 7 * 5 * 3 * texels[i].octets);
	}
}

static void an_unknown_format_or_type_has_no_size(void **state)
{
	size_t octets = 1;

	assert_int_equal(xg_format_texel_size(0x1234, GL_UNSIGNED_BYTE), 0);
	assert_int_equal(xg_format_texel_size(GL_RGBA, 0x1234), 0);
	assert_int_equal(xg_format_texel_size(GL_RGBA + 0x10000, GL_UNSIGNED_BYTE), 0);
	/* A packed type holds as many components as it says. */
	assert_int_equal(xg_format_texel_size(GL_RGBA, GL_UNSIGNED_SHORT_5_6_5), 0);
	assert_int_equal(xg_format_texel_size(GL_RGB, GL_UNSIGNED_SHORT_4_4_4_4), 0);
	assert_int_equal(xg_format_texel_size(GL_RGB, GL_UNSIGNED_INT_24_8), 0);
	assert_false(xg_size_image(0x1234, GL_UNSIGNED_BYTE, 1, 1, 1, &octets));
	assert_int_equal(octets, 0);
}

static void an_empty_or_negative_image_is_empty(void **state)
{
	static const int32_t sides[][3] = {{0, 4, 4}, {4, 0, 4}, {4, 4, 0}, {-1, 4, 4}, {4, -1, 4},
		{4, 4, -1}, {INT32_MIN, INT32_MIN, 1}};

	for (size_t i = 0; i < COUNT(sides); i++) {
		size_t octets = 1;

		assert_true(xg_size_image(
			GL_RGBA, GL_UNSIGNED_BYTE, sides[i][0], sides[i][1], sides[i][2], &octets));
		assert_int_equal(octets, 0);
		octets = 1;
		assert_true(xg_size_compressed(
			GL_ETC1_RGB8_OES, sides[i][0], sides[i][1], sides[i][2], &octets));
		assert_int_equal(octets, 0);
	}
}

static void a_size_that_does_not_fit_is_as_large_as_can_be(void **state)
{
	size_t octets = 1;

	assert_false(xg_size_image(GL_RGBA, GL_FLOAT, INT32_MAX, INT32_MAX, INT32_MAX, &octets));
	assert_false(xg_size_image(GL_RGBA, GL_FLOAT, INT32_MAX, INT32_MAX, 1, &octets));
	assert_true(octets == SIZE_MAX);
	octets = 1;
	assert_false(xg_size_compressed(
		GL_COMPRESSED_RGBA8_ETC2_EAC, INT32_MAX, INT32_MAX, INT32_MAX, &octets));
	assert_true(octets == SIZE_MAX);
	octets = 1;
	assert_int_equal(xg_size_indices(INT32_MAX, GL_UNSIGNED_INT, &octets), sizeof(size_t) == 8);
	assert_true(octets == (sizeof(size_t) == 8 ? (uint64_t)INT32_MAX * 4 : SIZE_MAX));
	if (sizeof(size_t) == 8) {
		assert_true(
			xg_size_image(GL_RGBA, GL_UNSIGNED_BYTE, INT32_MAX, INT32_MAX, 1, &octets));
		assert_true(octets == (size_t)INT32_MAX * INT32_MAX * 4);
	}
}

/* internal format, octets of 1 × 1, of 13 × 7, of 64 × 32 */
static const struct {
	uint32_t format, one, odd, even;
} compressed[] = {
	{GL_ETC1_RGB8_OES, 8, 64, 1024},
	{GL_COMPRESSED_R11_EAC, 8, 64, 1024},
	{GL_COMPRESSED_SIGNED_R11_EAC, 8, 64, 1024},
	{GL_COMPRESSED_RG11_EAC, 16, 128, 2048},
	{GL_COMPRESSED_SIGNED_RG11_EAC, 16, 128, 2048},
	{GL_COMPRESSED_RGB8_ETC2, 8, 64, 1024},
	{GL_COMPRESSED_SRGB8_ETC2, 8, 64, 1024},
	{GL_COMPRESSED_RGB8_PUNCHTHROUGH_ALPHA1_ETC2, 8, 64, 1024},
	{GL_COMPRESSED_SRGB8_PUNCHTHROUGH_ALPHA1_ETC2, 8, 64, 1024},
	{GL_COMPRESSED_RGBA8_ETC2_EAC, 16, 128, 2048},
	{GL_COMPRESSED_SRGB8_ALPHA8_ETC2_EAC, 16, 128, 2048},
	{GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 8, 64, 1024},
	{GL_COMPRESSED_RGBA_S3TC_DXT1_EXT, 8, 64, 1024},
	{GL_COMPRESSED_RGBA_S3TC_DXT3_EXT, 16, 128, 2048},
	{GL_COMPRESSED_RGBA_S3TC_DXT5_EXT, 16, 128, 2048},
	{GL_COMPRESSED_SRGB_S3TC_DXT1_EXT, 8, 64, 1024},
	{GL_COMPRESSED_SRGB_ALPHA_S3TC_DXT1_EXT, 8, 64, 1024},
	{GL_COMPRESSED_SRGB_ALPHA_S3TC_DXT3_EXT, 16, 128, 2048},
	{GL_COMPRESSED_SRGB_ALPHA_S3TC_DXT5_EXT, 16, 128, 2048},
	{GL_COMPRESSED_RED_RGTC1_EXT, 8, 64, 1024},
	{GL_COMPRESSED_RED_GREEN_RGTC2_EXT, 16, 128, 2048},
	{GL_COMPRESSED_RGBA_BPTC_UNORM_EXT, 16, 128, 2048},
};

static void a_compressed_image_is_counted_in_whole_blocks(void **state)
{
	for (size_t i = 0; i < COUNT(compressed); i++) {
		size_t octets;

		assert_true(xg_size_compressed(compressed[i].format, 1, 1, 1, &octets));
		assert_int_equal(octets, compressed[i].one);
		assert_true(xg_size_compressed(compressed[i].format, 13, 7, 1, &octets));
		assert_int_equal(octets, compressed[i].odd);
		assert_true(xg_size_compressed(compressed[i].format, 64, 32, 1, &octets));
		assert_int_equal(octets, compressed[i].even);
		assert_true(xg_size_compressed(compressed[i].format, 64, 32, 6, &octets));
		assert_int_equal(octets, 6 * compressed[i].even);
	}
}

static const struct {
	uint32_t format;
	int32_t width, height, depth; /* of a block */
} astc[] = {
	{GL_COMPRESSED_RGBA_ASTC_4x4, 4, 4, 1},
	{GL_COMPRESSED_RGBA_ASTC_5x4, 5, 4, 1},
	{GL_COMPRESSED_RGBA_ASTC_5x5, 5, 5, 1},
	{GL_COMPRESSED_RGBA_ASTC_6x5, 6, 5, 1},
	{GL_COMPRESSED_RGBA_ASTC_6x6, 6, 6, 1},
	{GL_COMPRESSED_RGBA_ASTC_8x5, 8, 5, 1},
	{GL_COMPRESSED_RGBA_ASTC_8x6, 8, 6, 1},
	{GL_COMPRESSED_RGBA_ASTC_8x8, 8, 8, 1},
	{GL_COMPRESSED_RGBA_ASTC_10x5, 10, 5, 1},
	{GL_COMPRESSED_RGBA_ASTC_10x6, 10, 6, 1},
	{GL_COMPRESSED_RGBA_ASTC_10x8, 10, 8, 1},
	{GL_COMPRESSED_RGBA_ASTC_10x10, 10, 10, 1},
	{GL_COMPRESSED_RGBA_ASTC_12x10, 12, 10, 1},
	{GL_COMPRESSED_RGBA_ASTC_12x12, 12, 12, 1},
	{GL_COMPRESSED_RGBA_ASTC_3x3x3_OES, 3, 3, 3},
	{GL_COMPRESSED_RGBA_ASTC_4x3x3_OES, 4, 3, 3},
	{GL_COMPRESSED_RGBA_ASTC_4x4x3_OES, 4, 4, 3},
	{GL_COMPRESSED_RGBA_ASTC_4x4x4_OES, 4, 4, 4},
	{GL_COMPRESSED_RGBA_ASTC_5x4x4_OES, 5, 4, 4},
	{GL_COMPRESSED_RGBA_ASTC_5x5x4_OES, 5, 5, 4},
	{GL_COMPRESSED_RGBA_ASTC_5x5x5_OES, 5, 5, 5},
	{GL_COMPRESSED_RGBA_ASTC_6x5x5_OES, 6, 5, 5},
	{GL_COMPRESSED_RGBA_ASTC_6x6x5_OES, 6, 6, 5},
	{GL_COMPRESSED_RGBA_ASTC_6x6x6_OES, 6, 6, 6},
};

static void each_format_of_astc_has_a_block_of_its_own(void **state)
{
	const uint32_t to_srgb = GL_COMPRESSED_SRGB8_ALPHA8_ASTC_4x4 - GL_COMPRESSED_RGBA_ASTC_4x4;

	for (size_t i = 0; i < COUNT(astc); i++) {
		const size_t blocks = (size_t)(120 / astc[i].width) * (120 / astc[i].height) *
				      (60 / astc[i].depth);
		size_t octets;

		assert_true(xg_size_compressed(astc[i].format, 120, 120, 60, &octets));
		assert_int_equal(octets, 16 * blocks);
		assert_true(xg_size_compressed(astc[i].format + to_srgb, 119, 119, 60, &octets));
		assert_int_equal(octets, 16 * blocks);
		assert_true(xg_size_compressed(astc[i].format, 1, 1, 1, &octets));
		assert_int_equal(octets, 16);
	}
}

static void a_format_between_the_compressed_ones_is_not_compressed(void **state)
{
	static const uint32_t formats[] = {GL_RGBA, GL_RGBA8, GL_COMPRESSED_RGBA_ASTC_12x12 + 1,
		GL_COMPRESSED_SRGB8_ALPHA8_ASTC_12x12 + 1, GL_COMPRESSED_RGBA_ASTC_4x4 - 1,
		GL_COMPRESSED_RGBA_ASTC_6x6x6_OES + 1, GL_COMPRESSED_R11_EAC - 1,
		GL_COMPRESSED_SRGB8_ALPHA8_ETC2_EAC + 1, 0, UINT32_MAX};

	for (size_t i = 0; i < COUNT(formats); i++) {
		struct xg_format_block block;

		assert_false(xg_format_block(formats[i], &block));
	}
}

static void indices_are_counted_by_their_type(void **state)
{
	size_t octets;

	assert_true(xg_size_indices(5, GL_UNSIGNED_BYTE, &octets));
	assert_int_equal(octets, 5);
	assert_true(xg_size_indices(5, GL_UNSIGNED_SHORT, &octets));
	assert_int_equal(octets, 10);
	assert_true(xg_size_indices(5, GL_UNSIGNED_INT, &octets));
	assert_int_equal(octets, 20);
	assert_true(xg_size_indices(-5, GL_UNSIGNED_INT, &octets));
	assert_int_equal(octets, 0);
	assert_false(xg_size_indices(5, GL_FLOAT, &octets));
	assert_int_equal(octets, 0);
}

static void parameters_of_several_values_are_counted(void **state)
{
	static const struct {
		bool (*size)(uint32_t pname, size_t *values);
		uint32_t pname;
		size_t values;
	} parameters[] = {
		{xg_size_get, GL_ALIASED_LINE_WIDTH_RANGE, 2},
		{xg_size_get, GL_ALIASED_POINT_SIZE_RANGE, 2},
		{xg_size_get, GL_BLEND_COLOR, 4},
		{xg_size_get, GL_COLOR_CLEAR_VALUE, 4},
		{xg_size_get, GL_COLOR_WRITEMASK, 4},
		{xg_size_get, GL_COMPRESSED_TEXTURE_FORMATS, XG_SIZE_FORMATS_MAX},
		{xg_size_get, GL_DEPTH_RANGE, 2},
		{xg_size_get, GL_MAX_TEXTURE_SIZE, 1},
		{xg_size_get, GL_MAX_VIEWPORT_DIMS, 2},
		{xg_size_get, GL_SCISSOR_BOX, 4},
		{xg_size_get, GL_SHADER_BINARY_FORMATS, XG_SIZE_FORMATS_MAX},
		{xg_size_get, GL_VIEWPORT, 4},
		{xg_size_get, 0xdead, 1},
		{xg_size_tex_parameter, GL_TEXTURE_MIN_FILTER, 1},
		{xg_size_tex_parameter, GL_TEXTURE_BORDER_COLOR, 4},
		{xg_size_vertex_attrib, GL_CURRENT_VERTEX_ATTRIB, 4},
		{xg_size_vertex_attrib, GL_VERTEX_ATTRIB_ARRAY_SIZE, 1},
		{xg_size_program_parameter, GL_LINK_STATUS, 1},
		{xg_size_program_parameter, GL_COMPUTE_WORK_GROUP_SIZE, 3},
		{xg_size_clear_buffer, GL_COLOR, 4},
		{xg_size_clear_buffer, GL_DEPTH, 1},
		{xg_size_clear_buffer, GL_STENCIL, 1},
		{xg_size_clear_buffer, 0xdead, 1},
		{xg_size_get, GL_UNIFORM_BUFFER_BINDING, 1},
		{xg_size_get, GL_MAX_SERVER_WAIT_TIMEOUT, 1},
		{xg_size_one, GL_BUFFER_SIZE, 1},
	};

	for (size_t i = 0; i < COUNT(parameters); i++) {
		size_t values = 0;

		assert_true(parameters[i].size(parameters[i].pname, &values));
		assert_int_equal(values, parameters[i].values);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_texel_has_the_size_that_the_specification_says),
		cmocka_unit_test(an_unknown_format_or_type_has_no_size),
		cmocka_unit_test(an_empty_or_negative_image_is_empty),
		cmocka_unit_test(a_size_that_does_not_fit_is_as_large_as_can_be),
		cmocka_unit_test(a_compressed_image_is_counted_in_whole_blocks),
		cmocka_unit_test(each_format_of_astc_has_a_block_of_its_own),
		cmocka_unit_test(a_format_between_the_compressed_ones_is_not_compressed),
		cmocka_unit_test(indices_are_counted_by_their_type),
		cmocka_unit_test(parameters_of_several_values_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* See format.h. Tables, searched in order: an upload costs far more than the search. */
#include "format.h"

#include <stddef.h>

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#ifndef GL_BGR_EXT
#define GL_BGR_EXT 0x80E0
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	uint16_t format;
	uint8_t components;
} formats[] = {
	{GL_RGBA, 4},
	{GL_RGB, 3},
	{GL_BGRA_EXT, 4},
	{GL_BGR_EXT, 3},
	{GL_ALPHA, 1},
	{GL_LUMINANCE, 1},
	{GL_LUMINANCE_ALPHA, 2},
	{GL_RED, 1},
	{GL_RG, 2},
	{GL_DEPTH_COMPONENT, 1},
	{GL_DEPTH_STENCIL, 2},
	{GL_STENCIL_INDEX, 1},
	{GL_RED_INTEGER, 1},
	{GL_RG_INTEGER, 2},
	{GL_RGB_INTEGER, 3},
	{GL_RGBA_INTEGER, 4},
	{GL_SRGB_EXT, 3},
	{GL_SRGB_ALPHA_EXT, 4},
};

static const struct {
	uint16_t type;
	uint8_t size;
	uint8_t packs; /* one value holds so many components, a bit for each number; 0: just one */
} types[] = {
	{GL_UNSIGNED_BYTE, 1, 0},
	{GL_BYTE, 1, 0},
	{GL_UNSIGNED_SHORT, 2, 0},
	{GL_SHORT, 2, 0},
	{GL_HALF_FLOAT, 2, 0},
	{GL_HALF_FLOAT_OES, 2, 0},
	{GL_UNSIGNED_INT, 4, 0},
	{GL_INT, 4, 0},
	{GL_FLOAT, 4, 0},
	{GL_UNSIGNED_SHORT_5_6_5, 2, 1 << 3},
	{GL_UNSIGNED_SHORT_4_4_4_4, 2, 1 << 4},
	{GL_UNSIGNED_SHORT_5_5_5_1, 2, 1 << 4},
	{GL_UNSIGNED_SHORT_4_4_4_4_REV_EXT, 2, 1 << 4},
	{GL_UNSIGNED_SHORT_1_5_5_5_REV_EXT, 2, 1 << 4},
	{GL_UNSIGNED_INT_2_10_10_10_REV, 4, 1 << 3 | 1 << 4},
	{GL_UNSIGNED_INT_10F_11F_11F_REV, 4, 1 << 3},
	{GL_UNSIGNED_INT_5_9_9_9_REV, 4, 1 << 3},
	{GL_UNSIGNED_INT_24_8, 4, 1 << 1 | 1 << 2}, /* GL_NV_read_depth: one, too */
	{GL_FLOAT_32_UNSIGNED_INT_24_8_REV, 8, 1 << 2},
};

/* A run of consecutive internal formats with the same block. */
static const struct {
	uint16_t first, last;
	struct xg_format_block block;
} blocks[] = {
	{GL_ETC1_RGB8_OES, GL_ETC1_RGB8_OES, {4, 4, 1, 8}},
	{GL_COMPRESSED_R11_EAC, GL_COMPRESSED_SIGNED_R11_EAC, {4, 4, 1, 8}},
	{GL_COMPRESSED_RG11_EAC, GL_COMPRESSED_SIGNED_RG11_EAC, {4, 4, 1, 16}},
	{GL_COMPRESSED_RGB8_ETC2, GL_COMPRESSED_SRGB8_PUNCHTHROUGH_ALPHA1_ETC2, {4, 4, 1, 8}},
	{GL_COMPRESSED_RGBA8_ETC2_EAC, GL_COMPRESSED_SRGB8_ALPHA8_ETC2_EAC, {4, 4, 1, 16}},
	{GL_COMPRESSED_RGB_S3TC_DXT1_EXT, GL_COMPRESSED_RGBA_S3TC_DXT1_EXT, {4, 4, 1, 8}},
	{GL_COMPRESSED_RGBA_S3TC_DXT3_EXT, GL_COMPRESSED_RGBA_S3TC_DXT5_EXT, {4, 4, 1, 16}},
	{GL_COMPRESSED_SRGB_S3TC_DXT1_EXT, GL_COMPRESSED_SRGB_ALPHA_S3TC_DXT1_EXT, {4, 4, 1, 8}},
	{GL_COMPRESSED_SRGB_ALPHA_S3TC_DXT3_EXT, GL_COMPRESSED_SRGB_ALPHA_S3TC_DXT5_EXT,
		{4, 4, 1, 16}},
	{GL_COMPRESSED_RED_RGTC1_EXT, GL_COMPRESSED_SIGNED_RED_RGTC1_EXT, {4, 4, 1, 8}},
	{GL_COMPRESSED_RED_GREEN_RGTC2_EXT, GL_COMPRESSED_SIGNED_RED_GREEN_RGTC2_EXT,
		{4, 4, 1, 16}},
	{GL_COMPRESSED_RGBA_BPTC_UNORM_EXT, GL_COMPRESSED_RGB_BPTC_UNSIGNED_FLOAT_EXT,
		{4, 4, 1, 16}},
};

/* ASTC: the internal formats stand in the order of these block sizes; sRGB is 0x20 further on. */
static const uint8_t astc_blocks[][3] = {{4, 4, 1}, {5, 4, 1}, {5, 5, 1}, {6, 5, 1}, {6, 6, 1},
	{8, 5, 1}, {8, 6, 1}, {8, 8, 1}, {10, 5, 1}, {10, 6, 1}, {10, 8, 1}, {10, 10, 1},
	{12, 10, 1}, {12, 12, 1}};
static const uint8_t astc_volume_blocks[][3] = {{3, 3, 3}, {4, 3, 3}, {4, 4, 3}, {4, 4, 4},
	{5, 4, 4}, {5, 5, 4}, {5, 5, 5}, {6, 5, 5}, {6, 6, 5}, {6, 6, 6}};

#define ASTC_SRGB (GL_COMPRESSED_SRGB8_ALPHA8_ASTC_4x4 - GL_COMPRESSED_RGBA_ASTC_4x4)

uint32_t xg_format_texel_size(uint32_t format, uint32_t type)
{
	uint32_t components = 0;

	for (size_t i = 0; i < COUNT(formats) && !components; i++) {
		if (formats[i].format == format)
			components = formats[i].components;
	}
	for (size_t i = 0; i < COUNT(types) && components; i++) {
		if (types[i].type != type)
			continue;
		if (!types[i].packs)
			return types[i].size * components;
		return types[i].packs >> components & 1 ? types[i].size : 0;
	}
	return 0;
}

static bool astc_block(
	uint32_t index, const uint8_t (*sizes)[3], size_t count, struct xg_format_block *block)
{
	if (index >= ASTC_SRGB && index - ASTC_SRGB < count)
		index -= ASTC_SRGB;
	if (index >= count)
		return false;
	*block = (struct xg_format_block){sizes[index][0], sizes[index][1], sizes[index][2], 16};
	return true;
}

bool xg_format_block(uint32_t internal_format, struct xg_format_block *block)
{
	for (size_t i = 0; i < COUNT(blocks); i++) {
		if (internal_format >= blocks[i].first && internal_format <= blocks[i].last) {
			*block = blocks[i].block;
			return true;
		}
	}
	return astc_block(internal_format - GL_COMPRESSED_RGBA_ASTC_4x4, astc_blocks,
		       COUNT(astc_blocks), block) ||
	       astc_block(internal_format - GL_COMPRESSED_RGBA_ASTC_3x3x3_OES, astc_volume_blocks,
		       COUNT(astc_volume_blocks), block);
}

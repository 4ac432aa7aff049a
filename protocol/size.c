/* SPDX-License-Identifier: MIT */
/* See size.h. */
#include "size.h"

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "base/checked.h"
#include "format.h"

static bool multiply(size_t a, size_t b, size_t c, size_t each, size_t *product)
{
	if (checked_mul(a, b, product) && checked_mul(*product, c, product) &&
		checked_mul(*product, each, product))
		return true;
	*product = SIZE_MAX;
	return false;
}

bool xg_size_image(uint32_t format, uint32_t type, int32_t width, int32_t height, int32_t depth,
	size_t *octets)
{
	const uint32_t texel = xg_format_texel_size(format, type);

	*octets = 0;
	if (!texel)
		return false;
	if (width <= 0 || height <= 0 || depth <= 0)
		return true;
	return multiply((size_t)width, (size_t)height, (size_t)depth, texel, octets);
}

static size_t blocks_in(int32_t texels, uint8_t block)
{
	return ((size_t)texels + block - 1) / block;
}

bool xg_size_compressed(
	uint32_t internal_format, int32_t width, int32_t height, int32_t depth, size_t *octets)
{
	struct xg_format_block block;

	*octets = 0;
	if (!xg_format_block(internal_format, &block))
		return false;
	if (width <= 0 || height <= 0 || depth <= 0)
		return true;
	return multiply(blocks_in(width, block.width), blocks_in(height, block.height),
		blocks_in(depth, block.depth), block.size, octets);
}

bool xg_size_indices(int32_t count, uint32_t type, size_t *octets)
{
	const size_t each = type == GL_UNSIGNED_BYTE	? 1
			    : type == GL_UNSIGNED_SHORT ? 2
			    : type == GL_UNSIGNED_INT	? 4
							: 0;

	*octets = 0;
	if (!each)
		return false;
	return count <= 0 || multiply((size_t)count, 1, 1, each, octets);
}

bool xg_size_get(uint32_t pname, size_t *values)
{
	switch (pname) {
	case GL_ALIASED_LINE_WIDTH_RANGE:
	case GL_ALIASED_POINT_SIZE_RANGE:
	case GL_DEPTH_RANGE:
	case GL_MAX_VIEWPORT_DIMS:
	case GL_MULTISAMPLE_LINE_WIDTH_RANGE:
	case GL_VIEWPORT_BOUNDS_RANGE_OES:
		*values = 2;
		return true;
	case GL_BLEND_COLOR:
	case GL_COLOR_CLEAR_VALUE:
	case GL_COLOR_WRITEMASK:
	case GL_SCISSOR_BOX:
	case GL_VIEWPORT:
		*values = 4;
		return true;
	case GL_PRIMITIVE_BOUNDING_BOX:
		*values = 8;
		return true;
	case GL_COMPRESSED_TEXTURE_FORMATS:
	case GL_PROGRAM_BINARY_FORMATS:
	case GL_SHADER_BINARY_FORMATS:
		*values = XG_SIZE_FORMATS_MAX;
		return true;
	default:
		*values = 1;
		return true;
	}
}

bool xg_size_tex_parameter(uint32_t pname, size_t *values)
{
	*values = pname == GL_TEXTURE_BORDER_COLOR ? 4 : 1;
	return true;
}

bool xg_size_vertex_attrib(uint32_t pname, size_t *values)
{
	*values = pname == GL_CURRENT_VERTEX_ATTRIB ? 4 : 1;
	return true;
}

bool xg_size_program_parameter(uint32_t pname, size_t *values)
{
	*values = pname == GL_COMPUTE_WORK_GROUP_SIZE ? 3 : 1;
	return true;
}

bool xg_size_clear_buffer(uint32_t buffer, size_t *values)
{
	*values = buffer == GL_COLOR ? 4 : 1;
	return true;
}

bool xg_size_one(uint32_t pname, size_t *values)
{
	*values = 1;
	return true;
}

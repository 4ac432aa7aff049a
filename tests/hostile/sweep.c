/* SPDX-License-Identifier: MIT */
/* See sweep.h. Arguments are mostly small numbers, names that exist, enums of GL and edges. */
#include "sweep.h"

#include <stdbool.h>
#include <string.h>

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "validate.h"
#include "xg_opcodes.h"
#include "xg_tables.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const uint32_t enums[] = {GL_TEXTURE_2D, GL_TEXTURE_3D, GL_TEXTURE_CUBE_MAP,
	GL_TEXTURE_2D_ARRAY, GL_TEXTURE_CUBE_MAP_POSITIVE_X, GL_TEXTURE_CUBE_MAP_ARRAY,
	GL_TEXTURE_EXTERNAL_OES, GL_RGBA, GL_RGB, GL_RED, GL_ALPHA, GL_LUMINANCE,
	GL_DEPTH_COMPONENT, GL_DEPTH_STENCIL, GL_STENCIL_INDEX8, GL_RGBA8, GL_RGBA4, GL_R8,
	GL_RGBA32F, GL_RGBA16F, GL_DEPTH24_STENCIL8, GL_RED_INTEGER, GL_RGBA_INTEGER, GL_RGBA8UI,
	GL_BGRA_EXT, GL_UNSIGNED_BYTE, GL_BYTE, GL_UNSIGNED_SHORT, GL_SHORT, GL_UNSIGNED_INT,
	GL_INT, GL_FLOAT, GL_HALF_FLOAT_OES, GL_FIXED, GL_UNSIGNED_SHORT_5_6_5,
	GL_UNSIGNED_SHORT_4_4_4_4, GL_UNSIGNED_INT_24_8, GL_FLOAT_32_UNSIGNED_INT_24_8_REV,
	GL_UNSIGNED_INT_2_10_10_10_REV, GL_ETC1_RGB8_OES, GL_COMPRESSED_RGBA8_ETC2_EAC,
	GL_COMPRESSED_RGB_S3TC_DXT1_EXT, GL_COMPRESSED_RGBA_ASTC_4x4_KHR, GL_ARRAY_BUFFER,
	GL_ELEMENT_ARRAY_BUFFER, GL_PIXEL_UNPACK_BUFFER, GL_PIXEL_PACK_BUFFER, GL_UNIFORM_BUFFER,
	GL_COPY_READ_BUFFER, GL_SHADER_STORAGE_BUFFER, GL_DRAW_INDIRECT_BUFFER, GL_STREAM_DRAW,
	GL_STATIC_DRAW, GL_FRAMEBUFFER, GL_READ_FRAMEBUFFER, GL_DRAW_FRAMEBUFFER, GL_RENDERBUFFER,
	GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1, GL_DEPTH_ATTACHMENT, GL_STENCIL_ATTACHMENT,
	GL_DEPTH_STENCIL_ATTACHMENT, GL_TRIANGLES, GL_LINES, GL_POINTS, GL_TRIANGLE_FAN,
	GL_VERTEX_SHADER, GL_FRAGMENT_SHADER, GL_COMPUTE_SHADER, GL_LINK_STATUS, GL_COMPILE_STATUS,
	GL_INFO_LOG_LENGTH, GL_ACTIVE_UNIFORMS, GL_CURRENT_VERTEX_ATTRIB,
	GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME,
	GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAX_LEVEL, GL_TEXTURE_BASE_LEVEL, GL_TEXTURE_SWIZZLE_R,
	GL_NEAREST, GL_LINEAR_MIPMAP_LINEAR, GL_REPEAT, GL_BLEND, GL_DEPTH_TEST, GL_SCISSOR_TEST,
	GL_STENCIL_TEST, GL_RASTERIZER_DISCARD, GL_PRIMITIVE_RESTART_FIXED_INDEX, GL_DITHER,
	GL_UNPACK_ROW_LENGTH, GL_PACK_ALIGNMENT, GL_UNPACK_ALIGNMENT, GL_PACK_ROW_LENGTH,
	GL_DEBUG_OUTPUT_KHR, GL_DEBUG_OUTPUT_SYNCHRONOUS_KHR, GL_DEBUG_SOURCE_APPLICATION_KHR,
	GL_DEBUG_TYPE_OTHER_KHR, GL_DEBUG_SEVERITY_LOW_KHR, GL_BUFFER_KHR, GL_TEXTURE0, GL_TEXTURE5,
	GL_ANY_SAMPLES_PASSED, GL_TIME_ELAPSED_EXT, GL_QUERY_RESULT, XG_SPIR_V,
	GL_PROGRAM_BINARY_FORMAT_MESA, GL_COMPRESSED_TEXTURE_FORMATS, GL_VERSION, GL_EXTENSIONS,
	GL_TRANSFORM_FEEDBACK_BUFFER, GL_TRANSFORM_FEEDBACK, GL_COPY_WRITE_BUFFER,
	GL_INTERLEAVED_ATTRIBS, GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN,
	GL_TRANSFORM_FEEDBACK_VARYINGS, GL_UNIFORM_BLOCK_ACTIVE_UNIFORM_INDICES,
	GL_UNIFORM_BUFFER_BINDING, GL_ACTIVE_UNIFORM_BLOCKS, GL_UNIFORM_OFFSET,
	GL_SYNC_GPU_COMMANDS_COMPLETE, GL_SYNC_STATUS, GL_COLOR, GL_DEPTH, GL_STENCIL, GL_BACK,
	GL_SAMPLES, GL_RGBA32UI, GL_RGB10_A2, GL_DEPTH32F_STENCIL8, GL_COMPRESSED_RGB8_ETC2,
	GL_STREAM_READ, GL_COLOR_BUFFER_BIT, GL_TEXTURE_COMPARE_MODE, GL_MAP_READ_BIT};

static const uint32_t edges[] = {0, 0xffffffff, 0x7fffffff, 0x80000000, 0x10000, 0xffff, 0x4000,
	0x3f800000, 0x7fc00000, 0xff800000, 0x3fffffff, 0x20000001, 0xfffffffc};

uint32_t random_next(struct random *random)
{
	random->state =
		random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(random->state >> 33) ^ (uint32_t)(random->state >> 11);
}

static uint32_t below(struct random *random, uint32_t limit)
{
	return random_next(random) % limit;
}

static uint32_t random_word(struct random *random)
{
	switch (below(random, 8)) {
	case 0:
	case 1:
	case 2:
		return below(random, 6);
	case 3:
		return below(random, 64);
	case 4:
		return edges[below(random, COUNT(edges))];
	default:
		return enums[below(random, COUNT(enums))];
	}
}

static bool is_left_out(uint32_t opcode)
{
	switch (opcode) {
	case XG_OP_xgMakeCurrent:
	case XG_OP_xgMakeCurrentAgain:
	case XG_OP_xgTerminate:
	case XG_OP_xgClientWaitSync:
	case XG_OP_xgCreateWindowSurface:
	case XG_OP_xgShaderSource: /* random lengths do not add up */
	case XG_OP_xgTransformFeedbackVaryings:
	case XG_OP_xgGetUniformIndices:
		return true;
	default:
		return opcode > XG_OPCODE_LAST || !xg_calls[opcode].name;
	}
}

/* Draws of billions of vertices take the driver hours, and are nothing but slow. */
static void tame(uint8_t *record, uint32_t opcode)
{
	const struct xg_call_info *call = &xg_calls[opcode];
	uint32_t word;

	if (strncmp(call->name, "glDraw", 6) != 0 && opcode != XG_OP_xgDrawElementsData)
		return;
	for (uint32_t at = 12; at + 4 <= call->size; at += 4) {
		memcpy(&word, record + at, 4);
		if (word < 0x80000000 && word > 300 && word != GL_UNSIGNED_INT &&
			word != GL_UNSIGNED_SHORT && word != GL_UNSIGNED_BYTE)
			word %= 300;
		memcpy(record + at, &word, 4);
	}
}

/* What size the validator will want, as far as the record says; SIZE_MAX for none. */
static size_t wanted(
	const uint8_t *record, const struct xg_payload_info *info, struct random *random)
{
	int64_t count = 0;
	int32_t count32;
	size_t size = 0;

	switch ((enum xg_rule)info->rule) {
	case XG_RULE_FIXED:
		return info->factor;
	case XG_RULE_COUNTED:
	case XG_RULE_TEXT:
		memcpy(&count32, record + info->count_offset, 4);
		count = count32;
		if (info->count_size == 8)
			memcpy(&count, record + info->count_offset, 8);
		if (count > (1 << 20))
			return SIZE_MAX;
		return count > 0 ? (size_t)count * info->factor : 0;
	case XG_RULE_SIZED:
		info->size(record, &size);
		return size < (1u << 28) ? size * info->factor : SIZE_MAX;
	default:
		return below(random, 64);
	}
}

static bool place(struct random *random, uint8_t *record, uint32_t *end,
	const struct xg_payload_info *info, uint32_t bulk_size)
{
	const size_t size = wanted(record, info, random);
	struct xg_data data = {(uint32_t)size, XG_PLACE_INLINE};
	uint32_t *at = (uint32_t *)(void *)(record + *end);

	if (size > bulk_size / 2)
		return false;
	if ((info->flags & XG_PAYLOAD_NULLABLE && below(random, 3) == 0) || !size)
		data = (struct xg_data){0, XG_PLACE_NULL};
	else if (size > 8192 || below(random, 4) == 0)
		data.place = XG_PLACE_BULK +
			     below(random, bulk_size / 2 / XG_PLACE_UNIT - XG_PLACE_BULK);
	else if (!(info->flags & XG_PAYLOAD_OUTPUT)) {
		for (uint32_t i = 0; i < xg_wire_pad(data.size) / 4; i++)
			at[i] = random_word(random);
		memset(record + *end + size, 0, xg_wire_pad(data.size) - size);
		if (info->rule == XG_RULE_STRING) {
			memset(record + *end, 'a', size);
			record[*end + size - 1] = 0;
		}
		*end += xg_wire_pad(data.size);
	}
	memcpy(record + info->offset, &data, sizeof(data));
	return *end < XG_RECORD_SIZE_MAX - 16384;
}

uint32_t sweep_make(struct random *random, uint8_t record[XG_RECORD_SIZE_MAX], uint32_t bulk_size)
{
	const uint32_t opcode = 1 + below(random, XG_OPCODE_LAST);
	struct xg_validated validated;
	const char *rule;

	if (is_left_out(opcode))
		return 0;

	const struct xg_call_info *call = &xg_calls[opcode];
	uint32_t end = call->size;

	for (uint32_t at = 8; at < end; at += 4) {
		const uint32_t word = (call->padding >> (at / 4)) & 1 ? 0 : random_word(random);

		memcpy(record + at, &word, 4);
	}
	tame(record, opcode);
	for (uint32_t i = 0; i < call->payload_count; i++) {
		if (!place(random, record, &end, &call->payloads[i], bulk_size))
			return 0;
	}

	const struct xg_record header = {
		(uint16_t)opcode, call->flags & XG_CALL_REPLY ? XG_RECORD_REPLY : 0, end};
	memcpy(record, &header, sizeof(header));
	return xg_validate(record, end, bulk_size, &validated, &rule) ? end : 0;
}

void sweep_spoil(struct random *random, uint8_t record[XG_RECORD_SIZE_MAX], uint32_t size)
{
	const uint32_t bits = 1 + below(random, 8);

	for (uint32_t i = 0; i < bits; i++)
		record[below(random, size)] ^= (uint8_t)(1u << below(random, 8));
}

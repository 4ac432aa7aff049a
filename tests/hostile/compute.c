/* SPDX-License-Identifier: MIT */
/* See compute.h. */
#include "compute.h"

#include <string.h>

#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>

#include "xg_opcodes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The numbers of draws and dispatches are in buffers that no shader gets to write. */
enum { BUFFERS = 4, DRAW_NUMBERS = 5, DISPATCH_NUMBERS = 6, TEXTURES = 4, TEXT_MAX = 1024 };
enum { DRAW_PROGRAM = 1, COMPUTE_PROGRAM = 2, FIRST_SHADER = 3 };

static const struct {
	uint32_t type, program;
	const char *text;
} sources[] = {
	{GL_VERTEX_SHADER, DRAW_PROGRAM,
		"#version 310 es\n"
		"layout(location = 0) in vec4 a; layout(location = 1) in ivec4 b;\n"
		"layout(std430, binding = 0) buffer S { uint n; vec4 s[]; }; out vec4 v;\n"
		"void main() { s[b.x] = a; v = s[b.y + gl_VertexID]; gl_Position = a + vec4(b); }"},
	{GL_FRAGMENT_SHADER, DRAW_PROGRAM,
		"#version 310 es\n"
		"precision highp float; in vec4 v; out vec4 c;\n"
		"layout(binding = 1, offset = 4) uniform atomic_uint counter;\n"
		"layout(r32ui, binding = 0) uniform highp uimage2D i;\n"
		"void main() { c = v; imageStore(i, ivec2(v.xy),\n"
		"  imageLoad(i, ivec2(v.zw)) + atomicCounterIncrement(counter)); }"},
	{GL_COMPUTE_SHADER, COMPUTE_PROGRAM,
		"#version 310 es\n"
		"layout(local_size_x = 4, local_size_y = 2) in;\n"
		"layout(std430, binding = 0) buffer S { int n; int s[]; } a[2];\n"
		"layout(r32f, binding = 1) uniform highp image2DArray i;\n"
		"layout(r32ui, binding = 2) uniform highp uimageCube j;\n"
		"void main() { ivec3 p = ivec3(gl_GlobalInvocationID) * a[0].s[a[1].n];\n"
		"  imageStore(i, p, imageLoad(i, p.yzx)); imageStore(j, p.zxy, imageLoad(j, p));\n"
		"  a[1].s[p.x] = atomicAdd(a[0].s[p.y - a[1].s[p.z]], a[0].s.length()); }"},
};

static uint32_t below(struct random *random, uint32_t limit)
{
	return random_next(random) % limit;
}

/* A number as programs have it, or one that leads far away. */
static uint32_t any_number(struct random *random)
{
	static const uint32_t wild[] = {1000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff};

	return below(random, 3) ? below(random, 9) : wild[below(random, COUNT(wild))];
}

static int64_t any_offset(struct random *random)
{
	static const int64_t wild[] = {-1, -4, -16, -20, INT64_MAX - 3, INT64_MIN, INT32_MAX};

	return below(random, 3) ? 4 * (int64_t)below(random, 17) : wild[below(random, COUNT(wild))];
}

static void put_buffer(
	struct stream *stream, uint32_t target, uint32_t name, const uint32_t *words, uint32_t size)
{
	struct xg_cmd_glBufferData c = {.target = target,
		.size = size,
		.usage = GL_DYNAMIC_COPY,
		.data = {size, words ? XG_PLACE_INLINE : XG_PLACE_NULL}};

	c.data.size = words ? size : 0;
	SEND(stream, glBindBuffer, .target = target, .buffer = name);
	stream_send(stream, XG_OP_glBufferData, 0, &c, sizeof(c), words, words ? size : 0);
}

static void create_programs(struct stream *stream)
{
	SEND(stream, glCreateProgram, .name = DRAW_PROGRAM);
	SEND(stream, glCreateProgram, .name = COMPUTE_PROGRAM);
	for (uint32_t i = 0; i < COUNT(sources); i++) {
		const uint32_t length = (uint32_t)strlen(sources[i].text);
		uint8_t tail[8 + TEXT_MAX] = {0};
		struct xg_cmd_xgShaderSource c = {.shader = FIRST_SHADER + i,
			.count = 1,
			.lengths = {4, XG_PLACE_INLINE},
			.size = length,
			.data = {length, XG_PLACE_INLINE}};

		memcpy(tail, &length, sizeof(length));
		memcpy(tail + 8, sources[i].text, length);
		SEND(stream, glCreateShader, .type = sources[i].type, .name = FIRST_SHADER + i);
		stream_send(stream, XG_OP_xgShaderSource, 0, &c, sizeof(c), tail,
			8 + xg_wire_pad(length));
		SEND(stream, glCompileShader, .shader = FIRST_SHADER + i);
		SEND(stream, glAttachShader, .program = sources[i].program,
			.shader = FIRST_SHADER + i);
	}
	SEND(stream, glLinkProgram, .program = DRAW_PROGRAM);
	SEND(stream, glLinkProgram, .program = COMPUTE_PROGRAM);
}

static void create_textures(struct stream *stream)
{
	SEND(stream, glBindTexture, .target = GL_TEXTURE_2D, .texture = 1);
	SEND(stream, glTexStorage2D, .target = GL_TEXTURE_2D, .levels = 2,
		.internalformat = GL_R32UI, .width = 9, .height = 5);
	SEND(stream, glBindTexture, .target = GL_TEXTURE_2D_ARRAY, .texture = 2);
	SEND(stream, glTexStorage3D, .target = GL_TEXTURE_2D_ARRAY, .levels = 2,
		.internalformat = GL_R32F, .width = 6, .height = 7, .depth = 3);
	SEND(stream, glBindTexture, .target = GL_TEXTURE_CUBE_MAP, .texture = 3);
	SEND(stream, glTexStorage2D, .target = GL_TEXTURE_CUBE_MAP, .levels = 2,
		.internalformat = GL_R32UI, .width = 8, .height = 8);
	SEND(stream, glBindTexture, .target = GL_TEXTURE_2D_MULTISAMPLE, .texture = 4);
	SEND(stream, glTexStorage2DMultisample, .target = GL_TEXTURE_2D_MULTISAMPLE, .samples = 4,
		.internalformat = GL_RGBA8, .width = 8, .height = 8);
}

static void send_bindings(struct stream *stream, struct random *random)
{
	static const uint32_t targets[] = {
		GL_SHADER_STORAGE_BUFFER, GL_ATOMIC_COUNTER_BUFFER, GL_UNIFORM_BUFFER};
	static const uint32_t formats[] = {GL_R32UI, GL_R32F, GL_R32I, GL_RGBA8};
	const uint32_t binding = below(random, 4) ? below(random, 16) : any_number(random);

	SEND(stream, glBindBufferRange, .target = targets[below(random, COUNT(targets))],
		.index = below(random, 3), .buffer = below(random, BUFFERS + 1),
		.offset = any_offset(random), .size = any_offset(random));
	SEND(stream, glBindImageTexture, .unit = below(random, 3),
		.texture = below(random, TEXTURES + 1), .level = (int32_t)any_number(random),
		.layered = below(random, 2), .layer = (int32_t)any_number(random),
		.access = GL_READ_ONLY + below(random, 3),
		.format = formats[below(random, COUNT(formats))]);
	SEND(stream, glVertexAttribFormat, .attribindex = below(random, 3), .size = 4,
		.type = GL_FLOAT, .relativeoffset = any_number(random));
	SEND(stream, glVertexAttribIFormat, .attribindex = 1, .size = 4, .type = GL_INT,
		.relativeoffset = any_number(random));
	SEND(stream, glVertexAttribBinding, .attribindex = below(random, 3),
		.bindingindex = binding);
	SEND(stream, glVertexBindingDivisor, .bindingindex = binding,
		.divisor = any_number(random));
	SEND(stream, glBindVertexBuffer, .bindingindex = binding,
		.buffer = below(random, BUFFERS + 1), .offset = any_offset(random),
		.stride = (int32_t)any_number(random));
	SEND(stream, glBindVertexArrayOES, .array = below(random, 4) ? 1 : 0);
}

/* Counts are small; where a draw begins may be anywhere. */
static void send_draws(struct stream *stream, struct random *random)
{
	const uint32_t numbers[6] = {below(random, 200), below(random, 4), any_number(random),
		below(random, 2) ? any_number(random) : 0, any_number(random), 0};
	const uint32_t groups[4] = {1 + below(random, 3), below(random, 3), 1, 0};
	const uint64_t offset = below(random, 3) ? 0 : (uint64_t) - (int64_t)(4 * below(random, 7));

	put_buffer(stream, GL_DRAW_INDIRECT_BUFFER, DRAW_NUMBERS, numbers, sizeof(numbers));
	put_buffer(stream, GL_DISPATCH_INDIRECT_BUFFER, DISPATCH_NUMBERS, groups, sizeof(groups));
	SEND(stream, glBindBuffer, .target = GL_ELEMENT_ARRAY_BUFFER,
		.buffer = below(random, BUFFERS + 1));
	SEND(stream, glUseProgram, .program = DRAW_PROGRAM);
	SEND(stream, glDrawArraysIndirect, .mode = below(random, 8), .indirect = offset);
	SEND(stream, glDrawElementsIndirect, .mode = below(random, 8),
		.type = GL_UNSIGNED_BYTE + below(random, 3) * 2, .indirect = offset);
	SEND(stream, glDrawArrays, .mode = GL_POINTS, .count = 5);
	SEND(stream, glUseProgram, .program = COMPUTE_PROGRAM);
	SEND(stream, glDispatchCompute, .num_groups_x = below(random, 3), .num_groups_y = 1,
		.num_groups_z = 1 + below(random, 2));
	SEND(stream, glDispatchComputeIndirect, .indirect = -4 * (int64_t)below(random, 4));
	SEND(stream, glMemoryBarrier, .barriers = below(random, 2) ? 0xffffffff : 1);
}

static void send_end(struct stream *stream, struct random *random)
{
	const uint32_t names[2] = {1 + below(random, BUFFERS), 0};
	struct xg_cmd_glDeleteBuffers c = {.n = 1, .buffers = {4, XG_PLACE_INLINE}};
	const uint32_t buffer = 1 + below(random, BUFFERS);

	if (!below(random, 5))
		stream_send(stream, XG_OP_glDeleteBuffers, 0, &c, sizeof(c), names, sizeof(names));
	if (!below(random, 9))
		stream_send(stream, XG_OP_glDeleteTextures, 0, &c, sizeof(c), names, sizeof(names));
	if (!below(random, 9))
		SEND(stream, glLinkProgram, .program = 1 + below(random, 2));
	put_buffer(stream, GL_COPY_WRITE_BUFFER, buffer, NULL, 16 * below(random, 20));
}

static bool ask(struct stream *stream, struct random *random)
{
	const struct xg_data room = {64, XG_PLACE_INLINE}, one = {4, XG_PLACE_INLINE};
	const uint32_t interface = GL_UNIFORM + below(random, 7), program = below(random, 5);

	return ASK(stream, glGetProgramInterfaceiv, NULL, .program = program,
		       .programInterface = interface,
		       .pname = GL_ACTIVE_RESOURCES + below(random, 4), .params = one) &&
	       ASK(stream, glGetProgramResourceName, NULL, .program = program,
		       .programInterface = interface, .index = any_number(random), .bufSize = 64,
		       .length = one, .name = room) &&
	       ASK(stream, glGetTexLevelParameteriv, NULL,
		       .target = below(random, 2) ? GL_TEXTURE_2D : GL_TEXTURE_2D_MULTISAMPLE,
		       .level = (int32_t)any_number(random), .pname = GL_TEXTURE_WIDTH,
		       .params = one) &&
	       ASK(stream, glGetIntegeri_v, NULL, .target = GL_IMAGE_BINDING_NAME,
		       .index = any_number(random), .data = one);
}

bool compute_send(struct stream *stream, struct random *random, uint32_t count)
{
	create_programs(stream);
	create_textures(stream);
	for (uint32_t name = 1; name <= BUFFERS; name++)
		put_buffer(stream, GL_COPY_WRITE_BUFFER, name, NULL, 64 * name);
	struct xg_cmd_glGenVertexArraysOES c = {.n = 1, .arrays = {4, XG_PLACE_INLINE}};
	stream_send(stream, XG_OP_glGenVertexArraysOES, 0, &c, sizeof(c),
		((const uint32_t[]){1, 0}), 8);
	for (uint32_t i = 0; i < count; i++) {
		SEND(stream, glEnableVertexAttribArray, .index = below(random, 2));
		for (int j = 0; j < 3; j++)
			send_bindings(stream, random);
		send_draws(stream, random);
		send_end(stream, random);
		if (!ask(stream, random))
			return false;
	}
	return true;
}

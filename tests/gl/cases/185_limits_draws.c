/* SPDX-License-Identifier: MIT */
/* Counts, offsets, bases and instances of draws and dispatches at their limits. */
#include "../stages.h"

#include <limits.h>

/* Its numbers are 64 bits wide. */
#if UINTPTR_MAX > UINT32_MAX

static const GLint edges[] = {INT_MIN, -1, 0, 1, 3, INT_MAX};
static const GLenum types[] = {GL_UNSIGNED_BYTE, GL_UNSIGNED_SHORT, GL_UNSIGNED_INT};

static GLuint indices, vertices, commands, program, patches, compute;

static void *at(uintptr_t offset)
{
	return (void *)offset;
}

/* What has one count or none; what draws all of 2^31 takes an age. */
static void arrays(void)
{
	for (size_t i = 0; i < COUNT(edges); i++) {
		for (size_t j = 0; j < COUNT(edges); j++) {
			const GLint a = edges[i], b = edges[j];

			say("%d %d", a, b);
			if (b != INT_MAX) {
				DO(glDrawArrays(GL_POINTS, a, b));
				DO(glDrawArraysInstanced(GL_POINTS, a, b, 1));
				DO(glDrawArraysInstanced(GL_TRIANGLES, a, b, 0));
			}
			if (a != INT_MAX && b != INT_MAX)
				DO(glDrawArraysInstanced(GL_POINTS, 0, a, b));
			DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 0, b));
			DO(glDrawArraysInstanced(GL_TRIANGLES, a, -1, b));
			DO(glDrawArrays(a, 0, b < 4 ? b : 0));
		}
	}
}

static void elements(GLenum type)
{
	static const uintptr_t offsets[] = {0, 1, 2, 60, 63, 64, 65, 1 << 20};

	for (size_t i = 0; i < COUNT(edges); i++) {
		const GLint a = edges[i];

		say("type 0x%x, %d", type, a);
		for (size_t j = 0; j < COUNT(edges); j++) {
			const GLint b = edges[j];

			if (a == INT_MAX)
				continue;
			say("by %d", b);
			DO(glDrawElementsBaseVertex(GL_POINTS, a, type, NULL, b));
			/* The range must be true of the indices, which are 0: else anything may be.
			 */
			if (!b || a < 1)
				DO(glDrawRangeElements(GL_POINTS, (GLuint)b, 3, a, type, NULL));
			DO(glDrawRangeElements(GL_POINTS, 0, (GLuint)b, a, type, NULL));
			DO(glDrawRangeElementsBaseVertex(
				GL_POINTS, 4, (GLuint)b, a < 1 ? a : 0, type, NULL, b));
			if (b != INT_MAX) {
				DO(glDrawElementsInstanced(GL_POINTS, a, type, NULL, b));
				DO(glDrawElementsInstancedBaseVertex(
					GL_POINTS, a, type, NULL, b, a));
			}
		}
		for (size_t j = 0; j < COUNT(offsets); j++) {
			if (a == INT_MAX)
				continue;
			say("from %zu", (size_t)offsets[j]);
			DO(glDrawElements(GL_POINTS, a, type, at(offsets[j])));
			DO(glDrawElements(GL_TRIANGLES, a, type, at(offsets[j])));
		}
	}
}

static void indirect(void)
{
	static const uintptr_t offsets[] = {0, 1, 2, 4, 16, 44, 48, 49, 52, 60, 64, 68, 1 << 20,
		INT_MAX, (uintptr_t)1 << 32, UINTPTR_MAX - 3, UINTPTR_MAX};

	for (size_t i = 0; i < COUNT(offsets); i++) {
		say("indirect %llu", (unsigned long long)offsets[i]);
		/* Mesa 22.3 adds the size of a command, and draws where the sum has wrapped. */
		if (offsets[i] <= INTPTR_MAX) {
			DO(glDrawArraysIndirect(GL_POINTS, at(offsets[i])));
			DO(glDrawElementsIndirect(GL_POINTS, GL_UNSIGNED_SHORT, at(offsets[i])));
			DO(glDrawElementsIndirect(GL_POINTS, GL_FLOAT, at(offsets[i])));
		}
		glUseProgram(compute);
		DO(glDispatchComputeIndirect((GLintptr)offsets[i]));
		glUseProgram(program);
		DO(glDispatchComputeIndirect((GLintptr)offsets[i]));
	}
	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, 0);
	DO(glDrawArraysIndirect(GL_POINTS, NULL));
	DO(glDrawElementsIndirect(GL_POINTS, GL_UNSIGNED_SHORT, NULL));
	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, commands);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
	DO(glDrawElementsIndirect(GL_POINTS, GL_UNSIGNED_SHORT, NULL));
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices);
	glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, 0);
	glUseProgram(compute);
	DO(glDispatchComputeIndirect(0));
	glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, commands);
	glUseProgram(program);
}

static void multi(void)
{
	PROC(PFNGLMULTIDRAWARRAYSEXTPROC, glMultiDrawArraysEXT);
	PROC(PFNGLMULTIDRAWELEMENTSEXTPROC, glMultiDrawElementsEXT);
	PROC(PFNGLMULTIDRAWELEMENTSBASEVERTEXEXTPROC, glMultiDrawElementsBaseVertexEXT);
	static const GLsizei draws[] = {INT_MIN, -1, 0, 1, 2, 4};
	static const GLint firsts[][4] = {{0, 1, 2, 3}, {0, -1, 0, 0}, {3, 0, INT_MAX, 0}};
	static const GLsizei counts[][4] = {
		{1, 1, 1, 1}, {0, 3, -1, 1}, {INT_MIN, 0, 0, 0}, {0, 0, 0, 0}};
	const void *offsets[] = {at(0), at(2), at(64), at(60)};

	if (!has_extension("GL_EXT_multi_draw_arrays"))
		return;
	for (size_t i = 0; i < COUNT(draws); i++) {
		for (size_t j = 0; j < COUNT(counts); j++) {
			say("%d draws of counts %zu", draws[i], j);
			for (size_t k = 0; k < COUNT(firsts); k++)
				DO(glMultiDrawArraysEXT(GL_POINTS, firsts[k], counts[j], draws[i]));
			DO(glMultiDrawElementsEXT(
				GL_POINTS, counts[j], GL_UNSIGNED_SHORT, offsets, draws[i]));
			DO(glMultiDrawElementsEXT(
				GL_POINTS, counts[j], GL_FLOAT, offsets, draws[i]));
			DO(glMultiDrawElementsEXT(
				GL_FLOAT, counts[j], GL_UNSIGNED_SHORT, offsets, draws[i]));
			DO(glMultiDrawArraysEXT(GL_FLOAT, firsts[0], counts[j], draws[i]));
			for (size_t k = 0; k < COUNT(firsts) && glMultiDrawElementsBaseVertexEXT;
				k++)
				DO(glMultiDrawElementsBaseVertexEXT(GL_POINTS, counts[j],
					GL_UNSIGNED_SHORT, offsets, draws[i], firsts[k]));
		}
	}
}

static void patch(void)
{
	static const GLint sizes[] = {INT_MIN, -1, 0, 1, 31, 32, 33, INT_MAX};
	GLint is = -7;

	glUseProgram(patches);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		DO(glPatchParameteri(GL_PATCH_VERTICES, sizes[i]));
		glGetIntegerv(GL_PATCH_VERTICES, &is);
		say("%d is %d", sizes[i], is);
		DO(glDrawArrays(GL_PATCHES, 0, 3));
		DO(glDrawArrays(GL_PATCHES, 0, 64));
		DO(glDrawArrays(GL_PATCHES, 0, -1));
		DO(glDrawArrays(GL_TRIANGLES, 0, 3));
		DO(glDrawArraysInstanced(GL_PATCHES, 0, 0, 4));
		DO(glDrawElements(GL_PATCHES, 3, GL_UNSIGNED_SHORT, NULL));
	}
	glUseProgram(program);
	DO(glDrawArrays(GL_PATCHES, 0, 3));
}

static void dispatch(void)
{
	GLint most[3];
	GLuint size[3];

	for (int i = 0; i < 3; i++)
		glGetIntegeri_v(GL_MAX_COMPUTE_WORK_GROUP_COUNT, (GLuint)i, &most[i]);
	say_ints("work groups", most, 3);
	DO(glDispatchCompute(1, 1, 1));
	glUseProgram(compute);
	for (int i = 0; i < 3; i++) {
		const GLuint sizes[] = {0, 1, (GLuint)most[i] + 1, INT_MAX, UINT_MAX};

		for (size_t j = 0; j < COUNT(sizes); j++) {
			size[0] = size[1] = size[2] = 1;
			size[i] = sizes[j];
			say("%u %u %u", size[0], size[1], size[2]);
			DO(glDispatchCompute(size[0], size[1], size[2]));
			size[(i + 1) % 3] = 0;
			DO(glDispatchCompute(size[0], size[1], size[2]));
		}
	}
	for (GLuint bit = 1; bit; bit <<= 1) {
		say("barrier 0x%x", bit);
		DO(glMemoryBarrier(bit));
		DO(glMemoryBarrierByRegion(bit));
	}
	DO(glMemoryBarrier(0));
	DO(glMemoryBarrier(GL_ALL_BARRIER_BITS));
	glUseProgram(program);
}

/* Four points of 32 bytes; indices, all of the first; commands that draw one point or nothing, and
 * dispatch little. */
static void make_buffers(void)
{
	static const float points[32] = {
		-0.5, -0.5, 0, 1, 0.5, -0.5, 0, 1, -0.5, 0.5, 0, 1, 0.5, 0.5, 0, 1};
	static const GLushort order[32] = {0};
	static const GLuint words[16] = {1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0};
	GLuint array;

	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	glGenBuffers(1, &vertices);
	glBindBuffer(GL_ARRAY_BUFFER, vertices);
	glBufferData(GL_ARRAY_BUFFER, sizeof(points), points, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glGenBuffers(1, &indices);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(order), order, GL_STATIC_DRAW);
	glGenBuffers(1, &commands);
	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, commands);
	glBufferData(GL_DRAW_INDIRECT_BUFFER, sizeof(words), words, GL_STATIC_DRAW);
	glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, commands);
	say_error("make_buffers");
}

XG_CASE_ES32(limits_draws)
{
	static const char vertex[] = ES32 "in vec4 position; void main() { gl_Position = position;"
					  " gl_PointSize = 4.0; }";
	static const char fragment[] = ES32 "out vec4 color; void main() { color = vec4(1); }";

	program = LINK({GL_VERTEX_SHADER, vertex}, {GL_FRAGMENT_SHADER, fragment});
	patches = LINK({GL_VERTEX_SHADER, vertex},
		{GL_TESS_CONTROL_SHADER, "#version 320 es\nlayout(vertices = 3) out;"
					 "void main() { gl_out[gl_InvocationID].gl_Position ="
					 " gl_in[gl_InvocationID % gl_PatchVerticesIn].gl_Position;"
					 " gl_TessLevelInner[0] = gl_TessLevelOuter[0] = 1.0;"
					 " gl_TessLevelOuter[1] = gl_TessLevelOuter[2] = 1.0; }"},
		{GL_TESS_EVALUATION_SHADER, "#version 320 es\nlayout(triangles) in;"
					    "void main() { gl_Position = gl_in[0].gl_Position; }"},
		{GL_FRAGMENT_SHADER, fragment});
	compute = LINK({GL_COMPUTE_SHADER,
		"#version 320 es\nlayout(local_size_x = 1) in; void main() { }"});
	make_buffers();
	glUseProgram(program);
	arrays();
	for (size_t i = 0; i < COUNT(types); i++)
		elements(types[i]);
	say_picture("drawn");
	indirect();
	multi();
	patch();
	dispatch();
}

#endif

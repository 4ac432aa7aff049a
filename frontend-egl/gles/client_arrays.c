/* SPDX-License-Identifier: MIT */
/* See client_arrays.h. */
#include "gles/client_arrays.h"

#include <GLES3/gl32.h>
#include <string.h>

#include "gles/vertex.h"
#include "xg_encode.h"

/* Of a longer stride, whole pages might lie between two arrays. */
#define STRIDE_MAX 2048

/* Two of them find room in bulk, so that one is replayed while the next is copied. */
#define BLOCK_MAX (2u << 20)

/* Inlined for the sizes that programs use, so that a vertex costs a few instructions. */
static inline __attribute__((always_inline)) void copy_each(
	uint8_t *to, const uint8_t *from, size_t count, size_t stride, const size_t size)
{
	for (size_t i = 0; i < count; i++)
		memcpy(to + i * size, from + i * stride, size);
}

static void copy_strided(uint8_t *to, const uint8_t *from, size_t count, size_t stride, size_t size)
{
	switch (size) {
	case 4:
		copy_each(to, from, count, stride, 4);
		break;
	case 8:
		copy_each(to, from, count, stride, 8);
		break;
	case 12:
		copy_each(to, from, count, stride, 12);
		break;
	case 16:
		copy_each(to, from, count, stride, 16);
		break;
	default:
		copy_each(to, from, count, stride, size);
		break;
	}
}

/* What is sent of an array. */
struct vertices {
	const void *data;
	uint32_t size; /* octets */
	uint32_t stride;
	uint32_t first; /* the number of the first one */
};

/* The vertices of an attribute, one after the other. False without memory, and for more than the
 * wire carries. */
static bool pack(struct xg_gl gl, const struct xg_attrib *attrib, uint32_t first, uint64_t count,
	struct vertices *packed)
{
	const uint32_t size = xg_attrib_size(attrib);
	const size_t stride = attrib->stride ? attrib->stride : size;
	const uint8_t *from = (const uint8_t *)attrib->pointer + stride * first;

	*packed = (struct vertices){.stride = size, .first = first};
	/* What another than the default array has is the offset in a buffer that is gone. */
	if (!attrib->pointer || gl.state->array->name)
		return true;
	if (count > INT32_MAX / size)
		return false;
	packed->size = (uint32_t)count * size;
	packed->data = from;
	if (stride == size)
		return true;
	uint8_t *to = xg_gl_scratch(gl, packed->size);
	packed->data = to;
	if (to)
		copy_strided(to, from, (size_t)count, stride, size);
	return to;
}

static void send_array(struct xg_gl gl, uint32_t index, const struct vertices *v)
{
	const struct xg_attrib *attrib = &gl.state->array->attribs[index];

	if (attrib->is_integer)
		xg_encode_xgVertexIData(gl.stream, index, attrib->size, attrib->type,
			(GLsizei)v->stride, v->first, v->size, v->data);
	else
		xg_encode_xgVertexData(gl.stream, index, attrib->size, attrib->type,
			attrib->is_normalized, (GLsizei)v->stride, v->first, v->size, v->data);
}

/* Arrays of one stride, each of whose vertices lie within it. */
struct block {
	uintptr_t start, end; /* of the first vertex */
	uint32_t stride;
	uint32_t mask;	/* of attributes */
	uint32_t lead;	/* the one that is at start */
	uint32_t total; /* octets of one vertex in all attributes */
};

/* Whether an attribute's vertices may be taken from a block. */
static bool may_share(struct xg_gl gl, uint32_t index)
{
	const struct xg_vertex_array *array = gl.state->array;

	return array->attribs[index].pointer && !array->attribs[index].is_integer &&
	       !array->bindings[index].divisor;
}

/* Adds an attribute if it lies in the block, with the alignment that it has. */
static void join(struct block *block, const struct xg_attrib *attrib, uint32_t index)
{
	const uint32_t size = xg_attrib_size(attrib);
	const uintptr_t pointer = attrib->pointer;
	const uintptr_t start = pointer < block->start ? pointer : block->start;
	const uintptr_t end = pointer + size > block->end ? pointer + size : block->end;

	if (attrib->stride != block->stride || end - start > block->stride ||
		(pointer ^ block->start) % 4)
		return;
	block->lead = start < block->start ? index : block->lead;
	block->start = start;
	block->end = end;
	block->mask |= 1u << index;
	block->total += size;
}

/* The block that an attribute and others of the mask lie in. False, and none, if it lies in none,
 * or if more than a fourth of it would be sent for nothing. */
static bool find_block(
	struct xg_gl gl, uint32_t mask, uint32_t index, uint64_t count, struct block *block)
{
	const struct xg_attrib *attribs = gl.state->array->attribs;
	const uint32_t stride = attribs[index].stride;

	if (!stride || stride % 4 || stride > STRIDE_MAX || count < 2 ||
		count > BLOCK_MAX / stride || !gl.state->shares_blocks || gl.state->array->name ||
		!may_share(gl, index) || stride <= xg_attrib_size(&attribs[index]))
		return false;
	struct block found = {
		.start = attribs[index].pointer,
		.end = attribs[index].pointer,
		.stride = stride,
		.lead = index,
	};
	for (; mask; mask &= mask - 1) {
		const uint32_t other = (uint32_t)__builtin_ctz(mask);
		if (may_share(gl, other))
			join(&found, &attribs[other], other);
	}
	if (found.total < stride / 4 * 3)
		return false;
	*block = found;
	return true;
}

/* The block's vertices as they are. */
static struct vertices lay_open(const struct block *block, uint32_t first, uint32_t count)
{
	return (struct vertices){
		.data = (const uint8_t *)block->start + (size_t)block->stride * first,
		.size = (count - 1) * block->stride + (uint32_t)(block->end - block->start),
		.stride = block->stride,
		.first = first,
	};
}

/* Where the others are in the array that was sent for the first one. */
static void send_others(struct xg_gl gl, const struct block *block)
{
	for (uint32_t mask = block->mask & ~(1u << block->lead); mask; mask &= mask - 1) {
		const uint32_t index = (uint32_t)__builtin_ctz(mask);
		const struct xg_attrib *attrib = &gl.state->array->attribs[index];

		xg_encode_xgVertexShare(gl.stream, index, attrib->size, attrib->type,
			attrib->is_normalized, (GLsizei)block->stride,
			(uint32_t)(attrib->pointer - block->start));
	}
}

bool xg_client_arrays_send(struct xg_gl gl, uint32_t mask, const struct xg_index_range *range,
	const struct xg_instances *instances)
{
	while (mask) {
		const uint32_t index = (uint32_t)__builtin_ctz(mask);
		const uint32_t divisor = gl.state->array->bindings[index].divisor;
		struct block block = {.mask = 1u << index, .lead = index};
		struct vertices vertices;
		uint32_t first = range->first;
		/* Up to 2^32, which no size_t holds that has 32 bits. */
		uint64_t count = (uint64_t)range->last - range->first + 1;

		if (divisor) {
			first = instances->base;
			count = ((uint64_t)instances->count + divisor - 1) / divisor;
		}
		if (find_block(gl, mask, index, count, &block)) {
			vertices = lay_open(&block, first, (uint32_t)count);
		} else if (!pack(gl, &gl.state->array->attribs[index], first, count, &vertices)) {
			xg_gl_error(gl, GL_OUT_OF_MEMORY);
			return false;
		}
		send_array(gl, block.lead, &vertices);
		send_others(gl, &block);
		mask &= ~block.mask;
	}
	return true;
}

/* SPDX-License-Identifier: MIT */
/* See vertex.h. A deleted buffer leaves only the bound array, as in GL; others keep it alive. */
#include "vertex.h"

#include <stdlib.h>

void xg_vertex_init(struct xg_vertex *vertex)
{
	*vertex = (struct xg_vertex){0};
	vertex->array = &vertex->default_array;
}

void xg_vertex_finish(struct xg_vertex *vertex)
{
	while (vertex->others) {
		struct xg_vertex_array *array = vertex->others;

		vertex->others = array->next;
		free(array);
	}
}

/* Counted so, all zero is as an array begins. */
static uint32_t binding_of(const struct xg_vertex_array *array, uint32_t index)
{
	return (index + array->bindings[index]) % XG_VERTEX_ATTRIBS_MAX;
}

static void set_backed(struct xg_vertex_array *array, uint32_t index)
{
	array->backed &= ~(1u << index);
	array->backed |= (uint32_t)(array->buffers[binding_of(array, index)] != 0) << index;
}

void xg_vertex_bind_buffer(struct xg_vertex *vertex, uint32_t binding, uint32_t buffer)
{
	struct xg_vertex_array *array = vertex->array;

	array->buffers[binding] = buffer;
	if (!array->separate) {
		set_backed(array, binding); /* no other attribute has it, as is nearly always so */
		return;
	}
	for (uint32_t i = 0; i < XG_VERTEX_ATTRIBS_MAX; i++) {
		if (binding_of(array, i) == binding)
			set_backed(array, i);
	}
}

void xg_vertex_set_buffer(struct xg_vertex *vertex, uint32_t index, uint32_t buffer)
{
	struct xg_vertex_array *array = vertex->array;

	if (!array->bindings[index] && array->buffers[index] == buffer)
		return;
	array->bindings[index] = 0;
	array->separate &= ~(1u << index);
	xg_vertex_bind_buffer(vertex, index, buffer);
}

void xg_vertex_use_binding(struct xg_vertex *vertex, uint32_t index, uint32_t binding)
{
	struct xg_vertex_array *array = vertex->array;

	array->bindings[index] = (uint8_t)((binding - index) % XG_VERTEX_ATTRIBS_MAX);
	array->separate &= ~(1u << index);
	array->separate |= (uint32_t)(array->bindings[index] != 0) << index;
	set_backed(array, index);
}

void xg_vertex_bind_array(struct xg_vertex *vertex, uint32_t name)
{
	struct xg_vertex_array *array = vertex->others;

	if (!name) {
		vertex->array = &vertex->default_array;
		return;
	}
	while (array && array->name != name)
		array = array->next;
	if (!array) {
		array = calloc(1, sizeof(*array));
		if (!array)
			abort();
		array->name = name;
		array->next = vertex->others;
		vertex->others = array;
	}
	vertex->array = array;
}

void xg_vertex_forget_array(struct xg_vertex *vertex, uint32_t name)
{
	struct xg_vertex_array **link = &vertex->others;

	while (*link && (*link)->name != name)
		link = &(*link)->next;
	if (!*link)
		return;

	struct xg_vertex_array *array = *link;
	*link = array->next;
	if (vertex->array == array)
		vertex->array = &vertex->default_array;
	free(array);
}

void xg_vertex_forget_buffer(struct xg_vertex *vertex, uint32_t buffer)
{
	struct xg_vertex_array *array = vertex->array;

	if (vertex->array_buffer == buffer)
		vertex->array_buffer = 0;
	if (array->elements == buffer)
		array->elements = 0;
	for (uint32_t i = 0; i < XG_VERTEX_ATTRIBS_MAX; i++) {
		if (array->buffers[i] == buffer)
			xg_vertex_bind_buffer(vertex, i, 0);
	}
}

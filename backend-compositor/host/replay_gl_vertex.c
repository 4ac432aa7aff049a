/* SPDX-License-Identifier: MIT */
/* Vertex arrays and draws: see vertex.h for what is kept from the driver, and why. */
#include "base/checked.h"
#include "context.h"
#include "holds.h"
#include "names.h"
#include "replay.h"
#include "size.h"
#include "stream.h"
#include "validate.h"
#include "xg_thunks.h"

/* A longer one is refused by later versions of GL; only then must the driver be asked. */
enum { SAFE_STRIDE_MAX = 2048 };

/* Octets of one component, 0 for types of which a driver may think one thing or another. */
static uint32_t component_size(uint32_t type)
{
	switch (type) {
	case GL_BYTE:
	case GL_UNSIGNED_BYTE:
		return 1;
	case GL_SHORT:
	case GL_UNSIGNED_SHORT:
		return 2;
	case GL_FLOAT:
	case GL_FIXED:
		return 4;
	default:
		return 0;
	}
}

/* What becomes of an attribute's integers. */
enum conversion {
	CONVERSION_FLOAT,
	CONVERSION_NORMAL, /* floats from 0 or -1 to 1 */
	CONVERSION_NONE,
};

/*
 * Sets an attribute's pointer into the bound buffer. What any driver takes is not checked again;
 * with the rest, only a pointer that the driver took counts as one.
 */
static void set_pointer(struct xg_replay *r, uint32_t buffer, uint32_t index, int32_t size,
	uint32_t type, enum conversion conversion, int32_t stride, uintptr_t offset)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	struct xg_vertex *vertex = &r->context->vertex;
	const void *pointer = buffer ? (const void *)offset : NULL;
	const bool is_plain = conversion != CONVERSION_NONE && index < vertex->attrib_count &&
			      size >= 1 && size <= 4 && component_size(type) && stride >= 0 &&
			      stride <= SAFE_STRIDE_MAX;

	if (!is_plain)
		xg_replay_collect_error(r);
	if (conversion == CONVERSION_NONE)
		gl->glVertexAttribIPointer(index, size, type, stride, pointer);
	else
		gl->glVertexAttribPointer(
			index, size, type, conversion == CONVERSION_NORMAL, stride, pointer);
	if (index < vertex->attrib_count && (is_plain || !xg_replay_collect_error(r)))
		xg_vertex_set_buffer(vertex, index, buffer);
}

void xg_replay_glVertexAttribPointer(struct xg_replay *r,
	const struct xg_cmd_glVertexAttribPointer *c, const struct xg_payload *p)
{
	set_pointer(r, r->context->vertex.array_buffer, c->index, c->size, c->type,
		c->normalized ? CONVERSION_NORMAL : CONVERSION_FLOAT, c->stride,
		(uintptr_t)c->pointer);
}

void xg_replay_xgVertexAttribPointer(struct xg_replay *r,
	const struct xg_cmd_xgVertexAttribPointer *c, const struct xg_payload *p)
{
	set_pointer(r, r->context->vertex.array_buffer, c->index, c->size, c->type,
		c->normalized ? CONVERSION_NORMAL : CONVERSION_FLOAT, c->stride, c->pointer);
}

void xg_replay_glVertexAttribIPointer(struct xg_replay *r,
	const struct xg_cmd_glVertexAttribIPointer *c, const struct xg_payload *p)
{
	set_pointer(r, r->context->vertex.array_buffer, c->index, c->size, c->type, CONVERSION_NONE,
		c->stride, (uintptr_t)c->pointer);
}

void xg_replay_glEnableVertexAttribArray(struct xg_replay *r,
	const struct xg_cmd_glEnableVertexAttribArray *c, const struct xg_payload *p)
{
	struct xg_vertex *vertex = &r->context->vertex;

	xg_replay_gl(r)->glEnableVertexAttribArray(c->index);
	if (c->index < vertex->attrib_count)
		vertex->array->enabled |= 1u << c->index;
}

void xg_replay_glDisableVertexAttribArray(struct xg_replay *r,
	const struct xg_cmd_glDisableVertexAttribArray *c, const struct xg_payload *p)
{
	struct xg_vertex *vertex = &r->context->vertex;

	xg_replay_gl(r)->glDisableVertexAttribArray(c->index);
	if (c->index < vertex->attrib_count)
		vertex->array->enabled &= ~(1u << c->index);
}

void xg_replay_glVertexAttribDivisor(struct xg_replay *r,
	const struct xg_cmd_glVertexAttribDivisor *c, const struct xg_payload *p)
{
	struct xg_vertex *vertex = &r->context->vertex;

	xg_replay_gl(r)->glVertexAttribDivisor(c->index, c->divisor);
	if (c->index < vertex->attrib_count)
		xg_vertex_use_binding(vertex, c->index, c->index);
}

/* False, with the error recorded, for a binding that is not followed here. */
static bool may_use(struct xg_replay *r, uint32_t binding)
{
	if (binding < XG_VERTEX_ATTRIBS_MAX) {
		xg_replay_collect_error(r);
		return true;
	}
	xg_replay_error(r, GL_INVALID_VALUE);
	return false;
}

void xg_replay_glVertexAttribBinding(struct xg_replay *r,
	const struct xg_cmd_glVertexAttribBinding *c, const struct xg_payload *p)
{
	struct xg_vertex *vertex = &r->context->vertex;

	if (!may_use(r, c->bindingindex))
		return;
	xg_replay_gl(r)->glVertexAttribBinding(c->attribindex, c->bindingindex);
	if (!xg_replay_collect_error(r) && c->attribindex < vertex->attrib_count)
		xg_vertex_use_binding(vertex, c->attribindex, c->bindingindex);
}

void xg_replay_glBindVertexBuffer(
	struct xg_replay *r, const struct xg_cmd_glBindVertexBuffer *c, const struct xg_payload *p)
{
	const uint32_t buffer = xg_names_find(r->names, XG_CLASS_BUFFER, c->buffer);

	if (!may_use(r, c->bindingindex))
		return;
	xg_replay_gl(r)->glBindVertexBuffer(
		c->bindingindex, buffer, (GLintptr)c->offset, c->stride);
	if (!xg_replay_collect_error(r))
		xg_vertex_bind_buffer(&r->context->vertex, c->bindingindex, buffer);
}

void xg_replay_glBindVertexArrayOES(struct xg_replay *r,
	const struct xg_cmd_glBindVertexArrayOES *c, const struct xg_payload *p)
{
	const uint32_t name = xg_names_find(r->names, XG_CLASS_VERTEX_ARRAY, c->array);

	xg_replay_gl(r)->glBindVertexArrayOES(name);
	if (name != XG_NAME_UNKNOWN)
		xg_vertex_bind_array(&r->context->vertex, name);
}

/*
 * Binds what the guest had bound before the host bound a buffer of its own. If another context
 * has deleted it meanwhile, its name would lead the driver to make a new object, which nobody
 * counts or deletes: it is let go of.
 */
static void restore_binding(struct xg_replay *r, uint32_t target, uint32_t *name)
{
	if (!xg_names_is_joined(r->names, XG_CLASS_BUFFER, *name))
		*name = 0;
	xg_replay_gl(r)->glBindBuffer(target, *name);
}

/* An attribute's octets, which begin `first` strides into the guest's array, so that the draw's
 * vertex numbers hold. */
static void put_vertices(struct xg_replay *r, const struct xg_cmd_xgVertexData *c,
	enum conversion conversion, const struct xg_payload *data)
{
	struct xg_vertex *vertex = &r->context->vertex;
	const int64_t tight = (int64_t)c->components * component_size(c->type);
	const int64_t stride = c->stride ? c->stride : tight;
	size_t lead = 0, offset = 0;

	if (stride > 0 && !checked_mul(c->first, (size_t)stride, &lead)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return;
	}

	const uint32_t buffer = xg_streaming_put(
		&r->context->vertices, r, GL_ARRAY_BUFFER, data->data, data->size, lead, &offset);
	if (buffer)
		set_pointer(r, buffer, c->index, c->components, c->type, conversion, c->stride,
			offset - lead);
	restore_binding(r, GL_ARRAY_BUFFER, &vertex->array_buffer);
}

void xg_replay_xgVertexData(
	struct xg_replay *r, const struct xg_cmd_xgVertexData *c, const struct xg_payload *p)
{
	put_vertices(r, c, c->normalized ? CONVERSION_NORMAL : CONVERSION_FLOAT, &p[0]);
}

void xg_replay_xgVertexIData(
	struct xg_replay *r, const struct xg_cmd_xgVertexIData *c, const struct xg_payload *p)
{
	const struct xg_cmd_xgVertexData array = {
		.index = c->index,
		.components = c->components,
		.type = c->type,
		.stride = c->stride,
		.first = c->first,
	};

	if (xg_replay_gl(r)->glVertexAttribIPointer)
		put_vertices(r, &array, CONVERSION_NONE, &p[0]);
	else
		xg_replay_error(r, GL_INVALID_OPERATION);
}

void xg_replay_xgVertexShare(
	struct xg_replay *r, const struct xg_cmd_xgVertexShare *c, const struct xg_payload *p)
{
	const struct xg_streaming *vertices = &r->context->vertices;
	const uint32_t buffer = xg_streaming_bind(vertices, r, GL_ARRAY_BUFFER);

	if (!buffer) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	set_pointer(r, buffer, c->index, c->components, c->type,
		c->normalized ? CONVERSION_NORMAL : CONVERSION_FLOAT, c->stride,
		vertices->origin + c->offset);
	restore_binding(r, GL_ARRAY_BUFFER, &r->context->vertex.array_buffer);
}

/* Disables or enables the attributes of a mask. */
static __attribute__((noinline)) void switch_attribs(struct xg_replay *r, uint32_t mask, bool on)
{
	for (uint32_t i = 0; mask; i++, mask >>= 1) {
		if (!(mask & 1))
			continue;
		if (on)
			xg_replay_gl(r)->glEnableVertexAttribArray(i);
		else
			xg_replay_gl(r)->glDisableVertexAttribArray(i);
	}
}

/* What is doubtful before a draw or a dispatch is so no longer. */
static __attribute__((noinline)) void settle_doubts(struct xg_replay *r)
{
	const uint32_t doubts = r->holds->doubts;

	if (doubts & XG_DOUBT_POINTS)
		xg_holds_settle(r);
	if (doubts & XG_DOUBT_PROGRAMS)
		xg_replay_renew_programs(r);
}

static inline void settle(struct xg_replay *r)
{
	if (r->holds->doubts)
		settle_doubts(r);
}

/* Before a draw: hides what has no buffer; the mask is for end_draw. */
static inline uint32_t begin_draw(struct xg_replay *r)
{
	const struct xg_vertex_array *array = r->context->vertex.array;
	const uint32_t bare = array->enabled & ~array->backed;

	settle(r);
	if (bare)
		switch_attribs(r, bare, false);
	return bare;
}

static inline void end_draw(struct xg_replay *r, uint32_t bare)
{
	if (bare)
		switch_attribs(r, bare, true);
	xg_streaming_drawn(&r->context->vertices);
}

void xg_replay_glDrawArrays(
	struct xg_replay *r, const struct xg_cmd_glDrawArrays *c, const struct xg_payload *p)
{
	const uint32_t bare = begin_draw(r);

	xg_replay_gl(r)->glDrawArrays(c->mode, c->first, c->count);
	end_draw(r, bare);
}

void xg_replay_glDrawArraysInstancedEXT(struct xg_replay *r,
	const struct xg_cmd_glDrawArraysInstancedEXT *c, const struct xg_payload *p)
{
	const uint32_t bare = begin_draw(r);

	xg_replay_gl(r)->glDrawArraysInstancedEXT(c->mode, c->start, c->count, c->primcount);
	end_draw(r, bare);
}

void xg_replay_glDrawArraysInstancedBaseInstanceEXT(struct xg_replay *r,
	const struct xg_cmd_glDrawArraysInstancedBaseInstanceEXT *c, const struct xg_payload *p)
{
	const uint32_t bare = begin_draw(r);

	xg_replay_gl(r)->glDrawArraysInstancedBaseInstanceEXT(
		c->mode, c->first, c->count, c->instancecount, c->baseinstance);
	end_draw(r, bare);
}

struct indexed_draw {
	uint32_t mode, type;
	int32_t count, instances, base;
	uint32_t base_instance;
	uintptr_t offset;
	bool is_instanced, has_base, has_base_instance;
};

static bool is_function_missing(const struct xg_gl_table *gl, const struct indexed_draw *d)
{
	if (d->has_base_instance)
		return !gl->glDrawElementsInstancedBaseVertexBaseInstanceEXT;
	if (d->has_base)
		return !gl->glDrawElementsBaseVertexEXT ||
		       !gl->glDrawElementsInstancedBaseVertexEXT;
	return d->is_instanced && !gl->glDrawElementsInstancedEXT;
}

static void draw_elements(struct xg_replay *r, const struct indexed_draw *d)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const void *const indices = (const void *)d->offset;

	if (is_function_missing(gl, d)) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}

	const uint32_t bare = begin_draw(r);

	if (d->has_base_instance)
		gl->glDrawElementsInstancedBaseVertexBaseInstanceEXT(d->mode, d->count, d->type,
			indices, d->instances, d->base, d->base_instance);
	else if (d->is_instanced && d->has_base)
		gl->glDrawElementsInstancedBaseVertexEXT(
			d->mode, d->count, d->type, indices, d->instances, d->base);
	else if (d->has_base)
		gl->glDrawElementsBaseVertexEXT(d->mode, d->count, d->type, indices, d->base);
	else if (d->is_instanced)
		gl->glDrawElementsInstancedEXT(d->mode, d->count, d->type, indices, d->instances);
	else
		gl->glDrawElements(d->mode, d->count, d->type, indices);
	end_draw(r, bare);
}

/*
 * Without a buffer of indices the driver would read an address: then nothing is drawn, but the
 * driver still sees the call, for its errors.
 */
static int32_t count_without_indices(const struct xg_replay *r, int32_t count)
{
	return r->context->vertex.array->elements || count < 0 ? count : 0;
}

void xg_replay_glDrawElements(
	struct xg_replay *r, const struct xg_cmd_glDrawElements *c, const struct xg_payload *p)
{
	const int32_t count = count_without_indices(r, c->count);
	const uint32_t bare = begin_draw(r);

	xg_replay_gl(r)->glDrawElements(
		c->mode, count, c->type, (const void *)(uintptr_t)c->indices);
	end_draw(r, bare);
}

/* As many as a glance at the ring shows. */
#define JOINED_MAX (XG_GLANCE_MAX / sizeof(struct xg_cmd_glDrawElements))

/* Whether a draw behind another can go with it. A call that fails draws nothing, so that those
 * which can fail by their count go alone. */
static bool is_joined(
	const struct xg_cmd_glDrawElements *first, const struct xg_cmd_glDrawElements *c)
{
	struct xg_validated_input input;

	return xg_validate_short(c, sizeof(*c), &input) &&
	       c->record.opcode == XG_OP_glDrawElements && c->mode == first->mode &&
	       c->type == first->type && c->count >= 0;
}

uint32_t xg_replay_draws(struct xg_replay *r, const void *records, uint32_t left)
{
	const struct xg_cmd_glDrawElements *c = records;
	GLsizei counts[JOINED_MAX];
	const void *indices[JOINED_MAX];
	uint32_t n = 0;

	/* Without a buffer of indices; and one who listens hears of each call. */
	if (!r->context->vertex.array->elements || r->context->messages)
		left = 0;
	for (; n < JOINED_MAX && left >= sizeof(*c) && is_joined(records, &c[n]);
		left -= sizeof(*c)) {
		counts[n] = c[n].count;
		indices[n] = (const void *)(uintptr_t)c[n].indices;
		n++;
	}
	if (n < 2) {
		xg_replay_glDrawElements(r, c, NULL);
		return sizeof(*c);
	}

	const uint32_t bare = begin_draw(r);

	xg_replay_gl(r)->glMultiDrawElementsEXT(c->mode, counts, c->type, indices, (GLsizei)n);
	end_draw(r, bare);
	return n * (uint32_t)sizeof(*c);
}

void xg_replay_glDrawElementsInstancedEXT(struct xg_replay *r,
	const struct xg_cmd_glDrawElementsInstancedEXT *c, const struct xg_payload *p)
{
	draw_elements(r, &(struct indexed_draw){
				 .mode = c->mode,
				 .type = c->type,
				 .count = count_without_indices(r, c->count),
				 .offset = (uintptr_t)c->indices,
				 .instances = c->primcount,
				 .is_instanced = true,
			 });
}

void xg_replay_glDrawElementsBaseVertexEXT(struct xg_replay *r,
	const struct xg_cmd_glDrawElementsBaseVertexEXT *c, const struct xg_payload *p)
{
	draw_elements(r, &(struct indexed_draw){
				 .mode = c->mode,
				 .type = c->type,
				 .count = count_without_indices(r, c->count),
				 .offset = (uintptr_t)c->indices,
				 .base = c->basevertex,
				 .has_base = true,
			 });
}

void xg_replay_glDrawElementsInstancedBaseVertexEXT(struct xg_replay *r,
	const struct xg_cmd_glDrawElementsInstancedBaseVertexEXT *c, const struct xg_payload *p)
{
	draw_elements(r, &(struct indexed_draw){
				 .mode = c->mode,
				 .type = c->type,
				 .count = count_without_indices(r, c->count),
				 .offset = (uintptr_t)c->indices,
				 .instances = c->instancecount,
				 .base = c->basevertex,
				 .is_instanced = true,
				 .has_base = true,
			 });
}

void xg_replay_glDrawElementsInstancedBaseVertexBaseInstanceEXT(struct xg_replay *r,
	const struct xg_cmd_glDrawElementsInstancedBaseVertexBaseInstanceEXT *c,
	const struct xg_payload *p)
{
	draw_elements(r, &(struct indexed_draw){
				 .mode = c->mode,
				 .type = c->type,
				 .count = count_without_indices(r, c->count),
				 .offset = (uintptr_t)c->indices,
				 .instances = c->instancecount,
				 .base = c->basevertex,
				 .base_instance = c->baseinstance,
				 .has_base_instance = true,
			 });
}

/* Draws with the guest's own indices, which are counted as they came. */
static void draw_data(
	struct xg_replay *r, struct indexed_draw draw, const struct xg_payload *indices)
{
	size_t offset = 0;

	if (!indices->is_known && draw.count > 0)
		draw.count = 0;

	const uint32_t buffer = xg_streaming_put(&r->context->elements, r, GL_ELEMENT_ARRAY_BUFFER,
		indices->data, indices->is_known ? indices->size : 0, 0, &offset);
	draw.offset = offset;
	if (buffer)
		draw_elements(r, &draw);
	xg_streaming_drawn(&r->context->elements);
	restore_binding(r, GL_ELEMENT_ARRAY_BUFFER, &r->context->vertex.array->elements);
}

/* instances: 0 for a draw that is not instanced. */
void xg_replay_xgDrawElementsData(
	struct xg_replay *r, const struct xg_cmd_xgDrawElementsData *c, const struct xg_payload *p)
{
	const struct indexed_draw draw = {
		.mode = c->mode,
		.type = c->type,
		.count = c->count,
		.instances = c->instances,
		.is_instanced = c->instances != 0,
	};

	draw_data(r, draw, &p[0]);
}

void xg_replay_xgDrawElementsBaseVertexData(struct xg_replay *r,
	const struct xg_cmd_xgDrawElementsBaseVertexData *c, const struct xg_payload *p)
{
	const struct indexed_draw draw = {
		.mode = c->mode,
		.type = c->type,
		.count = c->count,
		.instances = c->instances,
		.base = c->base,
		.is_instanced = c->instances != 0,
		.has_base = true,
	};

	draw_data(r, draw, &p[0]);
}

/*
 * A draw with numbers from a buffer is refused, not mended, if an enabled attribute has none. And
 * Mesa takes what is close to the end of all addresses for a place in a buffer.
 */
static bool may_draw_indirect(struct xg_replay *r, uint64_t untrusted_offset)
{
	const struct xg_vertex_array *array = r->context->vertex.array;

	settle(r);
	if (!(array->enabled & ~array->backed) && untrusted_offset <= INTPTR_MAX)
		return true;
	xg_replay_error(r, GL_INVALID_OPERATION);
	return false;
}

void xg_replay_glDrawArraysIndirect(struct xg_replay *r,
	const struct xg_cmd_glDrawArraysIndirect *c, const struct xg_payload *p)
{
	if (may_draw_indirect(r, c->indirect))
		xg_replay_gl(r)->glDrawArraysIndirect(
			c->mode, (const void *)(uintptr_t)c->indirect);
}

void xg_replay_glDrawElementsIndirect(struct xg_replay *r,
	const struct xg_cmd_glDrawElementsIndirect *c, const struct xg_payload *p)
{
	size_t size;

	/* Of a type that there is not, the driver says so. */
	if (xg_size_indices(1, c->type, &size) && !r->context->vertex.array->elements)
		xg_replay_error(r, GL_INVALID_OPERATION);
	else if (may_draw_indirect(r, c->indirect))
		xg_replay_gl(r)->glDrawElementsIndirect(
			c->mode, c->type, (const void *)(uintptr_t)c->indirect);
}

void xg_replay_xgDrawElementsBaseInstanceData(struct xg_replay *r,
	const struct xg_cmd_xgDrawElementsBaseInstanceData *c, const struct xg_payload *p)
{
	const struct indexed_draw draw = {
		.mode = c->mode,
		.type = c->type,
		.count = c->count,
		.instances = c->instances,
		.base = c->base,
		.base_instance = c->base_instance,
		.has_base_instance = true,
	};

	draw_data(r, draw, &p[0]);
}

void xg_replay_glDispatchCompute(
	struct xg_replay *r, const struct xg_cmd_glDispatchCompute *c, const struct xg_payload *p)
{
	settle(r);
	xg_replay_gl(r)->glDispatchCompute(c->num_groups_x, c->num_groups_y, c->num_groups_z);
}

void xg_replay_glDispatchComputeIndirect(struct xg_replay *r,
	const struct xg_cmd_glDispatchComputeIndirect *c, const struct xg_payload *p)
{
	settle(r);
	xg_replay_gl(r)->glDispatchComputeIndirect((GLintptr)c->indirect);
}

/* SPDX-License-Identifier: MIT */
/* See holds.h. Here are also the commands that bind and attach. */
#include "holds.h"

#include <stdlib.h>

#include "names.h"
#include "replay.h"
#include "vertex.h"
#include "xg_thunks.h"

enum { COLOUR_ATTACHMENTS = 16, DEPTH_SLOT = COLOUR_ATTACHMENTS, STENCIL_SLOT };

static const struct {
	uint32_t target, binding;
} texture_targets[XG_HOLDS_TARGETS] = {
	{GL_TEXTURE_2D, GL_TEXTURE_BINDING_2D},
	{GL_TEXTURE_CUBE_MAP, GL_TEXTURE_BINDING_CUBE_MAP},
	{GL_TEXTURE_EXTERNAL_OES, GL_TEXTURE_BINDING_EXTERNAL_OES},
	{GL_TEXTURE_3D_OES, GL_TEXTURE_BINDING_3D_OES},
	{GL_TEXTURE_2D_ARRAY, GL_TEXTURE_BINDING_2D_ARRAY},
	{GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_BINDING_CUBE_MAP_ARRAY},
	{GL_TEXTURE_2D_MULTISAMPLE, GL_TEXTURE_BINDING_2D_MULTISAMPLE},
	{GL_TEXTURE_2D_MULTISAMPLE_ARRAY, GL_TEXTURE_BINDING_2D_MULTISAMPLE_ARRAY},
	{GL_TEXTURE_BUFFER, GL_TEXTURE_BINDING_BUFFER},
};

static const struct {
	uint32_t target, binding;
} buffer_targets[XG_HOLDS_BUFFERS] = {
	{GL_PIXEL_PACK_BUFFER, GL_PIXEL_PACK_BUFFER_BINDING},
	{GL_PIXEL_UNPACK_BUFFER, GL_PIXEL_UNPACK_BUFFER_BINDING},
	{GL_COPY_READ_BUFFER, GL_COPY_READ_BUFFER_BINDING},
	{GL_COPY_WRITE_BUFFER, GL_COPY_WRITE_BUFFER_BINDING},
	{GL_UNIFORM_BUFFER, GL_UNIFORM_BUFFER_BINDING},
	{GL_TRANSFORM_FEEDBACK_BUFFER, GL_TRANSFORM_FEEDBACK_BUFFER_BINDING},
	{GL_DRAW_INDIRECT_BUFFER, GL_DRAW_INDIRECT_BUFFER_BINDING},
	{GL_DISPATCH_INDIRECT_BUFFER, GL_DISPATCH_INDIRECT_BUFFER_BINDING},
	{GL_ATOMIC_COUNTER_BUFFER, GL_ATOMIC_COUNTER_BUFFER_BINDING},
	{GL_SHADER_STORAGE_BUFFER, GL_SHADER_STORAGE_BUFFER_BINDING},
	{GL_TEXTURE_BUFFER, GL_TEXTURE_BUFFER_BINDING},
};

/* Targets whose indexed points are the context's own. */
static const uint32_t pointed_targets[XG_HOLDS_POINTED] = {
	GL_UNIFORM_BUFFER,
	GL_SHADER_STORAGE_BUFFER,
	GL_ATOMIC_COUNTER_BUFFER,
};

/* Looks for a name, or lets go of it. */
static bool has(const uint32_t *names, uint32_t count, uint32_t name)
{
	for (uint32_t i = 0; i < count; i++) {
		if (names[i] == name)
			return true;
	}
	return false;
}

static void let_go(uint32_t *names, uint32_t count, uint32_t name)
{
	for (uint32_t i = 0; i < count; i++)
		names[i] = names[i] == name ? 0 : names[i];
}

void xg_holds_finish(struct xg_holds *holds)
{
	while (holds->framebuffers) {
		struct xg_held_framebuffer *framebuffer = holds->framebuffers;

		holds->framebuffers = framebuffer->next;
		free(framebuffer);
	}
	while (holds->feedbacks) {
		struct xg_held_feedback *feedback = holds->feedbacks;

		holds->feedbacks = feedback->next;
		free(feedback);
	}
}

static bool array_holds(const struct xg_vertex_array *array, uint32_t buffer)
{
	return array->elements == buffer || has(array->buffers, XG_VERTEX_ATTRIBS_MAX, buffer);
}

static bool feedback_holds(const struct xg_holds *holds, uint32_t buffer)
{
	for (const struct xg_held_feedback *f = holds->feedbacks; f; f = f->next) {
		if (has(f->buffers, XG_HOLDS_FEEDBACKS, buffer))
			return true;
	}
	return false;
}

static bool holds_buffer(const struct xg_holds *holds, uint32_t name)
{
	const struct xg_vertex *vertex = holds->vertex;

	if (has(holds->buffers, XG_HOLDS_BUFFERS, name) ||
		has(holds->points[0], XG_HOLDS_POINTED * XG_HOLDS_POINTS, name) ||
		feedback_holds(holds, name))
		return true;
	if (!vertex)
		return false;
	if (vertex->array_buffer == name || array_holds(&vertex->default_array, name))
		return true;
	for (const struct xg_vertex_array *array = vertex->others; array; array = array->next) {
		if (array_holds(array, name))
			return true;
	}
	return false;
}

static bool is_attached(const struct xg_holds *holds, enum xg_class class, uint32_t name)
{
	for (const struct xg_held_framebuffer *f = holds->framebuffers; f; f = f->next) {
		for (uint32_t i = 0; i < XG_HOLDS_ATTACHMENTS; i++) {
			if (f->attachments[i].name == name && f->attachments[i].class == class)
				return true;
		}
	}
	return false;
}

static bool holds_texture(const struct xg_holds *holds, uint32_t name)
{
	return has(holds->textures[0], holds->units * XG_HOLDS_TARGETS, name) ||
	       has(holds->images, XG_HOLDS_IMAGES, name) ||
	       is_attached(holds, XG_CLASS_TEXTURE, name);
}

bool xg_holds_any(const struct xg_holds *list, enum xg_class class, uint32_t name)
{
	for (const struct xg_holds *holds = list; holds; holds = holds->next) {
		if (class == XG_CLASS_BUFFER && holds_buffer(holds, name))
			return true;
		if (class == XG_CLASS_TEXTURE && holds_texture(holds, name))
			return true;
		if (class == XG_CLASS_SAMPLER && has(holds->samplers, XG_HOLDS_UNITS, name))
			return true;
		if (class == XG_CLASS_RENDERBUFFER &&
			(holds->renderbuffer == name || is_attached(holds, class, name)))
			return true;
	}
	return false;
}

static struct xg_held_framebuffer *get_framebuffer(struct xg_holds *holds, uint32_t name)
{
	struct xg_held_framebuffer *framebuffer = holds->framebuffers;

	while (framebuffer && framebuffer->name != name)
		framebuffer = framebuffer->next;
	if (framebuffer)
		return framebuffer;
	framebuffer = calloc(1, sizeof(*framebuffer));
	if (!framebuffer)
		abort();
	framebuffer->name = name;
	framebuffer->next = holds->framebuffers;
	holds->framebuffers = framebuffer;
	return framebuffer;
}

static uint32_t attachment_of(uint32_t slot)
{
	switch (slot) {
	case DEPTH_SLOT:
		return GL_DEPTH_ATTACHMENT;
	case STENCIL_SLOT:
		return GL_STENCIL_ATTACHMENT;
	default:
		return GL_COLOR_ATTACHMENT0 + slot;
	}
}

/* Reads back what the framebuffer that is bound to a target has in a slot. */
static void read_attachment(
	const struct xg_gl_table *gl, struct xg_held_framebuffer *f, uint32_t target, uint32_t slot)
{
	const uint32_t attachment = attachment_of(slot);
	GLint type = 0, name = 0;

	gl->glGetFramebufferAttachmentParameteriv(
		target, attachment, GL_FRAMEBUFFER_ATTACHMENT_OBJECT_TYPE, &type);
	if (type != GL_NONE)
		gl->glGetFramebufferAttachmentParameteriv(
			target, attachment, GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME, &name);
	f->attachments[slot].class =
		type == GL_RENDERBUFFER ? XG_CLASS_RENDERBUFFER : XG_CLASS_TEXTURE;
	f->attachments[slot].name = (uint32_t)name;
}

static uint32_t bound_framebuffer(const struct xg_gl_table *gl, uint32_t target)
{
	GLint name = 0;

	gl->glGetIntegerv(target == GL_READ_FRAMEBUFFER ? GL_READ_FRAMEBUFFER_BINDING
							: GL_FRAMEBUFFER_BINDING,
		&name);
	return (uint32_t)name;
}

/* What is attached where the guest just asked for it. Nothing changes where it named no target or
 * attachment that there is, and the driver has said so. */
static void read_attachments(struct xg_replay *r, uint32_t target, uint32_t attachment)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t name = bound_framebuffer(gl, target);
	const uint32_t colour = attachment - GL_COLOR_ATTACHMENT0;

	if (xg_replay_collect_error(r) || !name)
		return;

	struct xg_held_framebuffer *f = get_framebuffer(r->holds, name);
	if (colour < COLOUR_ATTACHMENTS)
		read_attachment(gl, f, target, colour);
	if (attachment == GL_DEPTH_ATTACHMENT || attachment == GL_DEPTH_STENCIL_ATTACHMENT)
		read_attachment(gl, f, target, DEPTH_SLOT);
	if (attachment == GL_STENCIL_ATTACHMENT || attachment == GL_DEPTH_STENCIL_ATTACHMENT)
		read_attachment(gl, f, target, STENCIL_SLOT);
}

void xg_replay_glFramebufferTexture2D(struct xg_replay *r,
	const struct xg_cmd_glFramebufferTexture2D *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glFramebufferTexture2D(c->target, c->attachment, c->textarget,
		xg_names_find(r->names, XG_CLASS_TEXTURE, c->texture), c->level);
	read_attachments(r, c->target, c->attachment);
}

void xg_replay_glFramebufferTexture3DOES(struct xg_replay *r,
	const struct xg_cmd_glFramebufferTexture3DOES *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glFramebufferTexture3DOES(c->target, c->attachment, c->textarget,
		xg_names_find(r->names, XG_CLASS_TEXTURE, c->texture), c->level, c->zoffset);
	read_attachments(r, c->target, c->attachment);
}

void xg_replay_glFramebufferRenderbuffer(struct xg_replay *r,
	const struct xg_cmd_glFramebufferRenderbuffer *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glFramebufferRenderbuffer(c->target, c->attachment, c->renderbuffertarget,
		xg_names_find(r->names, XG_CLASS_RENDERBUFFER, c->renderbuffer));
	read_attachments(r, c->target, c->attachment);
}

void xg_replay_glFramebufferTextureLayer(struct xg_replay *r,
	const struct xg_cmd_glFramebufferTextureLayer *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glFramebufferTextureLayer(c->target, c->attachment,
		xg_names_find(r->names, XG_CLASS_TEXTURE, c->texture), c->level, c->layer);
	read_attachments(r, c->target, c->attachment);
}

void xg_replay_glFramebufferTextureEXT(struct xg_replay *r,
	const struct xg_cmd_glFramebufferTextureEXT *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glFramebufferTextureEXT(c->target, c->attachment,
		xg_names_find(r->names, XG_CLASS_TEXTURE, c->texture), c->level);
	read_attachments(r, c->target, c->attachment);
}

/* Every driver has as many. */
#define UNITS_CERTAIN 8u

void xg_replay_glActiveTexture(
	struct xg_replay *r, const struct xg_cmd_glActiveTexture *c, const struct xg_payload *p)
{
	GLint unit = (GLint)c->texture;

	xg_replay_gl(r)->glActiveTexture(c->texture);
	if (c->texture - GL_TEXTURE0 >= UNITS_CERTAIN)
		xg_replay_gl(r)->glGetIntegerv(GL_ACTIVE_TEXTURE, &unit);
	r->holds->unit = (uint32_t)unit - GL_TEXTURE0;
}

void xg_replay_glBindTexture(
	struct xg_replay *r, const struct xg_cmd_glBindTexture *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	struct xg_holds *holds = r->holds;
	const uint32_t name = xg_names_bind(r, XG_CLASS_TEXTURE, c->texture, gl->glGenTextures);
	GLint bound = 0;

	if (holds->unit >= XG_HOLDS_UNITS) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return;
	}
	gl->glBindTexture(c->target, name);
	for (uint32_t i = 0; i < XG_HOLDS_TARGETS; i++) {
		if (texture_targets[i].target != c->target)
			continue;
		/* A texture that was bound to another target is refused. */
		if (name && !xg_names_has_kind(r->names, XG_CLASS_TEXTURE, c->texture, i + 1)) {
			gl->glGetIntegerv(texture_targets[i].binding, &bound);
			if ((uint32_t)bound == name)
				xg_names_set_kind(r->names, XG_CLASS_TEXTURE, c->texture, i + 1);
		} else {
			bound = (GLint)name;
		}
		holds->textures[holds->unit][i] = (uint32_t)bound;
		if (holds->units <= holds->unit)
			holds->units = holds->unit + 1;
		return;
	}
}

void xg_replay_glBindRenderbuffer(
	struct xg_replay *r, const struct xg_cmd_glBindRenderbuffer *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t name =
		xg_names_bind(r, XG_CLASS_RENDERBUFFER, c->renderbuffer, gl->glGenRenderbuffers);

	gl->glBindRenderbuffer(c->target, name);
	if (c->target == GL_RENDERBUFFER)
		r->holds->renderbuffer = name;
}

void xg_replay_glBindSampler(
	struct xg_replay *r, const struct xg_cmd_glBindSampler *c, const struct xg_payload *p)
{
	const uint32_t name = xg_names_find(r->names, XG_CLASS_SAMPLER, c->sampler);

	if (c->unit >= XG_HOLDS_UNITS) {
		xg_replay_error(r, GL_INVALID_VALUE);
		return;
	}
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glBindSampler(c->unit, name);
	if (!xg_replay_collect_error(r))
		r->holds->samplers[c->unit] = name;
}

void xg_replay_glBindImageTexture(
	struct xg_replay *r, const struct xg_cmd_glBindImageTexture *c, const struct xg_payload *p)
{
	const uint32_t name = xg_names_find(r->names, XG_CLASS_TEXTURE, c->texture);

	if (c->unit >= XG_HOLDS_IMAGES) {
		xg_replay_error(r, GL_INVALID_VALUE);
		return;
	}
	xg_replay_collect_error(r);
	xg_replay_gl(r)->glBindImageTexture(
		c->unit, name, c->level, c->layered != 0, c->layer, c->access, c->format);
	if (!xg_replay_collect_error(r))
		r->holds->images[c->unit] = name;
}

struct xg_held_feedback *xg_holds_feedback(struct xg_holds *holds)
{
	struct xg_held_feedback *feedback = holds->feedbacks;

	while (feedback && feedback->name != holds->feedback)
		feedback = feedback->next;
	if (feedback)
		return feedback;
	feedback = calloc(1, sizeof(*feedback));
	if (!feedback)
		abort();
	feedback->name = holds->feedback;
	feedback->next = holds->feedbacks;
	holds->feedbacks = feedback;
	return feedback;
}

static void forget_feedback(struct xg_holds *holds, uint32_t name)
{
	struct xg_held_feedback **link = &holds->feedbacks;

	if (holds->feedback == name)
		holds->feedback = 0;
	while (*link && (*link)->name != name)
		link = &(*link)->next;
	if (!*link)
		return;

	struct xg_held_feedback *feedback = *link;
	*link = feedback->next;
	free(feedback);
}

/* The place of a target's points; XG_HOLDS_POINTED for no such target. */
static uint32_t find_pointed(uint32_t target)
{
	uint32_t i = 0;

	while (i < XG_HOLDS_POINTED && pointed_targets[i] != target)
		i++;
	return i;
}

bool xg_holds_is_point(uint32_t target, uint32_t index)
{
	if (target == GL_TRANSFORM_FEEDBACK_BUFFER)
		return index < XG_HOLDS_FEEDBACKS;
	return find_pointed(target) < XG_HOLDS_POINTED && index < XG_HOLDS_POINTS;
}

/* A deleted buffer may have become smaller without being counted so. */
static bool is_outside(struct xg_replay *r, uint32_t buffer, int64_t start)
{
	return start < 0 ||
	       (uint64_t)start > xg_names_object_bytes(r->names, XG_CLASS_BUFFER, buffer);
}

void xg_holds_bind_point(
	struct xg_replay *r, uint32_t target, uint32_t index, int64_t untrusted_start)
{
	struct xg_holds *holds = r->holds;
	const uint32_t binding = xg_buffer_binding(target), pointed = find_pointed(target);
	GLint name = 0;

	xg_replay_gl(r)->glGetIntegerv(binding, &name);
	xg_holds_bind_buffer(holds, target, (uint32_t)name);
	name = 0;
	xg_replay_gl(r)->glGetIntegeri_v(binding, index, &name);
	if (pointed == XG_HOLDS_POINTED) {
		xg_holds_feedback(holds)->buffers[index] = (uint32_t)name;
		return;
	}
	holds->points[pointed][index] = (uint32_t)name;
	holds->starts[pointed][index] = untrusted_start;
	if (name && is_outside(r, (uint32_t)name, untrusted_start))
		holds->doubts |= XG_DOUBT_POINTS;
}

void xg_holds_settle(struct xg_replay *r)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	struct xg_holds *holds = r->holds;
	GLint general;

	holds->doubts &= ~(uint32_t)XG_DOUBT_POINTS;
	for (uint32_t i = 0; i < XG_HOLDS_POINTED; i++) {
		for (uint32_t index = 0; index < XG_HOLDS_POINTS; index++) {
			uint32_t *point = &holds->points[i][index];

			if (!*point || !is_outside(r, *point, holds->starts[i][index]))
				continue;
			general = 0;
			gl->glGetIntegerv(xg_buffer_binding(pointed_targets[i]), &general);
			gl->glBindBufferBase(pointed_targets[i], index, 0);
			gl->glBindBuffer(pointed_targets[i], (uint32_t)general);
			*point = 0;
		}
	}
}

static void forget_buffer(struct xg_holds *holds, uint32_t name)
{
	struct xg_held_feedback *feedback = xg_holds_feedback(holds);

	let_go(holds->buffers, XG_HOLDS_BUFFERS, name);
	let_go(holds->points[0], XG_HOLDS_POINTED * XG_HOLDS_POINTS, name);
	let_go(feedback->buffers, XG_HOLDS_FEEDBACKS, name);
	if (holds->vertex)
		xg_vertex_forget_buffer(holds->vertex, name);
}

uint32_t xg_buffer_binding(uint32_t target)
{
	for (uint32_t i = 0; i < XG_HOLDS_BUFFERS; i++) {
		if (buffer_targets[i].target == target)
			return buffer_targets[i].binding;
	}
	return 0;
}

void xg_holds_bind_buffer(struct xg_holds *holds, uint32_t target, uint32_t name)
{
	for (uint32_t i = 0; i < XG_HOLDS_BUFFERS; i++) {
		if (buffer_targets[i].target == target)
			holds->buffers[i] = name;
	}
}

/* A deleted object leaves the bound framebuffers only. */
static void detach(struct xg_holds *holds, struct xg_replay *r, enum xg_class class, uint32_t name)
{
	static const uint32_t targets[] = {GL_FRAMEBUFFER, GL_READ_FRAMEBUFFER};
	const struct xg_gl_table *gl = xg_replay_gl(r);

	if (!is_attached(holds, class, name))
		return;
	for (uint32_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		const uint32_t bound = bound_framebuffer(gl, targets[i]);

		if (!bound)
			continue;
		struct xg_held_framebuffer *f = get_framebuffer(holds, bound);
		for (uint32_t slot = 0; slot < XG_HOLDS_ATTACHMENTS; slot++) {
			if (f->attachments[slot].name == name)
				read_attachment(gl, f, targets[i], slot);
		}
	}
}

static void forget_framebuffer(struct xg_holds *holds, uint32_t name)
{
	struct xg_held_framebuffer **link = &holds->framebuffers;

	while (*link && (*link)->name != name)
		link = &(*link)->next;
	if (!*link)
		return;

	struct xg_held_framebuffer *framebuffer = *link;
	*link = framebuffer->next;
	free(framebuffer);
}

void xg_holds_forget(
	struct xg_holds *holds, struct xg_replay *r, enum xg_class class, uint32_t name)
{
	switch (class) {
	case XG_CLASS_TEXTURE:
		let_go(holds->textures[0], holds->units * XG_HOLDS_TARGETS, name);
		let_go(holds->images, XG_HOLDS_IMAGES, name);
		detach(holds, r, class, name);
		break;
	case XG_CLASS_RENDERBUFFER:
		if (holds->renderbuffer == name)
			holds->renderbuffer = 0;
		detach(holds, r, class, name);
		break;
	case XG_CLASS_BUFFER:
		forget_buffer(holds, name);
		break;
	case XG_CLASS_SAMPLER:
		let_go(holds->samplers, XG_HOLDS_UNITS, name);
		break;
	case XG_CLASS_TRANSFORM_FEEDBACK:
		forget_feedback(holds, name);
		break;
	case XG_CLASS_VERTEX_ARRAY:
		if (holds->vertex)
			xg_vertex_forget_array(holds->vertex, name);
		break;
	case XG_CLASS_FRAMEBUFFER:
		forget_framebuffer(holds, name);
		break;
	default:
		break;
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * Queries whose answer the driver gives in its own terms: names of objects are put back into the
 * guest's, and what the host does for its own safety is hidden. The driver writes to a scratch
 * that is as long as its longest answer; the guest gets as much as it has room for.
 */
#include <string.h>

#include "context.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

#ifndef GL_CONTEXT_FLAGS
#define GL_CONTEXT_FLAGS 0x821E
#endif
#define CONTEXT_FLAG_ROBUST_ACCESS  0x4
#define CONTEXT_FLAG_NO_ERROR	    8
#define RESET_NOTIFICATION_STRATEGY GL_RESET_NOTIFICATION_STRATEGY_EXT
#define ROBUST_ACCESS		    GL_CONTEXT_ROBUST_ACCESS_EXT

enum { SCRATCH_WORDS = 1024 };

/* Parameters of glGet that are names of objects. */
static const struct {
	uint32_t pname;
	enum xg_class class;
} name_parameters[] = {
	{GL_ARRAY_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_ELEMENT_ARRAY_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_PIXEL_PACK_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_PIXEL_UNPACK_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_COPY_READ_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_COPY_WRITE_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_UNIFORM_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_DRAW_INDIRECT_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_DISPATCH_INDIRECT_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_ATOMIC_COUNTER_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_SHADER_STORAGE_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_TEXTURE_BUFFER_BINDING, XG_CLASS_BUFFER},
	{GL_TEXTURE_BINDING_2D, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_3D, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_CUBE_MAP, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_2D_ARRAY, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_EXTERNAL_OES, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_2D_MULTISAMPLE, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_2D_MULTISAMPLE_ARRAY, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_CUBE_MAP_ARRAY, XG_CLASS_TEXTURE},
	{GL_TEXTURE_BINDING_BUFFER, XG_CLASS_TEXTURE},
	{GL_RENDERBUFFER_BINDING, XG_CLASS_RENDERBUFFER},
	{GL_DRAW_FRAMEBUFFER_BINDING, XG_CLASS_FRAMEBUFFER},
	{GL_READ_FRAMEBUFFER_BINDING, XG_CLASS_FRAMEBUFFER},
	{GL_CURRENT_PROGRAM, XG_CLASS_PROGRAM},
	{GL_IMAGE_BINDING_NAME, XG_CLASS_TEXTURE},
	{GL_VERTEX_BINDING_BUFFER, XG_CLASS_BUFFER},
	{GL_VERTEX_ARRAY_BINDING_OES, XG_CLASS_VERTEX_ARRAY},
	{GL_SAMPLER_BINDING, XG_CLASS_SAMPLER},
	{GL_TRANSFORM_FEEDBACK_BINDING, XG_CLASS_TRANSFORM_FEEDBACK},
	{GL_PROGRAM_PIPELINE_BINDING, XG_CLASS_PROGRAM_PIPELINE},
};

/*
 * What may be asked for by a number that is the guest's. Mesa knows parameters of external memory,
 * for two of which it calls a function that llvmpipe has not: a guest is told that there are none.
 */
static uint32_t askable(uint32_t pname)
{
	const bool is_external = pname == GL_DEVICE_UUID_EXT || pname == GL_DRIVER_UUID_EXT ||
				 pname == GL_DEVICE_LUID_EXT || pname == GL_DEVICE_NODE_MASK_EXT;

	return is_external ? GL_NONE : pname;
}

/* Copies an answer's words as far as there is room. */
static void answer(const struct xg_payload *output, const void *words)
{
	if (output->data)
		memcpy(output->data, words,
			output->size < SCRATCH_WORDS * 4 ? output->size : SCRATCH_WORDS * 4);
}

/* The class of the objects whose names a parameter is; NULL for others. */
static const enum xg_class *class_of(uint32_t pname)
{
	for (size_t i = 0; i < sizeof(name_parameters) / sizeof(name_parameters[0]); i++) {
		if (name_parameters[i].pname == pname)
			return &name_parameters[i].class;
	}
	return NULL;
}

/* A parameter's value in the guest's terms. */
static int64_t guest_value(const struct xg_replay *r, uint32_t pname, int64_t value)
{
	const enum xg_class *class = class_of(pname);

	return class ? xg_names_reverse(r->names, *class, (uint32_t)value) : value;
}

/* True, with the guest's value, if the parameter is not for the driver alone to answer. */
static bool get_translated(struct xg_replay *r, uint32_t pname, int32_t *value)
{
	const struct xg_host_context *context = r->context;
	GLint answers[16] = {0};

	switch (pname) {
	case RESET_NOTIFICATION_STRATEGY:
		*value = (int32_t)context->reset_strategy;
		return true;
	case ROBUST_ACCESS:
		*value = context->is_robust;
		return true;
	case GL_CONTEXT_FLAGS:
		xg_replay_gl(r)->glGetIntegerv(pname, answers);
		*value = answers[0] & ~(CONTEXT_FLAG_ROBUST_ACCESS | CONTEXT_FLAG_NO_ERROR);
		*value |= context->is_robust ? CONTEXT_FLAG_ROBUST_ACCESS : 0;
		*value |= context->wants_no_error ? CONTEXT_FLAG_NO_ERROR : 0;
		return true;
	default:
		break;
	}
	if (!class_of(pname))
		return false;
	xg_replay_gl(r)->glGetIntegerv(pname, answers);
	*value = (int32_t)guest_value(r, pname, answers[0]);
	return true;
}

void xg_replay_glGetIntegerv(
	struct xg_replay *r, const struct xg_cmd_glGetIntegerv *c, const struct xg_payload *p)
{
	GLint words[SCRATCH_WORDS] = {0};

	if (!get_translated(r, c->pname, &words[0]))
		xg_replay_gl(r)->glGetIntegerv(askable(c->pname), words);
	answer(&p[0], words);
}

void xg_replay_glGetFloatv(
	struct xg_replay *r, const struct xg_cmd_glGetFloatv *c, const struct xg_payload *p)
{
	GLfloat words[SCRATCH_WORDS] = {0};
	int32_t value;

	if (get_translated(r, c->pname, &value))
		words[0] = (GLfloat)value;
	else
		xg_replay_gl(r)->glGetFloatv(askable(c->pname), words);
	answer(&p[0], words);
}

void xg_replay_glGetBooleanv(
	struct xg_replay *r, const struct xg_cmd_glGetBooleanv *c, const struct xg_payload *p)
{
	GLboolean bytes[SCRATCH_WORDS * 4] = {0};
	int32_t value;

	if (get_translated(r, c->pname, &value))
		bytes[0] = value != 0;
	else
		xg_replay_gl(r)->glGetBooleanv(askable(c->pname), bytes);
	answer(&p[0], bytes);
}

/* Each of them has one value for each index, or those of the same name without. */
void xg_replay_glGetIntegeri_v(
	struct xg_replay *r, const struct xg_cmd_glGetIntegeri_v *c, const struct xg_payload *p)
{
	GLint words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetIntegeri_v(askable(c->target), c->index, words);
	words[0] = (GLint)guest_value(r, c->target, words[0]);
	answer(&p[0], words);
}

void xg_replay_glGetBooleani_v(
	struct xg_replay *r, const struct xg_cmd_glGetBooleani_v *c, const struct xg_payload *p)
{
	GLboolean bytes[SCRATCH_WORDS * 4] = {0};

	xg_replay_gl(r)->glGetBooleani_v(askable(c->target), c->index, bytes);
	answer(&p[0], bytes);
}

void xg_replay_glGetFloati_vOES(
	struct xg_replay *r, const struct xg_cmd_glGetFloati_vOES *c, const struct xg_payload *p)
{
	GLfloat words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetFloati_vOES(askable(c->target), c->index, words);
	if (class_of(c->target))
		words[0] = (GLfloat)guest_value(r, c->target, (int64_t)words[0]);
	answer(&p[0], words);
}

static void answer_longs(const struct xg_payload *output, const GLint64 *longs)
{
	if (output->data)
		memcpy(output->data, longs,
			output->size < SCRATCH_WORDS * 4 ? output->size : SCRATCH_WORDS * 4);
}

void xg_replay_glGetInteger64i_v(
	struct xg_replay *r, const struct xg_cmd_glGetInteger64i_v *c, const struct xg_payload *p)
{
	GLint64 longs[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetInteger64i_v(askable(c->target), c->index, longs);
	longs[0] = guest_value(r, c->target, longs[0]);
	answer_longs(&p[0], longs);
}

void xg_replay_glGetInteger64v(
	struct xg_replay *r, const struct xg_cmd_glGetInteger64v *c, const struct xg_payload *p)
{
	GLint64 longs[SCRATCH_WORDS] = {0};
	int32_t value;

	if (get_translated(r, c->pname, &value))
		longs[0] = value;
	else
		xg_replay_gl(r)->glGetInteger64v(askable(c->pname), longs);
	answer_longs(&p[0], longs);
}

void xg_replay_glGetVertexAttribiv(
	struct xg_replay *r, const struct xg_cmd_glGetVertexAttribiv *c, const struct xg_payload *p)
{
	GLint words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetVertexAttribiv(c->index, c->pname, words);
	if (c->pname == GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING)
		words[0] = (GLint)xg_names_reverse(r->names, XG_CLASS_BUFFER, (uint32_t)words[0]);
	answer(&p[0], words);
}

void xg_replay_glGetVertexAttribfv(
	struct xg_replay *r, const struct xg_cmd_glGetVertexAttribfv *c, const struct xg_payload *p)
{
	GLfloat words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetVertexAttribfv(c->index, c->pname, words);
	if (c->pname == GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING)
		words[0] = (GLfloat)xg_names_reverse(r->names, XG_CLASS_BUFFER, (uint32_t)words[0]);
	answer(&p[0], words);
}

void xg_replay_glGetVertexAttribIiv(struct xg_replay *r,
	const struct xg_cmd_glGetVertexAttribIiv *c, const struct xg_payload *p)
{
	GLint words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetVertexAttribIiv(c->index, c->pname, words);
	if (c->pname == GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING)
		words[0] = (GLint)xg_names_reverse(r->names, XG_CLASS_BUFFER, (uint32_t)words[0]);
	answer(&p[0], words);
}

void xg_replay_glGetVertexAttribIuiv(struct xg_replay *r,
	const struct xg_cmd_glGetVertexAttribIuiv *c, const struct xg_payload *p)
{
	GLuint words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetVertexAttribIuiv(c->index, c->pname, words);
	if (c->pname == GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING)
		words[0] = xg_names_reverse(r->names, XG_CLASS_BUFFER, words[0]);
	answer(&p[0], words);
}

void xg_replay_glGetFramebufferAttachmentParameteriv(struct xg_replay *r,
	const struct xg_cmd_glGetFramebufferAttachmentParameteriv *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	GLint words[SCRATCH_WORDS] = {0};
	GLint type = 0;

	gl->glGetFramebufferAttachmentParameteriv(c->target, c->attachment, c->pname, words);
	if (c->pname == GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME && words[0]) {
		gl->glGetFramebufferAttachmentParameteriv(
			c->target, c->attachment, GL_FRAMEBUFFER_ATTACHMENT_OBJECT_TYPE, &type);
		words[0] = (GLint)xg_names_reverse(r->names,
			type == GL_TEXTURE ? XG_CLASS_TEXTURE : XG_CLASS_RENDERBUFFER,
			(uint32_t)words[0]);
	}
	answer(&p[0], words);
}

void xg_replay_glGetQueryivEXT(
	struct xg_replay *r, const struct xg_cmd_glGetQueryivEXT *c, const struct xg_payload *p)
{
	GLint words[SCRATCH_WORDS] = {0};

	xg_replay_gl(r)->glGetQueryivEXT(c->target, c->pname, words);
	if (c->pname == GL_CURRENT_QUERY_EXT)
		words[0] = (GLint)xg_names_reverse(r->names, XG_CLASS_QUERY, (uint32_t)words[0]);
	answer(&p[0], words);
}

/* Adds text to an answer of that length, as far as there is room; the length is that of the whole.
 */
static void append(const struct xg_payload *output, size_t *length, const char *text, size_t size)
{
	if (output->data && *length < output->size)
		memcpy((char *)output->data + *length, text,
			size < output->size - *length ? size : output->size - *length);
	*length += size;
}

static void append_names(struct xg_replay *r, const struct xg_payload *output, uint32_t first)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	size_t length = 0;
	GLint count = 0;

	gl->glGetIntegerv(GL_NUM_EXTENSIONS, &count);
	for (uint32_t i = first; i < (uint32_t)count; i++) {
		const char *name = (const char *)gl->glGetStringi(GL_EXTENSIONS, i);

		if (!name)
			return;
		append(output, &length, name, strlen(name));
		append(output, &length, " ", 1);
	}
	append(output, &length, "", 1);
	*xg_replay_result(r) = length;
}

/* The result is the string's size with its NUL, 0 if there is none. */
void xg_replay_xgGetString(
	struct xg_replay *r, const struct xg_cmd_xgGetString *c, const struct xg_payload *p)
{
	const char *string = NULL;
	size_t length = 0;

	if (c->index < 0)
		string = (const char *)xg_replay_gl(r)->glGetString(c->name);
	else if (c->name == GL_EXTENSIONS && xg_replay_gl(r)->glGetStringi)
		append_names(r, &p[0], (uint32_t)c->index);
	if (!string)
		return;
	append(&p[0], &length, string, strlen(string) + 1);
	*xg_replay_result(r) = length;
}

/* The guest's pixel store stays in the guest; the driver is asked for its errors only. */
void xg_replay_glPixelStorei(
	struct xg_replay *r, const struct xg_cmd_glPixelStorei *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	GLint old[SCRATCH_WORDS] = {0};

	xg_replay_collect_error(r);
	/* The guest may have named anything, whose value may be long. */
	gl->glGetIntegerv(askable(c->pname), old);
	gl->glGetError();
	gl->glPixelStorei(c->pname, c->param);
	if (!xg_replay_collect_error(r))
		gl->glPixelStorei(c->pname, old[0]);
}

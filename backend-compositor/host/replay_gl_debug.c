/* SPDX-License-Identifier: MIT */
/*
 * Labels of objects (KHR_debug, EXT_debug_label): the class of a name follows from another
 * argument. And the driver's messages for a callback, which is the guest's.
 */
#include <string.h>

#include "context.h"
#include "debug_messages.h"
#include "names.h"
#include "replay.h"
#include "xenglass/debug.h"
#include "xg_thunks.h"

static const struct {
	uint32_t identifier;
	enum xg_class class;
} identifiers[] = {
	{GL_BUFFER_KHR, XG_CLASS_BUFFER},
	{GL_BUFFER_OBJECT_EXT, XG_CLASS_BUFFER},
	{GL_SHADER_KHR, XG_CLASS_SHADER},
	{GL_SHADER_OBJECT_EXT, XG_CLASS_SHADER},
	{GL_PROGRAM_KHR, XG_CLASS_PROGRAM},
	{GL_PROGRAM_OBJECT_EXT, XG_CLASS_PROGRAM},
	{GL_QUERY_KHR, XG_CLASS_QUERY},
	{GL_QUERY_OBJECT_EXT, XG_CLASS_QUERY},
	{GL_PROGRAM_PIPELINE_KHR, XG_CLASS_PROGRAM_PIPELINE},
	{GL_PROGRAM_PIPELINE_OBJECT_EXT, XG_CLASS_PROGRAM_PIPELINE},
	{GL_VERTEX_ARRAY_KHR, XG_CLASS_VERTEX_ARRAY},
	{GL_VERTEX_ARRAY_OBJECT_EXT, XG_CLASS_VERTEX_ARRAY},
	{GL_SAMPLER_KHR, XG_CLASS_SAMPLER},
	{GL_TRANSFORM_FEEDBACK, XG_CLASS_TRANSFORM_FEEDBACK},
	{GL_TEXTURE, XG_CLASS_TEXTURE},
	{GL_FRAMEBUFFER, XG_CLASS_FRAMEBUFFER},
	{GL_RENDERBUFFER, XG_CLASS_RENDERBUFFER},
};

/* The driver's name; of an unknown kind none, so that the driver raises its error. */
static uint32_t find(struct xg_replay *r, uint32_t identifier, uint32_t untrusted_name)
{
	for (size_t i = 0; i < sizeof(identifiers) / sizeof(identifiers[0]); i++) {
		if (identifiers[i].identifier == identifier)
			return xg_names_find(r->names, identifiers[i].class, untrusted_name);
	}
	return XG_NAME_UNKNOWN;
}

void xg_replay_glObjectLabelKHR(
	struct xg_replay *r, const struct xg_cmd_glObjectLabelKHR *c, const struct xg_payload *p)
{
	xg_replay_gl(r)->glObjectLabelKHR(
		c->identifier, find(r, c->identifier, c->name), c->length, p[0].data);
}

void xg_replay_glLabelObjectEXT(
	struct xg_replay *r, const struct xg_cmd_glLabelObjectEXT *c, const struct xg_payload *p)
{
	xg_replay_gl(r)->glLabelObjectEXT(
		c->type, find(r, c->type, c->object), c->length, p[0].data);
}

/* The smaller of what the guest said and what it has room for. */
static int32_t room(int32_t size, const struct xg_payload *label)
{
	return size > 0 && (size_t)size > label->size ? (int32_t)label->size : size;
}

void xg_replay_glGetObjectLabelKHR(
	struct xg_replay *r, const struct xg_cmd_glGetObjectLabelKHR *c, const struct xg_payload *p)
{
	xg_replay_gl(r)->glGetObjectLabelKHR(c->identifier, find(r, c->identifier, c->name),
		room(c->bufSize, &p[1]), p[0].data, p[1].data);
}

void xg_replay_glGetObjectLabelEXT(
	struct xg_replay *r, const struct xg_cmd_glGetObjectLabelEXT *c, const struct xg_payload *p)
{
	xg_replay_gl(r)->glGetObjectLabelEXT(c->type, find(r, c->type, c->object),
		room(c->bufSize, &p[1]), p[0].data, p[1].data);
}

static void GL_APIENTRY hear(GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length,
	const GLchar *text, const void *messages)
{
	const struct xg_debug_message message = {
		.source = source,
		.type = type,
		.id = id,
		.severity = severity,
		.length = length >= 0 ? (uint32_t)length : (uint32_t)strlen(text),
	};

	xg_debug_messages_add((struct xg_debug_messages *)messages, &message, text);
}

void xg_replay_xgDebugCallback(
	struct xg_replay *r, const struct xg_cmd_xgDebugCallback *c, const struct xg_payload *p)
{
	struct xg_host_context *context = r->context;

	if (!xg_replay_gl(r)->glDebugMessageCallbackKHR) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	if (c->is_set && !context->messages)
		context->messages = xg_debug_messages_create();
	xg_replay_gl(r)->glDebugMessageCallbackKHR(
		c->is_set ? hear : NULL, c->is_set ? context->messages : NULL);
}

void xg_replay_xgDebugMessages(
	struct xg_replay *r, const struct xg_cmd_xgDebugMessages *c, const struct xg_payload *p)
{
	if (r->context->messages && p[0].data)
		*xg_replay_result(r) = xg_debug_messages_take(
			r->context->messages, p[0].data, (uint32_t)p[0].size);
}

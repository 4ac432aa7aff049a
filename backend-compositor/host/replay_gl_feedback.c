/* SPDX-License-Identifier: MIT */
/*
 * Indexed binding points of buffers, and transform feedback. A driver keeps what a transform
 * feedback began with until it begins again or is deleted, whatever becomes of the buffers
 * meanwhile: so long they are counted for it, too.
 */
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "holds.h"
#include "names.h"
#include "replay.h"
#include "xg_thunks.h"

/* Targets of versions that are not carried are unknown, whatever the driver knows. */
static bool may_bind(struct xg_replay *r, uint32_t target, uint32_t index)
{
	if (xg_holds_is_point(target, index))
		return true;
	xg_replay_error(r, xg_holds_is_point(target, 0) ? GL_INVALID_VALUE : GL_INVALID_ENUM);
	return false;
}

void xg_replay_glBindBufferBase(
	struct xg_replay *r, const struct xg_cmd_glBindBufferBase *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	if (!may_bind(r, c->target, c->index))
		return;
	xg_replay_collect_error(r);
	gl->glBindBufferBase(c->target, c->index,
		xg_names_bind(r, XG_CLASS_BUFFER, c->buffer, gl->glGenBuffers));
	if (!xg_replay_collect_error(r))
		xg_holds_bind_point(r, c->target, c->index, 0);
}

static void bind_range(struct xg_replay *r, uint32_t target, uint32_t index, uint32_t buffer,
	int64_t offset, int64_t size)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	/* An empty range is wrong before the target is. */
	if (buffer && size <= 0) {
		xg_replay_error(r, GL_INVALID_VALUE);
		return;
	}
	if (!may_bind(r, target, index))
		return;
	xg_replay_collect_error(r);
	gl->glBindBufferRange(target, index,
		xg_names_bind(r, XG_CLASS_BUFFER, buffer, gl->glGenBuffers), (GLintptr)offset,
		(GLsizeiptr)size);
	if (!xg_replay_collect_error(r))
		xg_holds_bind_point(r, target, index, offset);
}

void xg_replay_glBindBufferRange(
	struct xg_replay *r, const struct xg_cmd_glBindBufferRange *c, const struct xg_payload *p)
{
	bind_range(r, c->target, c->index, c->buffer, c->offset, c->size);
}

void xg_replay_xgBindBufferRange(
	struct xg_replay *r, const struct xg_cmd_xgBindBufferRange *c, const struct xg_payload *p)
{
	bind_range(r, c->target, c->index, c->buffer, c->offset, c->size);
}

void xg_replay_glBindTransformFeedback(struct xg_replay *r,
	const struct xg_cmd_glBindTransformFeedback *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	GLint bound = 0;

	gl->glBindTransformFeedback(
		c->target, xg_names_find(r->names, XG_CLASS_TRANSFORM_FEEDBACK, c->id));
	gl->glGetIntegerv(GL_TRANSFORM_FEEDBACK_BINDING, &bound);
	r->holds->feedback = (uint32_t)bound;
}

void xg_replay_glBeginTransformFeedback(struct xg_replay *r,
	const struct xg_cmd_glBeginTransformFeedback *c, const struct xg_payload *p)
{
	const struct xg_held_feedback *feedback = xg_holds_feedback(r->holds);
	uint64_t bytes = 0;

	for (uint32_t i = 0; i < XG_HOLDS_FEEDBACKS; i++)
		bytes += xg_names_object_bytes(r->names, XG_CLASS_BUFFER, feedback->buffers[i]);
	xg_replay_collect_error(r);
	if (!xg_names_reserve(r, XG_CLASS_TRANSFORM_FEEDBACK, bytes))
		return;
	xg_replay_gl(r)->glBeginTransformFeedback(c->primitiveMode);
	if (xg_replay_collect_error(r))
		xg_names_release(r, XG_CLASS_TRANSFORM_FEEDBACK, bytes);
	else
		xg_names_charge(r, XG_CLASS_TRANSFORM_FEEDBACK, feedback->name, 0, bytes);
}

enum { NAMES_MAX = 65536 };

/*
 * A copy of names that lie one after the other, each with its NUL, and the list of them, in one
 * piece, to be freed. NULL if they are not as many, and the guest broke a rule.
 */
static const char **split_names(
	struct xg_replay *r, uint32_t count, const struct xg_payload *untrusted_names)
{
	const size_t size = untrusted_names->size;
	const char **names = malloc(count * sizeof(*names) + size + 1);
	char *at = (char *)(names + count);
	uint32_t found = 0;

	if (!names)
		abort();
	if (size)
		memcpy(at, untrusted_names->data, size);
	for (const char *end = at + size; at < end && found < count; at += strlen(at) + 1) {
		if (!memchr(at, 0, (size_t)(end - at)))
			break;
		names[found++] = at;
	}
	if (found == count && at == (char *)(names + count) + size)
		return names;
	free(names);
	xg_replay_fault(r, "a list of names has not as many as it says");
	return NULL;
}

void xg_replay_xgTransformFeedbackVaryings(struct xg_replay *r,
	const struct xg_cmd_xgTransformFeedbackVaryings *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);

	if (!xg_replay_gl(r)->glTransformFeedbackVaryings || c->count > NAMES_MAX) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	const char **names = split_names(r, c->count, &p[0]);
	if (names)
		xg_replay_gl(r)->glTransformFeedbackVaryings(
			program, (GLsizei)c->count, names, c->mode);
	free(names);
}

void xg_replay_xgGetUniformIndices(
	struct xg_replay *r, const struct xg_cmd_xgGetUniformIndices *c, const struct xg_payload *p)
{
	const uint32_t program = xg_names_find(r->names, XG_CLASS_PROGRAM, c->program);

	if (!xg_replay_gl(r)->glGetUniformIndices || c->count > NAMES_MAX ||
		(c->count && !p[1].data)) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	const char **names = split_names(r, c->count, &p[0]);
	if (names)
		xg_replay_gl(r)->glGetUniformIndices(program, (GLsizei)c->count, names, p[1].data);
	free(names);
}

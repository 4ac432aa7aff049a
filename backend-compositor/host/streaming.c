/* SPDX-License-Identifier: MIT */
/* See streaming.h. */
#include "streaming.h"

#include "base/checked.h"
#include "context.h"
#include "names.h"
#include "quota.h"
#include "replay.h"
#include "xg_gl_table.h"

/* Pieces start on a multiple of what any attribute or index needs. */
enum { ALIGNMENT = 64, BUFFER_SIZE = 1 << 20, TURNS = 4 };

/* True if the buffer holds something for the draw to come. */
static bool is_needed(const struct xg_streaming *streaming, uint32_t i)
{
	return streaming->buffers[i].size && streaming->buffers[i].draw == streaming->draw;
}

/* Goes on to another buffer: round among the first few, or further if these are all needed. */
static bool turn(struct xg_streaming *streaming)
{
	for (uint32_t i = 1; i <= TURNS; i++) {
		const uint32_t next = (streaming->current + i) % TURNS;

		if (!is_needed(streaming, next)) {
			streaming->current = next;
			return true;
		}
	}
	for (uint32_t next = TURNS; next < XG_STREAMING_BUFFERS; next++) {
		if (!is_needed(streaming, next)) {
			streaming->current = next;
			return true;
		}
	}
	return false;
}

/* Binds the current buffer, made or enlarged to hold need bytes. */
static bool prepare(
	struct xg_streaming *streaming, struct xg_replay *r, uint32_t target, size_t need)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const uint32_t i = streaming->current;

	if (!streaming->buffers[i].name)
		gl->glGenBuffers(1, &streaming->buffers[i].name);
	gl->glBindBuffer(target, streaming->buffers[i].name);
	if (streaming->buffers[i].size >= need)
		return true;

	const size_t size = need < BUFFER_SIZE ? BUFFER_SIZE : need;
	if (!xg_quota_take(r->context->quota, XG_QUOTA_BUFFER_BYTES, size)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return false;
	}
	xg_quota_give(r->context->quota, XG_QUOTA_BUFFER_BYTES, streaming->buffers[i].size);
	streaming->buffers[i].size = size;
	gl->glBufferData(target, (GLsizeiptr)size, NULL, GL_STREAM_DRAW);
	return true;
}

uint32_t xg_streaming_put(struct xg_streaming *streaming, struct xg_replay *r, uint32_t target,
	const void *data, size_t size, size_t lead, size_t *offset)
{
	size_t start = streaming->used > lead ? streaming->used : lead;
	size_t end;

	if (!checked_align(start, ALIGNMENT, &start) || !checked_add(start, size, &end)) {
		xg_replay_error(r, GL_OUT_OF_MEMORY);
		return 0;
	}
	if (streaming->used && end > streaming->buffers[streaming->current].size) {
		if (!turn(streaming) || !checked_align(lead, ALIGNMENT, &start) ||
			!checked_add(start, size, &end)) {
			xg_replay_error(r, GL_OUT_OF_MEMORY);
			return 0;
		}
	}
	if (!prepare(streaming, r, target, end))
		return 0;
	if (size)
		xg_replay_gl(r)->glBufferSubData(target, (GLintptr)start, (GLsizeiptr)size, data);
	streaming->used = end;
	streaming->origin = start - lead;
	streaming->buffers[streaming->current].draw = streaming->draw;
	*offset = start;
	return streaming->buffers[streaming->current].name;
}

uint32_t xg_streaming_bind(
	const struct xg_streaming *streaming, struct xg_replay *r, uint32_t target)
{
	const uint32_t name = streaming->buffers[streaming->current].name;

	if (name)
		xg_replay_gl(r)->glBindBuffer(target, name);
	return name;
}

void xg_streaming_finish(struct xg_streaming *streaming, struct xg_host_context *context)
{
	for (uint32_t i = 0; i < XG_STREAMING_BUFFERS; i++) {
		if (!streaming->buffers[i].name)
			continue;
		xg_quota_give(context->quota, XG_QUOTA_BUFFER_BYTES, streaming->buffers[i].size);
		xg_names_discard_buffer(context->names, streaming->buffers[i].name);
	}
}

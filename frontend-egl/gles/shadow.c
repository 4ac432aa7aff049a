/* SPDX-License-Identifier: MIT */
/* See shadow.h: how a shadow is made, filled by what the host has, and let go of. */
#include "gles/shadow.h"

#include <GLES3/gl32.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "copy.h"
#include "gles/buffer.h"
#include "gles/vertex.h"
#include "stream_bands.h"
#include "xg_encode.h"

/*
 * Drivers map to such an alignment. With malloc's a block often lies 16 octets further in its page
 * than the one that an application copies from, for which an instruction of some processors (rep
 * movsb) takes ten times as long.
 */
#define MAP_ALIGNMENT 64u

uint8_t *xg_shadow_allocate(size_t size)
{
	size_t aligned;
	uint8_t *memory = checked_align(size ? size : 1, MAP_ALIGNMENT, &aligned)
				  ? aligned_alloc(MAP_ALIGNMENT, aligned)
				  : NULL;

	return memory ? memset(memory, 0, aligned) : NULL;
}

bool xg_shadow_make(struct xg_buffer *buffer)
{
	if (!buffer->shadow) {
		buffer->shadow = buffer->stale ? buffer->stale : xg_shadow_allocate(buffer->size);
		buffer->stale = NULL;
	}
	return buffer->shadow != NULL;
}

void xg_shadow_drop(struct xg_buffer *buffer)
{
	if (!buffer->shadow)
		return;
	free(buffer->stale);
	buffer->stale = buffer->shadow;
	buffer->shadow = NULL;
}

void xg_gl_buffer_written(struct xg_buffer *buffer)
{
	buffer->is_blank = false;
	if (!buffer->mapping)
		xg_shadow_drop(buffer);
}

struct fetch {
	struct xg_gl gl;
	GLenum target;
	struct xg_buffer *buffer;
	size_t each; /* the size of all bands but the last */
};

static uint32_t band_size(const struct fetch *fetch, uint32_t band)
{
	const size_t left = fetch->buffer->size - band * fetch->each;

	return (uint32_t)(left < fetch->each ? left : fetch->each);
}

static void ask_band(void *argument, uint32_t band, struct xg_data place, uint8_t *octets)
{
	const struct fetch *fetch = argument;
	struct xg_cmd_xgReadBuffer *command = xg_stream_begin(fetch->gl.stream, sizeof(*command));

	place.size = band_size(fetch, band);
	*command = (struct xg_cmd_xgReadBuffer){
		.record = {XG_OP_xgReadBuffer, XG_RECORD_REPLY, sizeof(*command)},
		.target = fetch->target,
		.offset = (int64_t)(band * fetch->each),
		.size = place.size,
		.data = place,
	};
	xg_stream_end(fetch->gl.stream, sizeof(*command));
}

static bool take_band(void *argument, uint32_t band, const uint8_t *octets)
{
	const struct fetch *fetch = argument;

	xg_copy_out(fetch->buffer->shadow + band * fetch->each, octets, band_size(fetch, band));
	return true;
}

/* Fills the shadow with what the host has. */
static bool fetch_contents(struct xg_gl gl, GLenum target, struct xg_buffer *buffer)
{
	struct fetch fetch = {gl, target, buffer, xg_stream_read_band_size(buffer->size)};
	const struct xg_bands bands = {
		.count = (uint32_t)((buffer->size + fetch.each - 1) / fetch.each),
		.size = band_size(&fetch, 0),
		.ask = ask_band,
		.take = take_band,
		.argument = &fetch,
	};
	enum xg_bands_end end = XG_BANDS_NONE;

	if (buffer->size >= XG_BANDS_MIN)
		end = xg_stream_read_bands(gl.stream, &bands);
	if (end == XG_BANDS_NONE)
		return xg_encode_xgReadBuffer(
			gl.stream, target, 0, (uint32_t)buffer->size, buffer->shadow);
	return end == XG_BANDS_DONE;
}

const uint8_t *xg_gl_buffer_contents(struct xg_gl gl, GLenum target, struct xg_buffer *buffer)
{
	if (buffer->is_feedback)
		xg_gl_buffer_written(buffer);
	if (buffer->shadow)
		return buffer->shadow;
	if (!xg_shadow_make(buffer))
		return NULL;
	if (buffer->is_blank) {
		memset(buffer->shadow, 0, buffer->size);
		return buffer->shadow;
	}
	if (target == GL_ARRAY_BUFFER)
		xg_vertex_settle_buffer(gl);
	if (buffer->size && !fetch_contents(gl, target, buffer))
		xg_shadow_drop(buffer);
	return buffer->shadow;
}

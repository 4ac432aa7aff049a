/* SPDX-License-Identifier: MIT */
/*
 * Pixels that come from the host's framebuffer: in bands, where they are many (stream_bands.h). The
 * driver writes no pixel that lies outside of the framebuffer, and the application's memory is to
 * stay as it is there.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <string.h>

#include "copy.h"
#include "gles/buffer.h"
#include "gles/pixel_layout.h"
#include "size.h"
#include "stream_bands.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* From where they are to be to the wire's form. */
static void copy_in(const struct xg_layout *l, uint8_t *packed, const uint8_t *loose)
{
	for (size_t row = 0; row < l->rows; row++)
		memcpy(packed + row * l->row, loose + (ptrdiff_t)(row * l->row_stride), l->row);
}

/* And back. */
static void copy_out(const struct xg_layout *l, const uint8_t *packed, uint8_t *loose)
{
	for (size_t row = 0; row < l->rows; row++)
		xg_copy_out(
			loose + (ptrdiff_t)(row * l->row_stride), packed + row * l->row, l->row);
}

/* A rectangle of the framebuffer. */
struct area {
	GLint x, y;
	GLsizei width, height;
	GLenum format, type;
};

/* What the corners of an area hold before it is read, so that it shows whether they were. */
#define TEXEL_MAX 16
static const uint8_t corner_mark[TEXEL_MAX] = {0xa5, 0x5a, 0xc3, 0x3c, 0x96, 0x69, 0xf0, 0x0f, 0xa6,
	0x6a, 0xc5, 0x5c, 0x93, 0x39, 0xf1, 0x1f};

struct corners {
	size_t texel, at[4];
};

static struct corners corners_of(const struct area *a, size_t row)
{
	const size_t texel = row / (size_t)a->width, last = row * (size_t)(a->height - 1);

	return (struct corners){texel, {0, row - texel, last, last + row - texel}};
}

/* True if one is as it was marked. */
static bool has_mark(const struct corners *corners, const uint8_t *packed)
{
	for (int i = 0; i < 4; i++) {
		if (memcmp(packed + corners->at[i], corner_mark, corners->texel) == 0)
			return true;
	}
	return false;
}

enum reading {
	READING_REFUSED, /* nothing was written */
	READING_WHOLE,
	READING_PERHAPS, /* a part may lie outside of the framebuffer */
};

/*
 * Reads an area to packed without a look at what is there: a driver that refuses does not look
 * either. The part within the framebuffer is a rectangle, so the corners tell about all of it.
 */
static enum reading read_area(struct xg_gl gl, const struct area *a, size_t row, uint8_t *packed)
{
	const struct corners corners = corners_of(a, row);
	struct xg_patch patches[4];

	for (int i = 0; i < 4; i++)
		patches[i] = (struct xg_patch){corners.at[i], corners.texel, corner_mark};
	if (!xg_encode_glReadPixels(gl.stream, a->x, a->y, a->width, a->height, a->format, a->type,
		    packed, patches, 4))
		return READING_REFUSED;
	return has_mark(&corners, packed) ? READING_PERHAPS : READING_WHOLE;
}

/* Reads the rows of a layout. False if that is refused. */
static bool read_band(
	struct xg_gl gl, const struct xg_layout *l, const struct area *area, uint8_t *to)
{
	const size_t size = l->row * l->rows;
	const bool is_possible = xg_stream_can_put(gl.stream, size);
	uint8_t *packed = is_possible ? xg_gl_scratch(gl, size) : NULL;

	if (!packed) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return false;
	}

	const enum reading reading = read_area(gl, area, l->row, packed);

	if (reading == READING_PERHAPS) {
		const struct xg_patch before = {0, size, packed};

		copy_in(l, packed, to);
		xg_encode_glReadPixels(gl.stream, area->x, area->y, area->width, area->height,
			area->format, area->type, packed, &before, 1);
	}
	if (reading != READING_REFUSED)
		copy_out(l, packed, to);
	return reading != READING_REFUSED;
}

/* An area that is read, whose layout begins at to, in bands of so many rows. */
struct read {
	struct xg_gl gl;
	struct area area;
	struct xg_layout layout;
	uint8_t *to;
	size_t rows_each;
};

static struct area band_of(const struct read *read, uint32_t band)
{
	const size_t done = band * read->rows_each, left = read->layout.rows - done;
	struct area area = read->area;

	area.y = (GLint)((uint32_t)area.y + (uint32_t)done);
	area.height = (GLsizei)(left < read->rows_each ? left : read->rows_each);
	return area;
}

static void ask_band(void *argument, uint32_t band, struct xg_data place, uint8_t *octets)
{
	const struct read *read = argument;
	const struct area area = band_of(read, band);
	const struct corners corners = corners_of(&area, read->layout.row);
	struct xg_cmd_glReadPixels *command = xg_stream_begin(read->gl.stream, sizeof(*command));

	for (int i = 0; i < 4; i++)
		memcpy(octets + corners.at[i], corner_mark, corners.texel);
	*command = (struct xg_cmd_glReadPixels){
		.record = {XG_OP_glReadPixels, XG_RECORD_REPLY, sizeof(*command)},
		.x = area.x,
		.y = area.y,
		.width = area.width,
		.height = area.height,
		.format = area.format,
		.type = area.type,
		.pixels = {(uint32_t)(read->layout.row * (size_t)area.height), place.place},
	};
	xg_stream_end(read->gl.stream, sizeof(*command));
}

static bool take_band(void *argument, uint32_t band, const uint8_t *octets)
{
	const struct read *read = argument;
	const struct area area = band_of(read, band);
	const struct corners corners = corners_of(&area, read->layout.row);
	struct xg_layout rows = read->layout;

	if (has_mark(&corners, octets))
		return false;
	rows.rows = (size_t)area.height;
	copy_out(&rows, octets, read->to + (ptrdiff_t)(band * read->rows_each * rows.row_stride));
	return true;
}

/* True if that is all. Otherwise it is small, there is no room for it, or a part may lie outside.
 */
static bool read_in_bands(struct read *read)
{
	const size_t row = read->layout.row, rows = read->layout.rows;

	if (row > XG_BAND_SIZE || rows < XG_BANDS_MIN / row)
		return false;

	const size_t band = xg_stream_read_band_size(row * rows);

	read->rows_each = band > row ? band / row : 1;

	const struct xg_bands bands = {
		.count = (uint32_t)((rows + read->rows_each - 1) / read->rows_each),
		.size = (uint32_t)(row * read->rows_each),
		.ask = ask_band,
		.take = take_band,
		.argument = read,
	};
	const enum xg_bands_end end = xg_stream_read_bands(read->gl.stream, &bands);

	return end == XG_BANDS_DONE || end == XG_BANDS_REFUSED;
}

/* Reads into the buffer that is bound to GL_PIXEL_PACK_BUFFER: nothing is awaited. */
static void pack_buffer(struct xg_gl gl, const struct area *a, const void *offset)
{
	const struct xg_pixel_store *store = &gl.state->pack;
	struct xg_buffer *buffer = gl.state->buffers[XG_BUFFER_PIXEL_PACK];

	if (buffer->mapping) { /* which the host cannot see */
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return;
	}
	if (store->is_reversed)
		xg_encode_xgReadPixelsReversed(gl.stream, a->x, a->y, a->width, a->height,
			a->format, a->type, (uintptr_t)offset, store->alignment, store->row_length,
			store->skip_pixels, store->skip_rows);
	else
		xg_encode_xgReadPixels(gl.stream, a->x, a->y, a->width, a->height, a->format,
			a->type, (uintptr_t)offset, store->alignment, store->row_length,
			store->skip_pixels, store->skip_rows);
	xg_gl_buffer_written(buffer);
}

void xg_gl_glReadPixels(
	GLint x, GLint y, GLsizei width, GLsizei height, GLenum format, GLenum type, void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	struct xg_layout l;

	if (!gl.stream)
		return;
	if (gl.state->buffers[XG_BUFFER_PIXEL_PACK]) {
		pack_buffer(gl, &(struct area){x, y, width, height, format, type}, pixels);
		return;
	}
	if (!pixels || !xg_lay_out(&l, &gl.state->pack, format, type, width, height, 1, 2)) {
		xg_encode_glReadPixels(
			gl.stream, x, y, width, height, format, type, pixels, NULL, 0);
		return;
	}

	uint8_t *to = (uint8_t *)pixels + (ptrdiff_t)l.skip;
	struct read read = {
		.gl = gl,
		.area = {x, y, width, height, format, type},
		.layout = l,
		.to = to,
	};

	if (read_in_bands(&read))
		return;

	const size_t most = l.row < XG_BAND_SIZE ? XG_BAND_SIZE / l.row : 1;

	for (size_t left = (size_t)height, done = 0; left > 0; left -= l.rows, done += l.rows) {
		l.rows = left < most ? left : most;

		const struct area band = {x, (GLint)((uint32_t)y + (uint32_t)done), width,
			(GLsizei)l.rows, format, type};

		if (!read_band(gl, &l, &band, to + (ptrdiff_t)(done * l.row_stride)))
			return;
	}
}

/* True if a rectangle's last pixel lies within size bytes; as the driver, which takes a negative
 * size for much. */
static bool ends_within(const struct xg_pixel_store *store, size_t texel, GLsizei width,
	GLsizei height, GLsizei size)
{
	const uint64_t rows = (uint64_t)store->skip_rows + (uint64_t)height - 1;
	const uint64_t pixels = (uint64_t)store->skip_pixels + (uint64_t)width;
	uint64_t end;

	return !__builtin_mul_overflow(rows, xg_row_stride(store, texel, width), &end) &&
	       !__builtin_add_overflow(end, pixels * texel, &end) && end <= (uint64_t)size;
}

void xg_gl_glReadnPixelsKHR(GLint x, GLint y, GLsizei width, GLsizei height, GLenum format,
	GLenum type, GLsizei size, void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	size_t texel;

	if (!gl.stream)
		return;
	if (!gl.state->buffers[XG_BUFFER_PIXEL_PACK] && width > 0 && height > 0 &&
		xg_size_image(format, type, 1, 1, 1, &texel) && texel &&
		!ends_within(&gl.state->pack, texel, width, height, size)) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return;
	}
	xg_gl_glReadPixels(x, y, width, height, format, type, pixels);
}

void xg_gl_glReadnPixelsEXT(GLint x, GLint y, GLsizei width, GLsizei height, GLenum format,
	GLenum type, GLsizei size, void *pixels)
{
	xg_gl_glReadnPixelsKHR(x, y, width, height, format, type, size, pixels);
}

/* SPDX-License-Identifier: MIT */
/* See unpack.h; and the commands that take or give a part of an image. */
#include "unpack.h"

#include <string.h>

#include "base/checked.h"
#include "context.h"
#include "format.h"
#include "names.h"
#include "replay.h"
#include "stream.h"
#include "xg_thunks.h"

void xg_replay_xgUnpack(
	struct xg_replay *r, const struct xg_cmd_xgUnpack *c, const struct xg_payload *p)
{
	r->context->unpack = (struct xg_unpack){
		.is_said = true,
		.offset = c->offset,
		.alignment = c->alignment,
		.row_length = c->row_length,
		.image_height = c->image_height,
		.skip_pixels = c->skip_pixels,
		.skip_rows = c->skip_rows,
		.skip_images = c->skip_images,
	};
}

static bool has_buffer(const struct xg_replay *r, uint32_t binding)
{
	GLint name = 0;

	xg_replay_gl(r)->glGetIntegerv(binding, &name);
	return name != 0;
}

static void set_unpack(const struct xg_gl_table *gl, const struct xg_unpack *u)
{
	gl->glPixelStorei(GL_UNPACK_ALIGNMENT, u->alignment);
	gl->glPixelStorei(GL_UNPACK_ROW_LENGTH, u->row_length);
	gl->glPixelStorei(GL_UNPACK_IMAGE_HEIGHT, u->image_height);
	gl->glPixelStorei(GL_UNPACK_SKIP_PIXELS, u->skip_pixels);
	gl->glPixelStorei(GL_UNPACK_SKIP_ROWS, u->skip_rows);
	gl->glPixelStorei(GL_UNPACK_SKIP_IMAGES, u->skip_images);
}

struct xg_pixels xg_pixels_begin(struct xg_replay *r, const struct xg_payload *payload)
{
	struct xg_unpack *unpack = &r->context->unpack;
	struct xg_pixels pixels = {payload->data, false};

	if (!unpack->is_said)
		return pixels;
	unpack->is_said = false;
	if (!has_buffer(r, GL_PIXEL_UNPACK_BUFFER_BINDING))
		return pixels;
	set_unpack(xg_replay_gl(r), unpack);
	return (struct xg_pixels){(const void *)(uintptr_t)unpack->offset, true};
}

void xg_pixels_end(struct xg_replay *r, const struct xg_pixels *pixels)
{
	static const struct xg_unpack tight = {.alignment = 1};

	if (pixels->is_in_buffer)
		set_unpack(xg_replay_gl(r), &tight);
}

void xg_replay_xgParts(
	struct xg_replay *r, const struct xg_cmd_xgParts *c, const struct xg_payload *p)
{
	xg_replay_collect_error(r);
	r->context->parts = (struct xg_parts){.are_one = c->are_one != 0};
}

bool xg_parts_begin(struct xg_replay *r)
{
	return !r->context->parts.are_refused;
}

void xg_parts_end_known(struct xg_replay *r, bool is_refused)
{
	struct xg_parts *parts = &r->context->parts;

	if (parts->are_one && !parts->are_begun)
		parts->are_refused = is_refused;
	parts->are_begun = true;
}

void xg_parts_end(struct xg_replay *r)
{
	const struct xg_parts *parts = &r->context->parts;

	if (parts->are_one && !parts->are_begun)
		xg_parts_end_known(r, xg_replay_collect_error(r));
}

/* Without an image there is nothing to read; a negative dimension stays an error. */
static int32_t dimension(
	const struct xg_pixels *pixels, const struct xg_payload *image, int32_t untrusted_size)
{
	return pixels->is_in_buffer || image->size > 0 || untrusted_size < 0 ? untrusted_size : 0;
}

/* A compressed image that is nowhere is one of a size that there is not. */
static int32_t compressed_size(const struct xg_pixels *pixels, int32_t untrusted_size)
{
	return pixels->is_in_buffer || pixels->data || untrusted_size <= 0 ? untrusted_size : -1;
}

void xg_replay_glTexSubImage2D(
	struct xg_replay *r, const struct xg_cmd_glTexSubImage2D *c, const struct xg_payload *p)
{
	if (!xg_parts_begin(r))
		return;

	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	xg_replay_gl(r)->glTexSubImage2D(c->target, c->level, c->xoffset, c->yoffset,
		dimension(&pixels, &p[0], c->width), dimension(&pixels, &p[0], c->height),
		c->format, c->type, pixels.data);
	xg_pixels_end(r, &pixels);
	xg_parts_end(r);
}

void xg_replay_glTexSubImage3DOES(
	struct xg_replay *r, const struct xg_cmd_glTexSubImage3DOES *c, const struct xg_payload *p)
{
	if (!xg_parts_begin(r))
		return;

	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	xg_replay_gl(r)->glTexSubImage3DOES(c->target, c->level, c->xoffset, c->yoffset, c->zoffset,
		dimension(&pixels, &p[0], c->width), dimension(&pixels, &p[0], c->height),
		dimension(&pixels, &p[0], c->depth), c->format, c->type, pixels.data);
	xg_pixels_end(r, &pixels);
	xg_parts_end(r);
}

void xg_replay_glCompressedTexSubImage2D(struct xg_replay *r,
	const struct xg_cmd_glCompressedTexSubImage2D *c, const struct xg_payload *p)
{
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	xg_replay_gl(r)->glCompressedTexSubImage2D(c->target, c->level, c->xoffset, c->yoffset,
		c->width, c->height, c->format, compressed_size(&pixels, c->imageSize),
		pixels.data);
	xg_pixels_end(r, &pixels);
}

void xg_replay_glCompressedTexSubImage3DOES(struct xg_replay *r,
	const struct xg_cmd_glCompressedTexSubImage3DOES *c, const struct xg_payload *p)
{
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	xg_replay_gl(r)->glCompressedTexSubImage3DOES(c->target, c->level, c->xoffset, c->yoffset,
		c->zoffset, c->width, c->height, c->depth, c->format,
		compressed_size(&pixels, c->imageSize), pixels.data);
	xg_pixels_end(r, &pixels);
}

/* No driver leaves it where it writes, but by chance. */
#define TEXEL_MAX 16
static const uint8_t draft_mark[TEXEL_MAX] = {0x7b, 0xd1, 0x24, 0x9e, 0x48, 0xe7, 0x12, 0xbd, 0x7d,
	0x1b, 0x42, 0xe9, 0x84, 0x7e, 0x21, 0xdb};

static void read_pixels(struct xg_replay *r, const struct xg_cmd_glReadPixels *c,
	const struct xg_payload *image, void *to)
{
	const bool is_there = image->size > 0;

	xg_replay_gl(r)->glReadPixels(c->x, c->y, is_there || c->width < 0 ? c->width : 0,
		is_there || c->height < 0 ? c->height : 0, c->format, c->type, to);
}

/*
 * Reads to private memory first, and fills in the output from there. False if that did not serve:
 * what lies outside of the framebuffer the driver does not write, and so it must stay as the guest
 * has it. What is within is a rectangle, so that the corners show whether that is all; what is
 * refused is nothing.
 */
static bool read_draft(struct xg_replay *r, const struct xg_cmd_glReadPixels *c,
	const struct xg_payload *image, uint8_t *draft)
{
	const size_t texel = xg_format_texel_size(c->format, c->type);
	const size_t row = texel * (size_t)c->width, last = image->size - row;
	const size_t corners[] = {0, row - texel, last, last + row - texel};

	if (texel == 0 || texel > TEXEL_MAX || row * (size_t)c->height != image->size)
		return false;
	for (size_t i = 0; i < 4; i++)
		memcpy(draft + corners[i], draft_mark, texel);
	read_pixels(r, c, image, draft);
	for (size_t i = 0; i < 4; i++) {
		if (memcmp(draft + corners[i], draft_mark, texel) == 0)
			return false;
	}
	xg_host_stream_fill(r->stream, image->data, draft, image->size);
	return true;
}

void xg_replay_glReadPixels(
	struct xg_replay *r, const struct xg_cmd_glReadPixels *c, const struct xg_payload *p)
{
	uint8_t *draft =
		p[0].size > 0 ? xg_host_stream_draft(r->stream, p[0].data, p[0].size) : NULL;

	if (!draft || !read_draft(r, c, &p[0], draft))
		read_pixels(r, c, &p[0], p[0].data);
}

static void set_pack(const struct xg_gl_table *gl, int32_t alignment, int32_t row_length,
	int32_t skip_pixels, int32_t skip_rows)
{
	gl->glPixelStorei(GL_PACK_ALIGNMENT, alignment);
	gl->glPixelStorei(GL_PACK_ROW_LENGTH, row_length);
	gl->glPixelStorei(GL_PACK_SKIP_PIXELS, skip_pixels);
	gl->glPixelStorei(GL_PACK_SKIP_ROWS, skip_rows);
}

/*
 * The end of what is written to the buffer; false if that is beyond all memory. The driver finds
 * it, and the place of each row, without a look at whether the sum fits.
 */
static bool find_end(const struct xg_cmd_xgReadPixels *c, size_t *end)
{
	const size_t texel = xg_format_texel_size(c->format, c->type);
	size_t row, rows, last;

	if (c->alignment < 1 || c->alignment > 8 || (c->alignment & (c->alignment - 1)) ||
		c->row_length < 0 || c->skip_pixels < 0 || c->skip_rows < 0 || c->width <= 0 ||
		c->height <= 0 || !texel)
		return false;
	return checked_mul(texel, (size_t)(c->row_length ? c->row_length : c->width), &row) &&
	       checked_align(row, (size_t)c->alignment, &row) &&
	       checked_mul(row, (size_t)c->skip_rows + (size_t)c->height - 1, &rows) &&
	       checked_mul(texel, (size_t)c->skip_pixels + (size_t)c->width, &last) &&
	       checked_add(rows, last, end) && checked_add(*end, (size_t)c->offset, end);
}

/* True if the pixels can be read to the buffer. Otherwise an error is recorded: the driver is asked
 * without a size first, for it may know a better one. */
static bool may_pack(struct xg_replay *r, const struct xg_cmd_xgReadPixels *c)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	GLint size = 0;
	size_t end;

	if (has_buffer(r, GL_PIXEL_PACK_BUFFER_BINDING)) {
		gl->glGetBufferParameteriv(GL_PIXEL_PACK_BUFFER, GL_BUFFER_SIZE, &size);
		if (size > 0 && find_end(c, &end) && end <= (size_t)size)
			return true;
	}
	xg_replay_collect_error(r);
	gl->glReadPixels(c->x, c->y, c->width < 0 ? -1 : 0, c->height < 0 ? -1 : 0, c->format,
		c->type, NULL);
	if (!xg_replay_collect_error(r) && c->width && c->height)
		xg_replay_error(r, GL_INVALID_OPERATION);
	return false;
}

void xg_replay_xgReadPixels(
	struct xg_replay *r, const struct xg_cmd_xgReadPixels *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	if (!may_pack(r, c))
		return;
	set_pack(gl, c->alignment, c->row_length, c->skip_pixels, c->skip_rows);
	gl->glReadPixels(
		c->x, c->y, c->width, c->height, c->format, c->type, (void *)(uintptr_t)c->offset);
	set_pack(gl, 1, 0, 0, 0);
}

/* No framebuffer has a row of that number, or a higher one. */
enum { FRAMEBUFFER_ROWS = 1 << 16 };

/*
 * One row after the other: Mesa's own reversal takes a row that is skipped, or clipped, for one
 * further down in memory, and looks neither at the least nor at the greatest address that it
 * writes to.
 */
void xg_replay_xgReadPixelsReversed(struct xg_replay *r,
	const struct xg_cmd_xgReadPixelsReversed *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);
	const struct xg_cmd_xgReadPixels whole = {
		.x = c->x,
		.y = c->y,
		.width = c->width,
		.height = c->height,
		.format = c->format,
		.type = c->type,
		.offset = c->offset,
		.alignment = c->alignment,
		.row_length = c->row_length,
		.skip_pixels = c->skip_pixels,
		.skip_rows = c->skip_rows,
	};

	if (!may_pack(r, &whole))
		return;

	const int64_t last = (int64_t)c->y + c->height - 1;

	for (int64_t y = c->y > 0 ? c->y : 0; y <= last && y < FRAMEBUFFER_ROWS; y++) {
		set_pack(gl, c->alignment, c->row_length, c->skip_pixels,
			(int32_t)(c->skip_rows + last - y));
		gl->glReadPixels(c->x, (GLint)y, c->width, 1, c->format, c->type,
			(void *)(uintptr_t)c->offset);
	}
	set_pack(gl, 1, 0, 0, 0);
}

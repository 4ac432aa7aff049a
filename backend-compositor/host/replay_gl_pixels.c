/* SPDX-License-Identifier: MIT */
/* See unpack.h; and the commands that take or give a part of an image. */
#include "unpack.h"

#include "context.h"
#include "names.h"
#include "replay.h"
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
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	xg_replay_gl(r)->glTexSubImage2D(c->target, c->level, c->xoffset, c->yoffset,
		dimension(&pixels, &p[0], c->width), dimension(&pixels, &p[0], c->height),
		c->format, c->type, pixels.data);
	xg_pixels_end(r, &pixels);
}

void xg_replay_glTexSubImage3DOES(
	struct xg_replay *r, const struct xg_cmd_glTexSubImage3DOES *c, const struct xg_payload *p)
{
	const struct xg_pixels pixels = xg_pixels_begin(r, &p[0]);

	xg_replay_gl(r)->glTexSubImage3DOES(c->target, c->level, c->xoffset, c->yoffset, c->zoffset,
		dimension(&pixels, &p[0], c->width), dimension(&pixels, &p[0], c->height),
		dimension(&pixels, &p[0], c->depth), c->format, c->type, pixels.data);
	xg_pixels_end(r, &pixels);
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

static void set_pack(const struct xg_gl_table *gl, int32_t alignment, int32_t row_length,
	int32_t skip_pixels, int32_t skip_rows)
{
	gl->glPixelStorei(GL_PACK_ALIGNMENT, alignment);
	gl->glPixelStorei(GL_PACK_ROW_LENGTH, row_length);
	gl->glPixelStorei(GL_PACK_SKIP_PIXELS, skip_pixels);
	gl->glPixelStorei(GL_PACK_SKIP_ROWS, skip_rows);
}

void xg_replay_xgReadPixels(
	struct xg_replay *r, const struct xg_cmd_xgReadPixels *c, const struct xg_payload *p)
{
	const struct xg_gl_table *gl = xg_replay_gl(r);

	if (!has_buffer(r, GL_PIXEL_PACK_BUFFER_BINDING)) {
		xg_replay_error(r, GL_INVALID_OPERATION);
		return;
	}
	set_pack(gl, c->alignment, c->row_length, c->skip_pixels, c->skip_rows);
	gl->glReadPixels(
		c->x, c->y, c->width, c->height, c->format, c->type, (void *)(uintptr_t)c->offset);
	set_pack(gl, 1, 0, 0, 0);
}

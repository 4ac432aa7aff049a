/* SPDX-License-Identifier: MIT */
/*
 * Pixel rectangles that go to the host, and the pixel store; those that come from there are
 * read_pixels.c's. Where the application's are tightly packed, as on the wire, they are sent from
 * where they lie, otherwise they are packed first.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "gles/parts.h"
#include "gles/pixel_layout.h"
#include "gles/query.h"
#include "gles/strings.h"
#include "size.h"
#include "stream.h"
#include "stream_bands.h"
#include "xg_encode.h"
#include "xg_entry.h"

/*
 * The application's pixels in the wire's form: its own memory or the scratch. NULL where there is
 * nothing to send, and without memory.
 */
static const void *pack(struct xg_gl gl, GLenum format, GLenum type, GLsizei width, GLsizei height,
	GLsizei depth, int dimensions, const void *pixels)
{
	struct xg_layout l;
	size_t size;

	if (!pixels || !xg_size_image(format, type, width, height, depth, &size) ||
		!xg_lay_out(&l, &gl.state->unpack, format, type, width, height, depth, dimensions))
		return pixels;
	const uint8_t *from = (const uint8_t *)pixels + l.skip;
	if (l.is_tight)
		return from;
	uint8_t *packed = NULL;
	if (xg_stream_can_put(gl.stream, size))
		packed = xg_gl_scratch(gl, size);
	if (!packed) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return NULL;
	}
	for (size_t image = 0; image < l.images; image++) {
		for (size_t row = 0; row < l.rows; row++)
			memcpy(packed + (image * l.rows + row) * l.row,
				from + image * l.image_stride + row * l.row_stride, l.row);
	}
	return packed;
}

/* Every driver that can be a host takes images that large: its limit need not be asked for. */
#define SURE_SIZE 2048

/* Texels of an image that a command is about, or of a part of one. */
struct box {
	GLint x, y, z;
	GLsizei width, height, depth;
};

static bool is_within(const struct box *b, int64_t size, int64_t depth)
{
	return b->x >= 0 && b->y >= 0 && b->z >= 0 && b->width >= 0 && b->height >= 0 &&
	       b->depth >= 0 && (int64_t)b->x + b->width <= size &&
	       (int64_t)b->y + b->height <= size && (int64_t)b->z + b->depth <= depth;
}

static bool is_face(GLenum target)
{
	return target - GL_TEXTURE_CUBE_MAP_POSITIVE_X < 6;
}

/*
 * True if no image can have those texels: the driver refuses that, and does not look at the pixels,
 * for which there may be no memory. The command is then sent without them, with a negative width.
 */
static bool is_refused(struct xg_gl gl, GLenum target, GLint level, const struct box *box)
{
	GLenum limit = GL_MAX_TEXTURE_SIZE;

	if (level < 0 || level > 30)
		return true;
	if (is_face(target))
		limit = GL_MAX_CUBE_MAP_TEXTURE_SIZE;
	else if (target == GL_TEXTURE_3D_OES)
		limit = GL_MAX_3D_TEXTURE_SIZE_OES;
	else if (target != GL_TEXTURE_2D && target != GL_TEXTURE_2D_ARRAY &&
		 target != GL_TEXTURE_CUBE_MAP_ARRAY)
		return true;
	if (is_within(box, SURE_SIZE >> level, limit == GL_MAX_TEXTURE_SIZE ? INT32_MAX : 1))
		return false;

	const int32_t size = xg_gl_limit(gl, limit) >> level;

	return !is_within(box, size, target == GL_TEXTURE_3D_OES ? size : INT32_MAX);
}

/*
 * With a buffer bound to GL_PIXEL_UNPACK_BUFFER the application's pointer is an offset in it: says
 * so ahead of the command, which then goes without pixels. False, with the error recorded, if the
 * buffer is mapped, which the host cannot see.
 */
static bool unpack_buffer(struct xg_gl gl, const void *offset)
{
	const struct xg_pixel_store *store = &gl.state->unpack;

	if (gl.state->buffers[XG_BUFFER_PIXEL_UNPACK]->mapping) {
		xg_gl_error(gl, GL_INVALID_OPERATION);
		return false;
	}
	xg_encode_xgUnpack(gl.stream, (uintptr_t)offset, store->alignment, store->row_length,
		store->image_height, store->skip_pixels, store->skip_rows, store->skip_images);
	return true;
}

/* How an image's pixels are described. */
struct description {
	GLenum format, type;
	int dimensions;
};

/*
 * What the command with an image of that width carries: the application's pixels, none where they
 * come from a buffer, and none, with a width below 0, where it is refused. False: it is not sent.
 */
static bool unpack(struct xg_gl gl, const struct description *d, const struct box *box,
	bool is_refused, GLsizei *width, const void **pixels)
{
	if (gl.state->buffers[XG_BUFFER_PIXEL_UNPACK]) {
		const void *offset = *pixels;

		*pixels = NULL;
		return unpack_buffer(gl, offset);
	}
	if (is_refused)
		*width = -1;
	*pixels = is_refused ? NULL
			     : pack(gl, d->format, d->type, box->width, box->height, box->depth,
				       d->dimensions, *pixels);
	return true;
}

/* The same for compressed images, which are not packed; the size is below 0 where one is refused.
 */
static bool unpack_compressed(
	struct xg_gl gl, bool is_refused, GLsizei *width, GLsizei *size, const void **data)
{
	if (gl.state->buffers[XG_BUFFER_PIXEL_UNPACK]) {
		const void *offset = *data;

		*data = NULL;
		return unpack_buffer(gl, offset);
	}
	if (is_refused) {
		*width = *size = -1;
		*data = NULL;
	}
	return true;
}

void xg_gl_glTexImage2D(GLenum target, GLint level, GLint internalformat, GLsizei width,
	GLsizei height, GLint border, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {0, 0, 0, width, height, 1};
	const struct description d = {format, type, 2};

	if (!gl.stream)
		return;
	if (unpack(gl, &d, &box,
		    border != 0 || (is_face(target) && width != height) ||
			    is_refused(gl, target, level, &box),
		    &width, &pixels))
		xg_encode_glTexImage2D(gl.stream, target, level, internalformat, width, height,
			border, format, type, pixels);
}

/* A part of an image that is there already, at a level of a texture. */
struct sub_image {
	GLenum target;
	GLint level;
	struct box box;
	struct description d;
	bool is_refused;
};

static void send_sub_image(struct xg_gl gl, const struct sub_image *s, const void *pixels)
{
	const struct box *b = &s->box;
	GLsizei width = b->width;

	if (!unpack(gl, &s->d, b, s->is_refused, &width, &pixels))
		return;
	if (s->d.dimensions == 2)
		xg_encode_glTexSubImage2D(gl.stream, s->target, s->level, b->x, b->y, width,
			b->height, s->d.format, s->d.type, pixels);
	else
		xg_encode_glTexSubImage3DOES(gl.stream, s->target, s->level, b->x, b->y, b->z,
			width, b->height, b->depth, s->d.format, s->d.type, pixels);
}

/* How many rows, or slices, a band of that image has; 0: it goes as a whole. */
static GLsizei rows_each(
	struct xg_gl gl, const struct sub_image *s, const void *pixels, struct xg_layout *l)
{
	const struct box *b = &s->box;
	const bool is_flat = s->d.dimensions == 2;
	size_t each, size;

	if (s->is_refused || !pixels || gl.state->buffers[XG_BUFFER_PIXEL_UNPACK] ||
		!xg_lay_out(l, &gl.state->unpack, s->d.format, s->d.type, b->width, b->height,
			b->depth, s->d.dimensions) ||
		!checked_mul(l->row, is_flat ? 1 : l->rows, &each) ||
		!checked_mul(each, is_flat ? l->rows : l->images, &size) ||
		!xg_stream_can_put(gl.stream, size) || !xg_host_knows_parts())
		return 0;

	const size_t band = xg_stream_band_size(gl.stream, size);

	return band == size || each > band ? 0 : (GLsizei)(band / each);
}

/* True if the image has so few texels that it goes as a whole in any format. */
static bool is_small(const struct box *b)
{
	const uint32_t most = XG_BAND_SIZE / 16;

	return (uint32_t)b->width <= most && (uint32_t)b->height <= most &&
	       (uint64_t)(uint32_t)b->width * (uint32_t)b->height * (uint32_t)b->depth <= most;
}

/*
 * Sends the pixels in bands of rows, or of slices, where they are many. The last is the first: the
 * driver refuses it if it would refuse the whole, for it ends where that does, and the host then
 * leaves the others out.
 */
static void put_sub_image(struct xg_gl gl, const struct sub_image *s, const void *pixels)
{
	const bool is_flat = s->d.dimensions == 2;
	const struct box *b = &s->box;
	struct xg_layout l;
	const GLsizei each = rows_each(gl, s, pixels, &l);
	struct sub_image part = *s;

	if (each == 0) {
		send_sub_image(gl, s, pixels);
		return;
	}
	xg_encode_xgParts(gl.stream, true);
	for (GLsizei end = is_flat ? b->height : b->depth, begin; end > 0; end = begin) {
		begin = (end - 1) / each * each;
		*(is_flat ? &part.box.y : &part.box.z) = (is_flat ? b->y : b->z) + begin;
		*(is_flat ? &part.box.height : &part.box.depth) = end - begin;
		send_sub_image(gl, &part,
			(const uint8_t *)pixels +
				(size_t)begin * (is_flat ? l.row_stride : l.image_stride));
		xg_stream_flush(gl.stream);
	}
	xg_encode_xgParts(gl.stream, false);
}

void xg_gl_glTexSubImage2D(GLenum target, GLint level, GLint x, GLint y, GLsizei width,
	GLsizei height, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {x, y, 0, width, height, 1};
	const struct description d = {format, type, 2};

	if (!gl.stream)
		return;
	const bool is_wrong = is_refused(gl, target, level, &box);
	if (!is_small(&box))
		put_sub_image(gl, &(struct sub_image){target, level, box, d, is_wrong}, pixels);
	else if (unpack(gl, &d, &box, is_wrong, &width, &pixels))
		xg_encode_glTexSubImage2D(
			gl.stream, target, level, x, y, width, height, format, type, pixels);
}

void xg_gl_glTexImage3DOES(GLenum target, GLint level, GLenum internalformat, GLsizei width,
	GLsizei height, GLsizei depth, GLint border, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {0, 0, 0, width, height, depth};
	const struct description d = {format, type, 3};

	if (!gl.stream)
		return;
	if (unpack(gl, &d, &box, border != 0 || is_refused(gl, target, level, &box), &width,
		    &pixels))
		xg_encode_glTexImage3DOES(gl.stream, target, level, internalformat, width, height,
			depth, border, format, type, pixels);
}

void xg_gl_glTexSubImage3DOES(GLenum target, GLint level, GLint x, GLint y, GLint z, GLsizei width,
	GLsizei height, GLsizei depth, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {x, y, z, width, height, depth};
	const struct description d = {format, type, 3};

	if (gl.stream)
		put_sub_image(gl,
			&(struct sub_image){
				target, level, box, d, is_refused(gl, target, level, &box)},
			pixels);
}

/* As is_refused: also if the data has not the size of such an image, or there is no such format. */
static bool is_compressed_refused(struct xg_gl gl, GLenum target, GLint level, GLenum format,
	const struct box *box, GLsizei size)
{
	size_t octets;

	return !xg_size_compressed(format, box->width, box->height, box->depth, &octets) ||
	       size < 0 || octets != (size_t)size || is_refused(gl, target, level, box);
}

void xg_gl_glCompressedTexImage2D(GLenum target, GLint level, GLenum format, GLsizei width,
	GLsizei height, GLint border, GLsizei size, const void *data)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {0, 0, 0, width, height, 1};

	if (!gl.stream)
		return;
	const bool is_wrong =
		border != 0 || is_compressed_refused(gl, target, level, format, &box, size);
	if (unpack_compressed(gl, is_wrong, &width, &size, &data))
		xg_encode_glCompressedTexImage2D(
			gl.stream, target, level, format, width, height, border, size, data);
}

void xg_gl_glCompressedTexSubImage2D(GLenum target, GLint level, GLint x, GLint y, GLsizei width,
	GLsizei height, GLenum format, GLsizei size, const void *data)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {x, y, 0, width, height, 1};

	if (!gl.stream)
		return;
	const bool is_wrong = is_compressed_refused(gl, target, level, format, &box, size);
	if (unpack_compressed(gl, is_wrong, &width, &size, &data))
		xg_encode_glCompressedTexSubImage2D(
			gl.stream, target, level, x, y, width, height, format, size, data);
}

void xg_gl_glCompressedTexImage3DOES(GLenum target, GLint level, GLenum format, GLsizei width,
	GLsizei height, GLsizei depth, GLint border, GLsizei size, const void *data)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {0, 0, 0, width, height, depth};

	if (!gl.stream)
		return;
	const bool is_wrong =
		border != 0 || is_compressed_refused(gl, target, level, format, &box, size);
	if (unpack_compressed(gl, is_wrong, &width, &size, &data))
		xg_encode_glCompressedTexImage3DOES(
			gl.stream, target, level, format, width, height, depth, border, size, data);
}

void xg_gl_glCompressedTexSubImage3DOES(GLenum target, GLint level, GLint x, GLint y, GLint z,
	GLsizei width, GLsizei height, GLsizei depth, GLenum format, GLsizei size, const void *data)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {x, y, z, width, height, depth};

	if (!gl.stream)
		return;
	const bool is_wrong = is_compressed_refused(gl, target, level, format, &box, size);
	if (unpack_compressed(gl, is_wrong, &width, &size, &data))
		xg_encode_glCompressedTexSubImage3DOES(gl.stream, target, level, x, y, z, width,
			height, depth, format, size, data);
}

/* The member that a pname sets; NULL for none. */
static int32_t *store_member(struct xg_gl current, GLenum pname)
{
	struct xg_gles *gl = current.state;

	switch (pname) {
	case GL_PACK_ALIGNMENT:
		return &gl->pack.alignment;
	case GL_PACK_ROW_LENGTH:
		return &gl->pack.row_length;
	case GL_PACK_SKIP_ROWS:
		return &gl->pack.skip_rows;
	case GL_PACK_SKIP_PIXELS:
		return &gl->pack.skip_pixels;
	case GL_PACK_REVERSE_ROW_ORDER_ANGLE:
		return xg_gl_has_extension(current, "GL_ANGLE_pack_reverse_row_order")
			       ? &gl->pack.is_reversed
			       : NULL;
	case GL_UNPACK_ALIGNMENT:
		return &gl->unpack.alignment;
	case GL_UNPACK_ROW_LENGTH:
		return &gl->unpack.row_length;
	case GL_UNPACK_SKIP_ROWS:
		return &gl->unpack.skip_rows;
	case GL_UNPACK_SKIP_PIXELS:
		return &gl->unpack.skip_pixels;
	case GL_UNPACK_IMAGE_HEIGHT:
		return &gl->unpack.image_height;
	case GL_UNPACK_SKIP_IMAGES:
		return &gl->unpack.skip_images;
	default:
		return NULL;
	}
}

void xg_gl_glPixelStorei(GLenum pname, GLint param)
{
	struct xg_gl gl = xg_gl_current();

	if (!gl.stream)
		return;
	int32_t *member = store_member(gl, pname);
	const bool is_alignment = pname == GL_PACK_ALIGNMENT || pname == GL_UNPACK_ALIGNMENT;
	if (!member)
		xg_gl_error(gl, GL_INVALID_ENUM);
	else if (member == &gl.state->pack.is_reversed)
		*member = param != 0;
	else if (is_alignment ? param != 1 && param != 2 && param != 4 && param != 8 : param < 0)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		*member = param;
}

bool xg_gl_pixel_store(struct xg_gl gl, uint32_t pname, int32_t *value)
{
	const int32_t *member = store_member(gl, pname);

	if (member)
		*value = *member;
	return member != NULL;
}

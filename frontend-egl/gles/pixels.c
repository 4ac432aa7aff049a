/* SPDX-License-Identifier: MIT */
/*
 * Pixel rectangles. The pixel store describes how they lie in client memory, so it is the guest's
 * alone; on the wire rectangles are tightly packed. Where the application's are too, they are sent
 * from where they lie, otherwise they are packed first.
 */
#include <GLES3/gl32.h>
#include <GLES2/gl2ext.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "gles/buffer.h"
#include "gles/query.h"
#include "gles/strings.h"
#include "size.h"
#include "stream.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* How a rectangle lies in client memory; all in bytes. */
struct layout {
	size_t row;	     /* of pixels, without padding */
	size_t row_stride;   /* from a row to the next; wraps where that is the one before */
	size_t image_stride; /* from a slice to the next */
	size_t skip;	     /* to the first pixel */
	size_t rows, images;
	bool is_tight;
};

/*
 * From a row to the next. Up to 2^35 octets: where a size_t has 32 bits it wraps as addresses do,
 * so that rows are found all the same, and as natively.
 */
static uint64_t row_stride(const struct xg_pixel_store *store, size_t texel, GLsizei width)
{
	const uint64_t pixels = (uint64_t)(store->row_length > 0 ? store->row_length : width);
	const uint64_t alignment = (uint64_t)store->alignment;

	return (texel * pixels + alignment - 1) / alignment * alignment;
}

/* False if format and type have no size, there is nothing in the rectangle, or a row is more than
 * there can be: only the host, or the encoder, can say what is wrong, if anything is. */
static bool lay_out(struct layout *layout, const struct xg_pixel_store *store, GLenum format,
	GLenum type, GLsizei width, GLsizei height, GLsizei depth, int dimensions)
{
	size_t texel;

	if (width <= 0 || height <= 0 || depth <= 0 ||
		!xg_size_image(format, type, 1, 1, 1, &texel) || !texel ||
		!checked_mul(texel, (size_t)width, &layout->row))
		return false;
	const size_t height_all =
		(size_t)(dimensions > 2 && store->image_height > 0 ? store->image_height : height);

	layout->row_stride = (size_t)row_stride(store, texel, width);
	layout->image_stride = layout->row_stride * height_all;
	layout->skip = (dimensions > 2 ? (size_t)store->skip_images * layout->image_stride : 0) +
		       (size_t)store->skip_rows * layout->row_stride +
		       (size_t)store->skip_pixels * texel;
	layout->rows = (size_t)height;
	layout->images = (size_t)depth;
	if (store->is_reversed) {
		layout->skip += ((size_t)height - 1) * layout->row_stride;
		layout->row_stride = 0 - layout->row_stride;
	}
	layout->is_tight = (height == 1 || layout->row_stride == layout->row) &&
			   (depth == 1 || layout->image_stride == layout->row * (size_t)height);
	return true;
}

/*
 * The application's pixels in the wire's form: its own memory or the scratch. NULL where there is
 * nothing to send, and without memory.
 */
static const void *pack(struct xg_gl gl, GLenum format, GLenum type, GLsizei width, GLsizei height,
	GLsizei depth, int dimensions, const void *pixels)
{
	struct layout l;
	size_t size;

	if (!pixels || !xg_size_image(format, type, width, height, depth, &size) ||
		!lay_out(&l, &gl.state->unpack, format, type, width, height, depth, dimensions))
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

void xg_gl_glTexSubImage2D(GLenum target, GLint level, GLint x, GLint y, GLsizei width,
	GLsizei height, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	const struct box box = {x, y, 0, width, height, 1};
	const struct description d = {format, type, 2};

	if (!gl.stream)
		return;
	if (unpack(gl, &d, &box, is_refused(gl, target, level, &box), &width, &pixels))
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

	if (!gl.stream)
		return;
	if (unpack(gl, &d, &box, is_refused(gl, target, level, &box), &width, &pixels))
		xg_encode_glTexSubImage3DOES(gl.stream, target, level, x, y, z, width, height,
			depth, format, type, pixels);
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

/* Pixels are read in bands of rows of at most that many bytes, which shared memory holds at once:
 * what lies outside of the framebuffer is then kept as it is. */
#define BAND_SIZE (1u << 20)

/* From where they are to be to the wire's form, or back. */
static void copy_rows(const struct layout *l, uint8_t *packed, uint8_t *loose, bool is_back)
{
	for (size_t row = 0; row < l->rows; row++) {
		uint8_t *const at = packed + row * l->row;
		uint8_t *const to = loose + (ptrdiff_t)(row * l->row_stride);

		memcpy(is_back ? to : at, is_back ? at : to, l->row);
	}
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
	const size_t texel = row / (size_t)a->width, last = row * (size_t)(a->height - 1);
	const size_t corners[] = {0, row - texel, last, last + row - texel};
	struct xg_patch patches[4];

	for (int i = 0; i < 4; i++)
		patches[i] = (struct xg_patch){corners[i], texel, corner_mark};
	if (!xg_encode_glReadPixels(gl.stream, a->x, a->y, a->width, a->height, a->format, a->type,
		    packed, patches, 4))
		return READING_REFUSED;
	for (int i = 0; i < 4; i++) {
		if (memcmp(packed + corners[i], corner_mark, texel) == 0)
			return READING_PERHAPS;
	}
	return READING_WHOLE;
}

/* Reads the rows of a layout. False if that is refused. */
static bool read_band(struct xg_gl gl, const struct layout *l, const struct area *area, uint8_t *to)
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

		copy_rows(l, packed, to, false);
		xg_encode_glReadPixels(gl.stream, area->x, area->y, area->width, area->height,
			area->format, area->type, packed, &before, 1);
	}
	if (reading != READING_REFUSED)
		copy_rows(l, packed, to, true);
	return reading != READING_REFUSED;
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
	struct layout l;

	if (!gl.stream)
		return;
	if (gl.state->buffers[XG_BUFFER_PIXEL_PACK]) {
		pack_buffer(gl, &(struct area){x, y, width, height, format, type}, pixels);
		return;
	}
	if (!pixels || !lay_out(&l, &gl.state->pack, format, type, width, height, 1, 2)) {
		xg_encode_glReadPixels(
			gl.stream, x, y, width, height, format, type, pixels, NULL, 0);
		return;
	}

	const size_t most = l.row < BAND_SIZE ? BAND_SIZE / l.row : 1;
	uint8_t *to = (uint8_t *)pixels + (ptrdiff_t)l.skip;

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

	return !__builtin_mul_overflow(rows, row_stride(store, texel, width), &end) &&
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

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

#include "gles/query.h"
#include "size.h"
#include "stream.h"
#include "xg_encode.h"
#include "xg_entry.h"

/* How a rectangle lies in client memory; all in bytes. */
struct layout {
	size_t row;	     /* of pixels, without padding */
	size_t row_stride;   /* from a row to the next */
	size_t image_stride; /* from a slice to the next */
	size_t skip;	     /* to the first pixel */
	size_t rows, images;
	bool is_tight;
};

/* False if format and type have no size, or there is nothing in the rectangle: only the host can
 * say what is wrong, if anything is. */
static bool lay_out(struct layout *layout, const struct xg_pixel_store *store, GLenum format,
	GLenum type, GLsizei width, GLsizei height, GLsizei depth, int dimensions)
{
	size_t texel, size;

	if (width <= 0 || height <= 0 || depth <= 0 ||
		!xg_size_image(format, type, 1, 1, 1, &texel) || !texel ||
		!xg_size_image(format, type, width, height, depth, &size))
		return false;
	const size_t pixels = (size_t)(store->row_length > 0 ? store->row_length : width);
	const size_t height_all =
		(size_t)(dimensions > 2 && store->image_height > 0 ? store->image_height : height);
	const size_t alignment = (size_t)store->alignment;

	layout->row = texel * (size_t)width;
	layout->row_stride = (texel * pixels + alignment - 1) / alignment * alignment;
	layout->image_stride = layout->row_stride * height_all;
	layout->skip = (dimensions > 2 ? (size_t)store->skip_images * layout->image_stride : 0) +
		       (size_t)store->skip_rows * layout->row_stride +
		       (size_t)store->skip_pixels * texel;
	layout->rows = (size_t)height;
	layout->images = (size_t)depth;
	layout->is_tight = (height == 1 || layout->row_stride == layout->row) &&
			   (depth == 1 || layout->image_stride == layout->row * (size_t)height);
	return true;
}

static size_t tight_size(const struct layout *layout)
{
	return layout->row * layout->rows * layout->images;
}

/*
 * The application's pixels in the wire's form: its own memory or the scratch. NULL where there is
 * nothing to send, and without memory.
 */
static const void *pack(struct xg_gl gl, GLenum format, GLenum type, GLsizei width, GLsizei height,
	GLsizei depth, int dimensions, const void *pixels)
{
	struct layout l;

	if (!pixels ||
		!lay_out(&l, &gl.state->unpack, format, type, width, height, depth, dimensions))
		return pixels;
	const uint8_t *from = (const uint8_t *)pixels + l.skip;
	if (l.is_tight)
		return from;
	uint8_t *packed = NULL;
	if (xg_stream_can_put(gl.stream, tight_size(&l)))
		packed = xg_gl_scratch(gl, tight_size(&l));
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

void xg_gl_glTexImage2D(GLenum target, GLint level, GLint internalformat, GLsizei width,
	GLsizei height, GLint border, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexImage2D(gl.stream, target, level, internalformat, width, height,
			border, format, type, pack(gl, format, type, width, height, 1, 2, pixels));
}

void xg_gl_glTexSubImage2D(GLenum target, GLint level, GLint x, GLint y, GLsizei width,
	GLsizei height, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexSubImage2D(gl.stream, target, level, x, y, width, height, format,
			type, pack(gl, format, type, width, height, 1, 2, pixels));
}

void xg_gl_glTexImage3DOES(GLenum target, GLint level, GLenum internalformat, GLsizei width,
	GLsizei height, GLsizei depth, GLint border, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexImage3DOES(gl.stream, target, level, internalformat, width, height,
			depth, border, format, type,
			pack(gl, format, type, width, height, depth, 3, pixels));
}

void xg_gl_glTexSubImage3DOES(GLenum target, GLint level, GLint x, GLint y, GLint z, GLsizei width,
	GLsizei height, GLsizei depth, GLenum format, GLenum type, const void *pixels)
{
	struct xg_gl gl = xg_gl_current();

	if (gl.stream)
		xg_encode_glTexSubImage3DOES(gl.stream, target, level, x, y, z, width, height,
			depth, format, type,
			pack(gl, format, type, width, height, depth, 3, pixels));
}

/* Pixels are read in bands of rows of at most that many bytes, which shared memory holds at once:
 * what lies outside of the framebuffer is then kept as it is. */
#define BAND_SIZE (1u << 20)

/* From where they are to be to the wire's form, or back. */
static void copy_rows(const struct layout *l, uint8_t *packed, uint8_t *loose, bool is_back)
{
	for (size_t row = 0; row < l->rows; row++) {
		uint8_t *const at = packed + row * l->row, *const to = loose + row * l->row_stride;

		memcpy(is_back ? to : at, is_back ? at : to, l->row);
	}
}

/* Reads the rows of a layout. False without memory. */
static bool read_band(struct xg_gl gl, const struct layout *l, GLint x, GLint y, GLsizei width,
	GLenum format, GLenum type, uint8_t *to)
{
	const bool is_possible = xg_stream_can_put(gl.stream, tight_size(l));
	uint8_t *packed = l->is_tight ? to : is_possible ? xg_gl_scratch(gl, tight_size(l)) : NULL;

	if (!packed || !is_possible) {
		xg_gl_error(gl, GL_OUT_OF_MEMORY);
		return false;
	}
	if (!l->is_tight)
		copy_rows(l, packed, to, false);
	xg_encode_glReadPixels(gl.stream, x, y, width, (GLsizei)l->rows, format, type, packed);
	if (!l->is_tight)
		copy_rows(l, packed, to, true);
	return true;
}

void xg_gl_glReadPixels(
	GLint x, GLint y, GLsizei width, GLsizei height, GLenum format, GLenum type, void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	struct layout l;

	if (!gl.stream)
		return;
	if (!pixels || !lay_out(&l, &gl.state->pack, format, type, width, height, 1, 2)) {
		xg_encode_glReadPixels(gl.stream, x, y, width, height, format, type, pixels);
		return;
	}

	const size_t most = l.row < BAND_SIZE ? BAND_SIZE / l.row : 1;
	uint8_t *to = (uint8_t *)pixels + l.skip;

	for (size_t left = (size_t)height, done = 0; left > 0; left -= l.rows, done += l.rows) {
		l.rows = left < most ? left : most;
		if (!read_band(gl, &l, x, (GLint)((uint32_t)y + (uint32_t)done), width, format,
			    type, to + done * l.row_stride))
			return;
	}
}

void xg_gl_glReadnPixelsKHR(GLint x, GLint y, GLsizei width, GLsizei height, GLenum format,
	GLenum type, GLsizei size, void *pixels)
{
	struct xg_gl gl = xg_gl_current();
	struct layout l;

	if (!gl.stream)
		return;
	if (lay_out(&l, &gl.state->pack, format, type, width, height, 1, 2)) {
		const size_t needed = l.skip + (l.rows - 1) * l.row_stride + l.row;
		if ((size_t)size <
			needed) { /* as the driver, which takes a negative size for much */
			xg_gl_error(gl, GL_INVALID_OPERATION);
			return;
		}
	}
	xg_gl_glReadPixels(x, y, width, height, format, type, pixels);
}

void xg_gl_glReadnPixelsEXT(GLint x, GLint y, GLsizei width, GLsizei height, GLenum format,
	GLenum type, GLsizei size, void *pixels)
{
	xg_gl_glReadnPixelsKHR(x, y, width, height, format, type, size, pixels);
}

/* The member that a pname sets; NULL for none. */
static int32_t *store_member(struct xg_gles *gl, GLenum pname)
{
	switch (pname) {
	case GL_PACK_ALIGNMENT:
		return &gl->pack.alignment;
	case GL_PACK_ROW_LENGTH:
		return &gl->pack.row_length;
	case GL_PACK_SKIP_ROWS:
		return &gl->pack.skip_rows;
	case GL_PACK_SKIP_PIXELS:
		return &gl->pack.skip_pixels;
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
	int32_t *member = store_member(gl.state, pname);
	const bool is_alignment = pname == GL_PACK_ALIGNMENT || pname == GL_UNPACK_ALIGNMENT;
	if (!member)
		xg_gl_error(gl, GL_INVALID_ENUM);
	else if (is_alignment ? param != 1 && param != 2 && param != 4 && param != 8 : param < 0)
		xg_gl_error(gl, GL_INVALID_VALUE);
	else
		*member = param;
}

bool xg_gl_pixel_store(struct xg_gl gl, uint32_t pname, int32_t *value)
{
	const int32_t *member = store_member(gl.state, pname);

	if (member)
		*value = *member;
	return member != NULL;
}

/* SPDX-License-Identifier: MIT */
/*
 * wl_shm's pixels are little-endian words, so ARGB8888 lies in memory as B, G, R, A: BGRA to GL.
 * The renderer has made sure of EXT_texture_format_BGRA8888 and EXT_unpack_subimage.
 */
#include "texture.h"

#include <stdlib.h>
#include <GLES2/gl2ext.h>
#include <wayland-server-protocol.h>

static const struct {
	uint32_t format;
	GLenum gl_format;
	bool has_alpha;
} formats[] = {
	{WL_SHM_FORMAT_ARGB8888, GL_BGRA_EXT, true},
	{WL_SHM_FORMAT_XRGB8888, GL_BGRA_EXT, false},
	{WL_SHM_FORMAT_ABGR8888, GL_RGBA, true},
	{WL_SHM_FORMAT_XBGR8888, GL_RGBA, false},
};

static int find_format(uint32_t format)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (formats[i].format == format)
			return (int)i;
	}
	return -1;
}

bool xg_texture_takes(uint32_t format)
{
	return find_format(format) >= 0;
}

struct xg_texture *xg_texture_create(void)
{
	struct xg_texture *texture = calloc(1, sizeof(*texture));

	if (!texture)
		return NULL;
	glGenTextures(1, &texture->name);
	glBindTexture(GL_TEXTURE_2D, texture->name);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
	return texture;
}

void xg_texture_destroy(struct xg_texture *texture)
{
	if (!texture)
		return;
	glDeleteTextures(1, &texture->name);
	free(texture);
}

static void upload_box(const struct xg_pixels *pixels, GLenum gl_format, const pixman_box32_t *box)
{
	const char *row = (const char *)pixels->data +
			  (size_t)box->y1 * (size_t)pixels->stride_bytes + (size_t)box->x1 * 4;
	const int32_t width = box->x2 - box->x1, height = box->y2 - box->y1;

	if (pixels->stride_bytes % 4 == 0) {
		glPixelStorei(GL_UNPACK_ROW_LENGTH_EXT, pixels->stride_bytes / 4);
		glTexSubImage2D(GL_TEXTURE_2D, 0, box->x1, box->y1, width, height, gl_format,
			GL_UNSIGNED_BYTE, row);
		glPixelStorei(GL_UNPACK_ROW_LENGTH_EXT, 0);
		return;
	}
	/* GL counts rows in whole pixels; a client need not. */
	for (int32_t y = 0; y < height; y++) {
		glTexSubImage2D(GL_TEXTURE_2D, 0, box->x1, box->y1 + y, width, 1, gl_format,
			GL_UNSIGNED_BYTE, row + (size_t)y * (size_t)pixels->stride_bytes);
	}
}

bool xg_texture_resize(struct xg_texture *texture, uint32_t format, int32_t width, int32_t height)
{
	const int index = find_format(format);
	const GLenum gl_format = formats[index].gl_format;

	if (texture->format == format && texture->width == width && texture->height == height)
		return false;
	glBindTexture(GL_TEXTURE_2D, texture->name);
	glTexImage2D(GL_TEXTURE_2D, 0, (GLint)gl_format, width, height, 0, gl_format,
		GL_UNSIGNED_BYTE, NULL);
	texture->format = format;
	texture->width = width;
	texture->height = height;
	texture->has_alpha = formats[index].has_alpha;
	return true;
}

void xg_texture_upload(
	struct xg_texture *texture, const struct xg_pixels *pixels, pixman_region32_t *damage)
{
	const GLenum gl_format = formats[find_format(pixels->format)].gl_format;
	pixman_region32_t area;
	int count;

	pixman_region32_init_rect(&area, 0, 0, (unsigned)pixels->width, (unsigned)pixels->height);
	if (!xg_texture_resize(texture, pixels->format, pixels->width, pixels->height) && damage)
		pixman_region32_intersect(&area, &area, damage);
	glBindTexture(GL_TEXTURE_2D, texture->name);

	const pixman_box32_t *box = pixman_region32_rectangles(&area, &count);
	for (int i = 0; i < count; i++)
		upload_box(pixels, gl_format, &box[i]);
	pixman_region32_fini(&area);
}

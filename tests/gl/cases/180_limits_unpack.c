/* SPDX-License-Identifier: MIT */
/*
 * Pixel stores, sizes and offsets at their limits, where pixels come from a buffer or go to one:
 * what does not fit the buffer is refused, and is no small number where bits are lost.
 */
#include "../case.h"

#include <limits.h>

/* Its numbers are 64 bits wide. */
#if UINTPTR_MAX > UINT32_MAX

static const GLint edges[] = {-1, 1, 2, 4, 1 << 14, 1 << 16, 1 << 20, 1 << 29, 1 << 30,
	(1 << 30) + 1, INT_MAX - 1, INT_MAX};
static const GLenum unpack[] = {GL_UNPACK_ROW_LENGTH, GL_UNPACK_IMAGE_HEIGHT, GL_UNPACK_SKIP_PIXELS,
	GL_UNPACK_SKIP_ROWS, GL_UNPACK_SKIP_IMAGES};
static const GLenum pack[] = {GL_PACK_ROW_LENGTH, GL_PACK_SKIP_PIXELS, GL_PACK_SKIP_ROWS};
static const uintptr_t offsets[] = {0, 1, 4, 256, 1023, 1024, UINT32_MAX, (uintptr_t)1 << 32,
	((uintptr_t)1 << 32) + 4, (uintptr_t)INTPTR_MAX, UINTPTR_MAX - 3, UINTPTR_MAX};

static void upload_all(const char *what, long long number, const void *at)
{
	say("%s %lld", what, number);
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glTexSubImage3D(GL_TEXTURE_3D, 0, 0, 0, 0, 2, 2, 2, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glTexSubImage3D(
		GL_TEXTURE_2D_ARRAY, 0, 0, 0, 1, 2, 2, 1, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glTexImage2D(GL_TEXTURE_2D, 1, GL_RGBA, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glTexImage3D(GL_TEXTURE_3D, 1, GL_RGBA, 2, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, at));
	/* Here Mesa 22.3 adds without a look at whether it wraps. */
	if ((uintptr_t)at <= UINT32_MAX)
		DO(glCompressedTexSubImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0, 0, 0, 4, 4,
			GL_COMPRESSED_RGB8_ETC2, 8, at));
}

static void read_all(const char *what, long long number, void *at)
{
	say("%s %lld", what, number);
	DO(glReadPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glReadPixels(0, 0, 2, 1, GL_RGBA, GL_UNSIGNED_BYTE, at));
	DO(glReadPixels(0, 0, 0, INT_MAX, GL_RGBA, GL_UNSIGNED_BYTE, at));
}

static void make_textures(void)
{
	GLuint textures[4];

	glGenTextures(4, textures);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindTexture(GL_TEXTURE_3D, textures[1]);
	glTexImage3D(GL_TEXTURE_3D, 0, GL_RGBA, 4, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindTexture(GL_TEXTURE_2D_ARRAY, textures[2]);
	glTexStorage3D(GL_TEXTURE_2D_ARRAY, 1, GL_RGBA8, 4, 4, 4);
	glBindTexture(GL_TEXTURE_CUBE_MAP, textures[3]);
	glTexStorage2D(GL_TEXTURE_CUBE_MAP, 1, GL_COMPRESSED_RGB8_ETC2, 4, 4);
	say_error("make_textures");
}

static void stores(const GLenum *pnames, size_t count, bool is_pack)
{
	for (size_t p = 0; p < count; p++) {
		for (size_t e = 0; e < COUNT(edges); e++) {
			say("store 0x%x", pnames[p]);
			DO(glPixelStorei(pnames[p], edges[e]));
			if (is_pack)
				read_all("edge", edges[e], NULL);
			else
				upload_all("edge", edges[e], NULL);
		}
		/* Two that are large make a product that is. */
		glPixelStorei(pnames[0], INT_MAX);
		if (is_pack)
			read_all("with rows of", INT_MAX, NULL);
		else
			upload_all("with rows of", INT_MAX, NULL);
		glPixelStorei(pnames[0], 0);
		glPixelStorei(pnames[p], 0);
	}
}

static void sizes(void)
{
	for (size_t w = 0; w < COUNT(edges); w++) {
		for (size_t h = 0; h < COUNT(edges); h++) {
			say("size %d %d", edges[w], edges[h]);
			DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, edges[w], edges[h], GL_RGBA,
				GL_UNSIGNED_BYTE, NULL));
			DO(glTexSubImage3D(GL_TEXTURE_3D, 0, 0, 0, 0, 1, edges[w], edges[h],
				GL_RGBA, GL_UNSIGNED_BYTE, NULL));
			/* Mesa 22.3 adds these to the size, and writes where the sum has wrapped.
			 */
			if (edges[w] != INT_MAX && edges[h] != INT_MAX)
				DO(glTexSubImage2D(GL_TEXTURE_2D, 0, edges[w], edges[h], 1, 1,
					GL_RGBA, GL_UNSIGNED_BYTE, NULL));
		}
	}
}

XG_CASE_ES3(limits_unpack)
{
	GLuint buffers[2];

	make_textures();
	glGenBuffers(2, buffers);
	glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffers[0]);
	glBufferData(GL_PIXEL_UNPACK_BUFFER, 1024, random_bytes(1024, 180), GL_STATIC_DRAW);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[1]);
	glBufferData(GL_PIXEL_PACK_BUFFER, 1024, NULL, GL_STATIC_READ);
	for (size_t i = 0; i < COUNT(offsets); i++) {
		upload_all("offset", (long long)offsets[i], (const void *)offsets[i]);
		read_all("offset", (long long)offsets[i], (void *)offsets[i]);
	}
	sizes();
	stores(unpack, COUNT(unpack), false);
	stores(pack, COUNT(pack), true);
	say_buffer("packed", GL_PIXEL_PACK_BUFFER, 256);
}

#endif

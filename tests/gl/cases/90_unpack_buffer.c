/* SPDX-License-Identifier: MIT */
/* Images from a pixel unpack buffer, as each pixel store lays them, and what is refused. */
#include "../case.h"

static void store(GLint alignment, GLint row, GLint height, GLint pixels, GLint rows, GLint images)
{
	glPixelStorei(GL_UNPACK_ALIGNMENT, alignment);
	glPixelStorei(GL_UNPACK_ROW_LENGTH, row);
	glPixelStorei(GL_UNPACK_IMAGE_HEIGHT, height);
	glPixelStorei(GL_UNPACK_SKIP_PIXELS, pixels);
	glPixelStorei(GL_UNPACK_SKIP_ROWS, rows);
	glPixelStorei(GL_UNPACK_SKIP_IMAGES, images);
	say_error("store");
}

#define AT(offset) ((const void *)(uintptr_t)(offset))

static void uploads(const char *what, const uint8_t *from)
{
	GLuint textures[3];
	glGenTextures(3, textures);
	say("%s", what);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	DO(glTexImage2D(
		GL_TEXTURE_2D, 0, GL_RGBA8, 13, 7, 0, GL_RGBA, GL_UNSIGNED_BYTE, from + 16));
	draw_quad();
	say_picture("image");
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 2, 1, 5, 5, GL_RGBA, GL_UNSIGNED_BYTE, from + 4));
	draw_quad();
	say_picture("part");
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, 13, 7, 0, GL_RGB, GL_UNSIGNED_BYTE, from + 1));
	draw_quad();
	say_picture("three octets");
	DO(glTexImage2D(
		GL_TEXTURE_2D, 0, GL_RGB565, 5, 3, 0, GL_RGB, GL_UNSIGNED_SHORT_5_6_5, from + 2));
	draw_quad();
	say_picture("two octets");
	GLuint framebuffer;
	glGenFramebuffers(1, &framebuffer);
	glBindTexture(GL_TEXTURE_2D_ARRAY, textures[1]);
	DO(glTexImage3D(
		GL_TEXTURE_2D_ARRAY, 0, GL_RGBA8, 8, 8, 3, 0, GL_RGBA, GL_UNSIGNED_BYTE, from));
	DO(glTexSubImage3D(
		GL_TEXTURE_2D_ARRAY, 0, 1, 1, 1, 3, 3, 2, GL_RGBA, GL_UNSIGNED_BYTE, from + 8));
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (int layer = 0; layer < 3; layer++) {
		glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[1], 0, layer);
		say_pixels("layer", 0, 0, 8, 8);
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteTextures(3, textures);
	say_error("uploads");
}

XG_CASE_ES3(unpack_buffer)
{
	static const GLint stores[][6] = {
		{4, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0}, {8, 17, 0, 2, 1, 0}, {2, 16, 9, 1, 2, 1}};
	uint8_t *data = random_bytes(8192, 90), *map;
	GLuint buffer, texture;

	use_textured();
	glGenBuffers(1, &buffer);
	for (size_t i = 0; i < COUNT(stores); i++) {
		const GLint *s = stores[i];

		store(s[0], s[1], s[2], s[3], s[4], s[5]);
		glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
		uploads("memory", data);
		glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffer);
		glBufferData(GL_PIXEL_UNPACK_BUFFER, 8192, data, GL_STREAM_DRAW);
		uploads("buffer", NULL);
	}
	store(4, 0, 0, 0, 0, 0);
	texture = make_texture();
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 64, 32, 0, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 64, 32, 0, GL_RGBA, GL_UNSIGNED_BYTE, AT(4)));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 64, 32, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		AT(UINTPTR_MAX - 3)));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(8192)));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(8188)));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGB, GL_UNSIGNED_SHORT_5_6_5, AT(1)));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 99, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, -1, 1, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, 0x1234, GL_UNSIGNED_BYTE, AT(0)));
	draw_quad();
	say_picture("after errors");
	DO(glCompressedTexImage2D(
		GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB8_ETC2, 16, 16, 0, 128, AT(32)));
	draw_quad();
	say_picture("compressed");
	DO(glCompressedTexSubImage2D(
		GL_TEXTURE_2D, 0, 4, 4, 8, 8, GL_COMPRESSED_RGB8_ETC2, 32, AT(1024)));
	draw_quad();
	say_picture("compressed part");
	DO(glCompressedTexSubImage2D(
		GL_TEXTURE_2D, 0, 4, 4, 8, 8, GL_COMPRESSED_RGB8_ETC2, 32, AT(8176)));
	DO(glCompressedTexSubImage2D(
		GL_TEXTURE_2D, 0, 4, 4, 8, 8, GL_COMPRESSED_RGB8_ETC2, 31, AT(0)));
	glBindTexture(GL_TEXTURE_2D_ARRAY, texture + 1);
	DO(glCompressedTexImage3D(
		GL_TEXTURE_2D_ARRAY, 0, GL_COMPRESSED_RGB8_ETC2, 8, 8, 2, 0, 64, AT(64)));
	DO(glCompressedTexSubImage3D(
		GL_TEXTURE_2D_ARRAY, 0, 0, 0, 1, 8, 8, 1, GL_COMPRESSED_RGB8_ETC2, 32, AT(128)));
	map = glMapBufferRange(GL_PIXEL_UNPACK_BUFFER, 0, 64, GL_MAP_WRITE_BIT);
	memset(map, 0x77, 64);
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	DO(glUnmapBuffer(GL_PIXEL_UNPACK_BUFFER));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, AT(0)));
	draw_quad();
	say_picture("mapped before");
	DO(glDeleteBuffers(1, &buffer));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 13, 7, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	draw_quad();
	say_picture("memory again");
}

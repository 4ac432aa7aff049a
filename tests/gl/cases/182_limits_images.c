/* SPDX-License-Identifier: MIT */
/* Widths, heights, layers, levels and samples at their limits, in each command that makes an image.
 */
#include "../case.h"

#include <limits.h>

#include <GLES3/gl32.h>

/* Sides of 2^29 and more Mesa 22.3 does not survive: it counts their mipmap levels into an array.
 */
static const GLint edges[] = {INT_MIN, -1, 0, 1, 5, 16385, 32768};

static void flat(GLint a, GLint b)
{
	say("%d %d", a, b);
	make_texture();
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, a, b, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage2D(GL_TEXTURE_2D, a, GL_RGBA, b, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, a, b, 0));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, a, b, 4, 4, 0));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, a, b, 0, 0, 1, 1));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, a, b, 2, 2));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, a, b));
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, a, b));
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA8, a, b));
	DO(glRenderbufferStorageMultisample(GL_RENDERBUFFER, a, GL_RGBA8, b, 4));
	DO(glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, a, b));
	make_texture();
	DO(glTexStorage2D(GL_TEXTURE_2D, a, GL_RGBA8, b, 4));
	make_texture();
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB8_ETC2, a, b, 0, 0, NULL));
}

static void deep(GLint a, GLint b, GLint c)
{
	GLuint textures[2];

	say("%d %d %d", a, b, c);
	glGenTextures(2, textures);
	glBindTexture(GL_TEXTURE_3D, textures[0]);
	DO(glTexImage3D(GL_TEXTURE_3D, 0, GL_RGBA8, a, b, c, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexStorage3D(GL_TEXTURE_3D, 1, GL_RGBA8, a, b, c));
	glBindTexture(GL_TEXTURE_2D_ARRAY, textures[1]);
	DO(glTexImage3D(
		GL_TEXTURE_2D_ARRAY, 0, GL_RGBA8, a, b, c, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glCompressedTexImage3D(
		GL_TEXTURE_2D_ARRAY, 0, GL_COMPRESSED_RGB8_ETC2, a, b, c, 0, 0, NULL));
	DO(glCopyTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, a, 0, 0, b, c));
	DO(glTexStorage3D(GL_TEXTURE_2D_ARRAY, a, GL_RGBA8, b, c, 2));
	glDeleteTextures(2, textures);
}

static void compressed(void)
{
	static const uint8_t data[64];

	make_texture();
	for (size_t i = 0; i < COUNT(edges); i++) {
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB8_ETC2, 4, 4, 0, 8, data));
		say("size %d", edges[i]);
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB8_ETC2, 4, 4, 0, edges[i], data));
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_COMPRESSED_RGB8_ETC2, edges[i], data));
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, edges[i], 0, 4, 4, GL_COMPRESSED_RGB8_ETC2, 8, data));
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, 0, 0, edges[i], 4, GL_COMPRESSED_RGB8_ETC2, 8, data));
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, edges[i], edges[i],
			GL_COMPRESSED_RGB8_ETC2, 8, data));
	}
}

static void attachments(void)
{
	GLuint framebuffer, texture;

	glGenFramebuffers(1, &framebuffer);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D_ARRAY, texture);
	glTexStorage3D(GL_TEXTURE_2D_ARRAY, 2, GL_RGBA8, 4, 4, 3);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (size_t i = 0; i < COUNT(edges); i++) {
		say("layer %d", edges[i]);
		DO(glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, edges[i]));
		DO(glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, edges[i], 0));
		DO(glBlitFramebuffer(0, 0, edges[i], edges[i], 0, 0, 4, 4, 0, GL_NEAREST));
		DO(glInvalidateSubFramebuffer(GL_FRAMEBUFFER, 0, NULL, 0, 0, edges[i], 4));
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
}

XG_CASE_ES3(limits_images)
{
	GLuint renderbuffer;

	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	for (size_t i = 0; i < COUNT(edges); i++) {
		for (size_t j = 0; j < COUNT(edges); j++) {
			flat(edges[i], edges[j]);
			for (size_t k = 0; k < COUNT(edges); k += 2)
				deep(edges[i], edges[j], edges[k]);
		}
	}
	compressed();
	attachments();
}

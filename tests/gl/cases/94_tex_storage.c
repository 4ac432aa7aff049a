/* SPDX-License-Identifier: MIT */
/* Immutable textures: storage of each target, levels, parts, and what is refused. */
#include "../case.h"

XG_CASE_ES3(tex_storage)
{
	static const GLenum formats[] = {GL_R8, GL_R8_SNORM, GL_R16F, GL_R32F, GL_R8UI, GL_R8I,
		GL_R16UI, GL_R16I, GL_R32UI, GL_R32I, GL_RG8, GL_RG8_SNORM, GL_RG16F, GL_RG32F,
		GL_RG8UI, GL_RG8I, GL_RG16UI, GL_RG16I, GL_RG32UI, GL_RG32I, GL_RGB8, GL_SRGB8,
		GL_RGB565, GL_RGB8_SNORM, GL_R11F_G11F_B10F, GL_RGB9_E5, GL_RGB16F, GL_RGB32F,
		GL_RGB8UI, GL_RGB8I, GL_RGB16UI, GL_RGB16I, GL_RGB32UI, GL_RGB32I, GL_RGBA8,
		GL_SRGB8_ALPHA8, GL_RGBA8_SNORM, GL_RGB5_A1, GL_RGBA4, GL_RGB10_A2, GL_RGBA16F,
		GL_RGBA32F, GL_RGBA8UI, GL_RGBA8I, GL_RGB10_A2UI, GL_RGBA16UI, GL_RGBA16I,
		GL_RGBA32I, GL_RGBA32UI, GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT24,
		GL_DEPTH_COMPONENT32F, GL_DEPTH24_STENCIL8, GL_DEPTH32F_STENCIL8,
		GL_COMPRESSED_RGBA8_ETC2_EAC, GL_RGBA, 0x1234};
	GLuint framebuffer, textures[4];
	uint8_t *data = random_bytes(16384, 94);
	GLint value;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (size_t i = 0; i < COUNT(formats); i++) {
		GLuint texture = make_texture();

		say("format 0x%04x", formats[i]);
		DO(glTexStorage2D(GL_TEXTURE_2D, 3, formats[i], 8, 4));
		DO(glTexStorage2D(GL_TEXTURE_2D, 3, formats[i], 8, 4));
		glGetTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_IMMUTABLE_FORMAT, &value);
		say("immutable %d", value);
		glGetTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_IMMUTABLE_LEVELS, &value);
		say("levels %d", value);
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 1);
		say("as colour %s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
		glDeleteTextures(1, &texture);
	}
	glGenTextures(4, textures);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	DO(glTexStorage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8));
	DO(glTexStorage2D(GL_TEXTURE_2D, 5, GL_RGBA8, 8, 8));
	DO(glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, -8, 8));
	DO(glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 0, 8));
	DO(glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 1 << 20, 8));
	DO(glTexStorage2D(GL_TEXTURE_3D, 1, GL_RGBA8, 8, 8));
	DO(glTexStorage2D(GL_TEXTURE_2D, 4, GL_RGBA8, 8, 8));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 0, 0, 8, 8, 0));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 1, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, data));
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, textures[0], 1);
	say_pixels("level 1", 0, 0, 4, 4);
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	glBindTexture(GL_TEXTURE_CUBE_MAP, textures[1]);
	DO(glTexStorage2D(GL_TEXTURE_CUBE_MAP, 2, GL_RGBA8, 8, 4));
	DO(glTexStorage2D(GL_TEXTURE_CUBE_MAP, 2, GL_RGBA8, 8, 8));
	DO(glTexStorage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X, 2, GL_RGBA8, 8, 8));
	for (GLenum face = 0; face < 6; face++) {
		glTexSubImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, 1, 0, 0, 4, 4, GL_RGBA,
			GL_UNSIGNED_BYTE, data + 100 * face);
		glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
			GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, textures[1], 1);
		say_pixels("face", 0, 0, 4, 4);
	}
	for (int i = 0; i < 2; i++) {
		const GLenum target = i ? GL_TEXTURE_3D : GL_TEXTURE_2D_ARRAY;

		glBindTexture(target, textures[2 + i]);
		DO(glTexStorage3D(target, 3, GL_RGBA8, 8, 8, 0));
		DO(glTexStorage3D(target, 9, GL_RGBA8, 8, 8, 4));
		DO(glTexStorage3D(GL_TEXTURE_2D, 1, GL_RGBA8, 8, 8, 4));
		DO(glTexStorage3D(target, 1, GL_RGBA8, 8, 8, 1 << 20));
		DO(glTexStorage3D(target, 3, GL_RGBA8, 8, 8, 4));
		DO(glTexSubImage3D(target, 1, 0, 0, 1, 4, 4, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
		DO(glTexSubImage3D(
			target, 1, 0, 0, 3, 4, 4, 1, GL_RGBA, GL_UNSIGNED_BYTE, data + 5));
		DO(glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[2 + i], 1, 1));
		say_pixels("layer", 0, 0, 4, 4);
		DO(glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[2 + i], 1, -1));
		DO(glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[2 + i], 99, 0));
		DO(glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, textures[0], 0, 0));
		glGetFramebufferAttachmentParameteriv(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
			GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME, &value);
		say("attached %d", value);
		glGetFramebufferAttachmentParameteriv(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
			GL_FRAMEBUFFER_ATTACHMENT_TEXTURE_LAYER, &value);
		say("layer %d", value);
	}
	DO(glDeleteTextures(4, textures));
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, 0, 0, 0));
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, 999, 0, 0));
}

/* SPDX-License-Identifier: MIT */
/* Compressed textures: S3TC, whole and in parts, with given mipmaps. */
#include "../case.h"

XG_CASE(s3tc)
{
	static const struct {
		GLenum format;
		int block;
	} formats[] = {{GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 8}, {GL_COMPRESSED_RGBA_S3TC_DXT1_EXT, 8},
		{0x83f2, 16}, {0x83f3, 16}};
	uint8_t *data = random_bytes(16 * 256, 36);

	need_extension("GL_EXT_texture_compression_s3tc");
	use_textured();
	for (size_t i = 0; i < COUNT(formats); i++) {
		const GLenum format = formats[i].format;
		const int block = formats[i].block;
		make_texture();
		DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, format, 16, 16, 0, 16 * block, data));
		draw_quad();
		say_picture("drawn");
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, 4, 8, 8, 4, format, 2 * block, data + 99));
		draw_quad();
		say_picture("part");
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 2, 0, 4, 4, format, block, data));
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 3, 4, format, block, data));
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, 0, 0, 4, 4, format, block - 1, data));
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 16, 0, 4, 4, format, block, data));
		DO(glCompressedTexSubImage2D(
			GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_ETC1_RGB8_OES, 8, data));
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGBA, 64, data));
		for (int level = 0; level < 5; level++) {
			const int blocks = level < 2 ? 4 >> level : 1;
			DO(glCompressedTexImage2D(GL_TEXTURE_2D, level, format, 16 >> level,
				16 >> level, 0, blocks * blocks * block, data + level * 3));
		}
		glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
		draw_rectangle(-1, -1, -0.5f, -0.5f, 0);
		say_picture("mipmapped");
	}
}

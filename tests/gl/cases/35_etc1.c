/* SPDX-License-Identifier: MIT */
/* Compressed textures: ETC1. */
#include "../case.h"

XG_CASE(etc1)
{
	uint8_t *data = random_bytes(8 * 64, 35);
	static const int sizes[][2] = {{4, 4}, {8, 8}, {16, 16}, {5, 3}, {1, 1}, {0, 0}};

	need_extension("GL_OES_compressed_ETC1_RGB8_texture");
	use_textured();
	for (size_t i = 0; i < COUNT(sizes); i++) {
		const int width = sizes[i][0], height = sizes[i][1];
		const int size = (width + 3) / 4 * ((height + 3) / 4) * 8;
		make_texture();
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, width, height, 0, size, data));
		draw_quad();
		say_picture("drawn");
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, width, height, 0, size + 1, data));
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, width, height, 1, size, data));
	}
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, -4, 4, 0, 8, data));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 4, 4, 0, -8, data));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, 64, data));
	DO(glCompressedTexImage2D(GL_BLEND, 0, GL_ETC1_RGB8_OES, 4, 4, 0, 8, data));
	DO(glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_ETC1_RGB8_OES, 8, 8, 0, 32, data));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_ETC1_RGB8_OES, 8, data + 50));
	DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 4, 4, 4, 4, GL_ETC1_RGB8_OES, 8, data + 60));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGB, GL_UNSIGNED_BYTE, data));
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	draw_quad();
	say_picture("drawn");
}

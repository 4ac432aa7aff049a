/* SPDX-License-Identifier: MIT */
/* ETC2 and EAC: what each format looks like decoded, and the sizes that are refused. */
#include "../case.h"

XG_CASE_ES3(etc2)
{
	static const struct {
		GLenum format;
		int block;
	} formats[] = {{GL_COMPRESSED_R11_EAC, 8}, {GL_COMPRESSED_SIGNED_R11_EAC, 8},
		{GL_COMPRESSED_RG11_EAC, 16}, {GL_COMPRESSED_SIGNED_RG11_EAC, 16},
		{GL_COMPRESSED_RGB8_ETC2, 8}, {GL_COMPRESSED_SRGB8_ETC2, 8},
		{GL_COMPRESSED_RGB8_PUNCHTHROUGH_ALPHA1_ETC2, 8},
		{GL_COMPRESSED_SRGB8_PUNCHTHROUGH_ALPHA1_ETC2, 8},
		{GL_COMPRESSED_RGBA8_ETC2_EAC, 16}, {GL_COMPRESSED_SRGB8_ALPHA8_ETC2_EAC, 16}};
	uint8_t *data = random_bytes(4096, 95);

	use_textured();
	for (size_t i = 0; i < COUNT(formats); i++) {
		const GLsizei size = 4 * 3 * formats[i].block;
		GLuint texture = make_texture(), array;

		say("format 0x%04x", formats[i].format);
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, formats[i].format, 16, 10, 0, size, data));
		draw_quad();
		say_picture("whole");
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 4, 4, 8, 6, formats[i].format,
			4 * formats[i].block, data + 77));
		draw_quad();
		say_picture("part");
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, formats[i].format, 16, 10, 0, size - 1, data));
		DO(glCompressedTexImage2D(
			GL_TEXTURE_2D, 0, formats[i].format, 16, 10, 1, size, data));
		DO(glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 1, 4, 8, 4, formats[i].format,
			2 * formats[i].block, data));
		DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i].format, 4, 4, 0, GL_RGBA,
			GL_UNSIGNED_BYTE, data));
		glGenTextures(1, &array);
		glBindTexture(GL_TEXTURE_2D_ARRAY, array);
		DO(glTexStorage3D(GL_TEXTURE_2D_ARRAY, 2, formats[i].format, 8, 8, 2));
		DO(glCompressedTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 1, 8, 8, 1,
			formats[i].format, 4 * formats[i].block, data));
		DO(glCompressedTexImage3D(GL_TEXTURE_3D, 0, formats[i].format, 4, 4, 4, 0,
			4 * formats[i].block, data));
		glDeleteTextures(1, &texture);
		glDeleteTextures(1, &array);
	}
}

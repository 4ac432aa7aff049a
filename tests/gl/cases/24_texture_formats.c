/* SPDX-License-Identifier: MIT */
/* Every format and type: upload, draw, read back. */
#include "../case.h"

static const struct {
	GLenum format, type;
	int size;
} formats[] = {
	{GL_ALPHA, GL_UNSIGNED_BYTE, 1},
	{GL_LUMINANCE, GL_UNSIGNED_BYTE, 1},
	{GL_LUMINANCE_ALPHA, GL_UNSIGNED_BYTE, 2},
	{GL_RGB, GL_UNSIGNED_BYTE, 3},
	{GL_RGBA, GL_UNSIGNED_BYTE, 4},
	{GL_RGB, GL_UNSIGNED_SHORT_5_6_5, 2},
	{GL_RGBA, GL_UNSIGNED_SHORT_4_4_4_4, 2},
	{GL_RGBA, GL_UNSIGNED_SHORT_5_5_5_1, 2},
	{GL_BGRA_EXT, GL_UNSIGNED_BYTE, 4},
	{GL_RGB, GL_UNSIGNED_INT_2_10_10_10_REV_EXT, 4},
	{GL_RGBA, GL_UNSIGNED_INT_2_10_10_10_REV_EXT, 4},
	{GL_RED_EXT, GL_UNSIGNED_BYTE, 1},
	{GL_RG_EXT, GL_UNSIGNED_BYTE, 2},
	{GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT, 2},
	{GL_DEPTH_COMPONENT, GL_UNSIGNED_INT, 4},
	{GL_DEPTH_STENCIL_OES, GL_UNSIGNED_INT_24_8_OES, 4},
};

XG_CASE(texture_formats)
{
	use_textured();
	for (size_t i = 0; i < COUNT(formats); i++) {
		void *data = random_bytes(16 * 16 * 16, (uint32_t)i);
		make_texture();
		say("format %s type 0x%04x", enum_name(formats[i].format), formats[i].type);
		DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i].format, 16, 16, 0,
			formats[i].format, formats[i].type, data));
		glClear(GL_COLOR_BUFFER_BIT);
		draw_quad();
		say_picture("drawn");
	}
}

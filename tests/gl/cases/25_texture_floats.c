/* SPDX-License-Identifier: MIT */
/* OES_texture_float and half_float. */
#include "../case.h"

XG_CASE(texture_floats)
{
	static const GLenum formats[] = {
		GL_RGBA, GL_RGB, GL_LUMINANCE_ALPHA, GL_LUMINANCE, GL_ALPHA};
	GLfloat floats[64];
	GLushort halves[64];

	need_extension("GL_OES_texture_float");
	for (int i = 0; i < 64; i++) {
		floats[i] = (GLfloat)(i * 7 % 64) / 40 - 0.2f;
		halves[i] = (GLushort)(0x2c00 + i * 67 % 3500);
	}
	use_textured();
	for (size_t i = 0; i < COUNT(formats); i++) {
		make_texture();
		DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i], 4, 4, 0, formats[i], GL_FLOAT,
			floats));
		draw_quad();
		say_picture("float");
		DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i], 4, 4, 0, formats[i],
			GL_HALF_FLOAT_OES, halves));
		draw_quad();
		say_picture("half float");
	}
}

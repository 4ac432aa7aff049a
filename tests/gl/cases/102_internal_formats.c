/* SPDX-License-Identifier: MIT */
/* glGetInternalformativ: how many samples each format has; what there is no room for, and what is
 * beyond, stays. */
#include "../case.h"

XG_CASE_ES3(internal_formats)
{
	static const GLenum formats[] = {GL_RGBA8, GL_RGB565, GL_RGBA16F, GL_RGBA8UI, GL_RGBA32I,
		GL_DEPTH24_STENCIL8, GL_DEPTH_COMPONENT32F, GL_STENCIL_INDEX8, GL_R8,
		GL_COMPRESSED_RGB8_ETC2, GL_RGBA, 0x1234};
	GLint values[20];

	for (size_t i = 0; i < COUNT(formats); i++) {
		for (GLsizei room = -1; room < 18; room += 6) {
			untouched(values, sizeof(values));
			DO(glGetInternalformativ(
				GL_RENDERBUFFER, formats[i], GL_SAMPLES, room, values));
			say_ints("samples", values, 20);
			untouched(values, sizeof(values));
			DO(glGetInternalformativ(
				GL_RENDERBUFFER, formats[i], GL_NUM_SAMPLE_COUNTS, room, values));
			say_ints("count", values, 3);
		}
	}
	DO(glGetInternalformativ(GL_TEXTURE_CUBE_MAP, GL_RGBA8, GL_SAMPLES, 1, values));
	DO(glGetInternalformativ(GL_RENDERBUFFER, GL_RGBA8, GL_TEXTURE_2D, 1, values));
}

/* SPDX-License-Identifier: MIT */
/* Rows that lie gigabytes apart, whatever is left of that in 32 bits. */
#include "../case.h"

#include <GLES3/gl3.h>
#include <limits.h>

XG_CASE(wide_rows)
{
	static const GLint lengths[] = {1 << 30, (1 << 30) + 1, INT_MAX};
	GLubyte pixels[64];

	need_extension("GL_EXT_robustness");
	need_extension("GL_NV_pack_subimage");
	PROC(PFNGLREADNPIXELSEXTPROC, glReadnPixelsEXT);
	glClearColor(0.2f, 0.4f, 0.6f, 0.8f);
	glClear(GL_COLOR_BUFFER_BIT);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		say("row length %d", lengths[i]);
		untouched(pixels, sizeof(pixels));
		glPixelStorei(GL_PACK_ROW_LENGTH, lengths[i]);
		DO(glReadnPixelsEXT(0, 0, 2, 1, GL_RGBA, GL_UNSIGNED_BYTE, 32, pixels));
		DO(glReadnPixelsEXT(0, 0, 2, 2, GL_RGBA, GL_UNSIGNED_BYTE, 32, pixels));
		glPixelStorei(GL_PACK_SKIP_ROWS, 1);
		DO(glReadnPixelsEXT(0, 0, 2, 1, GL_RGBA, GL_UNSIGNED_BYTE, 32, pixels));
		glPixelStorei(GL_PACK_SKIP_ROWS, 0);
		say_bytes("pixels", pixels, sizeof(pixels));
	}
}

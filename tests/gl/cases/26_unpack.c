/* SPDX-License-Identifier: MIT */
/* Unpack alignment with every format and odd widths. */
#include "../case.h"
#include "../formats.h"

XG_CASE(unpack)
{
	uint8_t *data = random_bytes(64 * 64, 26);

	use_textured();
	for (size_t i = 0; i < COUNT(formats); i++) {
		for (int alignment = 1; alignment <= 8; alignment *= 2) {
			for (int width = 1; width <= 9; width += 2) {
				make_texture();
				glPixelStorei(GL_UNPACK_ALIGNMENT, alignment);
				glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i].format, width, 5,
					0, formats[i].format, formats[i].type, data);
				glTexSubImage2D(GL_TEXTURE_2D, 0, width / 2, 1, (width + 1) / 2, 3,
					formats[i].format, formats[i].type, data + 100);
				say("format %zu alignment %d width %d", i, alignment, width);
				say_error("upload");
				draw_quad();
				say_picture("drawn");
			}
		}
	}
}

/* SPDX-License-Identifier: MIT */
/* Every format and type: upload, draw, read back. */
#include "../case.h"
#include "../formats.h"

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

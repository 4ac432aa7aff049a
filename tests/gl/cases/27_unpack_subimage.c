/* SPDX-License-Identifier: MIT */
/* EXT_unpack_subimage: row length and skips. */
#include "../case.h"
#include "../formats.h"

#include <GLES3/gl3.h>

XG_CASE(unpack_subimage)
{
	uint8_t *data = random_bytes(64 * 64 * 4, 27);
	static const GLint ways[][4] = {{1, 20, 0, 0}, {4, 0, 3, 0}, {4, 0, 0, 5}, {2, 13, 2, 4},
		{8, 21, 1, 1}, {4, 3, 0, 0}, {1, 8, 0, 0}};

	need_extension("GL_EXT_unpack_subimage");
	use_textured();
	for (size_t i = 0; i < COUNT(formats); i++) {
		for (size_t k = 0; k < COUNT(ways); k++) {
			make_texture();
			glPixelStorei(GL_UNPACK_ALIGNMENT, ways[k][0]);
			glPixelStorei(GL_UNPACK_ROW_LENGTH_EXT, ways[k][1]);
			glPixelStorei(GL_UNPACK_SKIP_ROWS_EXT, ways[k][2]);
			glPixelStorei(GL_UNPACK_SKIP_PIXELS_EXT, ways[k][3]);
			glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i].format, 8, 7, 0,
				formats[i].format, formats[i].type, data);
			glTexSubImage2D(GL_TEXTURE_2D, 0, 2, 1, 5, 4, formats[i].format,
				formats[i].type, data + 64);
			say("format %zu way %zu", i, k);
			say_error("upload");
			draw_quad();
			say_picture("drawn");
		}
	}
	/* What is said of slices counts for textures of three dimensions alone. */
	make_texture();
	glPixelStorei(GL_UNPACK_SKIP_IMAGES, 2);
	glPixelStorei(GL_UNPACK_IMAGE_HEIGHT, 9);
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	draw_quad();
	say_picture("slices skipped");
}

/* SPDX-License-Identifier: MIT */
/* glTexSubImage2D: rectangles at edges, other formats, refusals. */
#include "../case.h"

XG_CASE(sub_image)
{
	uint8_t *data = random_bytes(4096, 29);

	use_textured();
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	make_texture();
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 16, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 16, 8, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 3, 1, 5, 6, GL_RGBA, GL_UNSIGNED_BYTE, data + 77));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 15, 7, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data + 9));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 16, 8, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 4, 4, 0, 2, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 2, 4, 4, GL_RGBA, GL_UNSIGNED_SHORT_4_4_4_4, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 2, 4, 4, GL_RGB, GL_UNSIGNED_BYTE, data));
	draw_quad();
	say_picture("drawn");
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 12, 0, 5, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, -1, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, -1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 1, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, -1, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 99, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_BLEND, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_CUBE_MAP, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_BLEND, GL_UNSIGNED_BYTE, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_BLEND, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_SHORT_5_6_5, data));
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_ALPHA, GL_UNSIGNED_BYTE, data));
	draw_quad();
	say_picture("unchanged");
}

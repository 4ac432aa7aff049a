/* SPDX-License-Identifier: MIT */
/* Mipmaps, generated and given, with every filter. */
#include "../case.h"

XG_CASE(mipmaps)
{
	static const GLint filters[] = {GL_NEAREST, GL_LINEAR, GL_NEAREST_MIPMAP_NEAREST,
		GL_LINEAR_MIPMAP_NEAREST, GL_NEAREST_MIPMAP_LINEAR, GL_LINEAR_MIPMAP_LINEAR};
	uint8_t *data = random_bytes(64 * 64 * 4, 32);

	use_textured();
	make_texture();
	DO(glGenerateMipmap(GL_TEXTURE_2D));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 64, 64, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT(filters); i++) {
			glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filters[i]);
			glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
			glClear(GL_COLOR_BUFFER_BIT);
			draw_quad();
			draw_rectangle(-0.5f, -0.5f, 0, -0.1f, 0);
			say("filter 0x%04x", filters[i]);
			say_picture("drawn");
		}
		DO(glGenerateMipmap(GL_TEXTURE_2D));
	}
	for (int level = 1; level <= 6; level++)
		DO(glTexImage2D(GL_TEXTURE_2D, level, GL_RGBA, 64 >> level, 64 >> level, 0, GL_RGBA,
			GL_UNSIGNED_BYTE, data + level * 10));
	draw_quad();
	say_picture("given levels");
	DO(glTexImage2D(GL_TEXTURE_2D, 3, GL_RGBA, 9, 9, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	draw_quad();
	say_picture("a level of the wrong size");
	DO(glGenerateMipmap(GL_BLEND));
	DO(glGenerateMipmap(GL_TEXTURE_CUBE_MAP));
}

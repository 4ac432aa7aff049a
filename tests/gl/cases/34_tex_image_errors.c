/* SPDX-License-Identifier: MIT */
/* What glTexImage2D refuses. */
#include "../case.h"

XG_CASE(tex_image_errors)
{
	GLint limit;
	static const uint8_t data[1024];
	static const struct {
		GLenum target;
		GLint level, internal;
		GLsizei width, height;
		GLint border;
		GLenum format, type;
	} tries[] = {
		{GL_BLEND, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, -1, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 40, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_BLEND, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, 0, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, -4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, -4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 1, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_BLEND, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_BLEND},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGB, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGB, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_SHORT_5_6_5},
		{GL_TEXTURE_2D, 0, GL_RGB, 4, 4, 0, GL_RGB, GL_UNSIGNED_SHORT_4_4_4_4},
		{GL_TEXTURE_2D, 0, GL_ALPHA, 4, 4, 0, GL_ALPHA, GL_UNSIGNED_SHORT_5_5_5_1},
		{GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0, GL_RGBA, 4, 5, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 0, 0, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 0, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
		{GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE},
	};

	for (size_t i = 0; i < COUNT(tries); i++) {
		make_texture();
		say("try %zu", i);
		DO(glTexImage2D(tries[i].target, tries[i].level, tries[i].internal, tries[i].width,
			tries[i].height, tries[i].border, tries[i].format, tries[i].type, data));
	}
	glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_ALPHA, limit, 1, 0, GL_ALPHA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage2D(
		GL_TEXTURE_2D, 0, GL_ALPHA, limit + 1, 1, 0, GL_ALPHA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage2D(
		GL_TEXTURE_2D, 0, GL_ALPHA, 1, limit + 1, 0, GL_ALPHA, GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage2D(GL_TEXTURE_2D, 1, GL_ALPHA, limit, 1, 0, GL_ALPHA, GL_UNSIGNED_BYTE, NULL));
}

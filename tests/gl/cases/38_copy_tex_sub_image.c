/* SPDX-License-Identifier: MIT */
/* glCopyTexSubImage2D, from a framebuffer object too. */
#include "../case.h"

XG_CASE(copy_tex_sub_image)
{
	GLuint texture;

	glClearColor(1, 0, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	use_flat(0, 1, 0, 0.5f);
	draw_rectangle(-1, -1, 0, 0.25f, 0);
	texture = make_texture();
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(1024, 38)));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 2, 3, 10, 12, 9, 8));
	use_textured();
	draw_quad();
	say_picture("copied");
	make_framebuffer(8, 8);
	glClearColor(0, 0, 1, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glBindTexture(GL_TEXTURE_2D, texture);
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, 8, 8));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 12, 12, 6, 6, 4, 4));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, 0, 0));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	draw_quad();
	say_picture("copied");
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 14, 0, 0, 0, 4, 4));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, -1, 0, 0, 0, 4, 4));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, -4, 4));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, 3, 0, 0, 0, 0, 1, 1));
	DO(glCopyTexSubImage2D(GL_TEXTURE_2D, -3, 0, 0, 0, 0, 1, 1));
	DO(glCopyTexSubImage2D(GL_BLEND, 0, 0, 0, 0, 0, 1, 1));
}

/* SPDX-License-Identifier: MIT */
/* Drawing into textures, levels, cube faces and renderbuffers. */
#include "../case.h"

XG_CASE(framebuffer_draw)
{
	GLuint texture, framebuffer, depth;

	texture = make_framebuffer(16, 16);
	glViewport(0, 0, 16, 16);
	glClearColor(0, 0.5f, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	use_flat(1, 0, 0.5f, 1);
	draw_rectangle(-0.5f, -0.5f, 0.9f, 0.4f, 0);
	say_pixels("texture", 0, 0, 16, 16);
	glGenRenderbuffers(1, &depth);
	glBindRenderbuffer(GL_RENDERBUFFER, depth);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 16, 16);
	glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
	glEnable(GL_DEPTH_TEST);
	draw_rectangle(-0.5f, -0.5f, 0.5f, 0.5f, 0);
	use_flat(0, 0, 1, 1);
	draw_rectangle(-0.8f, -0.2f, 0.8f, 0.2f, 0.5f);
	draw_rectangle(-0.2f, -0.8f, 0.2f, 0.8f, -0.5f);
	say_pixels("with depth", 0, 0, 16, 16);
	glDisable(GL_DEPTH_TEST);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	glBindTexture(GL_TEXTURE_2D, texture);
	use_textured();
	draw_quad();
	say_picture("as texture");
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_CUBE_MAP, texture);
	for (GLenum face = 0; face < 6; face++)
		glTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, 0, GL_RGBA, 4, 4, 0, GL_RGBA,
			GL_UNSIGNED_BYTE, NULL);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (GLenum face = 0; face < 6; face++) {
		DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
			GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, texture, 0));
		glClearColor((GLfloat)face / 6, 1, 0, 1);
		glClear(GL_COLOR_BUFFER_BIT);
		say_pixels("face", 0, 0, 2, 2);
	}
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0));
	texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glTexImage2D(GL_TEXTURE_2D, 1, GL_RGBA, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 1));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glClear(GL_COLOR_BUFFER_BIT);
	say_pixels("level 1", 0, 0, 2, 2);
}

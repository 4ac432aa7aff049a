/* SPDX-License-Identifier: MIT */
/* glGetFramebufferAttachmentParameteriv of everything, and refusals. */
#include "../case.h"

XG_CASE(framebuffer_parameters)
{
	static const GLenum points[] = {GL_COLOR_ATTACHMENT0, GL_DEPTH_ATTACHMENT,
		GL_STENCIL_ATTACHMENT, GL_COLOR_ATTACHMENT0 + 1, GL_BLEND};
	static const GLenum names[] = {GL_FRAMEBUFFER_ATTACHMENT_OBJECT_TYPE,
		GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME, GL_FRAMEBUFFER_ATTACHMENT_TEXTURE_LEVEL,
		GL_FRAMEBUFFER_ATTACHMENT_TEXTURE_CUBE_MAP_FACE, GL_BLEND};
	GLuint renderbuffer, cube;

	glGenTextures(1, &cube);
	glBindTexture(GL_TEXTURE_CUBE_MAP, cube);
	glTexImage2D(GL_TEXTURE_CUBE_MAP_NEGATIVE_Y, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		NULL);
	for (int round = 0; round < 3; round++) {
		GLint value[2];
		if (round == 1) {
			make_framebuffer(4, 4);
			glGenRenderbuffers(1, &renderbuffer);
			glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
			glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 4, 4);
			DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT,
				GL_RENDERBUFFER, renderbuffer));
		} else if (round == 2) {
			DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
				GL_TEXTURE_CUBE_MAP_NEGATIVE_Y, cube, 0));
		}
		for (size_t p = 0; p < COUNT(points); p++) {
			for (size_t n = 0; n < COUNT(names); n++) {
				untouched(value, sizeof(value));
				say("%s %s", enum_name(points[p]), enum_name(names[n]));
				DO(glGetFramebufferAttachmentParameteriv(
					GL_FRAMEBUFFER, points[p], names[n], value));
				say_ints("value", value, 2);
			}
		}
	}
	DO(glFramebufferTexture2D(GL_BLEND, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 0, 0));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_BLEND, GL_TEXTURE_2D, 0, 0));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_BLEND, cube, 0));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 999, 0));
	DO(glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_CUBE_MAP_NEGATIVE_Y, cube, -1));
	DO(glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_CUBE_MAP_NEGATIVE_Y, cube, 99));
	DO(glFramebufferRenderbuffer(GL_BLEND, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, 0));
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_BLEND, GL_RENDERBUFFER, renderbuffer));
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_BLEND, renderbuffer));
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, 999));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 0, 0));
	DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, 0));
}

/* SPDX-License-Identifier: MIT */
/* Completeness: every kind of attachment, missing, empty, of other sizes. */
#include "../case.h"

XG_CASE(framebuffer_status)
{
	static const GLenum colors[] = {
		GL_RGBA, GL_RGB, GL_ALPHA, GL_LUMINANCE, GL_LUMINANCE_ALPHA};
	static const GLenum storages[] = {GL_RGBA4, GL_RGB5_A1, GL_RGB565, GL_DEPTH_COMPONENT16,
		GL_STENCIL_INDEX8, GL_DEPTH24_STENCIL8_OES, GL_RGBA8_OES, GL_RGB8_OES,
		GL_DEPTH_COMPONENT24_OES};
	static const GLenum points[] = {
		GL_COLOR_ATTACHMENT0, GL_DEPTH_ATTACHMENT, GL_STENCIL_ATTACHMENT};
	GLuint framebuffer, texture, renderbuffer;

	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	ASK(glCheckFramebufferStatus(GL_BLEND));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	for (size_t i = 0; i < COUNT(colors); i++) {
		texture = make_texture();
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
		ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
		glTexImage2D(GL_TEXTURE_2D, 0, (GLint)colors[i], 8, 8, 0, colors[i],
			GL_UNSIGNED_BYTE, NULL);
		ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	}
	for (size_t p = 0; p < COUNT(points); p++) {
		for (size_t i = 0; i < COUNT(storages); i++) {
			glGenRenderbuffers(1, &renderbuffer);
			glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
			DO(glFramebufferRenderbuffer(
				GL_FRAMEBUFFER, points[p], GL_RENDERBUFFER, renderbuffer));
			ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
			DO(glRenderbufferStorage(GL_RENDERBUFFER, storages[i], 8, 8));
			ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
			DO(glRenderbufferStorage(GL_RENDERBUFFER, storages[i], 9, 5));
			ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
			DO(glRenderbufferStorage(GL_RENDERBUFFER, storages[i], 0, 0));
			ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
		}
		DO(glFramebufferRenderbuffer(GL_FRAMEBUFFER, points[p], GL_RENDERBUFFER, 0));
		if (points[p] == GL_COLOR_ATTACHMENT0) {
			make_texture();
			texture = make_texture();
			glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE,
				NULL);
			glFramebufferTexture2D(
				GL_FRAMEBUFFER, points[p], GL_TEXTURE_2D, texture, 0);
		}
	}
}

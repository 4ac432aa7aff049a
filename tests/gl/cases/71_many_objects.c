/* SPDX-License-Identifier: MIT */
/* Many objects of every kind, used and deleted in another order. */
#include "../case.h"

XG_CASE(many_objects)
{
	enum { MANY = 1500 };
	static GLuint textures[MANY], buffers[MANY], renderbuffers[MANY], framebuffers[MANY],
		programs[60];
	uint32_t sum = 0;

	DO(glGenTextures(MANY, textures));
	DO(glGenBuffers(MANY, buffers));
	DO(glGenRenderbuffers(MANY, renderbuffers));
	DO(glGenFramebuffers(MANY, framebuffers));
	for (int i = 0; i < MANY; i++) {
		const uint32_t pixel = 0xff000000u | (uint32_t)i * 2654435761u >> 8;
		glBindTexture(GL_TEXTURE_2D, textures[i]);
		glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, &pixel);
		glBindBuffer(GL_ARRAY_BUFFER, buffers[i]);
		glBufferData(GL_ARRAY_BUFFER, 4, &pixel, GL_STATIC_DRAW);
		glBindRenderbuffer(GL_RENDERBUFFER, renderbuffers[i]);
		glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT16, 1, 1);
		glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i]);
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, textures[i], 0);
	}
	say_error("made");
	for (int i = 0; i < MANY; i += 7) {
		uint32_t pixel = 0;
		glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i]);
		glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, &pixel);
		sum = sum * 31 + pixel;
	}
	say("sum %08x", sum);
	for (int i = 0; i < MANY; i += 2) {
		glDeleteTextures(1, &textures[i]);
		glDeleteBuffers(1, &buffers[MANY - 1 - i]);
		glDeleteRenderbuffers(1, &renderbuffers[i / 2]);
	}
	DO(glDeleteFramebuffers(MANY, framebuffers));
	sum = 0;
	for (int i = 0; i < MANY; i++)
		sum = sum * 31 + (uint32_t)(glIsTexture(textures[i]) + 2 * glIsBuffer(buffers[i]) +
					    4 * glIsRenderbuffer(renderbuffers[i]));
	say("sum %08x", sum);
	for (size_t i = 0; i < COUNT(programs); i++) {
		programs[i] = use_flat((GLfloat)i / 60, 0, 0, 1);
		if (i % 3 == 0)
			glDeleteProgram(programs[i / 2]);
	}
	draw_quad();
	say_picture("drawn");
}

/* SPDX-License-Identifier: MIT */
/* Frames as a toolkit's GL widget draws them: each attaches one of a few textures that are shown by
 * turns, and asks whether the framebuffer is complete. */
#include "../case.h"

enum { FRAMES = 64, TEXTURES = 3, SIDE = 8 };

XG_CASE_ES3(frames_framebuffer)
{
	GLuint textures[TEXTURES], framebuffer, depth;
	unsigned complete = 0;

	glGenFramebuffers(1, &framebuffer);
	glGenRenderbuffers(1, &depth);
	glBindRenderbuffer(GL_RENDERBUFFER, depth);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH24_STENCIL8, SIDE, SIDE);
	for (int i = 0; i < TEXTURES; i++) {
		textures[i] = make_texture();
		glTexImage2D(
			GL_TEXTURE_2D, 0, GL_RGBA8, SIDE, SIDE, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	}
	use_textured();
	for (int frame = 0; frame < FRAMES; frame++) {
		glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
		glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D,
			textures[frame % TEXTURES], 0);
		glFramebufferRenderbuffer(
			GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
		glFramebufferRenderbuffer(
			GL_FRAMEBUFFER, GL_STENCIL_ATTACHMENT, GL_RENDERBUFFER, depth);
		complete += glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
		glClearColor((GLfloat)frame / FRAMES, 1, 0, 1);
		glClear(GL_COLOR_BUFFER_BIT);
		glBindFramebuffer(GL_FRAMEBUFFER, 0);
		glBindTexture(GL_TEXTURE_2D, textures[frame % TEXTURES]);
		glFlush();
	}
	draw_quad();
	say_error("frames");
	say("complete %u times", complete);
	say_picture("the last frame");
}

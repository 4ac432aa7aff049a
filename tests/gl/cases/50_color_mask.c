/* SPDX-License-Identifier: MIT */
/* Colour masks and dither. */
#include "../case.h"

XG_CASE(color_mask)
{
	use_flat(0.3f, 0.6f, 0.9f, 0.45f);
	for (int mask = 0; mask < 16; mask++) {
		glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
		glClearColor(0.7f, 0.5f, 0.1f, 0.2f);
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glColorMask(
			mask & 1, (mask & 2) / 2, (GLboolean)(mask & 4), (GLboolean)(mask & 8)));
		draw_quad();
		say_pixels("masked", 9, 9, 1, 1);
	}
	glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
	make_framebuffer(8, 8);
	for (int dither = 0; dither < 2; dither++) {
		GLuint renderbuffer;
		glGenRenderbuffers(1, &renderbuffer);
		glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
		glRenderbufferStorage(GL_RENDERBUFFER, GL_RGB565, 8, 8);
		glFramebufferRenderbuffer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer);
		if (dither)
			glEnable(GL_DITHER);
		else
			glDisable(GL_DITHER);
		draw_quad();
		say_pixels("dither", 0, 0, 8, 8);
	}
}

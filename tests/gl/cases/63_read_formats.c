/* SPDX-License-Identifier: MIT */
/* Reading back from framebuffers of other formats, in the format that the driver prefers. */
#include "../case.h"

XG_CASE(read_formats)
{
	static const GLenum formats[] = {
		GL_RGBA4, GL_RGB5_A1, GL_RGB565, GL_RGBA8_OES, GL_RGB8_OES};
	uint8_t pixels[16 * 16 * 16];

	make_framebuffer(16, 16);
	for (size_t i = 0; i < COUNT(formats); i++) {
		GLint format, type;
		GLuint renderbuffer;
		glGenRenderbuffers(1, &renderbuffer);
		glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
		glRenderbufferStorage(GL_RENDERBUFFER, formats[i], 16, 16);
		glFramebufferRenderbuffer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer);
		glClearColor(0.3f, 0.55f, 0.8f, 0.4f);
		glClear(GL_COLOR_BUFFER_BIT);
		use_flat(0.9f, 0.1f, 0.33f, 0.66f);
		draw_rectangle(-0.5f, -0.5f, 0.5f, 0.5f, 0);
		glGetIntegerv(GL_IMPLEMENTATION_COLOR_READ_FORMAT, &format);
		glGetIntegerv(GL_IMPLEMENTATION_COLOR_READ_TYPE, &type);
		say("format 0x%04x read as 0x%04x 0x%04x", formats[i], (GLuint)format,
			(GLuint)type);
		untouched(pixels, sizeof(pixels));
		DO(glReadPixels(0, 0, 16, 16, (GLenum)format, (GLenum)type, pixels));
		say_data("pixels", pixels, sizeof(pixels));
		say_pixels("rgba", 0, 0, 16, 16);
	}
}

/* SPDX-License-Identifier: MIT */
/* Renderbuffer storage of every format, its parameters, refusals. */
#include "../case.h"

XG_CASE(renderbuffers)
{
	static const GLenum formats[] = {GL_RGBA4, GL_RGB5_A1, GL_RGB565, GL_DEPTH_COMPONENT16,
		GL_STENCIL_INDEX8, GL_DEPTH24_STENCIL8_OES, GL_RGBA8_OES, GL_RGB8_OES,
		GL_DEPTH_COMPONENT24_OES, GL_RGBA, GL_BLEND};
	static const GLenum names[] = {GL_RENDERBUFFER_WIDTH, GL_RENDERBUFFER_HEIGHT,
		GL_RENDERBUFFER_INTERNAL_FORMAT, GL_RENDERBUFFER_RED_SIZE,
		GL_RENDERBUFFER_GREEN_SIZE, GL_RENDERBUFFER_BLUE_SIZE, GL_RENDERBUFFER_ALPHA_SIZE,
		GL_RENDERBUFFER_DEPTH_SIZE, GL_RENDERBUFFER_STENCIL_SIZE, GL_BLEND};
	GLuint renderbuffer;
	GLint limit, value[2];

	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA4, 4, 4));
	DO(glGetRenderbufferParameteriv(GL_RENDERBUFFER, GL_RENDERBUFFER_WIDTH, value));
	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	for (size_t i = 0; i < COUNT(formats); i++) {
		for (size_t n = 0; n < COUNT(names); n++) {
			untouched(value, sizeof(value));
			DO(glGetRenderbufferParameteriv(GL_RENDERBUFFER, names[n], value));
			say_ints(enum_name(names[n]), value, 2);
		}
		say("format %s", enum_name(formats[i]));
		DO(glRenderbufferStorage(GL_RENDERBUFFER, formats[i], 7, 9));
	}
	glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &limit);
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA4, limit + 1, 1));
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA4, 1, limit + 1));
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA4, -1, 1));
	DO(glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA4, 1, -1));
	DO(glRenderbufferStorage(GL_BLEND, GL_RGBA4, 1, 1));
	DO(glGetRenderbufferParameteriv(GL_BLEND, GL_RENDERBUFFER_WIDTH, value));
}

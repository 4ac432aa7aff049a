/* SPDX-License-Identifier: MIT */
/* Depth and stencil as pixels, with each type that GL_NV_read_depth and its like have for them. */
#include "../case.h"

static void read_as(GLenum format, GLenum type)
{
	GLuint values[8];

	untouched(values, sizeof(values));
	glReadPixels(0, 0, 2, 1, format, type, values);
	say("%s %s", enum_name(format), enum_name(type));
	say_error("read");
	say_bytes("values", values, sizeof(values));
}

XG_CASE_ES3(read_depth)
{
	static const GLenum formats[] = {GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT24,
		GL_DEPTH_COMPONENT32F, GL_DEPTH24_STENCIL8, GL_DEPTH32F_STENCIL8};
	static const GLenum types[] = {GL_UNSIGNED_SHORT, GL_UNSIGNED_INT, GL_FLOAT,
		GL_UNSIGNED_INT_24_8, GL_UNSIGNED_BYTE};
	GLuint buffer, framebuffer;

	need_extension("GL_NV_read_depth");
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glGenRenderbuffers(1, &buffer);
	glBindRenderbuffer(GL_RENDERBUFFER, buffer);
	for (size_t i = 0; i < COUNT(formats); i++) {
		const bool has_stencil = i >= 3;

		DO(glRenderbufferStorage(GL_RENDERBUFFER, formats[i], 4, 4));
		glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_STENCIL_ATTACHMENT, GL_RENDERBUFFER,
			has_stencil ? buffer : 0);
		glFramebufferRenderbuffer(
			GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, buffer);
		ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
		glClearDepthf(0.3125f);
		glClearStencil(0x5a);
		glClear(GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
		for (size_t k = 0; k < COUNT(types); k++)
			read_as(GL_DEPTH_COMPONENT, types[k]);
		read_as(GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8);
		read_as(GL_DEPTH_STENCIL, GL_FLOAT_32_UNSIGNED_INT_24_8_REV);
		read_as(GL_STENCIL_INDEX_OES, GL_UNSIGNED_BYTE);
		read_as(GL_STENCIL_INDEX_OES, GL_UNSIGNED_INT_24_8);
	}
}

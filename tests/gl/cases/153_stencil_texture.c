/* SPDX-License-Identifier: MIT */
/* Textures of stencil: uploaded, drawn into, sampled; and the stencil of one with a depth. */
#include "../stages.h"

static void sample(const char *what)
{
	const GLuint program = use_quad("uniform highp usampler2D s;",
		"color = vec4(float(texture(s, t).r) / 255.0, 0, 0, 1);");

	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture(what);
	glDeleteProgram(program);
}

XG_CASE_ES32(stencil_texture)
{
	const uint8_t *bytes = random_bytes(16 * 16 * 4, 153);
	GLuint framebuffer, texture = make_texture();
	uint8_t read[64];

	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_STENCIL_INDEX8, 16, 16, 0, GL_STENCIL_INDEX,
		GL_UNSIGNED_BYTE, bytes));
	sample("uploaded");
	DO(glTexSubImage2D(
		GL_TEXTURE_2D, 0, 3, 5, 7, 4, GL_STENCIL_INDEX, GL_UNSIGNED_BYTE, bytes + 300));
	sample("a part");
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_STENCIL_ATTACHMENT, GL_TEXTURE_2D, texture, 0));
	say("%s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	glEnable(GL_STENCIL_TEST);
	glStencilFunc(GL_ALWAYS, 0x5a, 0xff);
	glStencilOp(GL_KEEP, GL_REPLACE, GL_REPLACE);
	glViewport(4, 4, 8, 8);
	use_flat(1, 1, 1, 1);
	draw_quad();
	untouched(read, sizeof(read));
	DO(glReadPixels(0, 0, 8, 8, GL_STENCIL_INDEX, GL_UNSIGNED_BYTE, read));
	say_data("read", read, sizeof(read));
	glDisable(GL_STENCIL_TEST);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	sample("drawn");
	glDeleteTextures(1, &texture);
	texture = make_texture();
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_DEPTH24_STENCIL8, 16, 16, 0, GL_DEPTH_STENCIL,
		GL_UNSIGNED_INT_24_8, bytes));
	DO(glTexParameteri(GL_TEXTURE_2D, GL_DEPTH_STENCIL_TEXTURE_MODE, GL_STENCIL_INDEX));
	sample("of a depth");
	DO(glTexStorage2D(GL_TEXTURE_2D, 1, GL_STENCIL_INDEX8, 4, 4));
	DO(glTexImage2D(GL_TEXTURE_2D, 0, GL_STENCIL_INDEX8, 4, 4, 0, GL_STENCIL_INDEX,
		GL_UNSIGNED_SHORT, NULL));
	DO(glTexImage2D(
		GL_TEXTURE_2D, 0, GL_STENCIL_INDEX8, 4, 4, 0, GL_RED, GL_UNSIGNED_BYTE, NULL));
	DO(glTexImage3D(GL_TEXTURE_3D, 0, GL_STENCIL_INDEX8, 4, 4, 4, 0, GL_STENCIL_INDEX,
		GL_UNSIGNED_BYTE, NULL));
	glDeleteTextures(1, &texture);
	glDeleteFramebuffers(1, &framebuffer);
}

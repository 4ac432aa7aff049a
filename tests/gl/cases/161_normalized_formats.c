/* SPDX-License-Identifier: MIT */
/* EXT_texture_norm16, EXT_render_snorm and MESA_bgra: textures of such formats are filled, sampled,
 * drawn to and read back. */
#include "../case.h"

#define BGR_EXT 0x80e0

static const struct {
	GLenum internal, format, type;
} formats[] = {{GL_R16_EXT, GL_RED, GL_UNSIGNED_SHORT}, {GL_RG16_EXT, GL_RG, GL_UNSIGNED_SHORT},
	{GL_RGB16_EXT, GL_RGB, GL_UNSIGNED_SHORT}, {GL_RGBA16_EXT, GL_RGBA, GL_UNSIGNED_SHORT},
	{GL_R16_SNORM_EXT, GL_RED, GL_SHORT}, {GL_RG16_SNORM_EXT, GL_RG, GL_SHORT},
	{GL_RGB16_SNORM_EXT, GL_RGB, GL_SHORT}, {GL_RGBA16_SNORM_EXT, GL_RGBA, GL_SHORT},
	{GL_R8_SNORM, GL_RED, GL_BYTE}, {GL_RG8_SNORM, GL_RG, GL_BYTE},
	{GL_RGBA8_SNORM, GL_RGBA, GL_BYTE}, {GL_RGB8, BGR_EXT, GL_UNSIGNED_BYTE},
	{GL_SRGB8, BGR_EXT, GL_UNSIGNED_BYTE}, {GL_RGBA8, GL_BGRA_EXT, GL_UNSIGNED_BYTE},
	{GL_SRGB8_ALPHA8, GL_BGRA_EXT, GL_UNSIGNED_BYTE},
	{GL_BGRA_EXT, GL_BGRA_EXT, GL_UNSIGNED_BYTE}, {GL_RGB, BGR_EXT, GL_UNSIGNED_BYTE},
	{GL_RGB8, BGR_EXT, GL_UNSIGNED_SHORT}, {GL_RGBA16_EXT, GL_RGBA, GL_UNSIGNED_BYTE}};

static const GLenum read_types[] = {GL_UNSIGNED_BYTE, GL_BYTE, GL_UNSIGNED_SHORT, GL_SHORT};

/* Draws to the texture, and reads it by each type. */
static void say_drawn(GLuint texture)
{
	uint8_t pixels[8 * 4 * 8];
	GLuint framebuffer;
	GLint values[2] = {0, 0};

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	const GLenum status = glCheckFramebufferStatus(GL_FRAMEBUFFER);
	say("target %s", enum_name(status));
	glBindTexture(GL_TEXTURE_2D, 0);
	use_flat(0.7f, -0.3f, 0.25f, 0.9f);
	glViewport(0, 0, 8, 4);
	draw_rectangle(-0.5f, -1, 0.5f, 1, 0);
	say_error("drawn");
	glGetIntegerv(GL_IMPLEMENTATION_COLOR_READ_FORMAT, &values[0]);
	glGetIntegerv(GL_IMPLEMENTATION_COLOR_READ_TYPE, &values[1]);
	say_ints("reads as", values, 2);
	for (size_t i = 0; i < COUNT(read_types); i++) {
		untouched(pixels, sizeof(pixels));
		DO(glReadPixels(0, 0, 8, 4, GL_RGBA, read_types[i], pixels));
		say_data("read", pixels, sizeof(pixels));
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	glDeleteFramebuffers(1, &framebuffer);
}

XG_CASE_ES3(normalized_formats)
{
	const uint8_t *data = random_bytes(8 * 4 * 8, 161);
	GLuint renderbuffer;

	say("%d %d %d", has_extension("GL_EXT_texture_norm16"),
		has_extension("GL_EXT_render_snorm"), has_extension("GL_MESA_bgra"));
	for (size_t i = 0; i < COUNT(formats); i++) {
		GLuint texture = make_texture();

		say("0x%04x 0x%04x 0x%04x", formats[i].internal, formats[i].format,
			formats[i].type);
		DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i].internal, 8, 4, 0,
			formats[i].format, formats[i].type, data));
		DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 1, 1, 3, 2, formats[i].format, formats[i].type,
			data + 8));
		use_textured();
		glClear(GL_COLOR_BUFFER_BIT);
		draw_quad();
		say_picture("sampled");
		say_drawn(texture);
		glDeleteTextures(1, &texture);
		texture = make_texture();
		DO(glTexStorage2D(GL_TEXTURE_2D, 1, formats[i].internal, 8, 4));
		DO(glTexSubImage2D(
			GL_TEXTURE_2D, 0, 0, 0, 8, 4, formats[i].format, formats[i].type, data));
		glDeleteTextures(1, &texture);
		glGenRenderbuffers(1, &renderbuffer);
		glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
		DO(glRenderbufferStorage(GL_RENDERBUFFER, formats[i].internal, 8, 4));
		glDeleteRenderbuffers(1, &renderbuffer);
	}
}

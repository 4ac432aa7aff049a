/* SPDX-License-Identifier: MIT */
/* EXT_clear_texture: whole images and boxes of textures of all kinds of formats. */
#include "../case.h"

#include <limits.h>

static const struct {
	GLenum internal, format, type;
	GLenum other_format, other_type;
} formats[] = {{GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, GL_RGBA, GL_FLOAT},
	{GL_RGB565, GL_RGB, GL_UNSIGNED_SHORT_5_6_5, GL_RED, GL_UNSIGNED_BYTE},
	{GL_R8, GL_RED, GL_UNSIGNED_BYTE, GL_RED_INTEGER, GL_UNSIGNED_BYTE},
	{GL_RGBA16F, GL_RGBA, GL_HALF_FLOAT, GL_DEPTH_COMPONENT, GL_FLOAT},
	{GL_RG32UI, GL_RG_INTEGER, GL_UNSIGNED_INT, GL_RGBA_INTEGER, GL_INT},
	{GL_R11F_G11F_B10F, GL_RGB, GL_UNSIGNED_INT_10F_11F_11F_REV, 0x1234, GL_FLOAT},
	{GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT, GL_RGBA, GL_FLOAT},
	{GL_DEPTH24_STENCIL8, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8, GL_DEPTH_STENCIL, 0x1234},
	{GL_SRGB8_ALPHA8, GL_RGBA, GL_UNSIGNED_BYTE, GL_BGRA_EXT, GL_UNSIGNED_BYTE}};

static PFNGLCLEARTEXIMAGEEXTPROC glClearTexImageEXT;
static PFNGLCLEARTEXSUBIMAGEEXTPROC glClearTexSubImageEXT;

static void say_colours(GLuint texture, GLint level)
{
	uint8_t pixels[8 * 4 * 16];
	GLint format = GL_RGBA, type = GL_UNSIGNED_BYTE;
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, level);
	if (glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) {
		glGetIntegerv(GL_IMPLEMENTATION_COLOR_READ_FORMAT, &format);
		glGetIntegerv(GL_IMPLEMENTATION_COLOR_READ_TYPE, &type);
		untouched(pixels, sizeof(pixels));
		glReadPixels(0, 0, 8, 4, (GLenum)format, (GLenum)type, pixels);
		say_data("  level", pixels, sizeof(pixels));
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	while (glGetError())
		continue;
}

static void clear_all(void)
{
	const uint8_t *data = random_bytes(16, 165);

	for (size_t i = 0; i < COUNT(formats); i++) {
		GLuint texture = make_texture();

		say("0x%04x", formats[i].internal);
		glTexStorage2D(GL_TEXTURE_2D, 2, formats[i].internal, 8, 4);
		glBindTexture(GL_TEXTURE_2D, 0);
		DO(glClearTexImageEXT(texture, 0, formats[i].format, formats[i].type, data));
		say_colours(texture, 0);
		DO(glClearTexSubImageEXT(
			texture, 0, 1, 1, 0, 3, 2, 1, formats[i].format, formats[i].type, NULL));
		say_colours(texture, 0);
		DO(glClearTexSubImageEXT(texture, 1, 0, 0, 0, 2, 2, 1, formats[i].other_format,
			formats[i].other_type, data));
		say_colours(texture, 1);
		glBindTexture(GL_TEXTURE_2D, texture);
		use_textured();
		glClear(GL_COLOR_BUFFER_BIT);
		draw_quad();
		say_picture("sampled");
		glDeleteTextures(1, &texture);
	}
}

static void refuse_boxes(GLuint texture)
{
	static const GLint boxes[][6] = {{-1, 0, 0, 2, 2, 1}, {0, 0, 0, 9, 1, 1},
		{0, 0, 0, 8, 4, 0}, {0, 0, 0, 8, 4, -1}, {0, 0, 1, 8, 4, 1}, {7, 3, 0, 1, 1, 1},
		{8, 4, 1, 0, 0, 0}, {0, 0, 0, INT_MAX, 1, 1}};

	for (size_t i = 0; i < COUNT(boxes); i++)
		DO(glClearTexSubImageEXT(texture, 0, boxes[i][0], boxes[i][1], boxes[i][2],
			boxes[i][3], boxes[i][4], boxes[i][5], GL_RGBA, GL_UNSIGNED_BYTE,
			"\1\2\3\4"));
}

static void clear_layers(GLenum target)
{
	const uint8_t *data = random_bytes(16, 166);
	GLuint texture, framebuffer;

	say("target 0x%04x", target);
	glGenTextures(1, &texture);
	glBindTexture(target, texture);
	if (target == GL_TEXTURE_CUBE_MAP)
		glTexStorage2D(target, 1, GL_RGBA8, 4, 4);
	else
		glTexStorage3D(target, 1, GL_RGBA8, 4, 4, 6);
	DO(glClearTexImageEXT(texture, 0, GL_RGBA, GL_UNSIGNED_BYTE, data));
	DO(glClearTexSubImageEXT(
		texture, 0, 1, 0, 2, 2, 3, 3, GL_RGBA, GL_UNSIGNED_BYTE, data + 4));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (GLint i = 0; i < 6; i++) {
		if (target == GL_TEXTURE_CUBE_MAP)
			glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0,
				GL_TEXTURE_CUBE_MAP_POSITIVE_X + (GLenum)i, texture, 0);
		else
			glFramebufferTextureLayer(
				GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, i);
		say_pixels("layer", 0, 0, 4, 4);
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteTextures(1, &texture);
}

XG_CASE_ES3(clear_texture)
{
	GLuint texture;

	need_extension("GL_EXT_clear_texture");
	glClearTexImageEXT = (PFNGLCLEARTEXIMAGEEXTPROC)eglGetProcAddress("glClearTexImageEXT");
	glClearTexSubImageEXT =
		(PFNGLCLEARTEXSUBIMAGEEXTPROC)eglGetProcAddress("glClearTexSubImageEXT");
	clear_all();
	texture = make_texture();
	DO(glClearTexImageEXT(texture, 0, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	DO(glClearTexImageEXT(texture, 0, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	DO(glClearTexImageEXT(texture, 1, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	DO(glClearTexImageEXT(texture, -1, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	DO(glClearTexImageEXT(texture, 99, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	DO(glClearTexImageEXT(12345, 0, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	DO(glClearTexImageEXT(0, 0, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	refuse_boxes(texture);
	say_colours(texture, 0);
	texture = make_texture();
	glCompressedTexImage2D(GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB8_ETC2, 4, 4, 0, 8, "abcdefg");
	DO(glClearTexImageEXT(texture, 0, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4"));
	clear_layers(GL_TEXTURE_CUBE_MAP);
	clear_layers(GL_TEXTURE_2D_ARRAY);
	clear_layers(GL_TEXTURE_3D);
}

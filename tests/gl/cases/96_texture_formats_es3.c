/* SPDX-License-Identifier: MIT */
/* Textures of the formats of GLES 3.0, each with the types that go with it, sampled as what they
 * are. */
#include "../case.h"

#include <stdio.h>

#define U(...)                                                                                     \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
static const struct {
	GLenum internal, format, type;
} formats[] = {U(GL_R8, GL_RED, GL_UNSIGNED_BYTE), U(GL_R8_SNORM, GL_RED, GL_BYTE),
	U(GL_R16F, GL_RED, GL_HALF_FLOAT), U(GL_R32F, GL_RED, GL_FLOAT),
	U(GL_R8UI, GL_RED_INTEGER, GL_UNSIGNED_BYTE), U(GL_R8I, GL_RED_INTEGER, GL_BYTE),
	U(GL_R16UI, GL_RED_INTEGER, GL_UNSIGNED_SHORT), U(GL_R16I, GL_RED_INTEGER, GL_SHORT),
	U(GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT), U(GL_R32I, GL_RED_INTEGER, GL_INT),
	U(GL_RG8, GL_RG, GL_UNSIGNED_BYTE), U(GL_RG16F, GL_RG, GL_FLOAT),
	U(GL_RG16UI, GL_RG_INTEGER, GL_UNSIGNED_SHORT), U(GL_RG32I, GL_RG_INTEGER, GL_INT),
	U(GL_RGB8, GL_RGB, GL_UNSIGNED_BYTE), U(GL_SRGB8, GL_RGB, GL_UNSIGNED_BYTE),
	U(GL_R11F_G11F_B10F, GL_RGB, GL_UNSIGNED_INT_10F_11F_11F_REV),
	U(GL_R11F_G11F_B10F, GL_RGB, GL_FLOAT), U(GL_RGB9_E5, GL_RGB, GL_UNSIGNED_INT_5_9_9_9_REV),
	U(GL_RGB9_E5, GL_RGB, GL_HALF_FLOAT), U(GL_RGB16F, GL_RGB, GL_HALF_FLOAT),
	U(GL_RGB8UI, GL_RGB_INTEGER, GL_UNSIGNED_BYTE), U(GL_RGB32I, GL_RGB_INTEGER, GL_INT),
	U(GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE), U(GL_SRGB8_ALPHA8, GL_RGBA, GL_UNSIGNED_BYTE),
	U(GL_RGBA8_SNORM, GL_RGBA, GL_BYTE),
	U(GL_RGB10_A2, GL_RGBA, GL_UNSIGNED_INT_2_10_10_10_REV),
	U(GL_RGB5_A1, GL_RGBA, GL_UNSIGNED_INT_2_10_10_10_REV),
	U(GL_RGBA16F, GL_RGBA, GL_HALF_FLOAT), U(GL_RGBA32F, GL_RGBA, GL_FLOAT),
	U(GL_RGB10_A2UI, GL_RGBA_INTEGER, GL_UNSIGNED_INT_2_10_10_10_REV),
	U(GL_RGBA8I, GL_RGBA_INTEGER, GL_BYTE), U(GL_RGBA16UI, GL_RGBA_INTEGER, GL_UNSIGNED_SHORT),
	U(GL_RGBA32UI, GL_RGBA_INTEGER, GL_UNSIGNED_INT),
	U(GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT),
	U(GL_DEPTH_COMPONENT24, GL_DEPTH_COMPONENT, GL_UNSIGNED_INT),
	U(GL_DEPTH_COMPONENT32F, GL_DEPTH_COMPONENT, GL_FLOAT),
	U(GL_DEPTH24_STENCIL8, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8),
	U(GL_DEPTH32F_STENCIL8, GL_DEPTH_STENCIL, GL_FLOAT_32_UNSIGNED_INT_24_8_REV),
	U(GL_RGBA8UI, GL_RGBA, GL_UNSIGNED_BYTE), U(GL_RGBA8, GL_RGBA_INTEGER, GL_UNSIGNED_BYTE),
	U(GL_RGBA16F, GL_RGBA, GL_UNSIGNED_BYTE)};

static GLuint sampling(const char *prefix)
{
	char text[512];

	snprintf(text, sizeof(text),
		"#version 300 es\nprecision highp float; precision highp int;\n"
		"uniform highp %ssampler2D tex; in vec2 t; out vec4 color;\n"
		"void main() { color = fract(vec4(texture(tex, t)) / %s); }",
		prefix, *prefix ? "251.0" : "1.0");
	return make_program("#version 300 es\nin vec4 position; in vec2 texcoord; out vec2 t;\n"
			    "void main() { gl_Position = position; t = texcoord; }",
		text);
}

XG_CASE_ES3(texture_formats_es3)
{
	/* Half floats and floats of which none is a NaN, whichever way they are read. */
	uint8_t *data = random_bytes(8 * 4 * 16, 96);
	const GLuint programs[] = {sampling(""), sampling("i"), sampling("u")};

	for (size_t i = 0; i < 8 * 4 * 16; i += 2)
		data[i + 1] = (uint8_t)(0x38 | (data[i + 1] & 0x87));
	for (size_t i = 0; i < COUNT(formats); i++) {
		const bool is_integer =
			formats[i].format == GL_RED_INTEGER || formats[i].format == GL_RG_INTEGER ||
			formats[i].format == GL_RGB_INTEGER || formats[i].format == GL_RGBA_INTEGER;
		const bool is_signed = formats[i].type == GL_BYTE || formats[i].type == GL_SHORT ||
				       formats[i].type == GL_INT;
		GLuint texture = make_texture();

		say("0x%04x 0x%04x 0x%04x", formats[i].internal, formats[i].format,
			formats[i].type);
		DO(glTexImage2D(GL_TEXTURE_2D, 0, (GLint)formats[i].internal, 8, 4, 0,
			formats[i].format, formats[i].type, data));
		DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 1, 1, 3, 2, formats[i].format, formats[i].type,
			data + 4));
		glUseProgram(programs[!is_integer ? 0 : is_signed ? 1 : 2]);
		glClear(GL_COLOR_BUFFER_BIT);
		draw_quad();
		say_picture("sampled");
		glDeleteTextures(1, &texture);
	}
}

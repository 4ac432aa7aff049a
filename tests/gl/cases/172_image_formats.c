/* SPDX-License-Identifier: MIT */
/* NV_image_formats: a shader writes to images of formats that GLES 3.1 has not. */
#include "../case.h"

#include <GLES3/gl31.h>

#include <stdio.h>

static const struct {
	GLenum internal;
	const char *qualifier, *kind;
	GLenum format, type;
} formats[] = {{GL_RG32F, "rg32f", "", GL_RGBA, GL_FLOAT},
	{GL_RG16F, "rg16f", "", GL_RGBA, GL_FLOAT}, {GL_R16F, "r16f", "", GL_RGBA, GL_FLOAT},
	{GL_R11F_G11F_B10F, "r11f_g11f_b10f", "", GL_RGBA, GL_FLOAT},
	{GL_RGB10_A2, "rgb10_a2", "", GL_RGBA, GL_UNSIGNED_BYTE},
	{GL_RG8, "rg8", "", GL_RGBA, GL_UNSIGNED_BYTE},
	{GL_R8, "r8", "", GL_RGBA, GL_UNSIGNED_BYTE},
	{GL_RGBA16_EXT, "rgba16", "", GL_RGBA, GL_UNSIGNED_SHORT},
	{GL_RG16_EXT, "rg16", "", GL_RGBA, GL_UNSIGNED_SHORT},
	{GL_R16_EXT, "r16", "", GL_RGBA, GL_UNSIGNED_SHORT},
	{GL_RGBA16_SNORM_EXT, "rgba16_snorm", "", GL_RGBA, GL_SHORT},
	{GL_RG16_SNORM_EXT, "rg16_snorm", "", GL_RGBA, GL_SHORT},
	{GL_R16_SNORM_EXT, "r16_snorm", "", GL_RGBA, GL_SHORT},
	{GL_RG8_SNORM, "rg8_snorm", "", GL_RGBA, GL_BYTE},
	{GL_R8_SNORM, "r8_snorm", "", GL_RGBA, GL_BYTE},
	{GL_RG32I, "rg32i", "i", GL_RGBA_INTEGER, GL_INT},
	{GL_RG16I, "rg16i", "i", GL_RGBA_INTEGER, GL_INT},
	{GL_R16I, "r16i", "i", GL_RGBA_INTEGER, GL_INT},
	{GL_RG8I, "rg8i", "i", GL_RGBA_INTEGER, GL_INT},
	{GL_R8I, "r8i", "i", GL_RGBA_INTEGER, GL_INT},
	{GL_RG32UI, "rg32ui", "u", GL_RGBA_INTEGER, GL_UNSIGNED_INT},
	{GL_RG16UI, "rg16ui", "u", GL_RGBA_INTEGER, GL_UNSIGNED_INT},
	{GL_R16UI, "r16ui", "u", GL_RGBA_INTEGER, GL_UNSIGNED_INT},
	{GL_RG8UI, "rg8ui", "u", GL_RGBA_INTEGER, GL_UNSIGNED_INT},
	{GL_R8UI, "r8ui", "u", GL_RGBA_INTEGER, GL_UNSIGNED_INT},
	{GL_RGB10_A2UI, "rgb10_a2ui", "u", GL_RGBA_INTEGER, GL_UNSIGNED_INT}};

static GLuint make_writer(const char *qualifier, const char *kind)
{
	char text[512];

	snprintf(text, sizeof(text),
		"#version 310 es\n#extension GL_NV_image_formats : require\n"
		"layout(local_size_x = 4, local_size_y = 4) in;\n"
		"layout(%s, binding = 1) writeonly uniform highp %simage2D target;\n"
		"void main() { ivec2 p = ivec2(gl_GlobalInvocationID.xy);\n"
		" imageStore(target, p, %svec4(float(p.x) * %s, p.y, 3, 1) / %svec4(4)); }",
		qualifier, kind, kind, *kind ? "9.0" : "0.3", kind);
	const GLuint shader = make_shader(GL_COMPUTE_SHADER, text);
	const GLuint program = glCreateProgram();
	GLint status = 0;

	glAttachShader(program, shader);
	glDeleteShader(shader);
	glLinkProgram(program);
	glGetProgramiv(program, GL_LINK_STATUS, &status);
	say("%s: linked %d", qualifier, status);
	return program;
}

static void say_texels(GLuint texture, GLenum format, GLenum type)
{
	uint8_t texels[4 * 4 * 16];
	GLuint framebuffer;

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	untouched(texels, sizeof(texels));
	DO(glReadPixels(0, 0, 4, 4, format, type, texels));
	say_data("texels", texels, sizeof(texels));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
}

XG_CASE_ES31(image_formats)
{
	need_extension("GL_NV_image_formats");
	for (size_t i = 0; i < COUNT(formats); i++) {
		const GLuint program = make_writer(formats[i].qualifier, formats[i].kind);
		GLuint texture = make_texture();
		GLint bound = 0;

		glTexStorage2D(GL_TEXTURE_2D, 1, formats[i].internal, 4, 4);
		DO(glBindImageTexture(
			1, texture, 0, GL_FALSE, 0, GL_WRITE_ONLY, formats[i].internal));
		glGetIntegeri_v(GL_IMAGE_BINDING_FORMAT, 1, &bound);
		say("format 0x%04x", (GLuint)bound);
		glUseProgram(program);
		DO(glDispatchCompute(1, 1, 1));
		glMemoryBarrier(GL_FRAMEBUFFER_BARRIER_BIT);
		say_texels(texture, formats[i].format, formats[i].type);
		glUseProgram(0);
		glDeleteProgram(program);
		glDeleteTextures(1, &texture);
	}
	DO(glBindImageTexture(1, 0, 0, GL_FALSE, 0, GL_WRITE_ONLY, GL_RGB8));
	DO(glBindImageTexture(1, 0, 0, GL_FALSE, 0, GL_WRITE_ONLY, GL_SRGB8_ALPHA8));
}

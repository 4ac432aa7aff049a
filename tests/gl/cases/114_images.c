/* SPDX-License-Identifier: MIT */
/* Image units: loads and stores of each format, layers and levels, and what a unit is asked. */
#include "../case.h"

#include <stdio.h>

static void say_unit(GLuint unit)
{
	static const GLenum pnames[] = {GL_IMAGE_BINDING_NAME, GL_IMAGE_BINDING_LEVEL,
		GL_IMAGE_BINDING_LAYERED, GL_IMAGE_BINDING_LAYER, GL_IMAGE_BINDING_ACCESS,
		GL_IMAGE_BINDING_FORMAT};
	GLint values[COUNT(pnames)];
	GLboolean is_layered = 7;

	for (size_t i = 0; i < COUNT(pnames); i++)
		glGetIntegeri_v(pnames[i], unit, &values[i]);
	say_ints("unit", values, COUNT(values));
	DO(glGetBooleani_v(GL_IMAGE_BINDING_LAYERED, unit, &is_layered));
	say("layered %d", is_layered);
}

static GLuint make_copier(const char *format, const char *kind)
{
	char source[1024];
	GLuint program = glCreateProgram();

	snprintf(source, sizeof(source),
		"#version 310 es\n"
		"precision highp float; precision highp int;\n"
		"layout(local_size_x = 4, local_size_y = 4) in;\n"
		"layout(%s, binding = 0) readonly uniform highp %simage2D from;\n"
		"layout(%s, binding = 1) writeonly uniform highp %simage2D to;\n"
		"void main() { ivec2 at = ivec2(gl_GlobalInvocationID.xy);\n"
		"  imageStore(to, imageSize(to) - 1 - at, imageLoad(from, at)); }",
		format, kind, format, kind);
	glAttachShader(program, make_shader(GL_COMPUTE_SHADER, source));
	glLinkProgram(program);
	return program;
}

static void copy(GLenum internal, GLenum format, GLenum type, size_t texel, const char *name,
	const char *kind)
{
	GLuint textures[2], program = make_copier(name, kind), framebuffer;
	uint8_t *texels = random_bytes(8 * 8 * texel, internal);
	const GLenum read_type = *kind == 'i' ? GL_INT : *kind == 'u' ? GL_UNSIGNED_INT : GL_FLOAT;
	GLint pixels[8 * 8 * 4];

	say("%s", name);
	glGenTextures(2, textures);
	for (int i = 0; i < 2; i++) {
		glBindTexture(GL_TEXTURE_2D, textures[i]);
		glTexStorage2D(GL_TEXTURE_2D, 1, internal, 8, 8);
		glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
		DO(glBindImageTexture((GLuint)i, textures[i], 0, GL_FALSE, 0,
			i ? GL_WRITE_ONLY : GL_READ_ONLY, internal));
	}
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	/* Bytes at random may be no numbers. */
	for (size_t i = 0; type == GL_FLOAT && i < 8 * 8 * texel / 4; i++)
		((GLfloat *)texels)[i] = (GLfloat)texels[4 * i] - 99.5f;
	for (size_t i = 0; type == GL_HALF_FLOAT && i < 8 * 8 * texel / 2; i++)
		((GLushort *)texels)[i] &= 0xbfff;
	DO(glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 8, 8, format, type, texels));
	glUseProgram(program);
	DO(glDispatchCompute(2, 2, 1));
	DO(glMemoryBarrier(GL_FRAMEBUFFER_BARRIER_BIT | GL_SHADER_IMAGE_ACCESS_BARRIER_BIT));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, textures[1], 0);
	if (glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) {
		memset(pixels, 0, sizeof(pixels));
		DO(glReadPixels(0, 0, 8, 8, *kind ? GL_RGBA_INTEGER : GL_RGBA, read_type, pixels));
		say_data("copied", pixels, sizeof(pixels));
	}
	say_unit(1);
	DO(glDeleteTextures(2, textures));
	say_unit(1);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

static void layers(void)
{
	static const char source[] =
		"#version 310 es\n"
		"layout(local_size_x = 4, local_size_y = 4) in;\n"
		"layout(r32ui, binding = 0) uniform highp uimage2DArray all;\n"
		"layout(r32ui, binding = 1) uniform highp uimage2D one;\n"
		"void main() { ivec3 at = ivec3(gl_GlobalInvocationID);\n"
		"  imageStore(all, at, imageLoad(all, at) + uvec4(at.z + 1));\n"
		"  if (at.z == 0) imageStore(one, at.xy, uvec4(77)); }";
	GLuint texture, program = glCreateProgram(), framebuffer, texels[3 * 64];

	glAttachShader(program, make_shader(GL_COMPUTE_SHADER, source));
	glLinkProgram(program);
	glUseProgram(program);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D_ARRAY, texture);
	glTexStorage3D(GL_TEXTURE_2D_ARRAY, 2, GL_R32UI, 8, 8, 3);
	fill(texels, sizeof(texels), 5);
	glTexSubImage3D(
		GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, 8, 8, 3, GL_RED_INTEGER, GL_UNSIGNED_INT, texels);
	DO(glBindImageTexture(0, texture, 0, GL_TRUE, 2, GL_READ_WRITE, GL_R32UI));
	DO(glBindImageTexture(1, texture, 1, GL_FALSE, 2, GL_READ_WRITE, GL_R32UI));
	say_unit(0);
	say_unit(1);
	DO(glDispatchCompute(2, 2, 3));
	DO(glMemoryBarrier(GL_ALL_BARRIER_BITS));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	for (GLint i = 0; i < 4; i++) {
		glFramebufferTextureLayer(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, i / 3, i == 3 ? 2 : i);
		memset(texels, 0, sizeof(texels));
		DO(glReadPixels(0, 0, i == 3 ? 4 : 8, i == 3 ? 4 : 8, GL_RED_INTEGER,
			GL_UNSIGNED_INT, texels));
		glGetError();
		GLuint four[256] = {0};
		DO(glReadPixels(0, 0, i == 3 ? 4 : 8, i == 3 ? 4 : 8, GL_RGBA_INTEGER,
			GL_UNSIGNED_INT, four));
		say_data("layer", four, sizeof(four));
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

static void refuse(void)
{
	GLuint texture;
	GLint most = 0;

	glGetIntegerv(GL_MAX_IMAGE_UNITS, &most);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	DO(glBindImageTexture(0, texture, 0, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture(0, 999, 0, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture(0, 0, -1, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture(0, 0, 0, GL_FALSE, -1, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture(0, 0, 0, GL_FALSE, 0, GL_BLEND, GL_RGBA8));
	DO(glBindImageTexture(0, 0, 0, GL_FALSE, 0, GL_READ_ONLY, GL_RGB8));
	DO(glBindImageTexture((GLuint)most, 0, 0, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture((GLuint)most - 1, 0, 0, GL_TRUE, 3, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture(0xffffffff, 0, 0, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8));
	say_unit((GLuint)most - 1);
	GLint value[2];
	untouched(value, sizeof(value));
	DO(glGetIntegeri_v(GL_IMAGE_BINDING_NAME, (GLuint)most, value));
	DO(glGetBooleani_v(GL_IMAGE_BINDING_LAYERED, (GLuint)most, (GLboolean *)value));
	say_ints("untouched", value, 2);
}

XG_CASE_ES31(images)
{
	say_unit(0);
	copy(GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, 4, "rgba8", "");
	copy(GL_RGBA16F, GL_RGBA, GL_HALF_FLOAT, 8, "rgba16f", "");
	copy(GL_RGBA32F, GL_RGBA, GL_FLOAT, 16, "rgba32f", "");
	copy(GL_R32F, GL_RED, GL_FLOAT, 4, "r32f", "");
	copy(GL_RGBA8UI, GL_RGBA_INTEGER, GL_UNSIGNED_BYTE, 4, "rgba8ui", "u");
	copy(GL_RGBA16I, GL_RGBA_INTEGER, GL_SHORT, 8, "rgba16i", "i");
	copy(GL_RGBA32UI, GL_RGBA_INTEGER, GL_UNSIGNED_INT, 16, "rgba32ui", "u");
	copy(GL_R32I, GL_RED_INTEGER, GL_INT, 4, "r32i", "i");
	layers();
	refuse();
}

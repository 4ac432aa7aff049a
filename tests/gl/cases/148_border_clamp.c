/* SPDX-License-Identifier: MIT */
/* Borders' colours, as floats and as integers, of textures and samplers; parameters of integers. */
#include "../stages.h"

#include <stdio.h>

static const GLenum targets[] = {GL_TEXTURE_2D, GL_TEXTURE_3D, GL_TEXTURE_2D_ARRAY,
	GL_TEXTURE_CUBE_MAP, GL_TEXTURE_CUBE_MAP_ARRAY};

static void say_border(GLenum target, GLuint sampler)
{
	GLint ints[6];
	GLuint uints[6];
	GLfloat floats[6];

	untouched(ints, sizeof(ints));
	untouched(uints, sizeof(uints));
	untouched(floats, sizeof(floats));
	if (sampler) {
		DO(glGetSamplerParameterIiv(sampler, GL_TEXTURE_BORDER_COLOR, ints));
		DO(glGetSamplerParameterIuiv(sampler, GL_TEXTURE_BORDER_COLOR, uints));
		DO(glGetSamplerParameterfv(sampler, GL_TEXTURE_BORDER_COLOR, floats));
	} else {
		DO(glGetTexParameterIiv(target, GL_TEXTURE_BORDER_COLOR, ints));
		DO(glGetTexParameterIuiv(target, GL_TEXTURE_BORDER_COLOR, uints));
		DO(glGetTexParameterfv(target, GL_TEXTURE_BORDER_COLOR, floats));
	}
	say_ints("ints", ints, 6);
	say_ints("uints", (GLint *)uints, 6);
	say_floats("floats", floats, 6);
	untouched(ints, sizeof(ints));
	if (sampler)
		DO(glGetSamplerParameteriv(sampler, GL_TEXTURE_BORDER_COLOR, ints));
	else
		DO(glGetTexParameteriv(target, GL_TEXTURE_BORDER_COLOR, ints));
	say_ints("scaled", ints, 6);
}

static void draw(const char *kind, const char *scale)
{
	char declarations[64], body[128];

	snprintf(declarations, sizeof(declarations), "uniform highp %ssampler2D s;", kind);
	snprintf(body, sizeof(body), "color = vec4(texture(s, t * 2.0 - 0.5))%s;", scale);
	const GLuint program = use_quad(declarations, body);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture("drawn");
	glDeleteProgram(program);
}

static void clamp(GLenum target)
{
	DO(glTexParameteri(target, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_BORDER));
	DO(glTexParameteri(target, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_BORDER));
	DO(glTexParameteri(target, GL_TEXTURE_WRAP_R, GL_CLAMP_TO_BORDER));
}

static void set_each(void)
{
	static const GLfloat floats[] = {0.25f, 2.5f, -1, 0.75f};
	static const GLint ints[] = {-5, 1 << 30, 77, INT32_MIN};
	static const GLuint uints[] = {5, 0x80000000, 0xffffffff, 0};
	const GLuint one = GL_REPEAT;
	GLuint texture;

	for (size_t i = 0; i < COUNT(targets); i++) {
		glGenTextures(1, &texture);
		glBindTexture(targets[i], texture);
		clamp(targets[i]);
		say_border(targets[i], 0);
		DO(glTexParameterfv(targets[i], GL_TEXTURE_BORDER_COLOR, floats));
		say_border(targets[i], 0);
		DO(glTexParameterIiv(targets[i], GL_TEXTURE_BORDER_COLOR, ints));
		say_border(targets[i], 0);
		DO(glTexParameterIuiv(targets[i], GL_TEXTURE_BORDER_COLOR, uints));
		say_border(targets[i], 0);
		DO(glTexParameteriv(targets[i], GL_TEXTURE_BORDER_COLOR, ints));
		say_border(targets[i], 0);
		DO(glTexParameterIiv(targets[i], GL_TEXTURE_WRAP_S, (const GLint *)&one));
		DO(glTexParameterIuiv(targets[i], GL_TEXTURE_WRAP_T, &one));
		DO(glTexParameterf(targets[i], GL_TEXTURE_BORDER_COLOR, 1));
		glDeleteTextures(1, &texture);
	}
}

static void draw_each(void)
{
	static const GLfloat floats[] = {1, 0.5f, 0.25f, 1};
	static const GLint ints[] = {-100, 50, 25, 127};
	static const GLuint uints[] = {200, 100, 50, 255};
	const uint8_t *bytes = random_bytes(8 * 8 * 4, 148);
	GLuint texture;

	texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
	clamp(GL_TEXTURE_2D);
	draw("", "");
	DO(glTexParameterfv(GL_TEXTURE_2D, GL_TEXTURE_BORDER_COLOR, floats));
	draw("", "");
	glDeleteTextures(1, &texture);
	texture = make_texture();
	glTexImage2D(
		GL_TEXTURE_2D, 0, GL_RGBA8UI, 8, 8, 0, GL_RGBA_INTEGER, GL_UNSIGNED_BYTE, bytes);
	clamp(GL_TEXTURE_2D);
	DO(glTexParameterIuiv(GL_TEXTURE_2D, GL_TEXTURE_BORDER_COLOR, uints));
	draw("u", " / 255.0");
	glDeleteTextures(1, &texture);
	texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8I, 8, 8, 0, GL_RGBA_INTEGER, GL_BYTE, bytes);
	clamp(GL_TEXTURE_2D);
	DO(glTexParameterIiv(GL_TEXTURE_2D, GL_TEXTURE_BORDER_COLOR, ints));
	draw("i", " / 128.0");
	glDeleteTextures(1, &texture);
}

static void samplers(void)
{
	static const GLint ints[] = {-5, 6, -7, 8}, wrap = GL_CLAMP_TO_BORDER;
	static const GLuint uints[] = {5, 6, 7, 0xffffffff};
	GLint value;
	GLuint sampler;

	glGenSamplers(1, &sampler);
	say_border(0, sampler);
	DO(glSamplerParameterIiv(sampler, GL_TEXTURE_BORDER_COLOR, ints));
	say_border(0, sampler);
	DO(glSamplerParameterIuiv(sampler, GL_TEXTURE_BORDER_COLOR, uints));
	say_border(0, sampler);
	DO(glSamplerParameterfv(
		sampler, GL_TEXTURE_BORDER_COLOR, (const GLfloat[]){0.5f, 0, 1, 0.5f}));
	say_border(0, sampler);
	DO(glSamplerParameterIiv(sampler, GL_TEXTURE_WRAP_S, &wrap));
	DO(glSamplerParameterIuiv(sampler, GL_TEXTURE_WRAP_T, (const GLuint *)&wrap));
	untouched(&value, sizeof(value));
	DO(glGetSamplerParameterIiv(sampler, GL_TEXTURE_WRAP_S, &value));
	say_ints("wrap", &value, 1);
	DO(glGetSamplerParameterIuiv(sampler, GL_TEXTURE_WRAP_T, (GLuint *)&value));
	say_ints("wrap", &value, 1);
	DO(glSamplerParameterIiv(sampler, GL_BLEND, ints));
	DO(glSamplerParameterIuiv(4711, GL_TEXTURE_WRAP_S, uints));
	DO(glGetSamplerParameterIiv(4711, GL_TEXTURE_WRAP_S, &value));
	DO(glGetSamplerParameterIuiv(sampler, GL_BLEND, (GLuint *)&value));
	const GLuint texture = make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(256, 149));
	glSamplerParameteri(sampler, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
	glBindSampler(0, sampler);
	draw("", "");
	glDeleteSamplers(1, &sampler);
	glDeleteTextures(1, &texture);
}

XG_CASE_ES32(border_clamp)
{
	GLint value = GL_REPEAT;

	set_each();
	draw_each();
	samplers();
	DO(glTexParameterIiv(GL_BLEND, GL_TEXTURE_WRAP_S, NULL));
	DO(glTexParameterIuiv(GL_TEXTURE_BUFFER, GL_TEXTURE_WRAP_S, NULL));
	DO(glTexParameterIiv(GL_TEXTURE_2D, GL_BLEND, &value));
	DO(glTexParameterIiv(GL_TEXTURE_2D_MULTISAMPLE, GL_TEXTURE_WRAP_S, &value));
	DO(glGetTexParameterIiv(GL_BLEND, GL_TEXTURE_WRAP_S, &value));
	DO(glGetTexParameterIuiv(GL_TEXTURE_2D, GL_BLEND, (GLuint *)&value));
}

/* SPDX-License-Identifier: MIT */
/* EXT_texture_filter_minmax: a sample is the least or the greatest of its texels. */
#include "../case.h"

#define REDUCTION_MODE	 0x9366
#define WEIGHTED_AVERAGE 0x9367

static void say_mode(GLuint sampler)
{
	GLint value;
	GLfloat f;

	untouched(&value, sizeof(value));
	DO(glGetTexParameteriv(GL_TEXTURE_2D, REDUCTION_MODE, &value));
	say_ints("texture", &value, 1);
	untouched(&f, sizeof(f));
	DO(glGetSamplerParameterfv(sampler, REDUCTION_MODE, &f));
	say_floats("sampler", &f, 1);
}

XG_CASE_ES3(filter_minmax)
{
	static const GLint modes[] = {WEIGHTED_AVERAGE, GL_MIN, GL_MAX, GL_FUNC_ADD, 0};
	const GLfloat wrong = GL_LINEAR;
	GLuint sampler;

	say("%d", has_extension("GL_EXT_texture_filter_minmax"));
	use_textured();
	make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE,
		random_bytes(256, 162));
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
	glGenSamplers(1, &sampler);
	glSamplerParameteri(sampler, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
	glSamplerParameteri(sampler, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
	say_mode(sampler);
	for (size_t i = 0; i < COUNT(modes); i++) {
		DO(glTexParameteri(GL_TEXTURE_2D, REDUCTION_MODE, modes[i]));
		DO(glSamplerParameteriv(sampler, REDUCTION_MODE, &modes[COUNT(modes) - 1 - i]));
		say_mode(sampler);
		for (GLuint bound = 0; bound < 2; bound++) {
			glBindSampler(0, bound ? sampler : 0);
			glClear(GL_COLOR_BUFFER_BIT);
			draw_quad();
			say_picture(bound ? "by the sampler" : "by the texture");
		}
	}
	DO(glTexParameterfv(GL_TEXTURE_2D, REDUCTION_MODE, &wrong));
	DO(glSamplerParameterf(sampler, REDUCTION_MODE, -1));
	glDeleteSamplers(1, &sampler);
}

/* SPDX-License-Identifier: MIT */
/* Shading per sample, and arrays of multisample textures: made, drawn into, fetched from. */
#include "../stages.h"

enum { SAMPLES = 4, SIZE = 8 };

static void fetch(GLuint texture, GLint layer)
{
	const GLuint program = use_quad("uniform highp sampler2DMSArray s; uniform int layer;",
		"ivec2 p = ivec2(t * 32.0); color = texelFetch(s, ivec3(p % 8, layer), p.x / 8);");

	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, texture);
	glUniform1i(glGetUniformLocation(program, "layer"), layer);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	say_picture("samples");
	glDeleteProgram(program);
}

static void say_storage(void)
{
	static const GLenum pnames[] = {GL_TEXTURE_SAMPLES, GL_TEXTURE_FIXED_SAMPLE_LOCATIONS,
		GL_TEXTURE_WIDTH, GL_TEXTURE_DEPTH, GL_TEXTURE_INTERNAL_FORMAT};
	GLint value;

	for (size_t i = 0; i < COUNT(pnames); i++) {
		untouched(&value, sizeof(value));
		DO(glGetTexLevelParameteriv(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, 0, pnames[i], &value));
		say_ints("value", &value, 1);
	}
}

static void shade(GLuint framebuffer, GLuint texture, GLfloat least, const char *body)
{
	const GLuint program = use_quad("", body);

	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glViewport(0, 0, SIZE, SIZE);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glMinSampleShading(least));
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	glDisable(GL_SAMPLE_SHADING);
	fetch(texture, 1);
	glEnable(GL_SAMPLE_SHADING);
	glDeleteProgram(program);
}

static void say_least(void)
{
	GLfloat least;

	untouched(&least, sizeof(least));
	glGetFloatv(GL_MIN_SAMPLE_SHADING_VALUE, &least);
	say_floats("least", &least, 1);
	ASK(glIsEnabled(GL_SAMPLE_SHADING));
}

static void refuse(void)
{
	const GLenum target = GL_TEXTURE_2D_MULTISAMPLE_ARRAY;
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(target, texture);
	DO(glTexStorage3DMultisample(target, 0, GL_RGBA8, 4, 4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, -1, GL_RGBA8, 4, 4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, 64, GL_RGBA8, 4, 4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA, 4, 4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA8, 0, 4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA8, 4, -4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA8, 4, 4, 0, GL_TRUE));
	DO(glTexStorage3DMultisample(GL_TEXTURE_2D_ARRAY, 4, GL_RGBA8, 4, 4, 2, GL_TRUE));
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA8, 4, 4, 2, GL_FALSE));
	say_storage();
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA8, 4, 4, 2, GL_TRUE));
	DO(glTexParameteri(target, GL_TEXTURE_MIN_FILTER, GL_NEAREST));
	DO(glTexParameteri(target, GL_TEXTURE_BASE_LEVEL, 0));
	DO(glTexParameteri(target, GL_TEXTURE_SWIZZLE_R, GL_BLUE));
	glBindTexture(target, 0);
	DO(glTexStorage3DMultisample(target, 4, GL_RGBA8, 4, 4, 2, GL_TRUE));
	glDeleteTextures(1, &texture);
}

XG_CASE_ES32(sample_shading)
{
	GLuint texture, framebuffer;

	say_least();
	glGenTextures(1, &texture);
	DO(glBindTexture(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, texture));
	say_integer("bound", GL_TEXTURE_BINDING_2D_MULTISAMPLE_ARRAY, 2);
	DO(glTexStorage3DMultisample(
		GL_TEXTURE_2D_MULTISAMPLE_ARRAY, SAMPLES, GL_RGBA8, SIZE, SIZE, 3, GL_TRUE));
	say_storage();
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0, 1));
	say("%s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	DO(glEnable(GL_SAMPLE_SHADING));
	shade(framebuffer, texture, 0, "color = vec4(fract(gl_FragCoord.xy), t);");
	shade(framebuffer, texture, 1, "color = vec4(fract(gl_FragCoord.xy), t);");
	shade(framebuffer, texture, 0.5f,
		"color = vec4(float(gl_SampleID) / 4.0, gl_SamplePosition, 1);");
	shade(framebuffer, texture, 1,
		"gl_SampleMask[0] = gl_SampleMaskIn[0] & int(t.x * 16.0); color = vec4(1, t, 1);");
	shade(framebuffer, texture, 1,
		"color = vec4(interpolateAtSample(t, 2), interpolateAtOffset(t, vec2(0.25)));");
	DO(glMinSampleShading(-3));
	say_least();
	DO(glMinSampleShading(3));
	say_least();
	DO(glDisable(GL_SAMPLE_SHADING));
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0));
	say("%s", enum_name(glCheckFramebufferStatus(GL_FRAMEBUFFER)));
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteTextures(1, &texture);
	refuse();
}

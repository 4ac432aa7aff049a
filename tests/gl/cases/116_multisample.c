/* SPDX-License-Identifier: MIT */
/* Multisample textures: storage, fetches of single samples, masks, and what is asked of levels. */
#include "../case.h"

static void say_level(GLenum target, GLint level)
{
	static const GLenum pnames[] = {GL_TEXTURE_WIDTH, GL_TEXTURE_HEIGHT, GL_TEXTURE_DEPTH,
		GL_TEXTURE_INTERNAL_FORMAT, GL_TEXTURE_SAMPLES, GL_TEXTURE_FIXED_SAMPLE_LOCATIONS,
		GL_TEXTURE_RED_SIZE, GL_TEXTURE_GREEN_SIZE, GL_TEXTURE_BLUE_SIZE,
		GL_TEXTURE_ALPHA_SIZE, GL_TEXTURE_DEPTH_SIZE, GL_TEXTURE_STENCIL_SIZE,
		GL_TEXTURE_SHARED_SIZE, GL_TEXTURE_RED_TYPE, GL_TEXTURE_GREEN_TYPE,
		GL_TEXTURE_BLUE_TYPE, GL_TEXTURE_ALPHA_TYPE, GL_TEXTURE_DEPTH_TYPE,
		GL_TEXTURE_COMPRESSED};

	for (size_t i = 0; i < COUNT(pnames); i++) {
		GLint value[2];
		GLfloat number[2] = {-1, -1};

		untouched(value, sizeof(value));
		DO(glGetTexLevelParameteriv(target, level, pnames[i], value));
		say_ints(enum_name(pnames[i]), value, 2);
		/* Mesa's with floats leaves what it never set, where it refuses. */
		if (level < 3)
			glGetTexLevelParameterfv(target, level, pnames[i], number);
		say("  %g", number[0]);
	}
}

static void levels(void)
{
	GLuint textures[3];
	GLint value;

	glGenTextures(3, textures);
	say_level(GL_TEXTURE_2D, 0);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	glTexStorage2D(GL_TEXTURE_2D, 3, GL_RGBA16F, 20, 10);
	for (GLint i = 0; i < 4; i++)
		say_level(GL_TEXTURE_2D, i);
	glBindTexture(GL_TEXTURE_CUBE_MAP, textures[1]);
	glTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_Y, 0, GL_DEPTH24_STENCIL8, 8, 8, 0,
		GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8, NULL);
	say_level(GL_TEXTURE_CUBE_MAP_POSITIVE_Y, 0);
	say_level(GL_TEXTURE_CUBE_MAP_POSITIVE_X, 0);
	glBindTexture(GL_TEXTURE_3D, textures[2]);
	glTexStorage3D(GL_TEXTURE_3D, 2, GL_R32UI, 8, 4, 16);
	say_level(GL_TEXTURE_3D, 1);
	DO(glGetTexLevelParameteriv(GL_TEXTURE_CUBE_MAP, 0, GL_TEXTURE_WIDTH, &value));
	DO(glGetTexLevelParameteriv(GL_TEXTURE_2D, -1, GL_TEXTURE_WIDTH, &value));
	DO(glGetTexLevelParameteriv(GL_TEXTURE_2D, 99, GL_TEXTURE_WIDTH, &value));
	DO(glGetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_BLEND, &value));
}

static GLuint make_target(GLenum format)
{
	GLuint texture, framebuffer;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, texture);
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, format, 16, 16, GL_TRUE));
	say_level(GL_TEXTURE_2D_MULTISAMPLE, 0);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	DO(glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D_MULTISAMPLE, texture, 0));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glViewport(0, 0, 16, 16);
	return texture;
}

static void say_samples(void)
{
	GLfloat place[3] = {-1, -1, -1};
	GLint value[2];

	for (GLuint i = 0; i < 5; i++) {
		DO(glGetMultisamplefv(GL_SAMPLE_POSITION, i, place));
		say_floats("  at", place, 3);
	}
	DO(glGetMultisamplefv(GL_BLEND, 0, place));
	for (GLuint i = 0; i < 2; i++) {
		untouched(value, sizeof(value));
		DO(glGetIntegeri_v(GL_SAMPLE_MASK_VALUE, i, value));
		say_ints("  mask", value, 2);
	}
}

/* Fetches one sample of each texel into the whole of the ordinary framebuffer. */
static void show(GLint sample)
{
	static const char fetch[] =
		"#version 310 es\n"
		"precision highp float; uniform highp sampler2DMS tex; uniform int which;\n"
		"out vec4 color;\n"
		"void main() { color = texelFetch(tex, ivec2(gl_FragCoord.xy) / 2, which);\n"
		"  color.b = float(textureSize(tex).x) / 32.0; }";
	GLuint program = make_program("#version 310 es\n"
				      "layout(location = 0) in vec4 position;\n"
				      "void main() { gl_Position = position; }",
		fetch);

	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
	glUseProgram(program);
	glUniform1i(glGetUniformLocation(program, "which"), sample);
	draw_quad();
	say_picture("one sample");
}

XG_CASE_ES31(multisample)
{
	GLuint other;
	GLint value = -1;

	levels();
	make_target(GL_RGBA8);
	glClearColor(0, 0, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	say_samples();
	use_flat(1, 0.5f, 0, 1);
	DO(glEnable(GL_SAMPLE_MASK));
	ASK(glIsEnabled(GL_SAMPLE_MASK));
	DO(glSampleMaski(0, 5));
	DO(glSampleMaski(1, 5));
	say_samples();
	draw_quad();
	DO(glSampleMaski(0, 2));
	use_flat(0, 1, 0, 1);
	draw_rectangle(-0.6f, -0.7f, 0.4f, 0.9f, 0);
	DO(glDisable(GL_SAMPLE_MASK));
	for (GLint i = 0; i < 4; i++)
		show(i);
	DO(glGetIntegerv(GL_TEXTURE_BINDING_2D_MULTISAMPLE, &value));
	say("bound %d", value);
	DO(glTexParameteri(GL_TEXTURE_2D_MULTISAMPLE, GL_TEXTURE_MIN_FILTER, GL_NEAREST));
	DO(glTexParameteriv(GL_TEXTURE_2D_MULTISAMPLE, GL_TEXTURE_MAX_LEVEL, &value));
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, GL_RGBA8, 8, 8, GL_TRUE));
	glGenTextures(1, &other);
	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, other);
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D, 4, GL_RGBA8, 8, 8, GL_TRUE));
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 0, GL_RGBA8, 8, 8, GL_TRUE));
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 99, GL_RGBA8, 8, 8, GL_TRUE));
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, GL_RGBA, 8, 8, GL_TRUE));
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, GL_RGBA8, 0, 8, GL_TRUE));
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, GL_RGBA8, 8, -8, GL_TRUE));
	DO(glTexStorage2DMultisample(
		GL_TEXTURE_2D_MULTISAMPLE, 1, GL_DEPTH_COMPONENT24, 8, 8, GL_FALSE));
	say_level(GL_TEXTURE_2D_MULTISAMPLE, 0);
	DO(glGetTexLevelParameteriv(GL_TEXTURE_2D_MULTISAMPLE, 1, GL_TEXTURE_WIDTH, &value));
}

/* SPDX-License-Identifier: MIT */
/* Units, levels, layers, samples, positions and offsets at their limits, in what GLES 3.1 and 3.2
 * add. */
#include "../stages.h"

#include <limits.h>

/* Its numbers are 64 bits wide. */
#if UINTPTR_MAX > UINT32_MAX

static const GLint edges[] = {INT_MIN, -1, 0, 1, 2, 4, 5, 1 << 20, INT_MAX};
static GLuint layered, flat, buffer;

static void storage(GLint a, GLint b)
{
	GLuint textures[2];
	GLint value = -7;

	say("storage %d %d", a, b);
	glGenTextures(2, textures);
	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, textures[0]);
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, a, GL_RGBA8, b, 4, GL_TRUE));
	glGetTexLevelParameteriv(GL_TEXTURE_2D_MULTISAMPLE, 0, GL_TEXTURE_SAMPLES, &value);
	say("%d", value);
	DO(glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, GL_RGBA8, a, b, GL_FALSE));
	DO(glGetTexLevelParameteriv(GL_TEXTURE_2D_MULTISAMPLE, a, GL_TEXTURE_WIDTH, &value));
	say("%d", value);
	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, textures[1]);
	DO(glTexStorage3DMultisample(
		GL_TEXTURE_2D_MULTISAMPLE_ARRAY, a, GL_RGBA8, 4, 4, b, GL_TRUE));
	DO(glTexStorage3DMultisample(
		GL_TEXTURE_2D_MULTISAMPLE_ARRAY, 4, GL_RGBA8, 4, a, b, GL_TRUE));
	DO(glTexStorage3DMultisample(
		GL_TEXTURE_2D_MULTISAMPLE_ARRAY, 4, GL_RGBA8, 2, 2, 2, GL_TRUE));
	DO(glGetTexLevelParameteriv(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, b, GL_TEXTURE_DEPTH, &value));
	say("%d", value);
	glDeleteTextures(2, textures);
}

static void buffers(GLint a, GLint b)
{
	GLint value[2] = {-7, -7};

	say("buffer %d %d", a, b);
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, a, b));
	glGetTexLevelParameteriv(GL_TEXTURE_BUFFER, 0, GL_TEXTURE_BUFFER_OFFSET, &value[0]);
	glGetTexLevelParameteriv(GL_TEXTURE_BUFFER, 0, GL_TEXTURE_BUFFER_SIZE, &value[1]);
	say("%d %d", value[0], value[1]);
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, (GLintptr)a * (1 << 24), 64));
	DO(glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, buffer, 0, (GLintptr)b * (1 << 24)));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 1, buffer, a, b));
	DO(glBindBufferRange(GL_ATOMIC_COUNTER_BUFFER, 0, buffer, a, b));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, (GLuint)a, buffer, 0, b));
	DO(glBindBufferRange(GL_ATOMIC_COUNTER_BUFFER, (GLuint)a, buffer, 0, b));
	DO(glBindBufferBase(GL_SHADER_STORAGE_BUFFER, (GLuint)a, buffer));
	DO(glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, (GLuint)a, buffer));
}

static void copies(GLint a, GLint b)
{
	say("copy %d %d", a, b);
	DO(glCopyImageSubData(
		flat, GL_TEXTURE_2D, a, 0, 0, 0, flat, GL_TEXTURE_2D, b, 0, 0, 0, 1, 1, 1));
	/* Mesa 22.3 adds these to the size, and takes a sum that has wrapped for one that fits. */
	if (a != INT_MAX && b != INT_MAX) {
		DO(glCopyImageSubData(flat, GL_TEXTURE_2D, 0, 0, 0, a, layered, GL_TEXTURE_2D_ARRAY,
			0, 0, 0, b, 1, 1, 1));
		DO(glCopyImageSubData(flat, GL_TEXTURE_2D, 0, a, b, 0, layered, GL_TEXTURE_2D_ARRAY,
			0, 0, 0, 0, 1, 1, 1));
		DO(glCopyImageSubData(layered, GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, flat, GL_TEXTURE_2D,
			0, a, b, 0, 1, 1, 1));
	}
	if (a != INT_MAX && b != INT_MAX) {
		DO(glCopyImageSubData(layered, GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, layered,
			GL_TEXTURE_2D_ARRAY, 1, 0, 0, 0, 1, a, b));
		DO(glCopyImageSubData(flat, GL_TEXTURE_2D, 0, 0, 0, 0, layered, GL_TEXTURE_2D_ARRAY,
			0, 0, 0, 0, a, b, 1));
		DO(glCopyImageSubData(flat, GL_TEXTURE_2D, 0, 2, 0, 0, layered, GL_TEXTURE_2D_ARRAY,
			0, 0, 0, 0, a, 1, b));
	}
	DO(glCopyImageSubData((GLuint)a, GL_TEXTURE_2D, 0, 0, 0, 0, (GLuint)b, GL_TEXTURE_2D, 0, 0,
		0, 0, 1, 1, 1));
}

static void images(GLint a, GLint b)
{
	GLint value = -7;

	say("image %d %d", a, b);
	DO(glBindImageTexture((GLuint)a, layered, b, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8));
	DO(glBindImageTexture(0, layered, a, GL_FALSE, b, GL_READ_WRITE, GL_RGBA8));
	DO(glGetIntegeri_v(GL_IMAGE_BINDING_LEVEL, (GLuint)a, &value));
	DO(glGetIntegeri_v(GL_IMAGE_BINDING_LAYER, 0, &value));
	say("%d", value);
	DO(glBindImageTexture(1, (GLuint)a, 0, GL_TRUE, 0, GL_WRITE_ONLY, (GLenum)b));
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, layered, a));
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	DO(glFramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, layered, a, b));
	DO(glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, flat, b));
	DO(glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0 + (GLuint)a, 0, b));
	DO(glFramebufferParameteri(GL_DRAW_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_WIDTH, a));
	DO(glFramebufferParameteri(GL_DRAW_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_SAMPLES, a));
	DO(glFramebufferParameteri(GL_DRAW_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_LAYERS, b));
	DO(glGetFramebufferParameteriv(
		GL_DRAW_FRAMEBUFFER, GL_FRAMEBUFFER_DEFAULT_SAMPLES, &value));
	say("%d", value);
}

static void arrays(GLint a, GLint b)
{
	GLint value = -7;
	GLint64 start = -7;

	say("array %d %d", a, b);
	DO(glBindVertexBuffer(0, buffer, a, b));
	glGetIntegeri_v(GL_VERTEX_BINDING_STRIDE, 0, &value);
	glGetInteger64i_v(GL_VERTEX_BINDING_OFFSET, 0, &start);
	say("%d %lld", value, (long long)start);
	DO(glBindVertexBuffer((GLuint)a, buffer, 0, b));
	DO(glBindVertexBuffer(0, (GLuint)a, 0, 16));
	DO(glBindVertexBuffer(1, buffer, (GLintptr)a * (1 << 24), 2048));
	DO(glBindVertexBuffer(1, buffer, 0, 2049));
	DO(glVertexAttribFormat((GLuint)a, 4, GL_FLOAT, GL_FALSE, (GLuint)b));
	DO(glVertexAttribFormat(1, a, GL_FLOAT, GL_FALSE, (GLuint)b));
	DO(glVertexAttribIFormat(2, 4, GL_INT, (GLuint)a));
	DO(glVertexAttribBinding((GLuint)a, (GLuint)b));
	DO(glVertexBindingDivisor((GLuint)a, (GLuint)b));
	DO(glVertexAttribDivisor((GLuint)a, (GLuint)b));
	/* A stride of this Mesa 22.3 refuses, but keeps. */
	if (b != INT_MIN)
		DO(glVertexAttribPointer((GLuint)a, 4, GL_FLOAT, GL_FALSE, b, NULL));
	DO(glVertexAttribPointer(3, 4, GL_FLOAT, GL_FALSE, a, (void *)(intptr_t)b));
	DO(glVertexAttribIPointer(4, a, GL_INT, b, NULL));
	glGetVertexAttribiv(1, GL_VERTEX_ATTRIB_RELATIVE_OFFSET, &value);
	say("%d", value);
	/* Mesa 22.3 answers what it has refused. */
	DO(glGetVertexAttribiv((GLuint)a, GL_VERTEX_ATTRIB_BINDING, &(GLint){0}));
	DO(glGetIntegeri_v(GL_VERTEX_BINDING_DIVISOR, (GLuint)a, &value));
	say("%d", value);
}

static void samples(void)
{
	GLfloat place[2];
	GLint value = -7, counts[256] = {-7};

	for (size_t i = 0; i < COUNT(edges); i++) {
		const GLuint a = (GLuint)edges[i];

		untouched(place, sizeof(place));
		say("%u", a);
		DO(glGetMultisamplefv(GL_SAMPLE_POSITION, a, place));
		say_floats("is", place, 2);
		DO(glSampleMaski(a, a));
		DO(glGetIntegeri_v(GL_SAMPLE_MASK_VALUE, a, &value));
		say("%d", value);
		DO(glEnablei(GL_BLEND, a));
		DO(glDisablei(GL_BLEND, a));
		ASK(glIsEnabledi(GL_BLEND, a));
		DO(glColorMaski(a, GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE));
		DO(glBlendFunci(a, GL_ONE, GL_ZERO));
		DO(glBlendEquationi(a, GL_FUNC_ADD));
		DO(glBlendFuncSeparatei(a, GL_ONE, GL_ZERO, GL_ONE, GL_ZERO));
		DO(glBlendEquationSeparatei(a, GL_FUNC_ADD, GL_FUNC_ADD));
		DO(glActiveTexture(GL_TEXTURE0 + a));
		DO(glBindSampler(a, 0));
		DO(glClearBufferiv(GL_COLOR, (GLint)a, (GLint[4]){0}));
		DO(glClearBufferfv(GL_DEPTH, (GLint)a, (GLfloat[4]){0}));
		DO(glDrawBuffers((GLsizei)a, (GLenum[8]){GL_NONE}));
		DO(glMinSampleShading((GLfloat)(GLint)a));
		DO(glGetInternalformativ(
			GL_RENDERBUFFER, GL_RGBA8, GL_NUM_SAMPLE_COUNTS, (GLsizei)a, counts));
		say("%d", counts[0]);
	}
	glActiveTexture(GL_TEXTURE0);
}

static void make_objects(void)
{
	GLuint made[3], array, framebuffer;

	glGenTextures(3, made);
	layered = made[0];
	glBindTexture(GL_TEXTURE_2D_ARRAY, layered);
	glTexStorage3D(GL_TEXTURE_2D_ARRAY, 2, GL_RGBA8, 4, 4, 4);
	flat = made[1];
	glBindTexture(GL_TEXTURE_2D, flat);
	glTexStorage2D(GL_TEXTURE_2D, 2, GL_RGBA8, 4, 4);
	glBindTexture(GL_TEXTURE_BUFFER, made[2]);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, 256, NULL, GL_STATIC_DRAW);
	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	say_error("make_objects");
}

XG_CASE_ES32(limits_es32)
{
	make_objects();
	for (size_t i = 0; i < COUNT(edges); i++) {
		for (size_t j = 0; j < COUNT(edges); j++) {
			storage(edges[i], edges[j]);
			buffers(edges[i], edges[j]);
			copies(edges[i], edges[j]);
			images(edges[i], edges[j]);
			arrays(edges[i], edges[j]);
		}
	}
	samples();
}

#endif

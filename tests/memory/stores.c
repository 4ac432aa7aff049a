/* SPDX-License-Identifier: MIT */
/* See cycles.h: what shaders store to, and textures. */
#include "cycles.h"

#include <stddef.h>
#include <stdint.h>

static const char compute[] = "#version 310 es\n"
			      "layout(local_size_x = 1) in;\n"
			      "layout(std430, binding = 1) buffer Sums { uint sums[]; };\n"
			      "layout(binding = 0) uniform atomic_uint counter;\n"
			      "layout(binding = 0, rgba8) writeonly uniform highp image2D image;\n"
			      "void main() { sums[0] += atomicCounterIncrement(counter);\n"
			      "  imageStore(image, ivec2(1, 1), vec4(1)); }\n";

/* Binds buffers to the points of the compute program, and for its dispatch. */
static void make_buffers(GLuint buffers[3])
{
	static const GLuint words[64] = {1, 1, 1};
	static const GLenum targets[] = {
		GL_SHADER_STORAGE_BUFFER, GL_ATOMIC_COUNTER_BUFFER, GL_DISPATCH_INDIRECT_BUFFER};

	glGenBuffers(3, buffers);
	for (int i = 0; i < 3; i++) {
		glBindBuffer(targets[i], buffers[i]);
		glBufferData(targets[i], sizeof(words), words, GL_DYNAMIC_COPY);
	}
	glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 1, buffers[0], 0, 64);
	glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, 0, buffers[1]);
}

/* A texture of four levels of 16 x 16, bound to the first unit's 2D. */
static GLuint new_texture(void)
{
	GLuint texture;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexStorage2D(GL_TEXTURE_2D, 4, GL_RGBA8, 16, 16);
	return texture;
}

static void cycle_dispatches(void)
{
	static const char *const sources[] = {compute};
	const GLuint program = glCreateShaderProgramv(GL_COMPUTE_SHADER, 1, sources);
	const GLuint texture = new_texture();
	GLuint buffers[3];
	GLint before;

	glGetIntegerv(GL_CURRENT_PROGRAM, &before);
	make_buffers(buffers);
	glBindImageTexture(0, texture, 1, GL_FALSE, 0, GL_WRITE_ONLY, GL_RGBA8);
	glUseProgram(program);
	glDispatchCompute(2, 1, 1);
	glMemoryBarrier(GL_ALL_BARRIER_BITS);
	glDispatchComputeIndirect(0);
	expect(glMapBufferRange(GL_SHADER_STORAGE_BUFFER, 0, 64, GL_MAP_READ_BIT) != NULL, "sums");
	/* All is bound still, and one is mapped. */
	glDeleteProgram(program);
	glDeleteBuffers(3, buffers);
	glDeleteTextures(1, &texture);
	glUseProgram((GLuint)before);
}

static void cycle_texture_buffers(bool is_held)
{
	GLuint textures[2], buffer;

	glGenTextures(2, textures);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_TEXTURE_BUFFER, buffer);
	glBufferData(GL_TEXTURE_BUFFER, 8192, NULL, GL_STATIC_DRAW);
	glBindTexture(GL_TEXTURE_BUFFER, textures[0]);
	glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, buffer);
	glBindTexture(GL_TEXTURE_BUFFER, textures[1]);
	glTexBufferRange(GL_TEXTURE_BUFFER, GL_R32F, buffer, 0, 256);
	glTexBufferRange(GL_TEXTURE_BUFFER, GL_R32F, buffer, 256, 256);
	glBindImageTexture(1, textures[0], 0, GL_FALSE, 0, GL_READ_ONLY, GL_RGBA8);
	/* The textures keep the deleted buffer, one of them until it has none. */
	if (is_held)
		glDeleteBuffers(1, &buffer);
	glTexBuffer(GL_TEXTURE_BUFFER, GL_R32F, 0);
	glDeleteTextures(2, textures);
	glDeleteBuffers(1, &buffer);
}

static void cycle_views(bool is_held)
{
	const PFNGLTEXTUREVIEWOESPROC texture_view =
		(PFNGLTEXTUREVIEWOESPROC)eglGetProcAddress("glTextureViewOES");
	GLuint texture = new_texture(), views[3];

	glGenTextures(3, views);
	texture_view(views[0], GL_TEXTURE_2D, texture, GL_RGBA8, 1, 2, 0, 1);
	texture_view(views[1], GL_TEXTURE_2D_ARRAY, texture, GL_R32UI, 0, 4, 0, 1);
	texture_view(views[2], GL_TEXTURE_2D, views[0], GL_RGBA8UI, 1, 1, 0, 1);
	/* The views outlive what they are of. */
	if (is_held) {
		glDeleteTextures(1, &texture);
		glDeleteTextures(1, &views[0]);
	}
	glBindTexture(GL_TEXTURE_2D, views[2]);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glDeleteTextures(3, views);
	glDeleteTextures(1, &texture);
}

static void cycle_samples(bool is_held)
{
	static const GLenum attachments[] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
	GLuint framebuffer, textures[2];

	glGenFramebuffers(1, &framebuffer);
	glGenTextures(2, textures);
	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, textures[0]);
	glTexStorage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, 4, GL_RGBA8, 16, 16, GL_TRUE);
	glBindTexture(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, textures[1]);
	glTexStorage3DMultisample(GL_TEXTURE_2D_MULTISAMPLE_ARRAY, 4, GL_RGBA8, 16, 16, 3, GL_TRUE);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(
		GL_FRAMEBUFFER, attachments[0], GL_TEXTURE_2D_MULTISAMPLE, textures[0], 0);
	glFramebufferTextureLayer(GL_FRAMEBUFFER, attachments[1], textures[1], 0, 2);
	glDrawBuffers(2, attachments);
	glClear(GL_COLOR_BUFFER_BIT);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	/* One is deleted while the framebuffer is bound, the other perhaps while it is not. */
	glDeleteTextures(1, &textures[0]);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	if (is_held)
		glDeleteTextures(1, &textures[1]);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteTextures(1, &textures[1]);
}

static void cycle_layers(void)
{
	static const uint8_t pixels[16 * 16 * 4];
	static const GLfloat border[] = {1, 0, 0, 1};
	GLuint framebuffer, texture, sampler;

	glGenFramebuffers(1, &framebuffer);
	glGenTextures(1, &texture);
	glGenSamplers(1, &sampler);
	glBindTexture(GL_TEXTURE_CUBE_MAP_ARRAY, texture);
	glTexStorage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 2, GL_RGBA8, 16, 16, 12);
	glTexSubImage3D(GL_TEXTURE_CUBE_MAP_ARRAY, 0, 0, 0, 7, 16, 16, 1, GL_RGBA, GL_UNSIGNED_BYTE,
		pixels);
	glSamplerParameterfv(sampler, GL_TEXTURE_BORDER_COLOR, border);
	glSamplerParameteri(sampler, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_BORDER);
	glBindSampler(0, sampler);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, 0);
	glClear(GL_COLOR_BUFFER_BIT);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glDeleteTextures(1, &texture);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteSamplers(1, &sampler);
}

static void cycle_copies(void)
{
	const PFNGLCLEARTEXIMAGEEXTPROC clear =
		(PFNGLCLEARTEXIMAGEEXTPROC)eglGetProcAddress("glClearTexImageEXT");
	const GLuint from = new_texture(), to = new_texture();
	GLuint renderbuffer;

	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 16, 16);
	clear(from, 0, GL_RGBA, GL_UNSIGNED_BYTE, "\1\2\3\4");
	glCopyImageSubData(from, GL_TEXTURE_2D, 0, 0, 0, 0, to, GL_TEXTURE_2D, 0, 4, 4, 0, 8, 8, 1);
	glCopyImageSubData(from, GL_TEXTURE_2D, 0, 0, 0, 0, renderbuffer, GL_RENDERBUFFER, 0, 0, 0,
		0, 16, 16, 1);
	glDeleteTextures(1, &from);
	glDeleteTextures(1, &to);
	glDeleteRenderbuffers(1, &renderbuffer);
}

void cycle_stores(bool is_held)
{
	cycle_dispatches();
	cycle_texture_buffers(is_held);
	cycle_views(is_held);
	cycle_samples(is_held);
	cycle_layers();
	cycle_copies();
}

void leave_stores(void)
{
	const GLuint texture = new_texture();
	GLuint buffers[3], of_buffer;

	make_buffers(buffers);
	glBindImageTexture(0, texture, 0, GL_FALSE, 0, GL_READ_WRITE, GL_RGBA8);
	glGenTextures(1, &of_buffer);
	glBindTexture(GL_TEXTURE_BUFFER, of_buffer);
	glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, buffers[0]);
}

/* SPDX-License-Identifier: MIT */
/* Texture gathers, and stencil values as a texture. */
#include "../case.h"

static GLuint make(const char *fragment)
{
	return make_program("#version 310 es\n"
			    "layout(location = 0) in vec4 position; out vec2 at;\n"
			    "void main() { gl_Position = position; at = position.xy * 0.5 + 0.5; }",
		fragment);
}

static void gather_texels(void)
{
	uint8_t texels[8 * 8 * 4];
	GLint offsets[2] = {0, 0};

	fill(texels, sizeof(texels), 3);
	make_texture();
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
	glGetIntegerv(GL_MIN_PROGRAM_TEXTURE_GATHER_OFFSET, &offsets[0]);
	glGetIntegerv(GL_MAX_PROGRAM_TEXTURE_GATHER_OFFSET, &offsets[1]);
	say_ints("offsets", offsets, 2);
	glUseProgram(make("#version 310 es\n"
			  "precision highp float; uniform sampler2D tex; in vec2 at; out vec4 c;\n"
			  "void main() { c = at.x < 0.3 ? textureGather(tex, at)\n"
			  "  : at.x < 0.6 ? textureGather(tex, at, 2)\n"
			  "  : textureGatherOffset(tex, at, ivec2(-3, 2), 1); }"));
	draw_quad();
	say_picture("gathered");
}

static void stencil(void)
{
	GLuint texture, framebuffer;
	GLint mode = -1;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_DEPTH24_STENCIL8, 16, 16);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glGetTexParameteriv(GL_TEXTURE_2D, GL_DEPTH_STENCIL_TEXTURE_MODE, &mode);
	say("mode %s", enum_name((GLenum)mode));
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(
		GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_TEXTURE_2D, texture, 0);
	ASK(glCheckFramebufferStatus(GL_FRAMEBUFFER));
	glEnable(GL_SCISSOR_TEST);
	for (GLint i = 0; i < 16; i++) {
		glScissor(i % 4 * 4, i / 4 * 4, 4, 4);
		glClearStencil(i * 15);
		glClearDepthf((GLfloat)i / 15);
		glClear(GL_STENCIL_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
	}
	glDisable(GL_SCISSOR_TEST);
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glUseProgram(make("#version 310 es\n"
			  "precision highp float; uniform sampler2D tex; in vec2 at; out vec4 c;\n"
			  "void main() { c = vec4(texture(tex, at).r, 0, 1, 1); }"));
	draw_quad();
	say_picture("depth");
	DO(glTexParameteri(GL_TEXTURE_2D, GL_DEPTH_STENCIL_TEXTURE_MODE, GL_STENCIL_INDEX));
	glGetTexParameteriv(GL_TEXTURE_2D, GL_DEPTH_STENCIL_TEXTURE_MODE, &mode);
	say("mode %s", enum_name((GLenum)mode));
	glUseProgram(make(
		"#version 310 es\n"
		"precision highp float; uniform highp usampler2D tex; in vec2 at; out vec4 c;\n"
		"void main() { c = vec4(float(texture(tex, at).r) / 255.0, 1, 0, 1); }"));
	draw_quad();
	say_picture("stencil");
	DO(glTexParameteri(GL_TEXTURE_2D, GL_DEPTH_STENCIL_TEXTURE_MODE, GL_BLEND));
	mode = GL_DEPTH_COMPONENT;
	DO(glTexParameteriv(GL_TEXTURE_2D, GL_DEPTH_STENCIL_TEXTURE_MODE, &mode));
}

XG_CASE_ES31(gather)
{
	gather_texels();
	stencil();
}

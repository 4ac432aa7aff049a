/* SPDX-License-Identifier: MIT */
/* State of each draw buffer: set in turn with that of all, asked for both ways, drawn with. */
#include "../stages.h"

static const GLenum kept[] = {GL_BLEND_SRC_RGB, GL_BLEND_DST_RGB, GL_BLEND_SRC_ALPHA,
	GL_BLEND_DST_ALPHA, GL_BLEND_EQUATION_RGB, GL_BLEND_EQUATION_ALPHA};

static void say_state(const char *when)
{
	GLint value, mask[4];

	say("%s: blend %d", when, glIsEnabled(GL_BLEND));
	for (GLuint buffer = 0; buffer < 9; buffer++)
		ASK(glIsEnabledi(GL_BLEND, buffer));
	say_integer("blend", GL_BLEND, 2);
	for (size_t i = 0; i < COUNT(kept); i++) {
		untouched(&value, sizeof(value));
		DO(glGetIntegerv(kept[i], &value));
		say_ints("of all", &value, 1);
		for (GLuint buffer = 0; buffer < 9; buffer += 2) {
			untouched(&value, sizeof(value));
			DO(glGetIntegeri_v(kept[i], buffer, &value));
			say_ints("of one", &value, 1);
		}
	}
	say_integer("mask", GL_COLOR_WRITEMASK, 5);
	for (GLuint buffer = 0; buffer < 9; buffer += 4) {
		untouched(mask, sizeof(mask));
		DO(glGetIntegeri_v(GL_COLOR_WRITEMASK, buffer, mask));
		say_ints("mask of one", mask, 4);
	}
}

static void draw(void)
{
	static const GLenum targets[] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1,
		GL_COLOR_ATTACHMENT2, GL_COLOR_ATTACHMENT3};
	GLuint framebuffer, textures[4];

	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glGenTextures(4, textures);
	for (int i = 0; i < 4; i++) {
		glBindTexture(GL_TEXTURE_2D, textures[i]);
		glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 8, 8);
		glFramebufferTexture2D(GL_FRAMEBUFFER, targets[i], GL_TEXTURE_2D, textures[i], 0);
	}
	glDrawBuffers(4, targets);
	glViewport(0, 0, 8, 8);
	glClearColor(0.2f, 0.4f, 0.6f, 0.8f);
	DO(glClear(GL_COLOR_BUFFER_BIT));
	use_quad("layout(location = 1) out vec4 one; layout(location = 2) out vec4 two;"
		 "layout(location = 3) out vec4 three;",
		"color = vec4(t, 0.5, 0.5); one = color.bgra; two = color.rrrg; three = 1.0 - "
		"color;");
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	for (int i = 0; i < 4; i++) {
		glReadBuffer(targets[i]);
		say_pixels("target", 0, 0, 8, 8);
	}
	glBindFramebuffer(GL_FRAMEBUFFER, 0);
	glDeleteFramebuffers(1, &framebuffer);
	glDeleteTextures(4, textures);
	glViewport(0, 0, XG_CASE_SIZE, XG_CASE_SIZE);
}

XG_CASE_ES32(draw_buffers_indexed)
{
	say_state("at first");
	DO(glEnablei(GL_BLEND, 1));
	DO(glBlendFunci(1, GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA));
	DO(glEnablei(GL_BLEND, 2));
	DO(glBlendFuncSeparatei(2, GL_ONE, GL_ONE, GL_ZERO, GL_DST_ALPHA));
	DO(glBlendEquationSeparatei(2, GL_FUNC_REVERSE_SUBTRACT, GL_MAX));
	DO(glColorMaski(3, GL_TRUE, GL_FALSE, 7, GL_FALSE));
	say_state("some");
	draw();
	DO(glBlendFunci(0, GL_DST_COLOR, GL_SRC_COLOR));
	DO(glBlendEquationi(0, GL_FUNC_SUBTRACT));
	DO(glEnablei(GL_BLEND, 0));
	DO(glColorMaski(0, GL_FALSE, GL_TRUE, GL_TRUE, GL_TRUE));
	say_state("the first");
	draw();
	DO(glBlendFunc(GL_ONE, GL_ONE));
	DO(glBlendEquation(GL_MIN));
	DO(glColorMask(GL_TRUE, GL_TRUE, GL_FALSE, GL_TRUE));
	say_state("all");
	draw();
	DO(glDisablei(GL_BLEND, 0));
	DO(glBlendEquationi(3, GL_FUNC_ADD));
	say_state("the first off");
	DO(glEnable(GL_BLEND));
	say_state("on");
	DO(glDisablei(GL_BLEND, 3));
	say_state("the last off");
	draw();
	DO(glDisable(GL_BLEND));
	say_state("off");
	/* What is refused changes nothing. */
	DO(glEnablei(GL_BLEND, 8));
	DO(glEnablei(GL_BLEND, 0xffffffff));
	DO(glEnablei(GL_DITHER, 0));
	DO(glDisablei(GL_CULL_FACE, 0));
	ASK(glIsEnabledi(GL_DITHER, 0));
	ASK(glIsEnabled(GL_DITHER));
	DO(glBlendFunci(8, GL_ONE, GL_ONE));
	DO(glBlendFunci(0, GL_ONE, 0xbad));
	DO(glBlendFuncSeparatei(0, GL_ONE, GL_ONE, GL_SRC_ALPHA_SATURATE, GL_BLEND));
	DO(glBlendEquationi(0, 0xbad));
	DO(glBlendEquationi(9, GL_FUNC_ADD));
	DO(glBlendEquationSeparatei(0, GL_FUNC_ADD, GL_MULTIPLY));
	DO(glColorMaski(8, GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE));
	say_state("refused");
	/* Blending of advanced kinds for one buffer. */
	DO(glBlendEquationi(0, GL_MULTIPLY));
	DO(glEnablei(GL_SCISSOR_TEST, 0));
	ASK(glIsEnabled(GL_SCISSOR_TEST));
	DO(glDisable(GL_SCISSOR_TEST));
	say_state("at last");
}

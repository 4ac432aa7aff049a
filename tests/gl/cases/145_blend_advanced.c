/* SPDX-License-Identifier: MIT */
/* Advanced blending: each of its equations, with a barrier between draws that overlap. */
#include "../stages.h"

#include <stdio.h>

static const struct {
	GLenum equation;
	const char *word;
} equations[] = {
	{GL_MULTIPLY, "multiply"},
	{GL_SCREEN, "screen"},
	{GL_OVERLAY, "overlay"},
	{GL_DARKEN, "darken"},
	{GL_LIGHTEN, "lighten"},
	{GL_COLORDODGE, "colordodge"},
	{GL_COLORBURN, "colorburn"},
	{GL_HARDLIGHT, "hardlight"},
	{GL_SOFTLIGHT, "softlight"},
	{GL_DIFFERENCE, "difference"},
	{GL_EXCLUSION, "exclusion"},
	{GL_HSL_HUE, "hsl_hue"},
	{GL_HSL_SATURATION, "hsl_saturation"},
	{GL_HSL_COLOR, "hsl_color"},
	{GL_HSL_LUMINOSITY, "hsl_luminosity"},
};

static void draw(GLuint program)
{
	static const GLfloat colors[][4] = {{0.9f, 0.3f, 0.1f, 1}, {0.2f, 0.5f, 0.8f, 0.6f}};

	glUseProgram(program);
	glClearColor(0.3f, 0.6f, 0.2f, 0.7f);
	glClear(GL_COLOR_BUFFER_BIT);
	for (int i = 0; i < 2; i++) {
		glUniform4fv(glGetUniformLocation(program, "tint"), 1, colors[i]);
		DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
		DO(glBlendBarrier());
	}
}

XG_CASE_ES32(blend_advanced)
{
	char words[96];
	GLint value;

	glEnable(GL_BLEND);
	for (size_t i = 0; i < COUNT(equations); i++) {
		DO(glBlendEquation(equations[i].equation));
		snprintf(words, sizeof(words), "layout(blend_support_%s) out; uniform vec4 tint;",
			equations[i].word);
		draw(use_quad(words, "color = vec4(t, 1.0, 1.0) * tint;"));
		say_picture(equations[i].word);
		DO(glGetIntegerv(GL_BLEND_EQUATION_RGB, &value));
		say("equation %s", enum_name((GLenum)value));
		/* Another equation than the shader is made for. */
		DO(glBlendEquation(equations[(i + 1) % COUNT(equations)].equation));
		DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	}
	const GLuint all = use_quad("layout(blend_support_all_equations) out; uniform vec4 tint;",
		"color = tint * vec4(t, t);");
	for (size_t i = 0; i < COUNT(equations); i++) {
		DO(glBlendEquationi(0, equations[i].equation));
		draw(all);
		say_picture(equations[i].word);
	}
	DO(glBlendEquationSeparate(GL_SCREEN, GL_SCREEN));
	DO(glBlendEquation(GL_FUNC_ADD));
	draw(all);
	say_picture("added");
	glDisable(GL_BLEND);
	DO(glBlendBarrier());
	/* The other extension: without barriers. */
	ASK(glIsEnabled(0x9285 /* GL_BLEND_ADVANCED_COHERENT_KHR */));
	DO(glDisable(0x9285));
	ASK(glIsEnabled(0x9285));
	glClearColor(0, 0, 0, 0);
}

/* SPDX-License-Identifier: MIT */
/* Blending: all equations and factors, separate and not, with a constant colour. */
#include "../case.h"

XG_CASE(blend)
{
	static const GLenum factors[] = {GL_ZERO, GL_ONE, GL_SRC_COLOR, GL_ONE_MINUS_SRC_COLOR,
		GL_DST_COLOR, GL_ONE_MINUS_DST_COLOR, GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA,
		GL_DST_ALPHA, GL_ONE_MINUS_DST_ALPHA, GL_CONSTANT_COLOR,
		GL_ONE_MINUS_CONSTANT_COLOR, GL_CONSTANT_ALPHA, GL_ONE_MINUS_CONSTANT_ALPHA,
		GL_SRC_ALPHA_SATURATE, GL_BLEND};
	static const GLenum equations[] = {GL_FUNC_ADD, GL_FUNC_SUBTRACT, GL_FUNC_REVERSE_SUBTRACT,
		GL_MIN_EXT, GL_MAX_EXT, GL_BLEND};

	use_flat(0.8f, 0.3f, 0.6f, 0.7f);
	glEnable(GL_BLEND);
	DO(glBlendColor(0.1f, 0.9f, 0.4f, 0.35f));
	glClearColor(0.5f, 0.25f, 0.75f, 0.9f);
	for (size_t s = 0; s < COUNT(factors); s++) {
		for (size_t d = 0; d < COUNT(factors); d++) {
			glClear(GL_COLOR_BUFFER_BIT);
			glBlendFunc(factors[s], factors[d]);
			say("factors %zu %zu", s, d);
			say_error("func");
			draw_quad();
			say_pixels("blended", 3, 3, 1, 1);
		}
	}
	for (size_t i = 0; i < COUNT(equations); i++) {
		for (size_t k = 0; k < COUNT(equations); k++) {
			glClear(GL_COLOR_BUFFER_BIT);
			glBlendFuncSeparate(
				factors[i * 2], factors[k * 2], factors[k + 3], factors[i + 1]);
			glBlendEquationSeparate(equations[i], equations[k]);
			say("equations %zu %zu", i, k);
			say_error("equation");
			draw_quad();
			say_pixels("blended", 3, 3, 1, 1);
		}
		DO(glBlendEquation(equations[i]));
	}
	DO(glBlendFuncSeparate(GL_ONE, GL_ONE, GL_BLEND, GL_ONE));
	DO(glBlendFuncSeparate(GL_ONE, GL_ONE, GL_ONE, GL_BLEND));
}

/* SPDX-License-Identifier: MIT */
/* Stencil: every function and operation, faces apart, masks, refusals. */
#include "../case.h"

XG_CASE(stencil)
{
	static const GLenum functions[] = {GL_NEVER, GL_LESS, GL_LEQUAL, GL_GREATER, GL_GEQUAL,
		GL_EQUAL, GL_NOTEQUAL, GL_ALWAYS};
	static const GLenum operations[] = {GL_KEEP, GL_ZERO, GL_REPLACE, GL_INCR, GL_DECR,
		GL_INVERT, GL_INCR_WRAP, GL_DECR_WRAP};

	glEnable(GL_STENCIL_TEST);
	for (size_t f = 0; f < COUNT(functions); f++) {
		for (size_t o = 0; o < COUNT(operations); o++) {
			use_flat(1, 0, 0, 1);
			glClearStencil(0xfe);
			glStencilMask(0xff);
			glClear(GL_COLOR_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
			glStencilFunc(functions[f], 0x83, 0xf7);
			glStencilOp(
				operations[(o + f) % 8], operations[(o + 3) % 8], operations[o]);
			draw_rectangle(-0.8f, -0.8f, 0.3f, 0.3f, 0);
			draw_rectangle(-0.3f, -0.3f, 0.8f, 0.8f, 0);
			draw_rectangle(0.4f, 0.4f, -0.4f, -0.9f, 0);
			use_flat(0, 0, 1, 1);
			glStencilFunc(GL_LEQUAL, 0x83, 0xff);
			glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
			draw_quad();
			say("function %zu operation %zu", f, o);
			say_picture("drawn");
		}
	}
	glClear(GL_COLOR_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
	DO(glStencilFuncSeparate(GL_FRONT, GL_ALWAYS, 3, 0xff));
	DO(glStencilFuncSeparate(GL_BACK, GL_NEVER, 4, 0xff));
	DO(glStencilOpSeparate(GL_FRONT_AND_BACK, GL_INCR, GL_DECR, GL_REPLACE));
	DO(glStencilMaskSeparate(GL_BACK, 0x0f));
	draw_rectangle(-0.8f, -0.8f, 0.3f, 0.3f, 0);
	draw_rectangle(0.9f, -0.3f, 0.2f, 0.8f, 0);
	say_picture("faces");
	DO(glStencilFunc(GL_BLEND, 0, 0));
	DO(glStencilFuncSeparate(GL_BLEND, GL_ALWAYS, 0, 0));
	DO(glStencilFuncSeparate(GL_FRONT, GL_BLEND, 0, 0));
	DO(glStencilOp(GL_BLEND, GL_KEEP, GL_KEEP));
	DO(glStencilOpSeparate(GL_BLEND, GL_KEEP, GL_KEEP, GL_KEEP));
	DO(glStencilOpSeparate(GL_BACK, GL_KEEP, GL_BLEND, GL_KEEP));
	DO(glStencilMaskSeparate(GL_BLEND, 0));
}

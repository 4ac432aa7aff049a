/* SPDX-License-Identifier: MIT */
/* Clearing: colour, depth, stencil, under masks and scissor. */
#include "../case.h"

XG_CASE(clear)
{
	GLfloat color[6];

	DO(glClearColor(0.25f, 0.5f, 0.75f, 1.0f));
	DO(glClear(GL_COLOR_BUFFER_BIT));
	say_picture("cleared");
	DO(glClearColor(-1, 2, 0.5f, 0.1f));
	untouched(color, sizeof(color));
	glGetFloatv(GL_COLOR_CLEAR_VALUE, color);
	say_floats("clear value", color, 6);
	DO(glColorMask(GL_TRUE, GL_FALSE, GL_TRUE, GL_FALSE));
	DO(glClear(GL_COLOR_BUFFER_BIT));
	say_picture("masked");
	DO(glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE));
	DO(glEnable(GL_SCISSOR_TEST));
	DO(glScissor(3, 5, 7, 11));
	DO(glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT));
	say_picture("scissored");
	DO(glDisable(GL_SCISSOR_TEST));
	DO(glClearDepthf(0.5f));
	DO(glClearStencil(0x1234));
	DO(glClear(0));
	DO(glClear(0x80000000));
	DO(glFlush());
	DO(glFinish());
}

/* SPDX-License-Identifier: MIT */
/* glViewport and glScissor: clipping, negative, huge, refused. */
#include "../case.h"

XG_CASE(viewport)
{
	GLint values[6];
	static const GLint boxes[][4] = {{0, 0, 32, 32}, {5, 7, 11, 13}, {-10, -5, 30, 20},
		{20, 20, 100, 100}, {0, 0, 0, 0}, {40, 40, 5, 5}, {1, 1, -1, 4}, {1, 1, 4, -1},
		{0, 0, 100000, 100000}};

	use_flat(1, 1, 0, 1);
	for (size_t i = 0; i < COUNT(boxes); i++) {
		const GLint *b = boxes[i];
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glViewport(b[0], b[1], b[2], b[3]));
		draw_rectangle(-0.8f, -0.8f, 0.6f, 0.7f, 0);
		say_picture("viewport");
		untouched(values, sizeof(values));
		glGetIntegerv(GL_VIEWPORT, values);
		say_ints("viewport", values, 6);
		glViewport(0, 0, 32, 32);
		glClear(GL_COLOR_BUFFER_BIT);
		glEnable(GL_SCISSOR_TEST);
		DO(glScissor(b[0], b[1], b[2], b[3]));
		draw_quad();
		say_picture("scissor");
		glGetIntegerv(GL_SCISSOR_BOX, values);
		say_ints("scissor", values, 4);
		glDisable(GL_SCISSOR_TEST);
	}
}

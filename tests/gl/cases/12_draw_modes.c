/* SPDX-License-Identifier: MIT */
/* Every primitive, with counts that do not fit it. */
#include "../case.h"

XG_CASE(draw_modes)
{
	static const GLenum modes[] = {GL_POINTS, GL_LINES, GL_LINE_LOOP, GL_LINE_STRIP,
		GL_TRIANGLES, GL_TRIANGLE_STRIP, GL_TRIANGLE_FAN};
	static const GLfloat position[] = {-0.9f, -0.8f, 0.7f, -0.6f, -0.5f, 0.9f, 0.8f, 0.5f, 0.1f,
		-0.9f, 0.2f, 0.3f, -0.3f, -0.1f};

	use_flat(1, 0.5f, 0.25f, 1);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	for (size_t i = 0; i < COUNT(modes); i++) {
		for (int count = 0; count < 8; count++) {
			glClear(GL_COLOR_BUFFER_BIT);
			glDrawArrays(modes[i], 0, count);
			say("mode %zu count %d", i, count);
			say_picture("drawn");
		}
	}
	DO(glDrawArrays(GL_TRIANGLE_FAN + 20, 0, 3));
}

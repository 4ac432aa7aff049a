/* SPDX-License-Identifier: MIT */
/* Depth: functions, range, mask, clearing. */
#include "../case.h"

XG_CASE(depth)
{
	static const GLenum functions[] = {GL_NEVER, GL_LESS, GL_LEQUAL, GL_GREATER, GL_GEQUAL,
		GL_EQUAL, GL_NOTEQUAL, GL_ALWAYS, GL_BLEND};

	glEnable(GL_DEPTH_TEST);
	for (size_t i = 0; i < COUNT(functions); i++) {
		glDepthFunc(GL_ALWAYS);
		glClearDepthf(0.6f);
		glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
		use_flat(0, 1, 0, 1);
		draw_rectangle(-1, -1, 0, 1, 0.5f);
		DO(glDepthFunc(functions[i]));
		use_flat(1, 0, 0, 1);
		draw_rectangle(-0.9f, -0.9f, 0.9f, -0.4f, 0.5f);
		draw_rectangle(-0.9f, -0.3f, 0.9f, 0.3f, 0.2f);
		draw_rectangle(-0.9f, 0.4f, 0.9f, 0.9f, -0.2f);
		say_picture("drawn");
	}
	DO(glDepthMask(GL_FALSE));
	DO(glClear(GL_DEPTH_BUFFER_BIT));
	DO(glDepthFunc(GL_LESS));
	draw_quad();
	say_picture("not cleared");
	DO(glDepthMask(5));
	DO(glDepthRangef(0.9f, 0.1f));
	DO(glClearDepthf(7));
	glClear(GL_DEPTH_BUFFER_BIT);
	draw_rectangle(-1, -1, 1, 1, 0.9f);
	use_flat(0, 1, 1, 1);
	draw_rectangle(-0.5f, -0.5f, 0.5f, 0.5f, -0.9f);
	say_picture("reversed");
	DO(glDepthRangef(-5, 5));
}

/* SPDX-License-Identifier: MIT */
/* Faces: culling, front face, polygon offset. */
#include "../case.h"

XG_CASE(culling)
{
	static const GLenum faces[] = {GL_FRONT, GL_BACK, GL_FRONT_AND_BACK, GL_BLEND};
	static const GLenum fronts[] = {GL_CW, GL_CCW, GL_BLEND};

	use_flat(1, 0.5f, 0.5f, 1);
	glEnable(GL_CULL_FACE);
	for (size_t i = 0; i < COUNT(faces); i++) {
		for (size_t k = 0; k < COUNT(fronts); k++) {
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glCullFace(faces[i]));
			DO(glFrontFace(fronts[k]));
			draw_rectangle(-0.9f, -0.9f, 0, 0, 0);
			draw_rectangle(0.9f, 0.2f, 0.1f, 0.8f, 0);
			say_picture("drawn");
		}
	}
	glDisable(GL_CULL_FACE);
	glEnable(GL_DEPTH_TEST);
	glEnable(GL_POLYGON_OFFSET_FILL);
	for (int i = -2; i <= 2; i++) {
		glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
		glPolygonOffset(0, 0);
		use_flat(0, 1, 0, 1);
		draw_rectangle(-0.8f, -0.8f, 0.5f, 0.5f, 0.25f);
		DO(glPolygonOffset((GLfloat)i, (GLfloat)i * 3));
		use_flat(0, 0, 1, 1);
		draw_rectangle(-0.5f, -0.5f, 0.8f, 0.8f, 0.25f);
		say_picture("offset");
	}
}

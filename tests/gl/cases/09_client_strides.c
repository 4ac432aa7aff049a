/* SPDX-License-Identifier: MIT */
/* Client arrays, interleaved and with gaps, from a first vertex other than 0. */
#include "../case.h"

XG_CASE(client_strides)
{
	struct {
		GLfloat gap0[3];
		GLfloat position[2];
		GLubyte color[4];
		GLubyte gap1[9];
		GLushort more[2];
	} vertices[12];

	use_colored();
	fill(vertices, sizeof(vertices), 9);
	for (int i = 0; i < 12; i++) {
		vertices[i].position[0] = (GLfloat)(i % 4) * 0.625f - 1;
		vertices[i].position[1] = (GLfloat)(i / 4) - 1 + (GLfloat)(i % 2) * 0.5f;
	}
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(vertices[0]), vertices[0].position);
	glVertexAttribPointer(
		1, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(vertices[0]), vertices[0].color);
	for (int first = 0; first < 9; first += 2) {
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawArrays(GL_TRIANGLE_STRIP, first, 4));
		say_picture("strip");
	}
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 12));
	say_picture("all");
	/* Overlapping vertices: a stride smaller than the element. */
	glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 1, vertices[0].gap1);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 3, 9));
	say_picture("overlapping");
}

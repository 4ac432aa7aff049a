/* SPDX-License-Identifier: MIT */
/* Vertices and indices in buffers: offsets, strides, partial updates, growth. */
#include "../case.h"

XG_CASE(buffer_draw)
{
	GLfloat vertices[8][6];
	static const GLushort indices[] = {9, 9, 0, 1, 2, 3, 4, 5, 6, 7};
	GLuint buffers[2];

	for (int i = 0; i < 8; i++) {
		vertices[i][0] = (GLfloat)(i / 2) / 1.5f - 1;
		vertices[i][1] = i % 2 ? 0.8f : -0.6f;
		for (int c = 0; c < 4; c++)
			vertices[i][2 + c] = (GLfloat)((i * 5 + c * 3) % 8) / 7;
	}
	use_colored();
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(vertices), vertices, GL_STATIC_DRAW));
	DO(glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 24, NULL);
	glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, 24, (void *)8);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	DO(glDrawElements(GL_TRIANGLE_STRIP, 8, GL_UNSIGNED_SHORT, (void *)4));
	say_picture("strip");
	for (int i = 0; i < 8; i++)
		vertices[i][1] *= 0.5f;
	DO(glBufferSubData(GL_ARRAY_BUFFER, 48, 96, vertices[2]));
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_TRIANGLE_STRIP, 8, GL_UNSIGNED_SHORT, (void *)4));
	say_picture("updated");
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(vertices) * 2, NULL, GL_DYNAMIC_DRAW));
	DO(glBufferSubData(GL_ARRAY_BUFFER, sizeof(vertices), sizeof(vertices), vertices));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 24, (void *)sizeof(vertices));
	glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, 24, (void *)(sizeof(vertices) + 8));
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 1, 6));
	say_picture("grown");
}

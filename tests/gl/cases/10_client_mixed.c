/* SPDX-License-Identifier: MIT */
/* Attributes from client memory and from buffers in one draw. */
#include "../case.h"

XG_CASE(client_mixed)
{
	static const GLfloat position[] = {-1, -1, 1, -1, -1, 1, 1, 1, 0, 0, -1, 0.5f};
	static const GLushort indices[] = {0, 1, 2, 3, 4, 5, 1, 3};
	GLubyte colors[6 * 4];
	GLuint buffers[2];

	use_colored();
	fill(colors, sizeof(colors), 10);
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(position), position, GL_STATIC_DRAW));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 0, colors);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	DO(glDrawArrays(GL_TRIANGLES, 2, 3));
	say_picture("arrays");
	DO(glDrawElements(GL_TRIANGLE_STRIP, 5, GL_UNSIGNED_SHORT, indices + 1));
	say_picture("elements");
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	DO(glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_DYNAMIC_DRAW));
	fill(colors, sizeof(colors), 11);
	DO(glDrawElements(GL_TRIANGLE_STRIP, 5, GL_UNSIGNED_SHORT, (void *)2));
	say_picture("element buffer");
	/* The index buffer changes after it was looked at once. */
	DO(glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 4, 6, indices + 3));
	DO(glDrawElements(GL_TRIANGLE_STRIP, 8, GL_UNSIGNED_SHORT, NULL));
	say_picture("changed indices");
	DO(glBufferData(GL_ELEMENT_ARRAY_BUFFER, 8, indices + 2, GL_STREAM_DRAW));
	DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, (void *)2));
	say_picture("new indices");
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
	DO(glDrawElements(GL_TRIANGLES, 6, GL_UNSIGNED_SHORT, indices + 2));
	say_picture("client indices again");
}

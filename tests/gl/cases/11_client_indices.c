/* SPDX-License-Identifier: MIT */
/* Indices of every type, in client memory and in a buffer; high, none and repeated ones. */
#include "../case.h"

XG_CASE(client_indices)
{
	static const GLubyte bytes[] = {200, 201, 202, 202, 201, 203};
	static const GLushort shorts[] = {60000, 60001, 60002, 60002, 60001, 60003};
	static const GLuint ints[] = {70000, 70001, 70002, 70002, 70001, 70003};
	static const struct {
		GLenum type;
		const void *indices;
		GLsizeiptr size;
		GLuint base;
	} kinds[] = {{GL_UNSIGNED_BYTE, bytes, sizeof(bytes), 200},
		{GL_UNSIGNED_SHORT, shorts, sizeof(shorts), 60000},
		{GL_UNSIGNED_INT, ints, sizeof(ints), 70000}};
	GLfloat *position = random_bytes(70010 * 8, 1);
	GLuint buffer;

	use_flat(0.2f, 0.4f, 0.6f, 0.8f);
	glGenBuffers(1, &buffer);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	glEnableVertexAttribArray(0);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		for (int v = 0; v < 4; v++) {
			position[(kinds[i].base + (GLuint)v) * 2] = v % 2 ? 0.5f : -0.75f;
			position[(kinds[i].base + (GLuint)v) * 2 + 1] = v / 2 ? 0.9f : -0.3f;
		}
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawElements(GL_TRIANGLES, 6, kinds[i].type, kinds[i].indices));
		say_picture("client");
		glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
		glBufferData(
			GL_ELEMENT_ARRAY_BUFFER, kinds[i].size, kinds[i].indices, GL_STATIC_DRAW);
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawElements(GL_TRIANGLES, 3, kinds[i].type, NULL));
		say_picture("buffer");
		glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
		DO(glDrawElements(GL_TRIANGLES, 0, kinds[i].type, kinds[i].indices));
		DO(glDrawElements(GL_TRIANGLES, 0, kinds[i].type, NULL));
	}
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_POINTS, 1, GL_UNSIGNED_BYTE, bytes + 3));
	say_picture("one");
}

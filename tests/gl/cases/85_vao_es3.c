/* SPDX-License-Identifier: MIT */
/* Vertex array objects by their own names: what an object holds, and what is kept out of it. */
#include "../case.h"

XG_CASE_ES3(vao_es3)
{
	static const GLfloat left[] = {-1, -1, 0, -1, -1, 1}, right[] = {1, 1, 0, 1, 1, -1};
	static const GLubyte indices[] = {0, 1, 2};
	GLuint arrays[2], buffers[2];
	GLint value;

	use_flat(1, 0.5f, 0, 1);
	glGenBuffers(2, buffers);
	DO(glGenVertexArrays(2, arrays));
	say_ints("names", (GLint *)arrays, 2);
	ASK(glIsVertexArray(arrays[0]));
	for (int i = 0; i < 2; i++) {
		DO(glBindVertexArray(arrays[i]));
		ASK(glIsVertexArray(arrays[i]));
		glBindBuffer(GL_ARRAY_BUFFER, buffers[i]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(left), i ? right : left, GL_STATIC_DRAW);
		glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
		glEnableVertexAttribArray(0);
	}
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	DO(glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, 0, left));
	DO(glVertexAttribIPointer(1, 2, GL_INT, 0, left));
	DO(glVertexAttribIPointer(1, 2, GL_INT, 0, NULL));
	for (int i = 0; i < 2; i++) {
		DO(glBindVertexArray(arrays[i]));
		glGetVertexAttribiv(0, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING, &value);
		say("buffer %d", value);
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawArrays(GL_TRIANGLES, 0, 3));
		say_picture("arrays");
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, indices));
		say_picture("indices of the client");
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawRangeElements(GL_TRIANGLES, 0, 2, 3, GL_UNSIGNED_BYTE, indices));
		say_picture("a range of them");
	}
	DO(glBindVertexArray(0));
	DO(glBindVertexArray(77));
	DO(glDeleteVertexArrays(2, arrays));
	ASK(glIsVertexArray(arrays[1]));
	DO(glDeleteVertexArrays(-1, arrays));
	DO(glGenVertexArrays(-1, arrays));
	/* The default one takes client memory in an ES 3 context, too. */
	draw_quad();
	say_picture("client memory");
}

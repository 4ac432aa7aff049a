/* SPDX-License-Identifier: MIT */
/* glCopyBufferSubData: between buffers, within one, out of range; what was known of the target is
 * old. */
#include "../case.h"

XG_CASE_ES3(copy_buffer)
{
	GLuint buffers[3];
	uint8_t data[128];

	fill(data, sizeof(data), 89);
	glGenBuffers(3, buffers);
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[0]);
	glBufferData(GL_COPY_READ_BUFFER, sizeof(data), data, GL_STATIC_DRAW);
	glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[1]);
	glBufferData(GL_COPY_WRITE_BUFFER, sizeof(data), NULL, GL_STATIC_DRAW);
	glBufferSubData(GL_COPY_WRITE_BUFFER, 0, 128, data + 0);
	say_buffer("before", GL_COPY_WRITE_BUFFER, 128);
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 5, 60, 31));
	say_buffer("copied", GL_COPY_WRITE_BUFFER, 128);
	DO(glCopyBufferSubData(GL_COPY_WRITE_BUFFER, GL_COPY_READ_BUFFER, 60, 0, 8));
	say_buffer("back", GL_COPY_READ_BUFFER, 128);
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_READ_BUFFER, 0, 64, 64));
	say_buffer("within", GL_COPY_READ_BUFFER, 128);
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_READ_BUFFER, 0, 63, 64));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 0, 129));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 1, 0, 128));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 1, 128));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, -1, 0, 8));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, -1, 8));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 0, -8));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 0, 0, 0));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_UNIFORM_BUFFER, 0, 0, 8));
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_TEXTURE_2D, 0, 0, 8));
	/* Indices that were looked at before they are overwritten. */
	static const GLubyte indices[] = {0, 1, 2, 3, 4, 5};
	static const GLfloat vertices[] = {-1, -1, 1, -1, -1, 1, 0, 0, 1, 0, 0, 1};
	use_flat(1, 1, 0, 1);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[2]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, 3, indices, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, vertices);
	glEnableVertexAttribArray(0);
	DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, NULL));
	say_picture("first");
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[0]);
	glBufferData(GL_COPY_READ_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_ELEMENT_ARRAY_BUFFER, 3, 0, 3));
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, NULL));
	say_picture("second");
	DO(glDeleteBuffers(3, buffers));
}

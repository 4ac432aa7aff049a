/* SPDX-License-Identifier: MIT */
/* Draws whose numbers stand in a buffer, honest ones and those that reach past everything. */
#include "../case.h"

static GLuint buffers[4], array;

static void put(GLuint count, GLuint instances, GLuint first, GLuint base)
{
	const GLuint numbers[] = {77, count, instances, first, base, 0};

	glBufferData(GL_DRAW_INDIRECT_BUFFER, sizeof(numbers), numbers, GL_STREAM_DRAW);
	glClear(GL_COLOR_BUFFER_BIT);
}

static void prepare(void)
{
	static const GLfloat corners[] = {-1, -1, 0, -1, -1, 0, 0, 0, 0, 1, 1, 0, 1, 1};
	static const GLfloat places[] = {0, 0, 0.5f, 0.25f, -0.25f, 0.5f};
	static const GLushort indices[] = {0, 1, 2, 2, 1, 3, 4, 5, 6};
	GLuint program =
		make_program("#version 310 es\n"
			     "layout(location = 0) in vec2 corner;\n"
			     "layout(location = 1) in vec2 place;\n"
			     "out vec4 paint;\n"
			     "void main() { paint = vec4(place, gl_InstanceID, 1) * 0.5 + 0.5;\n"
			     "  gl_Position = vec4(corner * 0.5 + place, 0, 1); }",
			"#version 310 es\n"
			"precision highp float; in vec4 paint; out vec4 color;\n"
			"void main() { color = paint; }");

	glUseProgram(program);
	glGenVertexArrays(1, &array);
	glGenBuffers(4, buffers);
	glBindVertexArray(array);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(places), places, GL_STATIC_DRAW);
	glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glVertexAttribDivisor(1, 1);
	glEnableVertexAttribArray(1);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[2]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
}

static void draw(void)
{
	put(4, 3, 0, 0);
	DO(glDrawArraysIndirect(GL_TRIANGLE_STRIP, (void *)4));
	say_picture("instances");
	put(3, 1, 2, 0);
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)4));
	say_picture("from the second on");
	put(6, 2, 3, 0);
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)4));
	say_picture("indices");
	put(3, 1, 0, 3);
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)4));
	say_picture("from another base");
	put(0, 1, 0, 0);
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)4));
	put(3, 0, 0, 0);
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)4));
	say_picture("nothing");
	/* Past all buffers: what is there is the driver's, and nothing breaks. */
	put(300, 2, 1000, 0);
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)4));
	put(300, 2, 0x7ffffff0, 0x80000000);
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)4));
	put(4, 3, 0, 0);
	DO(glDrawArraysIndirect(GL_TRIANGLE_STRIP, (void *)4));
	say_picture("all is well");
}

static void refuse(void)
{
	DO(glDrawArraysIndirect(GL_BLEND, (void *)4));
	DO(glDrawElementsIndirect(GL_BLEND, GL_UNSIGNED_SHORT, (void *)4));
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_FLOAT, (void *)4));
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)3));
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)12));
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)8));
	glMapBufferRange(GL_DRAW_INDIRECT_BUFFER, 0, 4, GL_MAP_WRITE_BIT);
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)4));
	DO(glDrawArraysIndirect(GL_BLEND, (void *)4));
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_FLOAT, (void *)4));
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)1));
	ASK(glUnmapBuffer(GL_DRAW_INDIRECT_BUFFER));
	DO(glEnableVertexAttribArray(2));
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)4));
	DO(glDrawArraysIndirect(GL_BLEND, (void *)4));
	DO(glDisableVertexAttribArray(2));
	DO(glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0));
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)4));
	DO(glBindVertexArray(0));
	DO(glDrawArraysIndirect(GL_TRIANGLES, (void *)4));
	DO(glDrawElementsIndirect(GL_TRIANGLES, GL_UNSIGNED_SHORT, (void *)4));
	DO(glBindVertexArray(array));
}

XG_CASE_ES31(indirect_draws)
{
	GLint value = -1;

	prepare();
	DO(glDrawArraysIndirect(GL_TRIANGLES, NULL));
	DO(glBindBuffer(GL_DRAW_INDIRECT_BUFFER, buffers[3]));
	glGetIntegerv(GL_DRAW_INDIRECT_BUFFER_BINDING, &value);
	say("bound %d", value);
	DO(glDrawArraysIndirect(GL_TRIANGLES, NULL));
	draw();
	refuse();
	DO(glDeleteBuffers(1, &buffers[3]));
	glGetIntegerv(GL_DRAW_INDIRECT_BUFFER_BINDING, &value);
	say("bound %d", value);
	DO(glDrawArraysIndirect(GL_TRIANGLES, NULL));
}

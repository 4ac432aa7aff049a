/* SPDX-License-Identifier: MIT */
/* Client arrays that lie in one block, in each order, with gaps, and beside others that do not. */
#include "../case.h"

#define VERTICES 12

struct vertex {
	GLfloat position[2];
	GLubyte color[4];
	GLfloat texcoord[2];
	GLubyte gap[12];
};

static struct vertex vertices[VERTICES + 1];

static void make_vertices(void)
{
	fill(vertices, sizeof(vertices), 195);
	for (int i = 0; i <= VERTICES; i++) {
		vertices[i].position[0] = (GLfloat)(i % 4) * 0.625f - 1;
		vertices[i].position[1] = (GLfloat)(i / 4) - 1 + (GLfloat)(i % 2) * 0.5f;
		vertices[i].texcoord[0] = (GLfloat)i * 0.0625f;
		vertices[i].texcoord[1] = 0.5f - (GLfloat)(i % 3) * 0.25f;
	}
}

static void draw(const char *what)
{
	static const GLushort indices[] = {11, 4, 7, 7, 4, 0, 3, 9, 10};
	static const GLubyte some[] = {5, 6, 9, 255, 2, 6, 7};

	say("%s", what);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, VERTICES));
	say_picture("all");
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLES, 5, 6));
	say_picture("some");
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_POINTS, 6, 1));
	say_picture("one");
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_TRIANGLES, 9, GL_UNSIGNED_SHORT, indices));
	say_picture("indices");
	glEnable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_TRIANGLE_STRIP, 7, GL_UNSIGNED_BYTE, some));
	DO(glDrawElements(GL_TRIANGLE_STRIP, 1, GL_UNSIGNED_BYTE, some + 3));
	say_picture("restart");
	glDisable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
}

/* Three attributes somewhere in the vertices: the colour begins at any octet. */
static void point(int position, int color, int texcoord, GLsizei stride)
{
	const GLubyte *block = (const GLubyte *)vertices;

	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, stride, block + position);
	glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, block + color);
	glVertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, stride, block + texcoord);
}

static void draw_mixed(GLuint buffer)
{
	const GLfloat *tight = (const GLfloat *)vertices;

	point(0, 8, 12, 32);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(vertices), vertices, GL_STREAM_DRAW);
	glVertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, 32, (void *)12);
	draw("the last in a buffer");
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 32, NULL);
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, 32, vertices[0].texcoord);
	draw("the first in a buffer");
	point(0, 8, 12, 32);
	glVertexAttribPointer(2, 2, GL_FLOAT, GL_FALSE, 0, tight);
	draw("one tight");
	glDisableVertexAttribArray(1);
	glVertexAttrib4f(1, 1, 0.5f, 0.25f, 1);
	draw("one disabled");
	glEnableVertexAttribArray(1);
	glVertexAttribDivisor(1, 2);
	point(0, 8, 12, 32);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, VERTICES, 5));
	say_picture("one with a divisor");
	glVertexAttribDivisor(1, 0);
}

XG_CASE_ES3(client_blocks)
{
	GLuint buffer;

	make_vertices();
	glUseProgram(
		make_program("#version 300 es\nin vec2 position; in vec4 color; in vec2 texcoord;\n"
			     "out vec4 c; void main() { gl_PointSize = 9.0;\n"
			     "  gl_Position = vec4(position + 0.25 * texcoord, 0, 1);\n"
			     "  c = color * vec4(1, texcoord + 0.5, 1); }",
			"#version 300 es\nprecision highp float; in vec4 c; out vec4 result;\n"
			"void main() { result = c; }"));
	for (GLuint i = 0; i < 3; i++)
		glEnableVertexAttribArray(i);
	point(0, 8, 12, 32);
	draw("a gap behind");
	point(12, 8, 0, 32);
	draw("the other way round");
	point(0, 8, 12, 20);
	draw("without a gap");
	point(12, 0, 12, 16);
	draw("the same twice");
	point(0, 9, 12, 24);
	draw("an odd place");
	point(0, 28, 44, 32);
	draw("beyond the next vertex");
	point(0, 1, 2, 1);
	draw("a stride of 1");
	glGenBuffers(1, &buffer);
	draw_mixed(buffer);
}

/* SPDX-License-Identifier: MIT */
/* Draws of indices behind one another: alike, and with others and failing ones between. */
#include "../case.h"

#define SQUARES 24

static void make_squares(void)
{
	GLfloat position[SQUARES][4][2];
	GLushort indices[SQUARES][6];
	GLuint buffers[2];

	for (int i = 0; i < SQUARES; i++) {
		for (int j = 0; j < 4; j++) {
			position[i][j][0] = (GLfloat)(i % 6) / 3 - 1 + (GLfloat)(j % 2) * 0.25f;
			position[i][j][1] = (GLfloat)(i / 6) / 2 - 1 + (GLfloat)(j / 2) * 0.375f;
		}
		for (int j = 0; j < 6; j++)
			indices[i][j] = (GLushort)(4 * i + (j < 3 ? j : j - 2));
	}
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(position), position, GL_STATIC_DRAW);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
}

static void draw(GLenum mode, int square, GLsizei count, GLenum type)
{
	glDrawElements(mode, count, type, (void *)(size_t)(12 * square));
}

static void draw_some(int from, int step)
{
	glClear(GL_COLOR_BUFFER_BIT);
	for (int i = from; i < SQUARES; i += step)
		draw(GL_TRIANGLES, i, 6, GL_UNSIGNED_SHORT);
}

XG_CASE_ES3(draws_in_a_row)
{
	GLuint program = use_flat(0.75f, 0.25f, 0.5f, 1);
	const GLint color = glGetUniformLocation(program, "color");
	GLuint query, count = 0;

	make_squares();
	glEnable(GL_BLEND);
	glBlendFunc(GL_ONE, GL_ONE);
	draw_some(0, 1);
	say_picture("all");
	draw_some(1, 3);
	draw(GL_TRIANGLES, 1, 6, GL_UNSIGNED_SHORT);
	say_picture("one of them twice");

	glClear(GL_COLOR_BUFFER_BIT);
	for (int i = 0; i < SQUARES; i++) {
		glUniform4f(color, 0.25f, (GLfloat)i / SQUARES, 0.5f, 1);
		draw(GL_TRIANGLES, i, 6, GL_UNSIGNED_SHORT);
	}
	say_picture("a colour each");

	draw_some(0, 5);
	draw(GL_TRIANGLES, 2, -1, GL_UNSIGNED_SHORT);
	draw(GL_TRIANGLES, 3, 6, GL_UNSIGNED_SHORT);
	draw(GL_TRIANGLES, 3, 0, GL_UNSIGNED_SHORT);
	DO(draw(GL_TRIANGLES, 4, 3, GL_UNSIGNED_SHORT));
	say_picture("a negative count between");
	draw_some(0, 4);
	draw(GL_TRIANGLES, 2, 6, GL_FLOAT);
	draw(GL_TRIANGLES, 3, 6, GL_FLOAT);
	draw(GL_RGBA, 3, 6, GL_UNSIGNED_SHORT);
	DO(draw(GL_LINE_LOOP, 5, 3, GL_UNSIGNED_SHORT));
	say_picture("bad types and modes between");

	glGenQueries(1, &query);
	glBeginQuery(GL_ANY_SAMPLES_PASSED, query);
	draw_some(0, 1);
	glEndQuery(GL_ANY_SAMPLES_PASSED);
	glGetQueryObjectuiv(query, GL_QUERY_RESULT, &count);
	say("any samples: %u", count);
}

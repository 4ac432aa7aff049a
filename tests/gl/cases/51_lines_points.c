/* SPDX-License-Identifier: MIT */
/* Line widths, point sizes, point coordinates. */
#include "../case.h"

XG_CASE(lines_points)
{
	static const GLfloat widths[] = {1, 2, 3.5f, 10, 0.5f, 0, -1};
	static const GLfloat position[] = {-0.8f, -0.7f, 0.6f, 0.3f, -0.2f, 0.9f};
	GLuint program;

	use_flat(1, 1, 1, 1);
	glEnableVertexAttribArray(0);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, position);
	for (size_t i = 0; i < COUNT(widths); i++) {
		GLfloat now;
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glLineWidth(widths[i]));
		glGetFloatv(GL_LINE_WIDTH, &now);
		say("width %g", (double)now);
		DO(glDrawArrays(GL_LINE_LOOP, 0, 3));
		say_picture("lines");
	}
	program = make_program("attribute vec4 position; uniform float size;"
			       "void main() { gl_Position = position; gl_PointSize = size; }",
		"precision highp float;"
		"void main() { gl_FragColor = vec4(gl_PointCoord, gl_FrontFacing ? 1.0 : 0.0, "
		"1.0); }");
	glUseProgram(program);
	for (size_t i = 0; i < COUNT(widths); i++) {
		glClear(GL_COLOR_BUFFER_BIT);
		glUniform1f(glGetUniformLocation(program, "size"), widths[i] * 2);
		DO(glDrawArrays(GL_POINTS, 0, 3));
		say_picture("points");
	}
}

/* SPDX-License-Identifier: MIT */
/* Instances and divisors, from buffers and from client memory, in arrays and elements. */
#include "../case.h"

XG_CASE_ES3(instances)
{
	static const GLfloat corner[] = {0, 0, 0.2f, 0, 0, 0.2f};
	static const GLfloat places[] = {
		-1, -1, -0.5f, -0.5f, 0, 0, 0.5f, 0.5f, 0.75f, -0.5f, 0, -1};
	static const GLushort indices[] = {0, 1, 2, 0xffff, 2, 1, 0};
	GLuint buffers[2];
	GLuint program =
		make_program("#version 300 es\nin vec2 position, color;\n"
			     "out vec4 c;\n"
			     "void main() { gl_Position = vec4(position + color, 0, 1);\n"
			     "  c = vec4(float(gl_InstanceID + 1) / 6.0, color * 0.5 + 0.5, 1); }",
			"#version 300 es\nprecision highp float; in vec4 c; out vec4 result;\n"
			"void main() { result = c; }");

	glUseProgram(program);
	glGenBuffers(2, buffers);
	for (int way = 0; way < 4; way++) {
		say("corner from %s, places from %s", way & 1 ? "memory" : "buffer",
			way & 2 ? "memory" : "buffer");
		glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(corner), corner, GL_STATIC_DRAW);
		if (way & 1)
			glBindBuffer(GL_ARRAY_BUFFER, 0);
		glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, way & 1 ? corner : NULL);
		glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(places), places, GL_STATIC_DRAW);
		if (way & 2)
			glBindBuffer(GL_ARRAY_BUFFER, 0);
		glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, 0, way & 2 ? places : NULL);
		glEnableVertexAttribArray(0);
		glEnableVertexAttribArray(1);
		for (GLuint divisor = 0; divisor < 4; divisor++) {
			DO(glVertexAttribDivisor(1, divisor));
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 3, divisor ? 6 : 1));
			say_picture("arrays");
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawElementsInstanced(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, indices, 5));
			say_picture("elements");
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawArrays(GL_TRIANGLES, 0, 3));
			say_picture("no instances");
		}
		glVertexAttribDivisor(1, 0);
	}
	/* The index of a restart is none. */
	glEnable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
	ASK(glIsEnabled(GL_PRIMITIVE_RESTART_FIXED_INDEX));
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, corner);
	glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, 0, places);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawElements(GL_TRIANGLE_STRIP, 7, GL_UNSIGNED_SHORT, indices));
	say_picture("restart");
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawRangeElements(GL_TRIANGLE_STRIP, 0, 2, 7, GL_UNSIGNED_SHORT, indices));
	say_picture("range with restart");
	glDisable(GL_PRIMITIVE_RESTART_FIXED_INDEX);
	DO(glDrawRangeElements(GL_TRIANGLES, 2, 1, 3, GL_UNSIGNED_SHORT, indices));
	DO(glDrawRangeElements(0x99, 2, 1, 3, GL_UNSIGNED_SHORT, indices));
	DO(glDrawRangeElements(GL_TRIANGLES, 0, 2, -1, GL_UNSIGNED_SHORT, indices));
	DO(glDrawRangeElements(GL_TRIANGLES, 0, 2, 3, GL_FLOAT, indices));
	DO(glDrawRangeElements(GL_TRIANGLES, 0, 2, 3, GL_UNSIGNED_SHORT, indices));
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawRangeElements(GL_TRIANGLES, 0, 2, 3, GL_UNSIGNED_SHORT, (void *)8));
	say_picture("range in a buffer");
	DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 3, -1));
	DO(glDrawArraysInstanced(GL_TRIANGLES, -1, 3, 1));
	DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 3, 0));
	DO(glDrawElementsInstanced(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, NULL, -1));
	DO(glDrawElementsInstanced(GL_TRIANGLES, 3, GL_FLOAT, NULL, 1));
}

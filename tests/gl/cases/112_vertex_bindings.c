/* SPDX-License-Identifier: MIT */
/* Formats and buffers of attributes, set apart from each other and together with the old way. */
#include "../case.h"

static GLuint buffers[3], arrays[2];

static void say_attribs(void)
{
	static const GLenum pnames[] = {GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING,
		GL_VERTEX_ATTRIB_ARRAY_SIZE, GL_VERTEX_ATTRIB_ARRAY_STRIDE,
		GL_VERTEX_ATTRIB_ARRAY_TYPE, GL_VERTEX_ATTRIB_ARRAY_NORMALIZED,
		GL_VERTEX_ATTRIB_ARRAY_INTEGER, GL_VERTEX_ATTRIB_ARRAY_DIVISOR,
		GL_VERTEX_ATTRIB_BINDING, GL_VERTEX_ATTRIB_RELATIVE_OFFSET};
	static const GLenum indexed[] = {GL_VERTEX_BINDING_BUFFER, GL_VERTEX_BINDING_OFFSET,
		GL_VERTEX_BINDING_STRIDE, GL_VERTEX_BINDING_DIVISOR};

	for (GLuint i = 0; i < 4; i++) {
		GLint values[COUNT(pnames)], binding[COUNT(indexed)];
		void *pointer = NULL;

		for (size_t k = 0; k < COUNT(pnames); k++)
			glGetVertexAttribiv(i, pnames[k], &values[k]);
		say_ints("attribute", values, COUNT(values));
		for (size_t k = 0; k < COUNT(indexed); k++)
			glGetIntegeri_v(indexed[k], i, &binding[k]);
		say_ints("  binding", binding, COUNT(binding));
		glGetVertexAttribPointerv(i, GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer);
		say("  pointer %d", (int)(intptr_t)pointer);
	}
	say_error("attributes");
}

static void prepare(void)
{
	static const struct {
		GLfloat corner[2];
		GLubyte color[4];
		GLshort number[2];
	} vertices[] = {{{-1, -1}, {255, 0, 0, 255}, {3, 4}}, {{1, -1}, {0, 255, 0, 255}, {5, 6}},
		{{-1, 1}, {0, 0, 255, 255}, {7, 8}}, {{1, 1}, {255, 255, 255, 255}, {9, 10}}};
	static const GLfloat places[] = {9, 9, 0, 0, 0.5f, 0.5f, -0.5f, 0.25f};
	GLuint program = make_program(
		"#version 310 es\n"
		"layout(location = 0) in vec2 corner;\n"
		"layout(location = 1) in vec4 paint;\n"
		"layout(location = 2) in ivec2 number;\n"
		"layout(location = 3) in vec2 place;\n"
		"out vec4 mixed;\n"
		"void main() { mixed = paint * 0.5 + vec4(vec2(number) * 0.03, 0, 0);\n"
		"  gl_Position = vec4(corner * 0.5 + place, 0, 1); }",
		"#version 310 es\n"
		"precision highp float; in vec4 mixed; out vec4 color;\n"
		"void main() { color = mixed; }");

	glUseProgram(program);
	glGenBuffers(3, buffers);
	glGenVertexArrays(2, arrays);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(vertices), vertices, GL_STATIC_DRAW);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(places), places, GL_STATIC_DRAW);
}

static void set_up(void)
{
	DO(glVertexAttribFormat(0, 2, GL_FLOAT, GL_FALSE, 0));
	DO(glVertexAttribFormat(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 8));
	DO(glVertexAttribIFormat(2, 2, GL_SHORT, 12));
	DO(glVertexAttribFormat(3, 2, GL_FLOAT, GL_FALSE, 0));
	for (GLuint i = 0; i < 3; i++)
		DO(glVertexAttribBinding(i, 7));
	DO(glVertexAttribBinding(3, 2));
	DO(glVertexBindingDivisor(2, 1));
	DO(glBindVertexBuffer(7, buffers[0], 0, 16));
	DO(glBindVertexBuffer(2, buffers[1], 8, 8));
	for (GLuint i = 0; i < 4; i++)
		glEnableVertexAttribArray(i);
}

static void draw(const char *what)
{
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, 3));
	say_picture(what);
}

static void refuse(void)
{
	DO(glVertexAttribFormat(0, 5, GL_FLOAT, GL_FALSE, 0));
	DO(glVertexAttribFormat(0, 4, GL_BLEND, GL_FALSE, 0));
	DO(glVertexAttribFormat(0, 4, GL_FLOAT, GL_FALSE, 2047));
	DO(glVertexAttribFormat(0, 4, GL_FLOAT, GL_FALSE, 2048));
	DO(glVertexAttribFormat(99, 4, GL_FLOAT, GL_FALSE, 0));
	DO(glVertexAttribFormat(0, 3, GL_INT_2_10_10_10_REV, GL_FALSE, 0));
	DO(glVertexAttribIFormat(0, 4, GL_FLOAT, 0));
	DO(glVertexAttribIFormat(0, 0, GL_INT, 0));
	DO(glVertexAttribBinding(0, 16));
	DO(glVertexAttribBinding(16, 0));
	DO(glVertexAttribBinding(0, 0xffffffff));
	DO(glVertexBindingDivisor(16, 1));
	DO(glBindVertexBuffer(16, buffers[0], 0, 16));
	DO(glBindVertexBuffer(0, 999, 0, 16));
	DO(glBindVertexBuffer(0, buffers[0], -1, 16));
	DO(glBindVertexBuffer(0, buffers[0], 0, -16));
	DO(glBindVertexBuffer(0, buffers[0], 0, 2049));
	DO(glBindVertexBuffer(1, buffers[0], 3, 2048));
	say_attribs();
}

/* The old way sets both, and the new one goes on from there. */
static void mix(void)
{
	DO(glBindVertexArray(arrays[1]));
	say_attribs();
	set_up();
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	DO(glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 16, (void *)16));
	DO(glVertexAttribPointer(3, 2, GL_FLOAT, GL_FALSE, 0, NULL));
	say_attribs();
	draw("an offset of one of them");
	DO(glVertexAttribBinding(0, 7));
	DO(glVertexAttribDivisor(2, 2));
	DO(glBindVertexBuffer(2, buffers[0], 0, 16));
	say_attribs();
	draw("a divisor");
	DO(glBindVertexBuffer(7, 0, 0, 16));
	DO(glBindVertexBuffer(7, buffers[0], 0, 16));
	draw("bound again");
	DO(glVertexAttribIPointer(2, 2, GL_SHORT, 16, (void *)12));
	DO(glVertexAttribFormat(2, 2, GL_SHORT, GL_FALSE, 0));
	say_attribs();
}

XG_CASE_ES31(vertex_bindings)
{
	GLint value;

	prepare();
	DO(glVertexAttribFormat(0, 2, GL_FLOAT, GL_FALSE, 0));
	DO(glVertexAttribIFormat(0, 2, GL_INT, 0));
	DO(glVertexAttribBinding(0, 1));
	DO(glBindVertexBuffer(0, buffers[0], 0, 16));
	DO(glVertexBindingDivisor(0, 1));
	DO(glBindVertexArray(arrays[0]));
	say_attribs();
	set_up();
	say_attribs();
	draw("apart");
	DO(glVertexBindingDivisor(2, 0));
	draw("a place for each vertex");
	DO(glVertexBindingDivisor(2, 3));
	draw("one place for all");
	refuse();
	mix();
	DO(glBindVertexArray(arrays[0]));
	say_attribs();
	/* A name that was made and never bound is one; deleted, it leaves the bound array. */
	DO(glBindVertexBuffer(5, buffers[2], 4, 0));
	ASK(glIsBuffer(buffers[2]));
	glGetIntegeri_v(GL_VERTEX_BINDING_BUFFER, 5, &value);
	say("buffer %d", value);
	DO(glDeleteBuffers(3, buffers));
	say_attribs();
	DO(glBindVertexBuffer(0, buffers[0], 0, 16));
	DO(glGetIntegeri_v(GL_VERTEX_BINDING_OFFSET, 99, &value));
	glBindVertexArray(0);
	draw_quad();
	say_picture("client memory");
}

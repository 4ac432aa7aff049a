/* SPDX-License-Identifier: MIT */
/* Integer attributes: pointers from buffers and from memory, current values, and what is asked of
 * them. */
#include "../case.h"

static void ask(GLuint index)
{
	static const GLenum pnames[] = {GL_VERTEX_ATTRIB_ARRAY_INTEGER,
		GL_VERTEX_ATTRIB_ARRAY_DIVISOR, GL_VERTEX_ATTRIB_ARRAY_SIZE,
		GL_VERTEX_ATTRIB_ARRAY_TYPE, GL_VERTEX_ATTRIB_ARRAY_NORMALIZED,
		GL_VERTEX_ATTRIB_ARRAY_STRIDE, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING,
		GL_VERTEX_ATTRIB_ARRAY_ENABLED, GL_CURRENT_VERTEX_ATTRIB};

	for (size_t i = 0; i < COUNT(pnames); i++) {
		GLint ints[5], plain[5];
		GLuint unsigneds[5];

		untouched(ints, sizeof(ints));
		untouched(plain, sizeof(plain));
		untouched(unsigneds, sizeof(unsigneds));
		glGetVertexAttribIiv(index, pnames[i], ints);
		glGetVertexAttribIuiv(index, pnames[i], unsigneds);
		/* The value of an integer attribute is no float. */
		if (pnames[i] != GL_CURRENT_VERTEX_ATTRIB)
			glGetVertexAttribiv(index, pnames[i], plain);
		say_ints("i", ints, 5);
		say_ints("ui", (GLint *)unsigneds, 5);
		say_ints("iv", plain, 5);
		say_error("ask");
	}
}

XG_CASE_ES3(integer_attributes)
{
	static const GLenum types[] = {GL_BYTE, GL_UNSIGNED_BYTE, GL_SHORT, GL_UNSIGNED_SHORT,
		GL_INT, GL_UNSIGNED_INT, GL_FLOAT};
	static const GLfloat points[] = {-0.75f, 0, -0.25f, 0, 0.25f, 0, 0.75f, 0};
	static const GLint four[] = {-1, 2, 300, -70000};
	static const GLuint unsigned_four[] = {1, 2, 0xfffffff0, 7};
	uint8_t *data = random_bytes(256, 97);
	GLuint buffer, programs[2];

	for (int i = 0; i < 2; i++)
		programs[i] = make_program(
			i ? "#version 300 es\nin vec4 position; in uvec4 color; flat out uvec4 c;\n"
			    "void main() { gl_Position = position; gl_PointSize = 7.0; c = color; }"
			  : "#version 300 es\nin vec4 position; in ivec4 color; flat out uvec4 c;\n"
			    "void main() { gl_Position = position; gl_PointSize = 7.0; c = "
			    "uvec4(color); }",
			"#version 300 es\nprecision highp float; precision highp int;\n"
			"flat in uvec4 c; out vec4 result;\n"
			"void main() { result = vec4(c & 255u) / 255.0; }");
	glGenBuffers(1, &buffer);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, points);
	glEnableVertexAttribArray(0);
	for (size_t i = 0; i < 2 * COUNT(types); i++) {
		const bool is_memory = i & 1;
		const GLenum type = types[i / 2];

		glUseProgram(programs[i / 2 % 2]);
		glBindBuffer(GL_ARRAY_BUFFER, is_memory ? 0 : buffer);
		if (!is_memory)
			glBufferData(GL_ARRAY_BUFFER, 256, data, GL_STATIC_DRAW);
		for (GLint size = 1; size <= 4; size += 3) {
			say("type 0x%x, size %d", type, size);
			DO(glVertexAttribIPointer(1, size, type, is_memory ? 20 : 0,
				is_memory ? data + 16 : (const void *)16));
			glEnableVertexAttribArray(1);
			ask(1);
			glClear(GL_COLOR_BUFFER_BIT);
			DO(glDrawArrays(GL_POINTS, 0, 4));
			say_picture("arrays");
		}
		glDisableVertexAttribArray(1);
	}
	DO(glVertexAttribIPointer(1, 5, GL_INT, 0, NULL));
	DO(glVertexAttribIPointer(1, 0, GL_INT, 0, NULL));
	DO(glVertexAttribIPointer(1, 4, GL_INT, -4, NULL));
	DO(glVertexAttribIPointer(99, 4, GL_INT, 0, NULL));
	DO(glVertexAttribIPointer(1, 4, GL_INT, 0, NULL));
	DO(glVertexAttribI4i(1, -5, 6, 7, 8));
	ask(1);
	glUseProgram(programs[0]);
	glClear(GL_COLOR_BUFFER_BIT);
	glDrawArrays(GL_POINTS, 0, 4);
	say_picture("current value");
	DO(glVertexAttribI4ui(1, 5, 6, 7, 0xffffffff));
	ask(1);
	DO(glVertexAttribI4iv(1, four));
	ask(1);
	DO(glVertexAttribI4uiv(1, unsigned_four));
	ask(1);
	DO(glVertexAttribI4i(99, 1, 2, 3, 4));
	/* Back to floats: the divisor stays. */
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glVertexAttribDivisor(1, 3));
	DO(glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 0, NULL));
	ask(1);
	DO(glVertexAttribDivisor(99, 3));
	GLint value;
	DO(glGetVertexAttribIiv(99, GL_VERTEX_ATTRIB_ARRAY_SIZE, &value));
	DO(glGetVertexAttribIiv(1, GL_TEXTURE_2D, &value));
	DO(glGetVertexAttribIuiv(1, GL_TEXTURE_2D, (GLuint *)&value));
}

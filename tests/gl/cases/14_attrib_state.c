/* SPDX-License-Identifier: MIT */
/*
 * What glGetVertexAttrib* says before and after, and what pointers refuse. The first value is 0
 * before: Mesa writes that where it refuses the query, the specification nothing.
 */
#include "../case.h"

XG_CASE(attrib_state)
{
	static const GLenum asked[] = {GL_VERTEX_ATTRIB_ARRAY_ENABLED, GL_VERTEX_ATTRIB_ARRAY_SIZE,
		GL_VERTEX_ATTRIB_ARRAY_STRIDE, GL_VERTEX_ATTRIB_ARRAY_TYPE,
		GL_VERTEX_ATTRIB_ARRAY_NORMALIZED, GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING,
		GL_CURRENT_VERTEX_ATTRIB, GL_VERTEX_ATTRIB_ARRAY_POINTER, 0, GL_BLEND};
	GLint limit;
	GLuint buffer;
	void *pointer;

	glGetIntegerv(GL_MAX_VERTEX_ATTRIBS, &limit);
	glGenBuffers(1, &buffer);
	for (int round = 0; round < 3; round++) {
		const GLuint indices[] = {0, 1, 2, (GLuint)limit - 1, (GLuint)limit, 1000};
		for (size_t i = 0; i < COUNT(indices); i++) {
			for (size_t k = 0; k < COUNT(asked); k++) {
				GLint ints[6];
				GLfloat floats[6];
				untouched(ints, sizeof(ints));
				untouched(floats, sizeof(floats));
				ints[0] = 0;
				floats[0] = 0;
				say("index %u pname %s", indices[i], enum_name(asked[k]));
				DO(glGetVertexAttribiv(indices[i], asked[k], ints));
				say_ints("ints", ints, 6);
				DO(glGetVertexAttribfv(indices[i], asked[k], floats));
				say_floats("floats", floats, 6);
			}
			pointer = (void *)0x55;
			DO(glGetVertexAttribPointerv(
				indices[i], GL_VERTEX_ATTRIB_ARRAY_POINTER, &pointer));
			say("pointer %zu", (size_t)pointer);
			pointer = (void *)0x55;
			DO(glGetVertexAttribPointerv(indices[i], GL_BLEND, &pointer));
			say("pointer %zu", (size_t)pointer);
		}
		if (round == 0) {
			DO(glVertexAttribPointer(0, 3, GL_SHORT, GL_TRUE, 24, (void *)0x1234));
			DO(glEnableVertexAttribArray(0));
			DO(glBindBuffer(GL_ARRAY_BUFFER, buffer));
			DO(glVertexAttribPointer(1, 2, GL_FIXED, GL_FALSE, 0, (void *)16));
			DO(glVertexAttribPointer((GLuint)limit - 1, 1, GL_BYTE, 7, 5, NULL));
			DO(glVertexAttrib4f(2, 1, 2.5f, -3, 4));
			DO(glVertexAttribPointer(0, 0, GL_FLOAT, GL_FALSE, 0, NULL));
			DO(glVertexAttribPointer(0, 5, GL_FLOAT, GL_FALSE, 0, NULL));
			DO(glVertexAttribPointer(0, 4, GL_DITHER, GL_FALSE, 0, NULL));
			DO(glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, -1, NULL));
			DO(glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 2048, NULL));
			DO(glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 2049, NULL));
			DO(glVertexAttribPointer((GLuint)limit, 4, GL_FLOAT, GL_FALSE, 0, NULL));
			DO(glEnableVertexAttribArray((GLuint)limit));
			DO(glDisableVertexAttribArray((GLuint)limit));
			DO(glDisableVertexAttribArray(0));
		} else {
			DO(glDeleteBuffers(1, &buffer));
		}
	}
}

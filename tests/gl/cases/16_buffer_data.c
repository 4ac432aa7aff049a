/* SPDX-License-Identifier: MIT */
/* glBufferData, glBufferSubData and their parameters and refusals. */
#include "../case.h"

XG_CASE(buffer_data)
{
	static const GLenum usages[] = {GL_STREAM_DRAW, GL_STATIC_DRAW, GL_DYNAMIC_DRAW};
	GLuint buffers[2];
	GLint values[3];
	uint8_t data[100];

	fill(data, sizeof(data), 16);
	DO(glBufferData(GL_ARRAY_BUFFER, 4, data, GL_STATIC_DRAW));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 4, data));
	DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, values));
	DO(glGenBuffers(2, buffers));
	DO(glBindBuffer(GL_ARRAY_BUFFER, buffers[0]));
	DO(glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[1]));
	for (size_t i = 0; i < COUNT(usages); i++) {
		DO(glBufferData(
			GL_ARRAY_BUFFER, (GLsizeiptr)i * 31, i == 1 ? NULL : data, usages[i]));
		untouched(values, sizeof(values));
		DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, values));
		DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_USAGE, values + 1));
		say_ints("size, usage", values, 3);
		DO(glGetBufferParameteriv(GL_ELEMENT_ARRAY_BUFFER, GL_BUFFER_SIZE, values));
		DO(glGetBufferParameteriv(GL_ELEMENT_ARRAY_BUFFER, GL_BUFFER_USAGE, values + 1));
		say_ints("size, usage", values, 3);
	}
	untouched(values, sizeof(values));
	DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BLEND, values));
	DO(glGetBufferParameteriv(GL_TEXTURE_2D, GL_BUFFER_SIZE, values));
	say_ints("untouched", values, 3);
	DO(glBufferSubData(GL_ARRAY_BUFFER, 60, 2, data));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 60, 3, data));
	DO(glBufferSubData(GL_ARRAY_BUFFER, -1, 2, data));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, -2, data));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 62, 0, data));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 63, 0, data));
	DO(glBufferSubData(GL_TEXTURE_2D, 0, 2, data));
	DO(glBufferData(GL_ARRAY_BUFFER, -1, data, GL_STATIC_DRAW));
	DO(glBufferData(GL_ARRAY_BUFFER, 1, data, GL_BLEND));
	DO(glBufferData(GL_TEXTURE_2D, 1, data, GL_STATIC_DRAW));
	DO(glBufferData(GL_ARRAY_BUFFER, 0, NULL, GL_STATIC_DRAW));
	DO(glBufferData(GL_ARRAY_BUFFER, 0, data, GL_STATIC_DRAW));
	DO(glBindBuffer(GL_TEXTURE_2D, buffers[0]));
}

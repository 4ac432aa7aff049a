/* SPDX-License-Identifier: MIT */
/* What mapping a range refuses, and what a mapped buffer refuses. */
#include "../case.h"

XG_CASE(map_errors)
{
	static const struct {
		GLenum target;
		GLintptr offset;
		GLsizeiptr length;
		GLbitfield access;
	} tries[] = {
		{GL_TEXTURE_2D, 0, 4, GL_MAP_READ_BIT_EXT},
		{GL_ELEMENT_ARRAY_BUFFER, 0, 4, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, -1, 4, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, -4, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 0, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 4, 0},
		{GL_ARRAY_BUFFER, 0, 4, GL_MAP_INVALIDATE_RANGE_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 4, 0x8000 | GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 4, GL_MAP_READ_BIT_EXT | GL_MAP_INVALIDATE_RANGE_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 4, GL_MAP_READ_BIT_EXT | GL_MAP_INVALIDATE_BUFFER_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 4, GL_MAP_READ_BIT_EXT | GL_MAP_UNSYNCHRONIZED_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 4, GL_MAP_READ_BIT_EXT | GL_MAP_FLUSH_EXPLICIT_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 65, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 64, 1, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 65, 0, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 63, 1, GL_MAP_READ_BIT_EXT},
		{GL_ARRAY_BUFFER, 0, 1, GL_MAP_READ_BIT_EXT},
	};
	GLuint buffer;
	static const GLfloat position[16];
	void *pointer;

	need_extension("GL_EXT_map_buffer_range");
	PROC(PFNGLMAPBUFFERRANGEEXTPROC, glMapBufferRangeEXT);
	PROC(PFNGLUNMAPBUFFEROESPROC, glUnmapBufferOES);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, 64, position, GL_STATIC_DRAW);
	for (size_t i = 0; i < COUNT(tries); i++) {
		pointer = glMapBufferRangeEXT(
			tries[i].target, tries[i].offset, tries[i].length, tries[i].access);
		say("try %zu: %s", i, pointer ? "mapped" : "refused");
		say_error("error");
	}
	DO(glBufferSubData(GL_ARRAY_BUFFER, 8, 8, position));
	DO(glBufferSubData(GL_ARRAY_BUFFER, 60, 8, position));
	DO(glBufferSubData(GL_ARRAY_BUFFER, -1, 8, position));
	use_flat(1, 1, 1, 1);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
}

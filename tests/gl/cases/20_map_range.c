/* SPDX-License-Identifier: MIT */
/* EXT_map_buffer_range: accesses, explicit flushes, invalidation. */
#include "../case.h"

XG_CASE(map_range)
{
	GLuint buffer;
	uint8_t data[256], *map;
	GLint values[4];

	need_extension("GL_EXT_map_buffer_range");
	PROC(PFNGLMAPBUFFERRANGEEXTPROC, glMapBufferRangeEXT);
	PROC(PFNGLFLUSHMAPPEDBUFFERRANGEEXTPROC, glFlushMappedBufferRangeEXT);
	PROC(PFNGLUNMAPBUFFEROESPROC, glUnmapBufferOES);
	fill(data, sizeof(data), 20);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(data), data, GL_DYNAMIC_DRAW);
	static const GLbitfield ways[] = {GL_MAP_WRITE_BIT_EXT,
		GL_MAP_WRITE_BIT_EXT | GL_MAP_INVALIDATE_RANGE_BIT_EXT,
		GL_MAP_WRITE_BIT_EXT | GL_MAP_READ_BIT_EXT,
		GL_MAP_WRITE_BIT_EXT | GL_MAP_FLUSH_EXPLICIT_BIT_EXT,
		GL_MAP_WRITE_BIT_EXT | GL_MAP_UNSYNCHRONIZED_BIT_EXT};
	for (size_t i = 0; i < COUNT(ways); i++) {
		const GLintptr offset = (GLintptr)(10 + 30 * i);
		say("access 0x%x", ways[i]);
		map = glMapBufferRangeEXT(GL_ARRAY_BUFFER, offset, 20, ways[i]);
		say_error("map");
		for (int k = 0; k < 20; k++)
			map[k] = (uint8_t)(k + (int)i);
		glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_MAPPED_OES, values);
		say_ints("mapped", values, 1);
		if (ways[i] & GL_MAP_FLUSH_EXPLICIT_BIT_EXT) {
			DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, 0, 20));
			DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, 5, 0));
			DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, 15, 6));
			DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, -1, 6));
			DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, 1, -6));
		} else {
			DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, 0, 20));
		}
		ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
		map = glMapBufferRangeEXT(GL_ARRAY_BUFFER, 0, sizeof(data), GL_MAP_READ_BIT_EXT);
		say_data("all", map, sizeof(data));
		DO(glUnmapBufferOES(GL_ARRAY_BUFFER));
	}
	map = glMapBufferRangeEXT(GL_ARRAY_BUFFER, 0, sizeof(data),
		GL_MAP_WRITE_BIT_EXT | GL_MAP_INVALIDATE_BUFFER_BIT_EXT);
	values[0] = (GLint)((uintptr_t)map % 64);
	say_ints("beyond the alignment that drivers keep", values, 1);
	memcpy(map, data, sizeof(data));
	DO(glUnmapBufferOES(GL_ARRAY_BUFFER));
	map = glMapBufferRangeEXT(GL_ARRAY_BUFFER, 100, 50, GL_MAP_READ_BIT_EXT);
	say_data("part", map, 50);
	DO(glUnmapBufferOES(GL_ARRAY_BUFFER));
	DO(glFlushMappedBufferRangeEXT(GL_ARRAY_BUFFER, 0, 1));
	DO(glFlushMappedBufferRangeEXT(GL_TEXTURE_2D, 0, 1));
	DO(glUnmapBufferOES(GL_ELEMENT_ARRAY_BUFFER));
}

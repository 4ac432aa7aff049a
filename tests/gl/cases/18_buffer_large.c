/* SPDX-License-Identifier: MIT */
/* Uploads larger than any bulk region, read back through a mapping. */
#include "../case.h"

XG_CASE(buffer_large)
{
	static const size_t sizes[] = {1, 16 << 10, (16 << 10) + 1, 60 << 10, 64 << 10, 1 << 20,
		4 << 20, (4 << 20) + 12, 9 << 20, 33 << 20};
	GLuint buffer;

	need_extension("GL_EXT_map_buffer_range");
	PROC(PFNGLMAPBUFFERRANGEEXTPROC, glMapBufferRangeEXT);
	PROC(PFNGLUNMAPBUFFEROESPROC, glUnmapBufferOES);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		uint8_t *data = random_bytes(sizes[i], (uint32_t)i);
		glGenBuffers(1, &buffer);
		glBindBuffer(GL_ARRAY_BUFFER, buffer);
		DO(glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)sizes[i], data, GL_STATIC_DRAW));
		DO(glBufferSubData(GL_ARRAY_BUFFER, (GLintptr)(sizes[i] / 4),
			(GLsizeiptr)(sizes[i] / 2), data));
		const void *map = glMapBufferRangeEXT(
			GL_ARRAY_BUFFER, 0, (GLsizeiptr)sizes[i], GL_MAP_READ_BIT_EXT);
		say_data("contents", map, sizes[i]);
		ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
	}
}

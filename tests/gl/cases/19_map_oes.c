/* SPDX-License-Identifier: MIT */
/* OES_mapbuffer: old contents, writing, drawing from what was written. */
#include "../case.h"

XG_CASE(map_oes)
{
	static const GLfloat position[] = {-1, -1, 1, -1, -1, 1, 1, 1};
	GLuint buffer;
	GLfloat *map;
	void *pointer = (void *)1;
	GLint values[4];

	need_extension("GL_OES_mapbuffer");
	PROC(PFNGLMAPBUFFEROESPROC, glMapBufferOES);
	PROC(PFNGLUNMAPBUFFEROESPROC, glUnmapBufferOES);
	PROC(PFNGLGETBUFFERPOINTERVOESPROC, glGetBufferPointervOES);
	use_flat(0.5f, 1, 0.5f, 1);
	glEnableVertexAttribArray(0);
	ASK(glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES) == NULL);
	ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	ASK(glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES) == NULL);
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(position), position, GL_DYNAMIC_DRAW));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	for (int round = 0; round < 3; round++) {
		map = glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES);
		say("mapped %d", map != NULL);
		untouched(values, sizeof(values));
		DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_MAPPED_OES, values));
		DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_ACCESS_OES, values + 1));
		DO(glGetBufferPointervOES(GL_ARRAY_BUFFER, GL_BUFFER_MAP_POINTER_OES, &pointer));
		say_ints("mapped, access", values, 4);
		say("pointer same %d", pointer == map);
		say_floats("old contents", map, 8);
		map[round * 2] = 0;
		map[round * 2 + 1] = 0.25f;
		ASK(glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES) == NULL);
		DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 4, position));
		ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
		glClear(GL_COLOR_BUFFER_BIT);
		DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
		say_picture("drawn");
		DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_MAPPED_OES, values));
		DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_ACCESS_OES, values + 1));
		DO(glGetBufferPointervOES(GL_ARRAY_BUFFER, GL_BUFFER_MAP_POINTER_OES, &pointer));
		say_ints("mapped, access", values, 4);
		say("pointer null %d", pointer == NULL);
	}
	ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
	ASK(glUnmapBufferOES(GL_TEXTURE_2D));
	ASK(glMapBufferOES(GL_TEXTURE_2D, GL_WRITE_ONLY_OES) == NULL);
	ASK(glMapBufferOES(GL_ARRAY_BUFFER, GL_BLEND) == NULL);
	DO(glGetBufferPointervOES(GL_ARRAY_BUFFER, GL_BLEND, &pointer));
	DO(glGetBufferPointervOES(GL_TEXTURE_2D, GL_BUFFER_MAP_POINTER_OES, &pointer));
	/* New data end a mapping; so does deletion. */
	map = glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES);
	DO(glBufferData(GL_ARRAY_BUFFER, 64, NULL, GL_STREAM_DRAW));
	ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
	map = glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES);
	memcpy(map, position, sizeof(position));
	DO(glUnmapBufferOES(GL_ARRAY_BUFFER));
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("after new data");
	map = glMapBufferOES(GL_ARRAY_BUFFER, GL_WRITE_ONLY_OES);
	DO(glDeleteBuffers(1, &buffer));
	ASK(glUnmapBufferOES(GL_ARRAY_BUFFER));
}

/* SPDX-License-Identifier: MIT */
/* glMapBufferRange with each access, on each target, explicit flushes, and what a mapping forbids.
 */
#include "../case.h"

static const GLenum targets[] = {GL_ARRAY_BUFFER, GL_ELEMENT_ARRAY_BUFFER, GL_COPY_READ_BUFFER,
	GL_COPY_WRITE_BUFFER, GL_PIXEL_PACK_BUFFER, GL_PIXEL_UNPACK_BUFFER,
	GL_TRANSFORM_FEEDBACK_BUFFER, GL_UNIFORM_BUFFER};
static const GLenum pnames[] = {GL_BUFFER_SIZE, GL_BUFFER_USAGE, GL_BUFFER_MAPPED,
	GL_BUFFER_ACCESS_FLAGS, GL_BUFFER_MAP_OFFSET, GL_BUFFER_MAP_LENGTH, GL_TEXTURE_2D};

static void ask(GLenum target)
{
	for (size_t i = 0; i < COUNT(pnames); i++) {
		GLint value = -7;
		GLint64 value64 = -7;

		glGetBufferParameteriv(target, pnames[i], &value);
		glGetBufferParameteri64v(target, pnames[i], &value64);
		say("0x%x: %d, %lld", pnames[i], value, (long long)value64);
		say_error("parameter");
	}
}

XG_CASE_ES3(map_es3)
{
	static const GLbitfield bits[] = {GL_MAP_READ_BIT, GL_MAP_WRITE_BIT,
		GL_MAP_INVALIDATE_RANGE_BIT, GL_MAP_INVALIDATE_BUFFER_BIT,
		GL_MAP_FLUSH_EXPLICIT_BIT, GL_MAP_UNSYNCHRONIZED_BIT};
	GLuint buffers[2];
	uint8_t data[256], *map;
	void *pointer;

	fill(data, sizeof(data), 88);
	glGenBuffers(2, buffers);
	for (size_t t = 0; t < COUNT(targets); t++) {
		const GLenum target = targets[t];

		DO(glBindBuffer(target, buffers[0]));
		DO(glBufferData(target, sizeof(data), data, GL_DYNAMIC_READ));
		ask(target);
		map = glMapBufferRange(target, 32, 64, GL_MAP_READ_BIT | GL_MAP_WRITE_BIT);
		say_data("mapped", map, 64);
		memset(map, (int)t, 32);
		ask(target);
		DO(glGetBufferPointerv(target, GL_BUFFER_MAP_POINTER, &pointer));
		say("pointer %d", pointer == map);
		DO(glBufferSubData(target, 0, 4, data));
		DO(glBufferSubData(target, 64, 4, data));
		ASK(glUnmapBuffer(target));
		ASK(glUnmapBuffer(target));
		say_buffer("after", target, sizeof(data));
		DO(glBindBuffer(target, 0));
		ASK(glMapBufferRange(target, 0, 4, GL_MAP_READ_BIT) == NULL);
	}
	/* Every combination of flags: which are refused, and what those that are not leave. */
	glBindBuffer(GL_UNIFORM_BUFFER, buffers[1]);
	for (GLbitfield set = 0; set < 1u << COUNT(bits); set++) {
		GLbitfield access = 0;

		for (size_t i = 0; i < COUNT(bits); i++)
			access |= set >> i & 1 ? bits[i] : 0;
		glBufferData(GL_UNIFORM_BUFFER, sizeof(data), data, GL_STREAM_COPY);
		map = glMapBufferRange(GL_UNIFORM_BUFFER, 16, 64, access);
		say("access 0x%x: %d", access, map != NULL);
		say_error("map");
		if (!map)
			continue;
		if (access & GL_MAP_WRITE_BIT)
			memset(map, 0x33, 64);
		if (access & GL_MAP_FLUSH_EXPLICIT_BIT)
			DO(glFlushMappedBufferRange(GL_UNIFORM_BUFFER, 8, 16));
		else
			DO(glFlushMappedBufferRange(GL_UNIFORM_BUFFER, 8, 16));
		ASK(glUnmapBuffer(GL_UNIFORM_BUFFER));
		/* What is not flushed, and what an invalidated buffer holds, nobody says. */
		if (!(access & (GL_MAP_FLUSH_EXPLICIT_BIT | GL_MAP_INVALIDATE_BUFFER_BIT)))
			say_buffer("after", GL_UNIFORM_BUFFER, sizeof(data));
	}
	DO(glMapBufferRange(GL_UNIFORM_BUFFER, 0, 8, 0x1000 | GL_MAP_READ_BIT));
	DO(glMapBufferRange(GL_UNIFORM_BUFFER, -1, 8, GL_MAP_READ_BIT));
	DO(glMapBufferRange(GL_UNIFORM_BUFFER, 0, -8, GL_MAP_READ_BIT));
	DO(glMapBufferRange(GL_UNIFORM_BUFFER, 255, 2, GL_MAP_READ_BIT));
	DO(glMapBufferRange(GL_UNIFORM_BUFFER, 256, 0, GL_MAP_READ_BIT));
	DO(glMapBufferRange(GL_TEXTURE_2D, 0, 8, GL_MAP_READ_BIT));
	map = glMapBufferRange(GL_UNIFORM_BUFFER, 0, 8, GL_MAP_READ_BIT);
	DO(glMapBufferRange(GL_UNIFORM_BUFFER, 16, 8, GL_MAP_READ_BIT));
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[1]);
	glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[0]);
	DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_COPY_WRITE_BUFFER, 16, 0, 16));
	DO(glCopyBufferSubData(GL_COPY_WRITE_BUFFER, GL_COPY_READ_BUFFER, 0, 16, 16));
	DO(glBufferData(GL_UNIFORM_BUFFER, 16, data, GL_STATIC_DRAW));
	ask(GL_UNIFORM_BUFFER);
	ASK(glUnmapBuffer(GL_UNIFORM_BUFFER));
}

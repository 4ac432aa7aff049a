/* SPDX-License-Identifier: MIT */
/* Offsets and lengths of buffers at their limits, in each command that has a range. */
#include "../case.h"

#include <limits.h>

/* Its numbers are 64 bits wide. */
#if UINTPTR_MAX > UINT32_MAX

static const GLintptr edges[] = {LONG_MIN, -1, 0, 1, 4, 16, 252, 255, 256, 257, INT_MAX, UINT_MAX,
	(GLintptr)UINT_MAX + 1, (GLintptr)UINT_MAX + 17, LONG_MAX - 256, LONG_MAX - 15, LONG_MAX};

static GLuint buffers[3];

static void map(GLintptr offset, GLsizeiptr length)
{
	ASK(glMapBufferRange(GL_ARRAY_BUFFER, offset, length, GL_MAP_READ_BIT) != NULL);
	ASK(glUnmapBuffer(GL_ARRAY_BUFFER));
	ASK(glMapBufferRange(GL_ARRAY_BUFFER, offset, length,
		    GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT) != NULL);
	ASK(glUnmapBuffer(GL_ARRAY_BUFFER));
	ASK(glMapBufferRange(
		    GL_ARRAY_BUFFER, 8, 200, GL_MAP_WRITE_BIT | GL_MAP_FLUSH_EXPLICIT_BIT) != NULL);
	DO(glFlushMappedBufferRange(GL_ARRAY_BUFFER, offset, length));
	ASK(glUnmapBuffer(GL_ARRAY_BUFFER));
}

static void bind(GLintptr offset, GLsizeiptr length)
{
	GLint64 start = -7, size = -7;

	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 1, buffers[1], offset, length));
	glGetInteger64i_v(GL_UNIFORM_BUFFER_START, 1, &start);
	glGetInteger64i_v(GL_UNIFORM_BUFFER_SIZE, 1, &size);
	say("%lld %lld", (long long)start, (long long)size);
	DO(glBindBufferRange(GL_TRANSFORM_FEEDBACK_BUFFER, 1, buffers[1], offset, length));
	glGetInteger64i_v(GL_TRANSFORM_FEEDBACK_BUFFER_START, 1, &start);
	glGetInteger64i_v(GL_TRANSFORM_FEEDBACK_BUFFER_SIZE, 1, &size);
	say("%lld %lld", (long long)start, (long long)size);
}

static void range(GLintptr offset, GLsizeiptr length)
{
	static const uint8_t data[512];

	say("offset %lld, length %lld", (long long)offset, (long long)length);
	/* Mesa 22.3 takes a sum that wraps for one that fits: it copies and maps what is not there.
	 */
	if (length <= LONG_MAX - (offset > 64 ? offset : 64)) {
		DO(glBufferSubData(GL_ARRAY_BUFFER, offset, length, data));
		DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_ARRAY_BUFFER, offset, 0, length));
		DO(glCopyBufferSubData(GL_COPY_READ_BUFFER, GL_ARRAY_BUFFER, 0, offset, length));
		DO(glCopyBufferSubData(GL_ARRAY_BUFFER, GL_ARRAY_BUFFER, offset, 64, length));
		map(offset, length);
	}
	bind(offset, length);
}

XG_CASE_ES3(limits_ranges)
{
	static const GLsizeiptr sizes[] = {LONG_MIN, INT_MIN, -1, LONG_MAX, LONG_MAX - 4095,
		(GLsizeiptr)1 << 62, (GLsizeiptr)1 << 56};

	glGenBuffers(3, buffers);
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[0]);
	glBufferData(GL_COPY_READ_BUFFER, 256, random_bytes(256, 1), GL_STATIC_DRAW);
	glBindBuffer(GL_UNIFORM_BUFFER, buffers[1]);
	glBufferData(GL_UNIFORM_BUFFER, 256, NULL, GL_STATIC_DRAW);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[2]);
	glBufferData(GL_ARRAY_BUFFER, 256, random_bytes(256, 2), GL_STATIC_DRAW);
	for (size_t i = 0; i < COUNT(edges); i++) {
		for (size_t j = 0; j < COUNT(edges); j++)
			range(edges[i], edges[j]);
	}
	say_buffer("after all", GL_ARRAY_BUFFER, 256);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		say("size %lld", (long long)sizes[i]);
		DO(glBufferData(GL_ARRAY_BUFFER, sizes[i], NULL, GL_STATIC_DRAW));
	}
}

#endif

/* SPDX-License-Identifier: MIT */
/* Storage buffers and counters of vertex and fragment shaders, and what else knows such a buffer.
 */
#include "../case.h"

static GLuint buffers[4];

static GLuint make(void)
{
	return make_program("#version 310 es\n"
			    "layout(location = 0) in vec4 position;\n"
			    "layout(std430, binding = 3) buffer Seen { vec4 corners[]; } seen;\n"
			    "void main() { seen.corners[gl_VertexID] = position * 2.0;\n"
			    "  gl_Position = position; }",
		"#version 310 es\n"
		"precision highp float;\n"
		"layout(std430, binding = 0) readonly buffer Paint { vec4 color; };\n"
		"layout(std430, binding = 1) buffer Rows { uint rows[32]; };\n"
		"layout(binding = 2, offset = 4) uniform atomic_uint drawn;\n"
		"out vec4 result;\n"
		"void main() { atomicCounterIncrement(drawn);\n"
		"  atomicAdd(rows[uint(gl_FragCoord.y)], 1u); result = color; }");
}

static void say_points(GLenum binding, GLenum start, GLenum size)
{
	for (GLuint i = 0; i < 4; i++) {
		GLint name = -1;
		GLint64 longs[2] = {-1, -1};

		glGetIntegeri_v(binding, i, &name);
		glGetInteger64i_v(start, i, &longs[0]);
		glGetInteger64i_v(size, i, &longs[1]);
		say("point %u: %d from %lld, %lld", i, name, (long long)longs[0],
			(long long)longs[1]);
	}
	say_error("points");
}

static void bind(void)
{
	static const GLfloat colors[] = {9, 9, 9, 9, 1, 0.5f, 0.25f, 1};
	GLint alignment = 0;

	glGetIntegerv(GL_SHADER_STORAGE_BUFFER_OFFSET_ALIGNMENT, &alignment);
	glGenBuffers(4, buffers);
	glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffers[0]);
	DO(glBufferData(GL_SHADER_STORAGE_BUFFER, sizeof(colors), colors, GL_STATIC_DRAW));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 0, buffers[0], 16, 16));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 1, buffers[1], 0, 128));
	DO(glBufferData(GL_SHADER_STORAGE_BUFFER, 4 * 32, NULL, GL_DYNAMIC_READ));
	DO(glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 3, buffers[2]));
	DO(glBufferData(GL_SHADER_STORAGE_BUFFER, 64, NULL, GL_DYNAMIC_READ));
	DO(glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, 2, buffers[3]));
	DO(glBufferData(GL_ATOMIC_COUNTER_BUFFER, 8, (const GLuint[]){3, 5}, GL_DYNAMIC_READ));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 2, buffers[2], alignment / 2, 16));
	DO(glBindBufferRange(GL_SHADER_STORAGE_BUFFER, 2, buffers[2], 0, 0));
	DO(glBindBufferRange(GL_ATOMIC_COUNTER_BUFFER, 1, buffers[3], 2, 4));
	DO(glBindBufferRange(GL_ATOMIC_COUNTER_BUFFER, 1, buffers[3], 4, -4));
	DO(glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, 4096, buffers[3]));
	DO(glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 4096, buffers[2]));
	say_points(GL_SHADER_STORAGE_BUFFER_BINDING, GL_SHADER_STORAGE_BUFFER_START,
		GL_SHADER_STORAGE_BUFFER_SIZE);
	say_points(GL_ATOMIC_COUNTER_BUFFER_BINDING, GL_ATOMIC_COUNTER_BUFFER_START,
		GL_ATOMIC_COUNTER_BUFFER_SIZE);
}

static void clear_rows(void)
{
	const GLuint zeros[32] = {0};

	glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[1]);
	DO(glBufferSubData(GL_COPY_WRITE_BUFFER, 0, sizeof(zeros), zeros));
}

static void say_written(void)
{
	DO(glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT));
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[1]);
	say_buffer("rows", GL_COPY_READ_BUFFER, 128);
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[2]);
	say_buffer("corners", GL_COPY_READ_BUFFER, 64);
	glBindBuffer(GL_COPY_READ_BUFFER, buffers[3]);
	say_buffer("counted", GL_COPY_READ_BUFFER, 8);
}

XG_CASE_ES31(storage)
{
	GLint value = -1;

	glUseProgram(make());
	bind();
	clear_rows();
	draw_quad();
	say_picture("color of a buffer");
	say_written();
	clear_rows();
	draw_rectangle(-0.5f, -0.5f, 0.25f, 0.75f, 0);
	say_written();
	/* What shaders wrote, drawn from, as indices and as vertices of client memory's kin. */
	glBindBuffer(GL_ARRAY_BUFFER, buffers[2]);
	glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	DO(glMemoryBarrier(GL_VERTEX_ATTRIB_ARRAY_BARRIER_BIT));
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[3]);
	DO(glBufferData(GL_ELEMENT_ARRAY_BUFFER, 8, (const GLuint[]){0, 1}, GL_DYNAMIC_COPY));
	DO(glDrawElements(GL_LINES, 2, GL_UNSIGNED_INT, NULL));
	say_written();
	/* Mapped to be written, a part at a time. */
	glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffers[1]);
	GLuint *rows = glMapBufferRange(GL_SHADER_STORAGE_BUFFER, 4, 8, GL_MAP_WRITE_BIT);
	rows[1] = 1000;
	ASK(glUnmapBuffer(GL_SHADER_STORAGE_BUFFER));
	say_written();
	glGetIntegerv(GL_SHADER_STORAGE_BUFFER_BINDING, &value);
	say("bound %d", value);
	DO(glDeleteBuffers(4, buffers));
	glGetIntegerv(GL_SHADER_STORAGE_BUFFER_BINDING, &value);
	say("bound %d", value);
	say_points(GL_SHADER_STORAGE_BUFFER_BINDING, GL_SHADER_STORAGE_BUFFER_START,
		GL_SHADER_STORAGE_BUFFER_SIZE);
	say_points(GL_ATOMIC_COUNTER_BUFFER_BINDING, GL_ATOMIC_COUNTER_BUFFER_START,
		GL_ATOMIC_COUNTER_BUFFER_SIZE);
}

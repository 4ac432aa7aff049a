/* SPDX-License-Identifier: MIT */
/* See cycles.h: vertex bindings, debug messages, queries, and what is refused. */
#include "cycles.h"

#include <stddef.h>
#include <stdint.h>

static void cycle_bindings(bool is_held)
{
	static const GLfloat corners[] = {-1, -1, 1, -1, -1, 1};
	static const GLuint words[] = {3, 1, 0, 0};
	GLuint array, buffers[2];

	glGenVertexArrays(1, &array);
	glGenBuffers(2, buffers);
	glBindVertexArray(array);
	glBindVertexBuffer(0, buffers[0], 0, 8);
	glBindVertexBuffer(5, buffers[0], 8, 8);
	glVertexBindingDivisor(5, 1);
	glVertexAttribFormat(0, 2, GL_FLOAT, GL_FALSE, 0);
	glVertexAttribFormat(1, 2, GL_FLOAT, GL_FALSE, 0);
	glVertexAttribBinding(1, 5);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glEnableVertexAttribArray(0);
	glEnableVertexAttribArray(1);
	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, buffers[1]);
	glBufferData(GL_DRAW_INDIRECT_BUFFER, sizeof(words), words, GL_STATIC_DRAW);
	glDrawArraysIndirect(GL_TRIANGLES, NULL);
	/* An array that is not bound keeps what it has. */
	glBindVertexArray(0);
	if (is_held)
		glDeleteBuffers(2, buffers);
	glDeleteVertexArrays(1, &array);
	glDeleteBuffers(2, buffers);
}

static void GL_APIENTRY count(GLenum source, GLenum type, GLuint id, GLenum severity,
	GLsizei length, const GLchar *text, const void *data)
{
	(void)source, (void)type, (void)id, (void)severity, (void)length, (void)text;
	++*(unsigned *)(uintptr_t)data;
}

static void say_messages(int how_many)
{
	for (int i = 0; i < how_many; i++)
		glDebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, 7,
			GL_DEBUG_SEVERITY_HIGH, -1, "a marker of some length, so that it is seen");
}

static void cycle_messages(void)
{
	static const GLuint hidden = 9;
	unsigned counted = 0;
	char text[256];
	GLuint buffer;

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_COPY_READ_BUFFER, buffer);
	GLsync sync = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	glObjectLabel(GL_BUFFER, buffer, -1, "a buffer that has a name of some length");
	glObjectLabel(GL_BUFFER, buffer, -1, "a buffer that has another name");
	glObjectPtrLabel(sync, -1, "a fence that has a name");
	glGetObjectLabel(GL_BUFFER, buffer, sizeof(text), NULL, text);
	glEnable(GL_DEBUG_OUTPUT);
	glDebugMessageCallback(count, &counted);
	glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "the outer group");
	glPushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 2, -1, "the inner group");
	glDebugMessageControl(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_MARKER, GL_DONT_CARE, 1,
		&hidden, GL_FALSE);
	say_messages(3);
	glFinish();
	glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
	say_messages(1);
	glDisable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
	glPopDebugGroup();
	glPopDebugGroup();
	expect(counted > 0, "messages");
	/* More than the log has room for; some are fetched, the rest is left in it. */
	glDebugMessageCallback(NULL, NULL);
	say_messages(20);
	glGetDebugMessageLog(2, sizeof(text), NULL, NULL, NULL, NULL, NULL, text);
	glDisable(GL_DEBUG_OUTPUT);
	glDeleteSync(sync);
	glDeleteBuffers(1, &buffer);
}

static void cycle_queries(void)
{
	static const GLenum targets[] = {
		GL_ANY_SAMPLES_PASSED_CONSERVATIVE, GL_PRIMITIVES_GENERATED, GL_TIME_ELAPSED_EXT};
	const PFNGLQUERYCOUNTEREXTPROC counter =
		(PFNGLQUERYCOUNTEREXTPROC)eglGetProcAddress("glQueryCounterEXT");
	const PFNGLGETQUERYOBJECTUI64VEXTPROC fetch =
		(PFNGLGETQUERYOBJECTUI64VEXTPROC)eglGetProcAddress("glGetQueryObjectui64vEXT");
	GLuint queries[4];
	GLuint64 value;

	glGenQueries(4, queries);
	for (int i = 0; i < 3; i++)
		glBeginQuery(targets[i], queries[i]);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	for (int i = 0; i < 2; i++)
		glEndQuery(targets[i]);
	counter(queries[3], GL_TIMESTAMP_EXT);
	fetch(queries[1], GL_QUERY_RESULT, &value);
	fetch(queries[3], GL_QUERY_RESULT, &value);
	/* The first one's result is never asked for, and the third is active still. */
	glDeleteQueries(4, queries);
}

/* What fails has made nothing. */
static void cycle_refusals(void)
{
	static const char *const sources[] = {"#version 320 es\nvoid main() { this is none }\n"};
	const PFNGLTEXTUREVIEWOESPROC texture_view =
		(PFNGLTEXTUREVIEWOESPROC)eglGetProcAddress("glTextureViewOES");
	const GLuint failed = glCreateShaderProgramv(GL_FRAGMENT_SHADER, 1, sources);
	const GLuint program = glCreateProgram();
	GLuint textures[2];
	GLint formats[8] = {0};

	expect(glGetError() == GL_NO_ERROR, "cycle");
	glGetIntegerv(GL_PROGRAM_BINARY_FORMATS, formats);
	glProgramBinary(program, (GLenum)formats[0], "this is no binary of a program", 30);
	glGenTextures(2, textures);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 1 << 30, 1 << 30);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 16, 16);
	texture_view(textures[1], GL_TEXTURE_2D, textures[0], GL_RGBA16F, 0, 1, 0, 1);
	glBindTexture(GL_TEXTURE_BUFFER, textures[1]);
	glTexBufferRange(GL_TEXTURE_BUFFER, GL_RGBA8, 0xfefefefe, 0, 64);
	glCopyImageSubData(textures[0], GL_TEXTURE_2D, 0, 0, 0, 0, textures[1], GL_TEXTURE_2D, 0, 0,
		0, 0, 4, 4, 1);
	glObjectLabel(GL_TEXTURE, 0xfefefefe, -1, "nothing");
	glDeleteTextures(2, textures);
	glDeleteProgram(program);
	glDeleteProgram(failed);
	expect(glGetError() != GL_NO_ERROR, "refusals");
	while (glGetError() != GL_NO_ERROR)
		;
}

void cycle_rest(bool is_held)
{
	cycle_bindings(is_held);
	cycle_messages();
	cycle_queries();
	cycle_refusals();
}

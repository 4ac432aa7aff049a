/* SPDX-License-Identifier: MIT */
/*
 * Parts of buffers for uniforms, bound one after the other, and then what is done with the binding
 * that comes with them: names that nobody generated, deletion, and a context that shares.
 */
#include "../case.h"

static void bind_part(GLuint name, GLintptr offset)
{
	glBindBufferRange(GL_UNIFORM_BUFFER, 1, name, offset, 256);
}

static void say_bound(const char *what)
{
	GLint name = -1, size = -1;

	glGetIntegerv(GL_UNIFORM_BUFFER_BINDING, &name);
	glGetBufferParameteriv(GL_UNIFORM_BUFFER, GL_BUFFER_SIZE, &size);
	say("%s: %d of %d", what, name, size);
	say_error("bound");
}

/* Writes to what is bound, by both ways. */
static void write_bound(const char *what, unsigned char value)
{
	unsigned char octets[64];

	memset(octets, value, sizeof(octets));
	DO(glBufferSubData(GL_UNIFORM_BUFFER, 0, sizeof(octets), octets));
	unsigned char *mapped = glMapBufferRange(
		GL_UNIFORM_BUFFER, 64, 64, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT);
	say_error("map");
	if (mapped)
		memset(mapped, value + 1, 64);
	ASK(glUnmapBuffer(GL_UNIFORM_BUFFER));
	mapped = glMapBufferRange(GL_UNIFORM_BUFFER, 0, 128, GL_MAP_READ_BIT);
	say_error("map again");
	if (mapped)
		say_data(what, mapped, 128);
	ASK(glUnmapBuffer(GL_UNIFORM_BUFFER));
}

static void delete_bound(GLuint *buffers)
{
	bind_part(buffers[0], 256);
	bind_part(buffers[1], 0);
	DO(glDeleteBuffers(1, &buffers[0]));
	say_bound("the other is deleted");
	write_bound("the other is deleted", 20);
	bind_part(buffers[1], 256);
	DO(glDeleteBuffers(1, &buffers[1]));
	say_bound("deleted");
	write_bound("deleted", 30);
	bind_part(buffers[1], 0);
	say_bound("the name again");
	glGenBuffers(1, &buffers[0]);
	say("generated %u", buffers[0]);
	DO(glBufferData(GL_UNIFORM_BUFFER, 512, NULL, GL_DYNAMIC_DRAW));
	write_bound("the name again", 40);
}

/* Nobody has generated the name, so that binding it makes the buffer. */
static void make_by_binding(GLuint name)
{
	GLuint generated = 0;
	GLint bound = -1;

	bind_part(name, 0);
	DO(glGenBuffers(1, &generated));
	say("generated %u", generated);
	bind_part(name + 5, 0);
	glBindVertexArray(1);
	DO(glBindVertexBuffer(2, name + 5, 0, 16));
	glGetIntegeri_v(GL_VERTEX_BINDING_BUFFER, 2, &bound);
	say("vertices from %d", bound);
	glBindVertexArray(0);
	bind_part(0, 0);
	say_bound("none");
	write_bound("none", 50);
}

/* The buffer is the one that was bound, whatever its name leads to by now. */
static void share_after_bind(void)
{
	static const EGLint attribs[] = {
		EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 1, EGL_NONE};
	GLuint buffer;

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_UNIFORM_BUFFER, buffer);
	glBufferData(GL_UNIFORM_BUFFER, 512, NULL, GL_DYNAMIC_DRAW);
	glBindBuffer(GL_UNIFORM_BUFFER, 0);
	bind_part(buffer, 256);
	EGLContext shared = eglCreateContext(egl.display, egl.config, egl.context, attribs);
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, shared));
	DO(glDeleteBuffers(1, &buffer));
	glBindBuffer(GL_UNIFORM_BUFFER, buffer);
	DO(glBufferData(GL_UNIFORM_BUFFER, 16, NULL, GL_DYNAMIC_DRAW));
	ASK(eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context));
	write_bound("deleted elsewhere", 60);
	bind_part(buffer, 0);
	say_bound("another of the name");
	write_bound("another of the name", 70);
	eglDestroyContext(egl.display, shared);
}

XG_CASE_ES31(uniform_ranges)
{
	/* Of whose low 32 bits, where there are more, none is set. */
	const GLsizeiptr large = (GLsizeiptr)(sizeof(GLsizeiptr) > 4 ? 1ull << 32 : 1ull << 30);
	GLuint buffers[2], array;

	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	glBindVertexArray(0);
	glGenBuffers(2, buffers);
	for (int i = 0; i < 2; i++) {
		glBindBuffer(GL_UNIFORM_BUFFER, buffers[i]);
		glBufferData(GL_UNIFORM_BUFFER, 1024, NULL, GL_DYNAMIC_DRAW);
	}
	bind_part(buffers[0], 256);
	write_bound("the first", 1);
	bind_part(buffers[1], 512);
	write_bound("the second", 10);
	DO(bind_part(buffers[0], -256));
	DO(bind_part(buffers[0], 1));
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 1, buffers[0], 0, 0));
	say_bound("refused");
	DO(glBindBufferRange(GL_UNIFORM_BUFFER, 1, buffers[0], 0, large));
	bind_part(buffers[0], 0);
	say_bound("the first again");
	delete_bound(buffers);
	make_by_binding(buffers[0] + 10);
	share_after_bind();
}

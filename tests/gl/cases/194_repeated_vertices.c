/* SPDX-License-Identifier: MIT */
/*
 * Attributes that are enabled, led to their buffers and disabled again around each draw, as
 * programs do it, with all in between that may make the same call mean something else.
 */
#include "../case.h"

#include <pthread.h>

static const GLfloat left[] = {-1, -1, 0, -1, -1, 1}, right[] = {1, 1, 0, 1, 1, -1},
		     low[] = {-1, -1, 1, -1, 0, 0};

static GLuint make_buffer(const GLfloat *corners)
{
	GLuint buffer;

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(left), corners, GL_STATIC_DRAW);
	return buffer;
}

/* A triangle, with all that it takes set for it alone. */
static void draw(const char *what, GLuint buffer)
{
	glClear(GL_COLOR_BUFFER_BIT);
	glEnableVertexAttribArray(0);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glDisableVertexAttribArray(0);
	say_picture(what);
	say_error(what);
}

/* What is bound is written, read, asked for and deleted, whether a draw came meanwhile or not. */
static void use_bound(const GLuint buffers[2])
{
	GLint size = 0;

	for (int i = 0; i < 2; i++) {
		draw("left", buffers[0]);
		draw("right", buffers[1]);
	}
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 8, low + 2));
	draw("written", buffers[0]);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	say_buffer("first", GL_ARRAY_BUFFER, sizeof(left));
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, &size));
	glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[0]);
	DO(glCopyBufferSubData(GL_ARRAY_BUFFER, GL_COPY_WRITE_BUFFER, 0, 0, sizeof(left)));
	draw("copied", buffers[0]);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(low), low, GL_STREAM_DRAW));
	draw("filled anew", buffers[0]);
	glBindBuffer(GL_ARRAY_BUFFER, 0);
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(low), low, GL_STREAM_DRAW));
}

static void use_new_name(GLuint name, const GLfloat *corners, const char *what)
{
	GLint bound = -1;

	glGetIntegerv(GL_ARRAY_BUFFER_BINDING, &bound);
	say("bound %d", bound);
	glBindBuffer(GL_ARRAY_BUFFER, name);
	ASK(glIsBuffer(name));
	DO(glBufferData(GL_ARRAY_BUFFER, sizeof(low), corners, GL_STATIC_DRAW));
	draw(what, name);
}

/* A name leads to another buffer than it did when the pointer was set. */
static void give_name_anew(void)
{
	GLuint array, buffer = make_buffer(left);

	draw("old", buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glDeleteBuffers(1, &buffer));
	use_new_name(buffer, low, "new of the same name");
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	draw("array", buffer);
	glBindVertexArray(0);
	draw("no array", buffer);
	DO(glDeleteBuffers(1, &buffer));
	glBindVertexArray(array);
	use_new_name(buffer, right, "the array had the old one");
	glBindVertexArray(0);
	draw("new for both", buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 8, right));
	DO(glDeleteBuffers(1, &buffer));
	glBindBuffer(GL_COPY_WRITE_BUFFER, buffer);
	glBufferData(GL_COPY_WRITE_BUFFER, sizeof(low), low, GL_STATIC_DRAW);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	DO(glBufferSubData(GL_ARRAY_BUFFER, 0, 8, right));
	draw("made at another target", buffer);
}

/* What is enabled belongs to an array, and a draw may come when another one is bound. */
static void enable_in_arrays(GLuint buffer)
{
	GLuint arrays[2];
	GLint enabled[3];

	glGenVertexArrays(2, arrays);
	glBindVertexArray(arrays[0]);
	draw("disabled afterwards", buffer);
	glEnableVertexAttribArray(0);
	glBindVertexArray(arrays[1]);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("nothing enabled");
	glBindVertexArray(arrays[0]);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("enabled before");
	glEnableVertexAttribArray(1);
	DO(glEnableVertexAttribArray(500));
	DO(glDisableVertexAttribArray(500));
	for (GLuint i = 0; i < 3; i++)
		glGetVertexAttribiv(i, GL_VERTEX_ATTRIB_ARRAY_ENABLED, &enabled[i]);
	say_ints("enabled", enabled, 3);
	glDisableVertexAttribArray(1);
	DO(glDrawArraysInstanced(GL_TRIANGLES, 0, 3, 2));
	glBindVertexArray(0);
}

/* A pointer's binding was given another buffer, offset and stride in another way. */
static void bind_otherwise(const GLuint buffers[2])
{
	GLuint array;

	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	draw("by its pointer", buffers[0]);
	DO(glBindVertexBuffer(0, buffers[0], 8, 16));
	draw("by its pointer again", buffers[0]);
	DO(glBindVertexBuffer(0, buffers[1], 0, 8));
	draw("the other", buffers[1]);
	DO(glVertexAttribFormat(0, 2, GL_UNSIGNED_BYTE, GL_TRUE, 0));
	draw("another format before", buffers[1]);
	DO(glVertexAttribBinding(0, 3));
	draw("another binding before", buffers[1]);
	DO(glVertexAttribDivisor(0, 1));
	draw("a divisor", buffers[1]);
	DO(glVertexAttribDivisor(0, 0));
	draw("none", buffers[1]);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[1]);
	for (int i = 0; i < 2; i++)
		DO(glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 100000, NULL));
	for (int i = 0; i < 2; i++)
		DO(glVertexAttribPointer(0, 2, GL_HALF_FLOAT, GL_FALSE, 0, NULL));
	draw("floats", buffers[1]);
	glBindVertexArray(0);
}

/* Draws from numbers in a buffer, which see what is enabled as others do. */
static void draw_indirect(GLuint vertices)
{
	static const GLuint numbers[] = {3, 1, 0, 0};
	GLuint array, buffer;

	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	draw("before", vertices);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_DRAW_INDIRECT_BUFFER, buffer);
	glBufferData(GL_DRAW_INDIRECT_BUFFER, sizeof(numbers), numbers, GL_STATIC_DRAW);
	for (int i = 0; i < 2; i++) {
		glClear(GL_COLOR_BUFFER_BIT);
		glEnableVertexAttribArray(0);
		DO(glDrawArraysIndirect(GL_TRIANGLES, NULL));
		say_picture("indirect");
		glDisableVertexAttribArray(0);
		DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	}
	glBindVertexArray(0);
}

static EGLContext make_context(EGLContext shared)
{
	static const EGLint attribs[] = {
		EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 1, EGL_NONE};

	return eglCreateContext(egl.display, egl.config, shared, attribs);
}

static void make_current(EGLContext context)
{
	EGLSurface surface = context ? egl.surface : EGL_NO_SURFACE;

	ASK(eglMakeCurrent(egl.display, surface, surface, context));
}

struct deletion {
	EGLContext context;
	GLuint buffer;
};

static void *delete_elsewhere(void *data)
{
	const struct deletion *deletion = data;

	eglMakeCurrent(egl.display, EGL_NO_SURFACE, EGL_NO_SURFACE, deletion->context);
	glDeleteBuffers(1, &deletion->buffer);
	glFinish();
	eglMakeCurrent(egl.display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	return NULL;
}

/* By another thread, while a context is current here. */
static void delete_in_thread(EGLContext context, GLuint buffer)
{
	struct deletion deletion = {.context = context, .buffer = buffer};
	pthread_t thread;

	glFinish();
	if (pthread_create(&thread, NULL, delete_elsewhere, &deletion) == 0)
		pthread_join(thread, NULL);
}

static void say_bound(const char *what)
{
	GLint size = 0;

	DO(glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, &size));
	say("%s: size %d", what, size);
}

/* How a context comes to share with one where a buffer was bound, and nothing done with it yet. */
enum way {
	WAY_CURRENT, /* which stays current, while another thread deletes the buffer */
	WAY_RELEASED,
	WAY_LEFT, /* for another context */
	WAYS,
};

static void share_after_bind(enum way way)
{
	EGLContext own = make_context(EGL_NO_CONTEXT), other = make_context(EGL_NO_CONTEXT);

	make_current(own);
	use_flat(0, 1, 0.5f, 1);
	const GLuint buffer = make_buffer(left), second = make_buffer(right);
	draw("left", buffer);
	draw("right", second);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	if (way == WAY_RELEASED)
		make_current(EGL_NO_CONTEXT);
	if (way == WAY_LEFT)
		make_current(other);
	EGLContext shared = make_context(own);
	if (way == WAY_CURRENT) {
		delete_in_thread(shared, buffer);
	} else {
		make_current(shared);
		DO(glDeleteBuffers(1, &buffer));
		make_current(own);
	}
	say_bound("deleted elsewhere");
	DO(glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL));
	glEnableVertexAttribArray(0);
	DO(glDrawArrays(GL_TRIANGLES, 0, 3));
	say_picture("deleted elsewhere");
	glBindBuffer(GL_ARRAY_BUFFER, second);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	delete_in_thread(shared, second);
	say_bound("the second");
	make_current(shared);
	glBindBuffer(GL_ARRAY_BUFFER, second);
	glBufferData(GL_ARRAY_BUFFER, sizeof(low), low, GL_STATIC_DRAW);
	make_current(own);
	draw("another of that name", second);
	make_current(egl.context);
	eglDestroyContext(egl.display, shared);
	eglDestroyContext(egl.display, other);
	eglDestroyContext(egl.display, own);
}

XG_CASE_ES31(repeated_vertices)
{
	use_flat(0, 1, 0.5f, 1);
	const GLuint buffers[2] = {make_buffer(left), make_buffer(right)};

	use_bound(buffers);
	give_name_anew();
	enable_in_arrays(buffers[1]);
	bind_otherwise(buffers);
	draw_indirect(buffers[1]);
	for (enum way way = 0; way < WAYS; way++)
		share_after_bind(way);
}

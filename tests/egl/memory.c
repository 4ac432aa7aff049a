/* SPDX-License-Identifier: MIT */
/*
 * The vendor library when memory runs out. Each allocation of a program's life fails in turn, alone
 * and with all that follow it: then an error must have been raised, nothing crashes, and the next
 * life is whole. The library's objects are linked in, with the allocators wrapped; the host is
 * real.
 */
#include <GLES2/gl2.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "connection.h"
#include "process.h"
#include "stream.h"
#include "xg_egl_entry.h"
#include "xg_entry.h"

enum { SIZE = 16, STREAMS = 100 };

static unsigned allocations, fail_at; /* counted from 1; 0: none fails */
static bool fails_on, has_failed;

static bool may_allocate(void)
{
	allocations++;
	if (!fail_at || (fails_on ? allocations < fail_at : allocations != fail_at))
		return true;
	has_failed = true;
	return false;
}

#define WRAP(type, name, failure, parameters, arguments)                                           \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		return may_allocate() ? __real_##name arguments : failure;                         \
	}

WRAP(void *, malloc, NULL, (size_t size), (size))
WRAP(void *, calloc, NULL, (size_t count, size_t size), (count, size))
WRAP(void *, realloc, NULL, (void *old, size_t size), (old, size))
WRAP(void *, aligned_alloc, NULL, (size_t alignment, size_t size), (alignment, size))
WRAP(void *, mmap64, MAP_FAILED,
	(void *address, size_t size, int protection, int flags, int fd, off_t offset),
	(address, size, protection, flags, fd, offset))

struct life {
	EGLDisplay display;
	EGLSurface surface;
	EGLContext context;
	GLenum error; /* the first that GL raised */
	GLubyte pixels[SIZE * SIZE * 4];
};

static bool begin(struct life *life)
{
	static const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RED_SIZE, 8,
		EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT, EGL_NONE};
	static const EGLint size[] = {EGL_WIDTH, SIZE, EGL_HEIGHT, SIZE, EGL_NONE};
	static const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	EGLConfig config;
	EGLint count = 0;

	*life = (struct life){0};
	life->display = xg_eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, NULL, NULL);
	if (!life->display || !xg_eglInitialize(life->display, NULL, NULL) ||
		!xg_eglChooseConfig(life->display, wanted, &config, 1, &count) || count != 1)
		return false;
	life->surface = xg_eglCreatePbufferSurface(life->display, config, size);
	life->context = xg_eglCreateContext(life->display, config, EGL_NO_CONTEXT, version);
	return life->surface && life->context &&
	       xg_eglMakeCurrent(life->display, life->surface, life->surface, life->context);
}

static void note_error(struct life *life)
{
	const GLenum error = xg_gl_glGetError();

	if (!life->error)
		life->error = error;
}

static GLuint make_program(void)
{
	const char *const sources[] = {
		"attribute vec4 p, c; varying vec4 v; void main() { gl_Position = p; v = c; }",
		"precision highp float; uniform vec4 u[2]; varying vec4 v;"
		"void main() { gl_FragColor = v + u[0] + u[1]; }"};
	const GLuint program = xg_gl_glCreateProgram();

	for (int i = 0; i < 2; i++) {
		const GLuint shader =
			xg_gl_glCreateShader(i ? GL_FRAGMENT_SHADER : GL_VERTEX_SHADER);

		xg_gl_glShaderSource(shader, 1, &sources[i], NULL);
		xg_gl_glCompileShader(shader);
		xg_gl_glAttachShader(program, shader);
		xg_gl_glDeleteShader(shader);
	}
	xg_gl_glBindAttribLocation(program, 0, "p");
	xg_gl_glBindAttribLocation(program, 1, "c");
	xg_gl_glLinkProgram(program);
	return program;
}

/* Client arrays with a stride, indices in a buffer that was mapped: all that needs memory here. */
static void draw(struct life *life)
{
	static const GLfloat vertices[4][6] = {{-1, -1, 0, 1, 0.1f, 0}, {1, -1, 0, 1, 0.2f, 0},
		{-1, 1, 0, 1, 0.3f, 0}, {1, 1, 0, 1, 0.4f, 0}};
	static const GLfloat added[8] = {0.1f, 0, 0, 0.5f, 0, 0, 0.2f, 0.5f};
	static const GLubyte indices[] = {3, 3, 3, 3};
	const GLuint program = make_program();
	GLubyte *mapped;
	GLuint buffer;

	xg_gl_glUseProgram(program);
	xg_gl_glUniform4fv(xg_gl_glGetUniformLocation(program, "u"), 2, added);
	xg_gl_glGenBuffers(1, &buffer);
	xg_gl_glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer);
	xg_gl_glBufferData(GL_ELEMENT_ARRAY_BUFFER, 4, indices, GL_STATIC_DRAW);
	note_error(life);
	mapped = xg_gl_glMapBufferOES(GL_ELEMENT_ARRAY_BUFFER, GL_WRITE_ONLY_OES);
	if (mapped)
		memcpy(mapped, (const GLubyte[]){0, 1, 2, 3}, 4);
	xg_gl_glUnmapBufferOES(GL_ELEMENT_ARRAY_BUFFER);
	note_error(life);
	xg_gl_glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(vertices[0]), vertices);
	xg_gl_glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(vertices[0]), &vertices[0][2]);
	xg_gl_glEnableVertexAttribArray(0);
	xg_gl_glEnableVertexAttribArray(1);
	xg_gl_glDrawElements(GL_TRIANGLE_STRIP, 4, GL_UNSIGNED_BYTE, NULL);
	note_error(life);
	xg_gl_glReadPixels(0, 0, SIZE, SIZE, GL_RGBA, GL_UNSIGNED_BYTE, life->pixels);
	for (GLenum name = GL_VENDOR; name <= GL_EXTENSIONS; name++)
		xg_gl_glGetString(name);
	note_error(life);
}

static void end(struct life *life)
{
	if (life->display) {
		xg_eglMakeCurrent(life->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
		xg_eglTerminate(life->display);
	}
	xg_eglReleaseThread();
}

/* A whole life. False if it says that it failed. */
static bool live(struct life *life, unsigned fail, bool on)
{
	bool has_begun;

	allocations = 0;
	fail_at = fail;
	fails_on = on;
	has_failed = false;
	has_begun = begin(life);
	if (has_begun)
		draw(life);
	fail_at = 0;
	end(life);
	return has_begun && !life->error;
}

static bool fail(const char *what, unsigned number)
{
	printf("%s, allocation %u\n", what, number);
	return false;
}

static bool each_allocation_fails(bool on)
{
	struct life whole, broken, next;

	if (!live(&whole, 0, false))
		return fail("no life at all", 0);
	has_failed = true;
	for (unsigned i = 1; has_failed; i++) {
		if (live(&broken, i, on) &&
			memcmp(broken.pixels, whole.pixels, sizeof(whole.pixels)) != 0)
			return fail("a wrong picture and no error", i);
	}
	if (!live(&next, 0, false) || memcmp(next.pixels, whole.pixels, sizeof(whole.pixels)) != 0)
		return fail("what comes afterwards is broken", 0);
	return true;
}

/* The host allows a process fewer streams than that. */
static bool a_stream_that_fails_is_closed(void)
{
	struct xg_connection *const connection = xg_process_connection();
	struct xg_stream *stream;

	for (unsigned i = 0; i < STREAMS; i++) {
		allocations = 0;
		fail_at = 1 + i % 4;
		stream = xg_connection_stream_create(connection);
		fail_at = 0;
		if (stream)
			return fail("a stream without memory", i);
	}
	stream = xg_connection_stream_create(connection);
	if (!stream)
		return fail("those that failed have used up the streams", 0);
	xg_connection_stream_destroy(connection, stream);
	return true;
}

/* On a thread for whose stream there is no memory. */
static void *bind_without_memory(void *argument)
{
	struct life *const life = argument;
	EGLBoolean is_bound;

	allocations = 0;
	fail_at = 2; /* the first is the thread's own state */
	is_bound = xg_eglMakeCurrent(life->display, life->surface, life->surface, life->context);
	fail_at = 0;
	return is_bound ? argument : NULL;
}

static bool what_could_not_be_bound_is_free(void)
{
	struct life life;
	pthread_t thread;
	bool is_free;
	void *bound;

	if (!begin(&life))
		return fail("no life at all", 0);
	xg_eglMakeCurrent(life.display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	pthread_create(&thread, NULL, bind_without_memory, &life);
	pthread_join(thread, &bound);
	is_free = xg_eglMakeCurrent(life.display, life.surface, life.surface, life.context);
	end(&life);
	if (bound)
		return fail("bound without memory", 0);
	return is_free || fail("the context is still claimed", 0);
}

int main(void)
{
	if (!each_allocation_fails(false) || !each_allocation_fails(true) ||
		!a_stream_that_fails_is_closed() || !what_could_not_be_bound_is_free())
		return 1;
	printf("all lives end well\n");
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * xg-memory-cycles: makes and destroys objects of every class, as often as a line of its input
 * says, and then says how many octets its own heap has in use; so cycles_test can compare the
 * processes between lines. Each cycle ends with nothing left: what is left then has leaked.
 */
#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <wayland-client.h>
#include <wayland-egl.h>

#include "../egl/toplevel.h"
#include "cycles.h"

static struct wl_display *wayland;
static EGLDisplay displays[2]; /* one for windows, one for pbuffers */
static EGLConfig configs[2];
static GLuint program; /* in use throughout */

enum { WINDOWS, PBUFFERS };

static void fail(const char *what)
{
	fprintf(stderr, "xg-memory-cycles: %s: EGL error 0x%04x, GL error 0x%04x\n", what,
		(unsigned)eglGetError(), glGetError());
	exit(1);
}

void expect(bool is_right, const char *what)
{
	if (!is_right)
		fail(what);
}

static void open_display(int which, EGLenum platform, void *native, EGLint type)
{
	const EGLint wanted[] = {EGL_SURFACE_TYPE, type, EGL_RENDERABLE_TYPE, EGL_OPENGL_ES3_BIT,
		EGL_RED_SIZE, 8, EGL_ALPHA_SIZE, 8, EGL_DEPTH_SIZE, 24, EGL_NONE};
	EGLint count;

	displays[which] = eglGetPlatformDisplay(platform, native, NULL);
	expect(eglInitialize(displays[which], NULL, NULL) &&
			eglChooseConfig(displays[which], wanted, &configs[which], 1, &count) &&
			count == 1,
		"display");
}

static EGLContext new_context(int which, EGLContext share)
{
	static const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_NONE};
	EGLContext context = eglCreateContext(displays[which], configs[which], share, attributes);

	expect(context != EGL_NO_CONTEXT, "context");
	return context;
}

static EGLSurface new_pbuffer(void)
{
	static const EGLint attributes[] = {EGL_WIDTH, 32, EGL_HEIGHT, 32, EGL_NONE};
	EGLSurface surface =
		eglCreatePbufferSurface(displays[PBUFFERS], configs[PBUFFERS], attributes);

	expect(surface != EGL_NO_SURFACE, "pbuffer");
	return surface;
}

static GLuint new_program(void)
{
	static const char *const sources[] = {"#version 300 es\n"
					      "in vec4 a; out vec4 f; uniform B { vec4 u; };"
					      "void main() { f = a + u; gl_Position = a; }",
		"#version 300 es\n"
		"precision highp float; uniform sampler2D s; in vec4 f; out vec4 c;"
		"void main() { c = f + texture(s, f.xy); }"};
	static const GLenum types[] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER};
	static const char *const varyings[] = {"f"};
	const GLuint made = glCreateProgram();
	GLint is_linked = 0;

	for (int i = 0; i < 2; i++) {
		const GLuint shader = glCreateShader(types[i]);

		glShaderSource(shader, 1, &sources[i], NULL);
		glCompileShader(shader);
		glAttachShader(made, shader);
		glDeleteShader(shader);
	}
	glTransformFeedbackVaryings(made, 1, varyings, GL_INTERLEAVED_ATTRIBS);
	glLinkProgram(made);
	glGetProgramiv(made, GL_LINK_STATUS, &is_linked);
	expect(is_linked, "program");
	return made;
}

static void cycle_buffers(void)
{
	static const uint8_t data[5000];
	GLuint names[3];

	glGenBuffers(3, names);
	for (int i = 0; i < 3; i++) {
		glBindBuffer(GL_ARRAY_BUFFER, names[i]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(data), i ? data : NULL, GL_STREAM_DRAW);
		glBufferSubData(GL_ARRAY_BUFFER, 8, 64, data);
	}
	expect(glMapBufferRange(GL_ARRAY_BUFFER, 0, 4096,
		       GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT) != NULL,
		"map");
	glUnmapBuffer(GL_ARRAY_BUFFER);
	/* One is deleted while it is mapped, and bound to a point. */
	glBindBufferBase(GL_UNIFORM_BUFFER, 0, names[1]);
	glMapBufferRange(GL_ARRAY_BUFFER, 0, 16, GL_MAP_READ_BIT);
	glDeleteBuffers(3, names);
}

static void cycle_textures(void)
{
	static const GLenum targets[] = {
		GL_TEXTURE_2D, GL_TEXTURE_CUBE_MAP, GL_TEXTURE_3D, GL_TEXTURE_2D_ARRAY};
	static const uint8_t pixels[16 * 16 * 4];
	GLuint names[5];

	glGenTextures(5, names);
	for (int i = 0; i < 4; i++) {
		glBindTexture(targets[i], names[i]);
		if (i < 2)
			glTexStorage2D(targets[i], 3, GL_RGBA8, 16, 16);
		else
			glTexStorage3D(targets[i], 3, GL_RGBA8, 16, 16, 4);
	}
	glTexSubImage3D(GL_TEXTURE_3D, 0, 0, 0, 1, 16, 16, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	glBindTexture(GL_TEXTURE_2D, names[4]);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	glGenerateMipmap(GL_TEXTURE_2D);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glDeleteTextures(5, names);
}

static void cycle_framebuffers(void)
{
	GLuint framebuffer, renderbuffers[2], texture;
	uint8_t pixel[4];

	glGenFramebuffers(1, &framebuffer);
	glGenRenderbuffers(2, renderbuffers);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffers[0]);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH24_STENCIL8, 16, 16);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffers[1]);
	glRenderbufferStorageMultisample(GL_RENDERBUFFER, 4, GL_RGBA8, 16, 16);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	glFramebufferRenderbuffer(
		GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER, renderbuffers[0]);
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
	glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
	/* What is attached is deleted first. */
	glDeleteTextures(1, &texture);
	glDeleteRenderbuffers(2, renderbuffers);
	glDeleteFramebuffers(1, &framebuffer);
}

static void cycle_programs(void)
{
	const GLuint made = new_program();

	glUseProgram(made);
	glGetUniformLocation(made, "s");
	glUniform1i(glGetUniformLocation(made, "s"), 0);
	glDeleteProgram(made);
	glUseProgram(program);
}

static void cycle_small_things(void)
{
	static const GLfloat corners[] = {-1, -1, 1, -1, -1, 1};
	GLuint sampler, queries[2], feedback, array, buffer, value;

	glGenSamplers(1, &sampler);
	glGenQueries(2, queries);
	glGenTransformFeedbacks(1, &feedback);
	glGenVertexArrays(1, &array);
	glGenBuffers(1, &buffer);
	glBindVertexArray(array);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glBindSampler(0, sampler);
	glSamplerParameteri(sampler, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glBindTransformFeedback(GL_TRANSFORM_FEEDBACK, feedback);
	glBindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffer);
	glBeginQuery(GL_ANY_SAMPLES_PASSED, queries[0]);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	glEndQuery(GL_ANY_SAMPLES_PASSED);
	glGetQueryObjectuiv(queries[0], GL_QUERY_RESULT, &value);
	glBeginQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN, queries[1]);
	GLsync sync = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	glWaitSync(sync, 0, GL_TIMEOUT_IGNORED);
	glClientWaitSync(sync, GL_SYNC_FLUSH_COMMANDS_BIT, 1000000000);
	glDeleteSync(sync);
	glEndQuery(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN);
	glDeleteBuffers(1, &buffer);
	glDeleteVertexArrays(1, &array);
	glDeleteTransformFeedbacks(1, &feedback);
	glDeleteQueries(2, queries);
	glDeleteSamplers(1, &sampler);
}

static void cycle_images(EGLContext context)
{
	EGLDisplay display = displays[PBUFFERS];
	PFNGLEGLIMAGETARGETTEXTURE2DOESPROC target_texture =
		(PFNGLEGLIMAGETARGETTEXTURE2DOESPROC)eglGetProcAddress(
			"glEGLImageTargetTexture2DOES");
	GLuint textures[2];

	glGenTextures(2, textures);
	glBindTexture(GL_TEXTURE_2D, textures[0]);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, 16, 16);
	EGLImage image = eglCreateImage(
		display, context, EGL_GL_TEXTURE_2D, (EGLClientBuffer)(uintptr_t)textures[0], NULL);
	expect(image != EGL_NO_IMAGE, "image");
	glBindTexture(GL_TEXTURE_2D, textures[1]);
	target_texture(GL_TEXTURE_2D, image);
	glDeleteTextures(1, &textures[0]);
	eglDestroyImage(display, image);
	glDeleteTextures(1, &textures[1]);
	EGLSync sync = eglCreateSync(display, EGL_SYNC_FENCE, NULL);
	eglWaitSync(display, sync, 0);
	eglClientWaitSync(display, sync, EGL_SYNC_FLUSH_COMMANDS_BIT, EGL_FOREVER);
	eglDestroySync(display, sync);
}

static void cycle_image_storage(EGLContext context)
{
	PFNGLEGLIMAGETARGETTEXSTORAGEEXTPROC target_storage =
		(PFNGLEGLIMAGETARGETTEXSTORAGEEXTPROC)eglGetProcAddress(
			"glEGLImageTargetTexStorageEXT");
	GLuint renderbuffer, texture;

	glGenRenderbuffers(1, &renderbuffer);
	glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 16, 16);
	EGLImage image = eglCreateImage(displays[PBUFFERS], context, EGL_GL_RENDERBUFFER,
		(EGLClientBuffer)(uintptr_t)renderbuffer, NULL);
	expect(image != EGL_NO_IMAGE, "image of a renderbuffer");
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	target_storage(GL_TEXTURE_2D, image, NULL);
	eglDestroyImage(displays[PBUFFERS], image);
	glDeleteRenderbuffers(1, &renderbuffer);
	glDeleteTextures(1, &texture);
}

/* Objects are left for the context's end to delete. */
static void leave_objects(void)
{
	GLuint names[4];

	glGenBuffers(4, names);
	glBindBuffer(GL_ARRAY_BUFFER, names[0]);
	glBufferData(GL_ARRAY_BUFFER, 4096, NULL, GL_STATIC_DRAW);
	glGenTextures(4, names);
	glBindTexture(GL_TEXTURE_2D, names[0]);
	glTexStorage2D(GL_TEXTURE_2D, 2, GL_RGBA8, 16, 16);
	glGenFramebuffers(2, names);
	glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
	new_program();
	cycle_stores(true);
	cycle_rest(true);
	leave_stages();
	leave_stores();
}

static void *cycle_context(void *share)
{
	EGLDisplay display = displays[PBUFFERS];
	EGLContext context = new_context(PBUFFERS, share);
	EGLSurface surface = new_pbuffer();

	expect(eglMakeCurrent(display, surface, surface, context), "current");
	glClear(GL_COLOR_BUFFER_BIT);
	if (!share)
		leave_objects();
	expect(glGetError() == GL_NO_ERROR, "cycle of a context");
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglDestroyContext(display, context);
	eglDestroySurface(display, surface);
	eglReleaseThread();
	return NULL;
}

static void cycle_threads(EGLContext share)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, cycle_context, NULL);
	pthread_create(&threads[1], NULL, cycle_context, share);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

static void cycle_windows(void)
{
	struct toplevel *toplevel = toplevel_create(wayland);
	struct wl_egl_window *window = wl_egl_window_create(toplevel_surface(toplevel), 64, 48);
	EGLDisplay display = displays[WINDOWS];
	EGLSurface surface =
		eglCreatePlatformWindowSurface(display, configs[WINDOWS], window, NULL);
	EGLContext context = new_context(WINDOWS, EGL_NO_CONTEXT);

	expect(eglMakeCurrent(display, surface, surface, context), "window");
	eglSwapInterval(display, 0);
	for (int i = 0; i < 2; i++) {
		glClear(GL_COLOR_BUFFER_BIT);
		expect(eglSwapBuffers(display, surface), "swap");
	}
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglDestroySurface(display, surface);
	eglDestroyContext(display, context);
	wl_egl_window_destroy(window);
	toplevel_destroy(toplevel);
	wl_display_roundtrip(wayland);
}

static void run(unsigned count, EGLContext context, EGLSurface surface)
{
	for (unsigned i = 0; i < count; i++) {
		cycle_buffers();
		cycle_textures();
		cycle_framebuffers();
		cycle_programs();
		cycle_small_things();
		cycle_images(context);
		cycle_image_storage(context);
		cycle_stores(false);
		cycle_rest(false);
		if (i % 2 == 0)
			cycle_stages();
		if (i % 8 == 0) {
			cycle_threads(context);
			cycle_windows();
			expect(eglMakeCurrent(displays[PBUFFERS], surface, surface, context),
				"back");
		}
		expect(glGetError() == GL_NO_ERROR, "cycle");
	}
	glFinish();
}

int main(void)
{
	char line[32];

	wayland = wl_display_connect(NULL);
	expect(wayland != NULL, "compositor");
	open_display(WINDOWS, EGL_PLATFORM_WAYLAND_KHR, wayland, EGL_WINDOW_BIT);
	open_display(PBUFFERS, EGL_PLATFORM_SURFACELESS_MESA, NULL, EGL_PBUFFER_BIT);

	EGLContext context = new_context(PBUFFERS, EGL_NO_CONTEXT);
	EGLSurface surface = new_pbuffer();
	expect(eglMakeCurrent(displays[PBUFFERS], surface, surface, context), "current");
	program = new_program();
	glUseProgram(program);
	while (fgets(line, sizeof(line), stdin)) {
		run((unsigned)atoi(line), context, surface);
		printf("%zu\n", mallinfo2().uordblks);
		fflush(stdout);
	}
	eglTerminate(displays[PBUFFERS]);
	eglTerminate(displays[WINDOWS]);
	wl_display_disconnect(wayland);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * xg-egl-still FRAMES: a window whose every frame is the same picture, to the bit on any processor:
 * flat colours, edges between pixels, texels that are not filtered. It draws so many frames, says
 * "drawn", and does so again for each line on standard input. Without FRAMES it draws until it is
 * killed.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <wayland-client.h>
#include <wayland-egl.h>

#include "toplevel.h"

#define WIDTH  256
#define HEIGHT 192
#define TEXELS 16

static struct wl_display *native;
static EGLDisplay display;
static EGLSurface surface;

static bool open_window(void)
{
	static const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	static const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_WINDOW_BIT, EGL_RENDERABLE_TYPE,
		EGL_OPENGL_ES2_BIT, EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8, EGL_BLUE_SIZE, 8, EGL_NONE};
	EGLConfig config;
	EGLint count;

	native = wl_display_connect(NULL);

	struct toplevel *toplevel = native ? toplevel_create(native) : NULL;

	display = eglGetPlatformDisplay(EGL_PLATFORM_WAYLAND_KHR, native, NULL);
	if (!toplevel || !display || !eglInitialize(display, NULL, NULL) ||
		!eglChooseConfig(display, wanted, &config, 1, &count) || count != 1)
		return false;

	struct wl_egl_window *window =
		wl_egl_window_create(toplevel_surface(toplevel), WIDTH, HEIGHT);
	const EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);

	surface = eglCreateWindowSurface(display, config, (EGLNativeWindowType)window, NULL);
	return eglMakeCurrent(display, surface, surface, context);
}

static GLuint shader(GLenum type, const char *source)
{
	const GLuint name = glCreateShader(type);

	glShaderSource(name, 1, &source, NULL);
	glCompileShader(name);
	return name;
}

static GLint prepare(void)
{
	static const GLfloat quad[] = {0, 0, 1, 0, 0, 1, 1, 1};
	const GLuint program = glCreateProgram();
	uint8_t texels[TEXELS * TEXELS * 4];
	GLuint texture, buffer;

	glAttachShader(program,
		shader(GL_VERTEX_SHADER,
			"attribute vec2 corner; uniform vec4 place; varying vec2 texel;\n"
			"void main() { texel = corner; gl_Position = vec4(place.xy + corner * "
			"place.zw, 0.0, 1.0); }"));
	glAttachShader(program,
		shader(GL_FRAGMENT_SHADER,
			"precision mediump float; uniform sampler2D picture; varying vec2 texel;\n"
			"void main() { gl_FragColor = texture2D(picture, texel); }"));
	glBindAttribLocation(program, 0, "corner");
	glLinkProgram(program);
	glUseProgram(program);

	for (int i = 0; i < TEXELS * TEXELS * 4; i++)
		texels[i] = (uint8_t)(i % 4 == 3 ? 255 : i * 37 + i / 64 * 11);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glTexImage2D(
		GL_TEXTURE_2D, 0, GL_RGBA, TEXELS, TEXELS, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);

	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(quad), quad, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	return glGetUniformLocation(program, "place");
}

/* Stripes that are cleared, and four times the texture, each texel a square of four or eight. */
static void draw(GLint place)
{
	glClearColor(0.2f, 0.4f, 0.6f, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glEnable(GL_SCISSOR_TEST);
	for (int i = 0; i < 8; i++) {
		glScissor(i * 32, i * 8, 24, HEIGHT - i * 16);
		/* A quarter more than whole: the same whether it is rounded or cut. */
		glClearColor(((GLfloat)i * 36 + 0.25f) / 255, ((GLfloat)i * -36 + 252.25f) / 255,
			(GLfloat)(i % 2), 1);
		glClear(GL_COLOR_BUFFER_BIT);
	}
	glDisable(GL_SCISSOR_TEST);
	for (int i = 0; i < 4; i++) {
		const GLfloat size = i == 0 ? 128 : 64;

		glUniform4f(place, -1.0f + (GLfloat)i * 0.5f, -1.0f + (GLfloat)(i % 2) / 3,
			size / (WIDTH / 2), size / (HEIGHT / 2));
		glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
	}
}

static bool draw_frames(GLint place, long frames)
{
	for (long i = 0; frames == 0 || i < frames; i++) {
		draw(place);
		if (!eglSwapBuffers(display, surface))
			return false;
		wl_display_dispatch_pending(native);
	}
	return puts("drawn") >= 0 && fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
	const long frames = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	char line[16];

	if (!open_window()) {
		fprintf(stderr, "xg-egl-still: no window: EGL error 0x%04x\n", eglGetError());
		return 1;
	}

	const GLint place = prepare();

	do {
		if (!draw_frames(place, frames))
			return 1;
	} while (fgets(line, sizeof(line), stdin));
	eglTerminate(display);
	return 0;
}

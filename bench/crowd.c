/* SPDX-License-Identifier: MIT */
/*
 * bench-crowd BEGIN END: draws in a small window until END, and prints how many of its frames were
 * swapped since BEGIN; both are seconds of CLOCK_MONOTONIC. Programs that are given the same two
 * are compared over the same time, however long each took to start. One that had no frame by BEGIN
 * prints "late" in place of a number.
 *
 * A frame is 64 draws of a triangle, each with a uniform of its own: many small calls, few pixels.
 */
#include <EGL/egl.h>
#include <GLES2/gl2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <wayland-client.h>

#include "window.h"

#define WIDTH  200
#define HEIGHT 150
#define DRAWS  64

static GLuint make_shader(GLenum type, const char *source)
{
	const GLuint shader = glCreateShader(type);

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	return shader;
}

/* Answers where the uniform is that places a triangle. */
static GLint prepare(void)
{
	static const GLfloat triangle[] = {-0.1f, -0.1f, 0.1f, -0.1f, 0, 0.1f};
	const GLuint program = glCreateProgram();
	GLuint buffer;

	glAttachShader(program,
		make_shader(GL_VERTEX_SHADER,
			"attribute vec2 corner; uniform vec4 place;\n"
			"void main() { gl_Position = vec4(corner + place.xy, 0.0, 1.0); }\n"));
	glAttachShader(
		program, make_shader(GL_FRAGMENT_SHADER,
				 "precision mediump float;\n"
				 "void main() { gl_FragColor = vec4(1.0, 0.5, 0.0, 1.0); }\n"));
	glBindAttribLocation(program, 0, "corner");
	glLinkProgram(program);
	glUseProgram(program);
	glGenBuffers(1, &buffer);
	glBindBuffer(GL_ARRAY_BUFFER, buffer);
	glBufferData(GL_ARRAY_BUFFER, sizeof(triangle), triangle, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	return glGetUniformLocation(program, "place");
}

static void draw(GLint place, unsigned frame)
{
	glClear(GL_COLOR_BUFFER_BIT);
	for (unsigned i = 0; i < DRAWS; i++) {
		const unsigned step = i + frame % DRAWS;

		glUniform4f(place, (GLfloat)(step % 8) / 4 - 0.875f,
			(GLfloat)(step / 8 % 8) / 4 - 0.875f, 0, 0);
		glDrawArrays(GL_TRIANGLES, 0, 3);
	}
}

int main(int argc, char **argv)
{
	const double begin_s = argc == 3 ? strtod(argv[1], NULL) : 0;
	const double end_s = argc == 3 ? strtod(argv[2], NULL) : 0;
	struct wl_display *native = wl_display_connect(NULL);
	unsigned frames = 0, counted = 0;
	bool is_late = true;
	EGLDisplay display;
	EGLSurface surface;

	if (begin_s <= 0 || end_s <= begin_s || !native) {
		fprintf(stderr, "usage: bench-crowd BEGIN END\n");
		return 2;
	}
	if (!bench_window_open(native, WIDTH, HEIGHT, &display, &surface)) {
		fprintf(stderr, "bench-crowd: no window\n");
		return 1;
	}
	const GLint place = prepare();

	for (double now_s = 0; now_s < end_s; frames++) {
		draw(place, frames);
		if (!eglSwapBuffers(display, surface) || wl_display_dispatch_pending(native) < 0)
			return 1;
		now_s = (double)bench_now_ns() * 1e-9;
		is_late = is_late && now_s >= begin_s;
		counted += now_s >= begin_s && now_s < end_s;
	}
	if (is_late)
		puts("late");
	else
		printf("%u\n", counted);
	return 0;
}

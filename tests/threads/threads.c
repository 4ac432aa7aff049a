/* SPDX-License-Identifier: MIT */
/* See threads.h. */
#include "threads.h"

enum { SIDE = 4 };

void turn_await(struct turn *turn, unsigned step)
{
	pthread_mutex_lock(&turn->lock);
	while (turn->step < step)
		pthread_cond_wait(&turn->changed, &turn->lock);
	pthread_mutex_unlock(&turn->lock);
}

void turn_pass(struct turn *turn)
{
	pthread_mutex_lock(&turn->lock);
	turn->step++;
	pthread_cond_broadcast(&turn->changed);
	pthread_mutex_unlock(&turn->lock);
}

EGLSurface enter(EGLContext context)
{
	EGLSurface surface = new_pbuffer(SIDE);

	if (!eglMakeCurrent(display, surface, surface, context))
		say("no thread can enter: EGL error 0x%04x", (unsigned)eglGetError());
	return surface;
}

void leave(EGLSurface surface)
{
	eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglDestroySurface(display, surface);
	eglReleaseThread();
}

void step_colour(unsigned step, uint8_t colour[4])
{
	colour[0] = (uint8_t)(step * 37);
	colour[1] = (uint8_t)(step >> 4);
	colour[2] = (uint8_t)(255 - step);
	colour[3] = 255;
}

static void make_pixels(unsigned step, uint8_t pixels[SIDE * SIDE][4])
{
	for (int i = 0; i < SIDE * SIDE; i++)
		step_colour(step, pixels[i]);
}

void fill_texture(unsigned step)
{
	uint8_t pixels[SIDE * SIDE][4];

	make_pixels(step, pixels);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, SIDE, SIDE, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
}

void refill_texture(unsigned step)
{
	uint8_t pixels[SIDE * SIDE][4];

	make_pixels(step, pixels);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, SIDE, SIDE, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
}

static GLuint new_shader(GLenum type, const char *source)
{
	const GLuint shader = glCreateShader(type);

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	return shader;
}

GLuint use_texture_program(void)
{
	const GLuint program = glCreateProgram();
	const GLuint vertex = new_shader(GL_VERTEX_SHADER,
		"attribute vec2 at; varying vec2 p;\n"
		"void main() { p = at * 0.5 + 0.5; gl_Position = vec4(at, 0.0, 1.0); }\n");
	const GLuint fragment = new_shader(GL_FRAGMENT_SHADER,
		"precision mediump float; uniform sampler2D t; varying vec2 p;\n"
		"void main() { gl_FragColor = texture2D(t, p); }\n");

	glAttachShader(program, vertex);
	glAttachShader(program, fragment);
	glBindAttribLocation(program, 0, "at");
	glLinkProgram(program);
	glDeleteShader(vertex);
	glDeleteShader(fragment);
	glUseProgram(program);
	return program;
}

void draw_all(void)
{
	static const GLfloat corners[] = {-1, -1, 1, -1, -1, 1, 1, 1};

	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, corners);
	glEnableVertexAttribArray(0);
	glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

unsigned is_drawn(unsigned step)
{
	uint8_t pixels[SIDE * SIDE][4] = {0}, wanted[4];

	glReadPixels(0, 0, SIDE, SIDE, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	step_colour(step, wanted);
	return memcmp(pixels[0], wanted, 4) == 0 && memcmp(pixels[SIDE * SIDE - 1], wanted, 4) == 0;
}

/* SPDX-License-Identifier: MIT */
/* A program that is saved and loaded into another one draws the same picture. */
#include "../binary.h"

static const char vertex[] =
	"attribute vec4 other; attribute vec4 position; uniform vec2 shift[2]; varying vec2 place;"
	"void main() { place = position.xy + other.xy; gl_Position = position + shift[1].xyxx; }";
static const char fragment[] =
	"precision mediump float; uniform vec4 color; varying vec2 place;"
	"void main() { gl_FragColor = color * vec4(place.x + 0.5, 1.0, place.y, 1.0); }";

static void draw(GLuint program, const char *what)
{
	GLfloat values[4];

	DO(glUseProgram(program));
	untouched(values, sizeof(values));
	DO(glGetUniformfv(program, glGetUniformLocation(program, "color"), values));
	say_floats("color", values, 4);
	DO(glUniform4f(glGetUniformLocation(program, "color"), 1, 0.5f, 1, 1));
	DO(glUniform2f(glGetUniformLocation(program, "shift[1]"), 0.25f, 0));
	const GLuint at = (GLuint)glGetAttribLocation(program, "position");
	static const GLfloat quad[] = {-1, -1, 1, -1, -1, 1, 1, 1};
	glVertexAttribPointer(at, 2, GL_FLOAT, GL_FALSE, 0, quad);
	glEnableVertexAttribArray(at);
	glClear(GL_COLOR_BUFFER_BIT);
	DO(glDrawArrays(GL_TRIANGLE_STRIP, 0, 4));
	glDisableVertexAttribArray(at);
	say_picture(what);
}

XG_CASE_ES3(binary_loaded)
{
	const GLuint vs = make_shader(GL_VERTEX_SHADER, vertex);
	const GLuint fs = make_shader(GL_FRAGMENT_SHADER, fragment);
	const GLuint first = glCreateProgram(), second = glCreateProgram();
	static struct binary binary, again;
	GLint count = -5, format = -5;

	DO(glGetIntegerv(GL_NUM_PROGRAM_BINARY_FORMATS, &count));
	DO(glGetIntegerv(GL_PROGRAM_BINARY_FORMATS, &format));
	say("%d formats, 0x%x", count, format);
	glAttachShader(first, vs);
	glAttachShader(first, fs);
	glBindAttribLocation(first, 3, "position");
	glBindAttribLocation(first, 1, "other");
	DO(glProgramParameteri(first, GL_PROGRAM_BINARY_RETRIEVABLE_HINT, GL_TRUE));
	DO(glLinkProgram(first));
	say_program(first);
	draw(first, "the first");
	save_binary(first, &binary);
	load_binary(second, &binary);
	draw(second, "loaded");
	draw(first, "the first is as it was");
	DO(glDeleteProgram(first));
	draw(second, "without the first");
	/* What is loaded can be saved. */
	save_binary(second, &again);
	say("the same %d", again.length == binary.length);
	/* Shaders that are attached stay so, the deleted ones too, and can be linked. */
	const GLuint green = make_shader(GL_FRAGMENT_SHADER,
		"precision mediump float; uniform vec4 color;"
		"void main() { gl_FragColor = vec4(0.0, 1.0, 0.0, 1.0) + 0.0 * color; }");
	DO(glAttachShader(second, vs));
	DO(glAttachShader(second, green));
	DO(glDeleteShader(green));
	load_binary(second, &again);
	draw(second, "with shaders attached");
	ASK(glIsShader(green));
	ASK(glIsShader(green + 1));
	DO(glLinkProgram(second));
	draw(second, "green");
	DO(glDetachShader(second, green));
	ASK(glIsShader(green));
	/* It may be in use meanwhile. */
	load_binary(second, &again);
	draw(second, "loaded in use");
	ASK(glCreateShader(GL_VERTEX_SHADER));
	DO(glUseProgram(0));
	DO(glDeleteProgram(second));
	say_program(second);
}

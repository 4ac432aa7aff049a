/* SPDX-License-Identifier: MIT */
/* A binary has what the program was linked from, whatever became of its shaders since. */
#include "../binary.h"

#define COLOUR(text) "precision mediump float; void main() { gl_FragColor = vec4(" text ", 1.0); }"

static GLuint target;

static void source(GLuint shader, const char *text)
{
	DO(glShaderSource(shader, 1, &text, NULL));
}

static void show(GLuint program, const char *what)
{
	static struct binary binary;

	save_binary(program, &binary);
	load_binary(target, &binary);
	DO(glUseProgram(target));
	draw_quad();
	say_picture(what);
}

XG_CASE_ES3(binary_sources)
{
	static const char vertex[] =
		"attribute vec4 position; void main() { gl_Position = position; }";
	const GLuint vs = make_shader(GL_VERTEX_SHADER, vertex);
	const GLuint fs = make_shader(GL_FRAGMENT_SHADER, COLOUR("1.0, 0.0, 0.0"));
	const GLuint program = glCreateProgram(), other = glCreateProgram();

	target = glCreateProgram();
	glBindAttribLocation(program, 0, "position");
	DO(glAttachShader(program, vs));
	DO(glAttachShader(program, fs));
	/* It is the compiled source that is linked. */
	source(fs, COLOUR("0.0, 1.0, 0.0"));
	DO(glLinkProgram(program));
	show(program, "red");
	DO(glCompileShader(fs));
	show(program, "still red");
	DO(glLinkProgram(program));
	show(program, "green");
	/* And by a deleted shader, which is there while it is attached. */
	DO(glDeleteShader(fs));
	source(fs, COLOUR("0.0, 0.0, 1.0"));
	DO(glCompileShader(fs));
	show(program, "still green");
	DO(glLinkProgram(program));
	show(program, "blue");
	/* It is not linked, nor has it a binary, if what it has now does not link. */
	source(fs, "precision mediump float; vec4 f(); void main() { gl_FragColor = f(); }");
	DO(glCompileShader(fs));
	show(program, "blue as long as it is not linked");
	DO(glLinkProgram(program));
	say_program(program);
	/* Attached to two; and what is refused. */
	source(fs, COLOUR("1.0, 1.0, 0.0"));
	DO(glCompileShader(fs));
	DO(glAttachShader(other, fs));
	DO(glAttachShader(other, fs));
	DO(glAttachShader(other, make_shader(GL_FRAGMENT_SHADER, COLOUR("1.0, 1.0, 1.0"))));
	DO(glAttachShader(other, vs));
	glBindAttribLocation(other, 0, "position");
	DO(glLinkProgram(other));
	DO(glDeleteProgram(program));
	show(other, "yellow");
	DO(glDetachShader(other, fs));
	ASK(glIsShader(fs));
	DO(glDetachShader(other, fs));
	show(other, "yellow without its shader");
	DO(glLinkProgram(other));
	say_program(other);
}

/* SPDX-License-Identifier: MIT */
/*
 * The test card in a window of SDL's, by what OpenGL ES 3.0 added: vertex array objects, instances,
 * a uniform block, a mapped buffer that is filled anew each frame, and a fence behind each frame.
 */
#include <stdio.h>
#include <stdlib.h>

#include <GLES3/gl3.h>
#define SDL_MAIN_HANDLED
#include <SDL.h>

#define WIDTH  320
#define HEIGHT 240
#define SQUARE 24
#define PARTS  4

/* As the uniform block has it (std140). */
struct part {
	float left, bottom, right, top;
	float red, green, blue, alpha;
};

static const struct part card[PARTS] = {
	{0, 0.25f, 0.25f, 1, 1, 0, 0, 1}, {0.25f, 0.25f, 0.5f, 1, 0, 1, 0, 1},
	{0.5f, 0.25f, 0.75f, 1, 0, 0, 1, 1},
	{0, 0.075f, 0, 0.175f, 0, 0, 0, 1}, /* the square: its left and right follow */
};

static const char vertex_source[] =
	"#version 300 es\n"
	"struct part { vec4 box; vec4 colour; };\n"
	"layout(std140) uniform parts { part part_of[4]; };\n"
	"layout(location = 0) in vec2 corner;\n"
	"flat out vec4 colour;\n"
	"void main() {\n"
	"	vec4 box = part_of[gl_InstanceID].box;\n"
	"	colour = part_of[gl_InstanceID].colour;\n"
	"	gl_Position = vec4(mix(box.xy, box.zw, corner) * 2.0 - 1.0, 0.0, 1.0);\n"
	"}\n";
static const char fragment_source[] = "#version 300 es\n"
				      "precision mediump float;\n"
				      "flat in highp vec4 colour;\n"
				      "out vec4 shown;\n"
				      "void main() { shown = colour; }\n";

static void fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, SDL_GetError());
	exit(1);
}

static GLuint compile(GLenum kind, const char *source)
{
	const GLuint shader = glCreateShader(kind);
	GLint is_good;

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	glGetShaderiv(shader, GL_COMPILE_STATUS, &is_good);
	if (!is_good)
		fail("a shader does not compile");
	return shader;
}

static void set_up(void)
{
	static const GLbyte corners[] = {0, 0, 1, 0, 0, 1, 1, 1};
	const GLuint program = glCreateProgram();
	GLuint array, buffers[2];

	glAttachShader(program, compile(GL_VERTEX_SHADER, vertex_source));
	glAttachShader(program, compile(GL_FRAGMENT_SHADER, fragment_source));
	glLinkProgram(program);
	glUseProgram(program);
	glUniformBlockBinding(program, glGetUniformBlockIndex(program, "parts"), 1);
	glGenVertexArrays(1, &array);
	glBindVertexArray(array);
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glVertexAttribPointer(0, 2, GL_BYTE, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glBindBufferBase(GL_UNIFORM_BUFFER, 1, buffers[1]);
	glBufferData(GL_UNIFORM_BUFFER, sizeof(card), NULL, GL_STREAM_DRAW);
}

static void draw(unsigned frame)
{
	static const float white[4] = {1, 1, 1, 1};
	const float left = (float)(frame * 4 % (WIDTH - SQUARE)) / WIDTH;
	struct part *parts = glMapBufferRange(GL_UNIFORM_BUFFER, 0, sizeof(card),
		GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT);

	if (!parts)
		fail("the buffer is not mapped");
	SDL_memcpy(parts, card, sizeof(card));
	parts[PARTS - 1].left = left;
	parts[PARTS - 1].right = left + (float)SQUARE / WIDTH;
	glUnmapBuffer(GL_UNIFORM_BUFFER);
	glClearBufferfv(GL_COLOR, 0, white);
	glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, PARTS);
}

int main(void)
{
	SDL_Window *window;
	GLsync fence = NULL;
	SDL_Event event;

	if (SDL_Init(SDL_INIT_VIDEO) != 0)
		fail("SDL does not start");
	SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
	SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
	SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
	window = SDL_CreateWindow("ES 3 by SDL", 0, 0, WIDTH, HEIGHT, SDL_WINDOW_OPENGL);
	if (!window || !SDL_GL_CreateContext(window))
		fail("no window with a context of ES 3");
	printf("GL_RENDERER %s\n", (const char *)glGetString(GL_RENDERER));
	fflush(stdout);
	set_up();
	for (unsigned frame = 0;; frame++) {
		while (SDL_PollEvent(&event)) {
			if (event.type == SDL_QUIT)
				return 0;
		}
		if (fence && glClientWaitSync(fence, 0, GL_TIMEOUT_IGNORED) == GL_WAIT_FAILED)
			fail("the fence");
		glDeleteSync(fence);
		draw(frame);
		fence = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
		SDL_GL_SwapWindow(window);
	}
}

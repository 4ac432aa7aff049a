/* SPDX-License-Identifier: MIT */
/* See scenes.h. A scene may count on the state of a new context, but for the framebuffer. */
#include "scenes.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <GLES3/gl32.h>

enum {
	OBJECTS = 300, /* draws a frame, as glmark2's scene "ideas" has */
	BLOCKS = 128,
	BLOCK_BYTES = 256, /* no driver wants blocks further apart */
	INSTANCES_SIDE = 64,
	STREAM_VERTICES = 65536,
	STREAM_PARTS = 8,
	SUBDATA_VERTICES = 16384,
	CLIENT_VERTICES = 4096,
	UPLOAD_SIDE = 1024,
	PASSES = 8,
	PASS_SIDE = 512,
	PARTICLES = 65536,
	GROUP = 64,
	CUBE_INDICES = 36,
	/* as the shaders say */
	MATRIX = 0,
	COLOUR = 1,
	FRAME = 0,
};

static GLuint program, other_program, textures[8], buffers[STREAM_PARTS], targets[2];
static unsigned char *pixels;
static GLfloat *points;

static GLuint make_shader(GLenum type, const char *source)
{
	const GLuint shader = glCreateShader(type);
	GLint is_compiled = 0;
	char log[512] = "";

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	glGetShaderiv(shader, GL_COMPILE_STATUS, &is_compiled);
	if (!is_compiled) {
		glGetShaderInfoLog(shader, sizeof(log), NULL, log);
		fprintf(stderr, "bench-scenes: a shader: %s\n", log);
		exit(1);
	}
	return shader;
}

/* Attribute 0 is called p; the second source is of a fragment shader, or NULL. */
static GLuint make_program(GLenum type, const char *first, const char *second)
{
	const GLuint made = glCreateProgram();

	glAttachShader(made, make_shader(type, first));
	if (second)
		glAttachShader(made, make_shader(GL_FRAGMENT_SHADER, second));
	glBindAttribLocation(made, 0, "p");
	glLinkProgram(made);
	glUseProgram(made);
	return made;
}

/* Something that is not the same everywhere, and has few colours. */
static unsigned char pattern(unsigned i)
{
	return (unsigned char)((i * 2654435761u) >> 24);
}

static void make_texture(GLuint texture, GLsizei side, unsigned seed)
{
	unsigned char *texels = malloc((size_t)side * (size_t)side * 4);

	if (!texels)
		abort();
	for (unsigned i = 0; i < (unsigned)(side * side * 4); i++)
		texels[i] = pattern(i / 64 + seed);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, side, side, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
	free(texels);
}

static void make_cube(void)
{
	static const GLfloat corners[8][3] = {{-1, -1, -1}, {1, -1, -1}, {-1, 1, -1}, {1, 1, -1},
		{-1, -1, 1}, {1, -1, 1}, {-1, 1, 1}, {1, 1, 1}};
	static const GLushort indices[CUBE_INDICES] = {0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4,
		1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5};

	glGenBuffers(3, buffers);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(indices), indices, GL_STATIC_DRAW);
	for (int i = 1; i < 3; i++) {
		glBindBuffer(GL_ARRAY_BUFFER, buffers[i]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	}
	glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);
	glEnable(GL_DEPTH_TEST);
}

/* A turned cube, small, at a place of its own. */
static void place_cube(GLfloat matrix[16], unsigned which, unsigned of, unsigned frame)
{
	const unsigned side = (unsigned)ceil(sqrt(of));
	const GLfloat angle = (GLfloat)(which + frame) * 0.37f, size = 0.7f / (GLfloat)side;
	const GLfloat c = cosf(angle) * size, s = sinf(angle) * size;
	const GLfloat filled[16] = {c, s * 0.5f, s, 0, 0, size, -size * 0.3f, 0, -s, 0, c, 0,
		((GLfloat)(which % side) + 0.5f) * 2 / (GLfloat)side - 1,
		((GLfloat)(which / side) + 0.5f) * 2 / (GLfloat)side - 1, 0, 1};

	memcpy(matrix, filled, sizeof(filled));
}

/* Many small draws, with another program, texture and buffer for each. */

static void prepare_objects(void)
{
	static const char vertex[] = "#version 310 es\n"
				     "layout(location = 0) uniform mat4 m;\n"
				     "in vec3 p; out vec2 at;\n"
				     "void main() { gl_Position = m * vec4(p, 1); at = p.xy; }\n";
	static const char fragment[] =
		"#version 310 es\n"
		"precision highp float;\n"
		"layout(location = 1) uniform vec4 colour; uniform sampler2D s;\n"
		"in vec2 at; out vec4 o;\n"
		"void main() { o = texture(s, at * 0.5 + 0.5) * colour; }\n";

	make_cube();
	other_program = make_program(GL_VERTEX_SHADER, vertex, fragment);
	program = make_program(GL_VERTEX_SHADER, vertex, fragment);
	glGenTextures(8, textures);
	for (unsigned i = 0; i < 8; i++)
		make_texture(textures[i], 16, i);
}

static void draw_objects(unsigned frame, unsigned framebuffer)
{
	GLfloat matrix[16];

	for (unsigned i = 0; i < OBJECTS; i++) {
		place_cube(matrix, i, OBJECTS, frame);
		glUseProgram(i & 1 ? program : other_program);
		glBindTexture(GL_TEXTURE_2D, textures[i & 7]);
		glBindBuffer(GL_ARRAY_BUFFER, buffers[1 + (i & 1)]);
		glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, 0, NULL);
		glUniformMatrix4fv(MATRIX, 1, GL_FALSE, matrix);
		glUniform4f(COLOUR, 1, (GLfloat)(i & 3) / 3, 1, 1);
		glDrawElements(GL_TRIANGLES, CUBE_INDICES, GL_UNSIGNED_SHORT, NULL);
	}
}

/* The same with uniform blocks, all filled at once. */

static void prepare_blocks(void)
{
	static const char vertex[] = "#version 310 es\n"
				     "layout(std140) uniform block { mat4 m; vec4 colour; };\n"
				     "in vec3 p; flat out vec4 c;\n"
				     "void main() { gl_Position = m * vec4(p, 1); c = colour; }\n";
	static const char fragment[] = "#version 310 es\n"
				       "precision highp float; flat in vec4 c; out vec4 o;\n"
				       "void main() { o = c; }\n";

	make_cube();
	make_program(GL_VERTEX_SHADER, vertex, fragment);
	glGenBuffers(1, &buffers[3]);
	glBindBuffer(GL_UNIFORM_BUFFER, buffers[3]);
	glBufferData(GL_UNIFORM_BUFFER, BLOCKS * BLOCK_BYTES, NULL, GL_STREAM_DRAW);
}

static void draw_blocks(unsigned frame, unsigned framebuffer)
{
	static GLfloat blocks[BLOCKS][BLOCK_BYTES / sizeof(GLfloat)];

	for (unsigned i = 0; i < BLOCKS; i++) {
		place_cube(blocks[i], i, BLOCKS, frame);
		blocks[i][16] = (GLfloat)(i & 7) / 7;
		blocks[i][17] = blocks[i][19] = 1;
	}
	glBufferSubData(GL_UNIFORM_BUFFER, 0, sizeof(blocks), blocks);
	for (unsigned i = 0; i < BLOCKS; i++) {
		glBindBufferRange(
			GL_UNIFORM_BUFFER, 0, buffers[3], (GLintptr)i * BLOCK_BYTES, BLOCK_BYTES);
		glDrawElements(GL_TRIANGLES, CUBE_INDICES, GL_UNSIGNED_SHORT, NULL);
	}
}

/* One draw of many instances. */

static const char plain_fragment[] = "#version 310 es\n"
				     "precision highp float; flat in vec4 c; out vec4 o;\n"
				     "void main() { o = c; }\n";

static void prepare_instances(void)
{
	static const char vertex[] =
		"#version 310 es\n"
		"layout(location = 0) uniform int frame; in vec3 p; flat out vec4 c;\n"
		"void main() {\n"
		"  ivec2 place = ivec2(gl_InstanceID % 64, (gl_InstanceID + frame) / 64 % 64);\n"
		"  gl_Position = vec4((p.xy * 0.4 + vec2(place) + 0.5) / 32.0 - 1.0, p.z, 1);\n"
		"  c = vec4(vec2(place) / 63.0, 1, 1);\n"
		"}\n";

	make_cube();
	make_program(GL_VERTEX_SHADER, vertex, plain_fragment);
}

static void draw_instances(unsigned frame, unsigned framebuffer)
{
	glUniform1i(FRAME, (GLint)frame);
	glDrawElementsInstanced(GL_TRIANGLES, CUBE_INDICES, GL_UNSIGNED_SHORT, NULL,
		INSTANCES_SIDE * INSTANCES_SIDE);
}

/* One triangle over everything, and long work for each pixel. */

static const char whole_vertex[] = "#version 310 es\n"
				   "void main() {\n"
				   "  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);\n"
				   "  gl_Position = vec4(corner * 4.0 - 1.0, 0, 1);\n"
				   "}\n";

static void prepare_fill(void)
{
	static const char fragment[] =
		"#version 310 es\n"
		"precision highp float; precision highp int;\n"
		"layout(location = 0) uniform int frame; out vec4 o;\n"
		"void main() {\n"
		"  uvec2 at = uvec2(gl_FragCoord.xy);\n"
		"  uint x = at.x / 8u * 97u + at.y / 8u * 89u + uint(frame);\n"
		"  for (int i = 0; i < 64; i++)\n"
		"    x = x * 1664525u + (x >> 7) + 1013904223u;\n"
		"  o = vec4(x >> 24, x >> 16 & 255u, x >> 8 & 255u, 255) / 255.0;\n"
		"}\n";

	make_program(GL_VERTEX_SHADER, whole_vertex, fragment);
}

static void draw_fill(unsigned frame, unsigned framebuffer)
{
	glUniform1i(FRAME, (GLint)frame);
	glDrawArrays(GL_TRIANGLES, 0, 3);
}

/* Vertices that are new in each frame: mapped, given whole, and from the program's own memory. */

static void prepare_points(void)
{
	static const char vertex[] =
		"#version 310 es\n"
		"in vec2 p; flat out vec4 c;\n"
		"void main() { gl_Position = vec4(p, 0, 1); gl_PointSize = 2.0;\n"
		"  c = vec4(1, p * 0.5 + 0.5, 1); }\n";

	program = make_program(GL_VERTEX_SHADER, vertex, plain_fragment);
	glEnableVertexAttribArray(0);
	points = malloc(STREAM_VERTICES * 2 * sizeof(*points));
	if (!points)
		abort();
}

static void fill_points(GLfloat *to, unsigned count, unsigned frame)
{
	for (unsigned i = 0; i < count; i++) {
		const unsigned at = (i + frame * 7) * 40503u;

		to[2 * i] = (GLfloat)(at & 511) / 256 - 1;
		to[2 * i + 1] = (GLfloat)(at >> 9 & 511) / 256 - 1;
	}
}

static void prepare_stream(void)
{
	prepare_points();
	glGenBuffers(1, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, STREAM_PARTS * STREAM_VERTICES * 2 * sizeof(GLfloat), NULL,
		GL_STREAM_DRAW);
}

static void draw_stream(unsigned frame, unsigned framebuffer)
{
	const GLsizeiptr size = STREAM_VERTICES * 2 * sizeof(GLfloat);
	const GLintptr place = size * (GLintptr)(frame % STREAM_PARTS);
	GLfloat *mapped = glMapBufferRange(GL_ARRAY_BUFFER, place, size,
		GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_UNSYNCHRONIZED_BIT);

	if (mapped)
		fill_points(mapped, STREAM_VERTICES, frame);
	glUnmapBuffer(GL_ARRAY_BUFFER);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, (const void *)(uintptr_t)place);
	glDrawArrays(GL_POINTS, 0, STREAM_VERTICES);
}

static void prepare_subdata(void)
{
	prepare_points();
	glGenBuffers(1, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(
		GL_ARRAY_BUFFER, SUBDATA_VERTICES * 2 * sizeof(GLfloat), NULL, GL_DYNAMIC_DRAW);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
}

static void draw_subdata(unsigned frame, unsigned framebuffer)
{
	fill_points(points, SUBDATA_VERTICES, frame);
	glBufferSubData(GL_ARRAY_BUFFER, 0, SUBDATA_VERTICES * 2 * sizeof(*points), points);
	glDrawArrays(GL_POINTS, 0, SUBDATA_VERTICES);
}

static void prepare_client(void)
{
	prepare_points();
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, points);
}

static void draw_client(unsigned frame, unsigned framebuffer)
{
	fill_points(points, CLIENT_VERTICES, frame);
	glDrawArrays(GL_POINTS, 0, CLIENT_VERTICES);
}

/* A picture that is new in each frame. */

static void fill_row(unsigned row, unsigned seed)
{
	unsigned char *to = pixels + (size_t)row * UPLOAD_SIDE * 4;

	for (unsigned i = 0; i < UPLOAD_SIDE * 4; i++)
		to[i] = pattern(row + i / 256 + seed);
}

static void prepare_upload(void)
{
	static const char fragment[] =
		"#version 310 es\n"
		"precision highp float; uniform sampler2D s; out vec4 o;\n"
		"void main() { o = texelFetch(s, ivec2(gl_FragCoord.xy), 0); }\n";

	make_program(GL_VERTEX_SHADER, whole_vertex, fragment);
	glGenTextures(1, textures);
	make_texture(textures[0], UPLOAD_SIDE, 0);
	pixels = malloc(UPLOAD_SIDE * UPLOAD_SIDE * 4);
	if (!pixels)
		abort();
	for (unsigned row = 0; row < UPLOAD_SIDE; row++)
		fill_row(row, 0);
}

static void draw_upload(unsigned frame, unsigned framebuffer)
{
	fill_row(frame % UPLOAD_SIDE, frame + 1);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, UPLOAD_SIDE, UPLOAD_SIDE, GL_RGBA, GL_UNSIGNED_BYTE,
		pixels);
	glDrawArrays(GL_TRIANGLES, 0, 3);
	fill_row(frame % UPLOAD_SIDE, 0);
}

/* Each frame read back while the next ones are drawn: the one of two frames ago is summed up, and
 * the sum goes into a corner. */

static void prepare_readback(void)
{
	prepare_fill();
	glGenBuffers(3, buffers);
	for (int i = 0; i < 3; i++) {
		glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[i]);
		glBufferData(
			GL_PIXEL_PACK_BUFFER, BENCH_WIDTH * BENCH_HEIGHT * 4, NULL, GL_STREAM_READ);
	}
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	glScissor(0, 0, 8, 8);
}

static void draw_readback(unsigned frame, unsigned framebuffer)
{
	const GLsizeiptr size = BENCH_WIDTH * BENCH_HEIGHT * 4;
	unsigned sum = 0;

	draw_fill(frame, framebuffer);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[frame % 3]);
	glReadPixels(0, 0, BENCH_WIDTH, BENCH_HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, buffers[(frame + 1) % 3]);

	const uint32_t *mapped = glMapBufferRange(GL_PIXEL_PACK_BUFFER, 0, size, GL_MAP_READ_BIT);
	for (GLsizeiptr i = 0; mapped && i < size / 4; i++)
		sum += mapped[i];
	glUnmapBuffer(GL_PIXEL_PACK_BUFFER);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	glEnable(GL_SCISSOR_TEST);
	glClearColor((GLfloat)(sum & 255) / 255, (GLfloat)(sum >> 8 & 255) / 255,
		(GLfloat)(sum >> 16 & 255) / 255, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glDisable(GL_SCISSOR_TEST);
}

/* Passes that each read what the one before has drawn. */

static void prepare_passes(void)
{
	static const char fragment[] =
		"#version 310 es\n"
		"precision highp float; precision highp int; uniform sampler2D s; out vec4 o;\n"
		"void main() {\n"
		"  ivec2 at = ivec2(gl_FragCoord.xy) & 511;\n"
		"  o = texelFetch(s, at, 0) * 0.5 + texelFetch(s, (at + ivec2(3, 5)) & 511, 0) * "
		"0.5;\n"
		"}\n";

	make_program(GL_VERTEX_SHADER, whole_vertex, fragment);
	glGenTextures(3, textures);
	glGenFramebuffers(2, targets);
	for (unsigned i = 0; i < 3; i++)
		make_texture(textures[i], PASS_SIDE, i);
	for (unsigned i = 0; i < 2; i++) {
		glBindFramebuffer(GL_FRAMEBUFFER, targets[i]);
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, textures[i], 0);
	}
}

static void draw_passes(unsigned frame, unsigned framebuffer)
{
	const uint32_t texel = frame * 0x01010101u;

	glViewport(0, 0, PASS_SIDE, PASS_SIDE);
	glBindTexture(GL_TEXTURE_2D, textures[2]);
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, &texel);
	for (unsigned i = 0; i < PASSES; i++) {
		glBindFramebuffer(GL_FRAMEBUFFER, targets[i & 1]);
		glDrawArrays(GL_TRIANGLES, 0, 3);
		glBindTexture(GL_TEXTURE_2D, textures[i & 1]);
	}
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glViewport(0, 0, BENCH_WIDTH, BENCH_HEIGHT);
	glDrawArrays(GL_TRIANGLES, 0, 3);
}

/* Vertices that a compute shader makes. */

static void prepare_compute(void)
{
	static const char compute[] =
		"#version 310 es\n"
		"layout(local_size_x = 64) in; layout(location = 0) uniform int frame;\n"
		"layout(std430, binding = 0) writeonly buffer block { vec2 place[]; };\n"
		"void main() {\n"
		"  uint at = (gl_GlobalInvocationID.x + uint(frame) * 7u) * 40503u;\n"
		"  place[gl_GlobalInvocationID.x] = vec2(at & 511u, at >> 9 & 511u) / 256.0 - "
		"1.0;\n"
		"}\n";

	prepare_points();
	other_program = make_program(GL_COMPUTE_SHADER, compute, NULL);
	glGenBuffers(1, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, PARTICLES * 2 * sizeof(GLfloat), NULL, GL_DYNAMIC_COPY);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
	glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, buffers[0]);
}

static void draw_compute(unsigned frame, unsigned framebuffer)
{
	glUseProgram(other_program);
	glUniform1i(FRAME, (GLint)frame);
	glDispatchCompute(PARTICLES / GROUP, 1, 1);
	glMemoryBarrier(GL_VERTEX_ATTRIB_ARRAY_BARRIER_BIT);
	glUseProgram(program);
	glDrawArrays(GL_POINTS, 0, PARTICLES);
}

const struct bench_scene bench_scenes[] = {
	{"objects", prepare_objects, draw_objects},
	{"blocks", prepare_blocks, draw_blocks},
	{"instances", prepare_instances, draw_instances},
	{"fill", prepare_fill, draw_fill},
	{"passes", prepare_passes, draw_passes},
	{"client", prepare_client, draw_client},
	{"subdata", prepare_subdata, draw_subdata},
	{"stream", prepare_stream, draw_stream},
	{"upload", prepare_upload, draw_upload},
	{"readback", prepare_readback, draw_readback},
	{"compute", prepare_compute, draw_compute},
};

const size_t bench_scene_count = sizeof(bench_scenes) / sizeof(bench_scenes[0]);

/* SPDX-License-Identifier: MIT */
/*
 * What a GL call costs the program that makes it. An ordinary GLES 3 program without a window, so
 * it runs on the host's driver and in a guest alike:
 *
 *   bench-calls CALL COUNT                nanoseconds a call, in bursts of COUNT between finishes;
 *                                         CALL is one of the names in the table below
 *   bench-calls through COUNT             calls a second, all the way: COUNT calls and one finish
 *   bench-calls wait COUNT                nanoseconds a call that has to wait for its answer
 *   bench-calls sync COUNT                the same, where the driver has a pixel to read
 *   bench-calls upload COUNT              bytes a second, by COUNT glTexSubImage2D of 1 MiB
 *   bench-calls only COUNT                COUNT of each and nothing else, to count instructions
 *   bench-calls all COUNT                 all calls of the table in its order, a named line each
 *
 * A burst fits the ring, so that its time is the encoding's and not the host's.
 */
#include <GLES3/gl32.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "offscreen.h"

#define BURSTS	    201
#define UPLOAD_SIDE 512 /* pixels of 4 bytes: 1 MiB */

static const char vertex_source[] =
	"uniform vec4 u; uniform mat4 m; uniform vec3 v; uniform float f; attribute vec4 a;\n"
	"void main() { gl_Position = m * (u + a) + vec4(v, f); }\n";
static const char fragment_source[] =
	"uniform sampler2D s;\n"
	"void main() { gl_FragColor = texture2D(s, gl_FragCoord.xy); }\n";

static GLint uniform_location, matrix_location, vector_location, float_location, sampler_location;
static GLuint programs[2], buffers[2], textures[2], framebuffers[2], arrays[2], samplers[2];
static GLuint block, indices, compute;

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static GLuint make_shader(GLenum type, const char *source)
{
	const GLuint shader = glCreateShader(type);

	glShaderSource(shader, 1, &source, NULL);
	glCompileShader(shader);
	return shader;
}

static GLuint make_program(void)
{
	const GLuint program = glCreateProgram();

	glAttachShader(program, make_shader(GL_VERTEX_SHADER, vertex_source));
	glAttachShader(program, make_shader(GL_FRAGMENT_SHADER, fragment_source));
	glBindAttribLocation(program, 0, "a");
	glLinkProgram(program);
	return program;
}

static void make_texture(GLuint texture, GLsizei side)
{
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, side, side, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
}

static void make_framebuffers(void)
{
	GLuint target;

	glGenTextures(1, &target);
	make_texture(target, 16);
	glGenFramebuffers(2, framebuffers);
	for (int i = 0; i < 2; i++) {
		glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i]);
		glFramebufferTexture2D(
			GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target, 0);
	}
	glViewport(0, 0, 16, 16);
}

/* Two complete framebuffers, programs, vertex buffers and textures, of which the last is used. */
static void make_state(void)
{
	const GLfloat vertices[12] = {0};
	const GLushort corners[3] = {0, 1, 2};

	make_framebuffers();

	for (int i = 0; i < 2; i++) {
		programs[i] = make_program();
		glUseProgram(programs[i]);
	}
	uniform_location = glGetUniformLocation(programs[1], "u");
	matrix_location = glGetUniformLocation(programs[1], "m");
	vector_location = glGetUniformLocation(programs[1], "v");
	float_location = glGetUniformLocation(programs[1], "f");
	sampler_location = glGetUniformLocation(programs[1], "s");

	glGenBuffers(1, &indices);
	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices);
	glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof(corners), corners, GL_STATIC_DRAW);
	glGenBuffers(2, buffers);
	for (int i = 0; i < 2; i++) {
		glBindBuffer(GL_ARRAY_BUFFER, buffers[i]);
		glBufferData(GL_ARRAY_BUFFER, sizeof(vertices), vertices, GL_STATIC_DRAW);
	}
	glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 0, NULL);
	glEnableVertexAttribArray(0);

	glGenTextures(2, textures);
	make_texture(textures[0], 16);
	make_texture(textures[1], UPLOAD_SIDE);
}

static const char compute_source[] = "#version 310 es\n"
				     "layout(local_size_x = 1) in;\n"
				     "void main() { }\n";

/* What GLES 3 has: things bound where nothing above looks, and a program that computes. */
static void make_state_of_version_3(void)
{
	static const GLenum targets[] = {
		GL_UNIFORM_BUFFER, GL_COPY_WRITE_BUFFER, GL_PIXEL_PACK_BUFFER};
	GLuint names[3];

	glGenBuffers(3, names);
	block = names[0];
	for (int i = 0; i < 3; i++) {
		glBindBuffer(targets[i], names[i]);
		glBufferData(targets[i], 1024, NULL, GL_STREAM_DRAW);
	}
	glGenSamplers(2, samplers);
	glGenVertexArrays(2, arrays);
	compute = glCreateProgram();
	glAttachShader(compute, make_shader(GL_COMPUTE_SHADER, compute_source));
	glLinkProgram(compute);
}

/*
 * The calls, each in a function of its own, by which callgrind finds it. A value differs from the
 * one before, or a driver could see that nothing changes.
 */
__attribute__((noinline)) static void call_uniform(unsigned i)
{
	glUniform4f(uniform_location, (GLfloat)i, 0, 0, 1);
}

__attribute__((noinline)) static void call_bind(unsigned i)
{
	glBindTexture(GL_TEXTURE_2D, textures[i & 1]);
}

__attribute__((noinline)) static void call_draw(unsigned i)
{
	glDrawArrays(GL_TRIANGLES, 0, 3);
}

__attribute__((noinline)) static void call_buffer(unsigned i)
{
	glBindBuffer(GL_ARRAY_BUFFER, buffers[i & 1]);
}

__attribute__((noinline)) static void call_program(unsigned i)
{
	glUseProgram(programs[i & 1]);
}

__attribute__((noinline)) static void call_attrib(unsigned i)
{
	glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, 0, (const void *)(uintptr_t)(i & 16));
}

__attribute__((noinline)) static void call_subimage(unsigned i)
{
	const unsigned char pixels[4 * 4 * 4] = {(unsigned char)i};

	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
}

__attribute__((noinline)) static void call_instances(unsigned i)
{
	glDrawArraysInstanced(GL_TRIANGLES, 0, 3, 2 + (GLsizei)(i & 1));
}

__attribute__((noinline)) static void call_block(unsigned i)
{
	const GLfloat values[4] = {(GLfloat)i};

	glBufferSubData(GL_UNIFORM_BUFFER, 0, sizeof(values), values);
}

__attribute__((noinline)) static void call_range(unsigned i)
{
	glBindBufferRange(GL_UNIFORM_BUFFER, 0, block, 256 * (i & 1), 256);
}

/* A vertex stream: the part after the last one, of which nobody waits for anything. */
__attribute__((noinline)) static void call_stream(unsigned i)
{
	GLfloat *mapped = glMapBufferRange(GL_COPY_WRITE_BUFFER, 64 * (i & 15), 64,
		GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_UNSYNCHRONIZED_BIT);

	mapped[0] = (GLfloat)i;
	glUnmapBuffer(GL_COPY_WRITE_BUFFER);
}

/* The pixels go to a buffer, and nobody waits for them. */
__attribute__((noinline)) static void call_readback(unsigned i)
{
	glReadPixels(0, 0, 4, 4, GL_RGBA, GL_UNSIGNED_BYTE, (void *)(uintptr_t)(64 * (i & 1)));
}

__attribute__((noinline)) static void call_array(unsigned i)
{
	glBindVertexArray(arrays[i & 1]);
}

__attribute__((noinline)) static void call_sampler(unsigned i)
{
	glBindSampler(0, samplers[i & 1]);
}

__attribute__((noinline)) static void call_fence(unsigned i)
{
	glDeleteSync(glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0));
}

__attribute__((noinline)) static void call_float(unsigned i)
{
	glUniform1f(float_location, (GLfloat)i);
}

__attribute__((noinline)) static void call_unit(unsigned i)
{
	glUniform1i(sampler_location, (GLint)(i & 1));
}

__attribute__((noinline)) static void call_vector(unsigned i)
{
	const GLfloat values[3] = {(GLfloat)i};

	glUniform3fv(vector_location, 1, values);
}

__attribute__((noinline)) static void call_matrix(unsigned i)
{
	const GLfloat values[16] = {(GLfloat)i};

	glUniformMatrix4fv(matrix_location, 1, GL_FALSE, values);
}

__attribute__((noinline)) static void call_active(unsigned i)
{
	glActiveTexture(GL_TEXTURE0 + (i & 1));
}

__attribute__((noinline)) static void call_framebuffer(unsigned i)
{
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i & 1]);
}

__attribute__((noinline)) static void call_on(unsigned i)
{
	if (i & 1)
		glDisable(GL_CULL_FACE);
	else
		glEnable(GL_CULL_FACE);
}

__attribute__((noinline)) static void call_attribute(unsigned i)
{
	if (i & 1)
		glDisableVertexAttribArray(1);
	else
		glEnableVertexAttribArray(1);
}

__attribute__((noinline)) static void call_blend(unsigned i)
{
	glBlendFunc(i & 1 ? GL_ONE : GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
}

__attribute__((noinline)) static void call_viewport(unsigned i)
{
	glViewport(0, 0, 8 + (GLsizei)(i & 1), 16);
}

__attribute__((noinline)) static void call_elements(unsigned i)
{
	glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, NULL);
}

/* As programs do that know no better. */
__attribute__((noinline)) static void call_location(unsigned i)
{
	glGetUniformLocation(programs[1], "u");
}

__attribute__((noinline)) static void call_get(unsigned i)
{
	GLint bound;

	glGetIntegerv(GL_FRAMEBUFFER_BINDING, &bound);
}

/* What is set already. */
__attribute__((noinline)) static void call_again(unsigned i)
{
	glBindTexture(GL_TEXTURE_2D, textures[1]);
}

/* Client memory: the last of all, for it leaves the buffers unbound. */
__attribute__((noinline)) static void call_client(unsigned i)
{
	static const GLfloat vertices[3][2];

	glBindBuffer(GL_ARRAY_BUFFER, 0);
	glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, vertices);
	glDrawArrays(GL_TRIANGLES, 0, 3);
}

__attribute__((noinline)) static void call_indices(unsigned i)
{
	static const GLushort corners[3] = {0, 1, 2};

	glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, 0);
	glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_SHORT, corners);
}

__attribute__((noinline)) static void call_dispatch(unsigned i)
{
	glUseProgram(compute);
	glDispatchCompute(1 + (i & 1), 1, 1);
}

static const struct {
	const char *name;
	void (*call)(unsigned i);
} calls[] = {
	{"uniform", call_uniform},
	{"bind", call_bind},
	{"draw", call_draw},
	{"buffer", call_buffer},
	{"program", call_program},
	{"attrib", call_attrib},
	{"subimage", call_subimage},
	{"instances", call_instances},
	{"block", call_block},
	{"range", call_range},
	{"stream", call_stream},
	{"readback", call_readback},
	{"sampler", call_sampler},
	{"fence", call_fence},
	{"float", call_float},
	{"unit", call_unit},
	{"vector", call_vector},
	{"matrix", call_matrix},
	{"active", call_active},
	{"framebuffer", call_framebuffer},
	{"on", call_on},
	{"attribute", call_attribute},
	{"blend", call_blend},
	{"viewport", call_viewport},
	{"elements", call_elements},
	{"location", call_location},
	{"get", call_get},
	{"again", call_again},
	{"client", call_client},
	{"indices", call_indices},
	{"array", call_array},
	{"dispatch", call_dispatch},
};

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double burst_ns(void (*call)(unsigned), unsigned count)
{
	double times[BURSTS];

	for (unsigned burst = 0; burst < BURSTS; burst++) {
		const double start = now_s();
		for (unsigned i = 0; i < count; i++)
			call(i);
		times[burst] = (now_s() - start) * 1e9 / count;
		glFinish();
	}
	qsort(times, BURSTS, sizeof(times[0]), compare);
	return times[BURSTS / 2];
}

static double through_per_s(unsigned count)
{
	glFinish();
	const double start = now_s();
	for (unsigned i = 0; i < count; i++)
		call_uniform(i);
	glFinish();
	return count / (now_s() - start);
}

/* Only the host knows whether there was an error; a driver has nothing to do for that. */
static double wait_ns(unsigned count)
{
	glFinish();
	const double start = now_s();
	for (unsigned i = 0; i < count; i++)
		glGetError();
	return (now_s() - start) * 1e9 / count;
}

/* One pixel's read-back waits for the host's answer, and takes a driver some microsecond. */
static double sync_ns(unsigned count)
{
	unsigned char pixel[4];

	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
	glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
	const double start = now_s();
	for (unsigned i = 0; i < count; i++)
		glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
	return (now_s() - start) * 1e9 / count;
}

static double upload_per_s(unsigned count)
{
	const size_t size = UPLOAD_SIDE * UPLOAD_SIDE * 4;
	unsigned char *pixels = malloc(size);

	if (!pixels)
		abort();
	memset(pixels, 1, size);
	glBindTexture(GL_TEXTURE_2D, textures[1]);
	glFinish();
	const double start = now_s();
	for (unsigned i = 0; i < count; i++)
		glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, UPLOAD_SIDE, UPLOAD_SIDE, GL_RGBA,
			GL_UNSIGNED_BYTE, pixels);
	glFinish();
	const double seconds = now_s() - start;
	free(pixels);
	return count * (double)size / seconds;
}

int main(int argc, char **argv)
{
	const char *what = argc == 3 ? argv[1] : "";
	const unsigned count = argc == 3 ? (unsigned)atoi(argv[2]) : 0;
	const bool is_all = strcmp(what, "all") == 0;
	double result = -1;

	if (count == 0) {
		fprintf(stderr, "usage: bench-calls WHAT COUNT (see calls.c)\n");
		return 2;
	}
	if (!bench_make_current("bench-calls"))
		return 1;
	make_state();
	make_state_of_version_3();
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (is_all || strcmp(what, calls[i].name) == 0)
			result = burst_ns(calls[i].call, count);
		if (is_all)
			printf("%s %.2f\n", calls[i].name, result);
		if (strcmp(what, "only") == 0) {
			for (unsigned n = 0; n < count; n++)
				calls[i].call(n);
			glFinish();
			result = 0;
		}
	}
	if (strcmp(what, "through") == 0)
		result = through_per_s(count);
	if (strcmp(what, "wait") == 0)
		result = wait_ns(count);
	if (strcmp(what, "sync") == 0)
		result = sync_ns(count);
	if (strcmp(what, "upload") == 0)
		result = upload_per_s(count);
	if (result < 0 || glGetError() != GL_NO_ERROR) {
		fprintf(stderr, "bench-calls: '%s' is not known, or failed\n", what);
		return 1;
	}
	if (!is_all)
		printf("%.2f\n", result);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * What goes to the driver's memory and comes from there, in octets a second:
 *
 *   bench-copies WHAT OCTETS SECONDS
 *
 *   texture   glTexSubImage2D of a whole square texture of RGBA
 *   buffer    glBufferSubData of a whole buffer
 *   mapped    a stream: glMapBufferRange, unsynchronized, of the part behind the last, filled and
 *             unmapped; the buffer holds eight, and is orphaned when it is full
 *   pixels    glReadPixels of a whole square framebuffer into memory
 *   pack      the same into one of two buffers, while the other is mapped and copied from
 *
 * Each copies OCTETS at a time, for about SECONDS, and ends with glFinish. Without a window, so it
 * runs on the host's driver and in a guest alike. The driver must be a real one: one that draws
 * nothing copies nothing.
 */
#include <GLES3/gl3.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "offscreen.h"

#define PARTS	8  /* of a stream's buffer */
#define AT_ONCE 16 /* copies between two looks at the clock */

static size_t size;
static GLsizei side;
static unsigned char *memory;
static GLuint packs[2];

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* A square texture that is the framebuffer's, too, and buffers of each kind. */
static void make_state(void)
{
	GLuint texture, framebuffer, buffers[2];

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, side, side);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	glClear(GL_COLOR_BUFFER_BIT);
	glGenBuffers(2, buffers);
	glBindBuffer(GL_ARRAY_BUFFER, buffers[0]);
	glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)size, NULL, GL_DYNAMIC_DRAW);
	glBindBuffer(GL_COPY_WRITE_BUFFER, buffers[1]);
	glBufferData(GL_COPY_WRITE_BUFFER, (GLsizeiptr)size * PARTS, NULL, GL_STREAM_DRAW);
	glGenBuffers(2, packs);
	for (int i = 0; i < 2; i++) {
		glBindBuffer(GL_PIXEL_PACK_BUFFER, packs[i]);
		glBufferData(GL_PIXEL_PACK_BUFFER, (GLsizeiptr)size, NULL, GL_STREAM_READ);
	}
	glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
}

static void copy_texture(unsigned i)
{
	glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, side, side, GL_RGBA, GL_UNSIGNED_BYTE, memory);
}

static void copy_buffer(unsigned i)
{
	glBufferSubData(GL_ARRAY_BUFFER, 0, (GLsizeiptr)size, memory);
}

static void copy_mapped(unsigned i)
{
	const GLsizeiptr length = (GLsizeiptr)size;

	if (i % PARTS == 0)
		glBufferData(GL_COPY_WRITE_BUFFER, length * PARTS, NULL, GL_STREAM_DRAW);

	void *mapped = glMapBufferRange(GL_COPY_WRITE_BUFFER, (GLintptr)(i % PARTS) * length,
		length, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_RANGE_BIT | GL_MAP_UNSYNCHRONIZED_BIT);

	if (mapped)
		memcpy(mapped, memory, size);
	glUnmapBuffer(GL_COPY_WRITE_BUFFER);
}

static void copy_pixels(unsigned i)
{
	glReadPixels(0, 0, side, side, GL_RGBA, GL_UNSIGNED_BYTE, memory);
}

static void copy_pack(unsigned i)
{
	glBindBuffer(GL_PIXEL_PACK_BUFFER, packs[i % 2]);
	glReadPixels(0, 0, side, side, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glBindBuffer(GL_PIXEL_PACK_BUFFER, packs[(i + 1) % 2]);

	const void *mapped =
		glMapBufferRange(GL_PIXEL_PACK_BUFFER, 0, (GLsizeiptr)size, GL_MAP_READ_BIT);

	if (mapped)
		memcpy(memory, mapped, size);
	glUnmapBuffer(GL_PIXEL_PACK_BUFFER);
}

static const struct {
	const char *name;
	void (*copy)(unsigned i);
} kinds[] = {
	{"texture", copy_texture},
	{"buffer", copy_buffer},
	{"mapped", copy_mapped},
	{"pixels", copy_pixels},
	{"pack", copy_pack},
};

static double octets_per_s(void (*copy)(unsigned), double seconds)
{
	unsigned count = 0;

	/* The first ones find memory that nobody has touched. */
	for (unsigned i = 0; i < PARTS; i++)
		copy(i);
	glFinish();

	const double start = now_s();

	while (now_s() < start + seconds) {
		for (unsigned i = 0; i < AT_ONCE; i++)
			copy(count++);
	}
	glFinish();
	return (double)size * count / (now_s() - start);
}

int main(int argc, char **argv)
{
	const double seconds = argc == 4 ? strtod(argv[3], NULL) : 0;
	double result = 0;

	size = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
	side = (GLsizei)sqrt((double)size / 4);
	memory = size ? malloc(size) : NULL;
	if (!memory || (size_t)side * (size_t)side * 4 != size || !(seconds > 0)) {
		fprintf(stderr, "usage: bench-copies WHAT OCTETS SECONDS (see copies.c)\n");
		return 2;
	}
	if (!bench_make_current("bench-copies"))
		return 1;
	memset(memory, 1, size);
	make_state();
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(argv[1], kinds[i].name) == 0)
			result = octets_per_s(kinds[i].copy, seconds);
	}
	if (!(result > 0) || glGetError() != GL_NO_ERROR) {
		fprintf(stderr, "bench-copies: '%s' is not known, or failed\n", argv[1]);
		return 1;
	}
	printf("%.0f\n", result);
	return 0;
}

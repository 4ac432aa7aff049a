/* SPDX-License-Identifier: MIT */
/*
 * How fast frames are drawn where there is no window: natively and in a guest alike.
 *
 *   bench-scenes renderer             the driver's name and version
 *   bench-scenes SECONDS [SCENE]      for each scene a line: its name, frames a second, and a
 *                                     checksum of the picture of a certain frame
 *
 * Frames follow each other as fast as they can, in a batch that takes so many seconds and ends with
 * one glFinish. Nothing in a frame waits for its end, unless the scene reads something back.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <GLES3/gl32.h>

#include "offscreen.h"
#include "scenes.h"

enum { CHECKED_FRAME = 7, BATCH_MAX = 1 << 24 };

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static GLuint make_framebuffer(void)
{
	GLuint framebuffer, texture, depth;

	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, BENCH_WIDTH, BENCH_HEIGHT);
	glGenRenderbuffers(1, &depth);
	glBindRenderbuffer(GL_RENDERBUFFER, depth);
	glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT24, BENCH_WIDTH, BENCH_HEIGHT);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
	return framebuffer;
}

static void draw(const struct bench_scene *scene, unsigned frame, GLuint framebuffer)
{
	glClearColor(0, 0, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
	scene->draw(frame, framebuffer);
	glFlush();
}

/* The first batches find out how many frames the last one has to have. */
static double frames_per_s(const struct bench_scene *scene, GLuint framebuffer, double seconds)
{
	unsigned count = 2, frame = 0;

	for (;;) {
		const double start = now_s();

		for (unsigned i = 0; i < count; i++)
			draw(scene, frame++, framebuffer);
		glFinish();

		const double spent_s = now_s() - start;
		if (spent_s >= seconds * 0.7 || count >= BATCH_MAX)
			return count / spent_s;
		const double wanted = count * seconds / (spent_s > 1e-6 ? spent_s : 1e-6);
		count = wanted > count * 8.0 ? count * 8 : (unsigned)wanted + 1;
	}
}

/* FNV-1a. 0 if all pixels are the same, as where nothing was drawn. */
static uint64_t checksum(const struct bench_scene *scene, GLuint framebuffer)
{
	static uint32_t pixels[BENCH_WIDTH * BENCH_HEIGHT];
	const unsigned char *bytes = (const unsigned char *)pixels;
	uint64_t sum = UINT64_C(0xcbf29ce484222325);
	bool is_plain = true;

	for (unsigned frame = 0; frame <= CHECKED_FRAME; frame++)
		draw(scene, frame, framebuffer);
	glReadPixels(0, 0, BENCH_WIDTH, BENCH_HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
	for (size_t i = 0; i < sizeof(pixels); i++) {
		sum = (sum ^ bytes[i]) * UINT64_C(0x100000001b3);
		is_plain = is_plain && bytes[i] == bytes[i % 4];
	}
	return is_plain ? 0 : sum;
}

static bool run(const struct bench_scene *scene, double seconds)
{
	if (!bench_make_current("bench-scenes"))
		return false;

	const GLuint framebuffer = make_framebuffer();

	scene->prepare();
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glViewport(0, 0, BENCH_WIDTH, BENCH_HEIGHT);

	const uint64_t sum = checksum(scene, framebuffer);
	const double rate = frames_per_s(scene, framebuffer, seconds);
	const GLenum error = glGetError();

	if (error || !sum) {
		fprintf(stderr, "bench-scenes: %s %s (GL error 0x%x)\n", scene->name,
			sum ? "failed" : "has drawn nothing", error);
		return false;
	}
	printf("%s %.3f %016" PRIx64 "\n", scene->name, rate, sum);
	fflush(stdout);
	return true;
}

static bool show_renderer(void)
{
	if (!bench_make_current("bench-scenes"))
		return false;
	printf("%s; %s; %s\n", (const char *)glGetString(GL_RENDERER),
		(const char *)glGetString(GL_VENDOR), (const char *)glGetString(GL_VERSION));
	return true;
}

int main(int argc, char **argv)
{
	const double seconds = argc > 1 ? strtod(argv[1], NULL) : 0;
	bool is_known = false, is_well = true;

	if (argc == 2 && strcmp(argv[1], "renderer") == 0)
		return show_renderer() ? EXIT_SUCCESS : EXIT_FAILURE;
	for (size_t i = 0; i < bench_scene_count && argc <= 3 && seconds > 0; i++) {
		if (argc == 3 && strcmp(argv[2], bench_scenes[i].name) != 0)
			continue;
		is_known = true;
		is_well = run(&bench_scenes[i], seconds) && is_well;
	}
	if (!is_known) {
		fprintf(stderr,
			"usage: bench-scenes renderer | SECONDS [SCENE] (see scenes_main.c)\n");
		return 2;
	}
	return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: MIT */
/*
 * What a small call costs from end to end when the driver does nothing: encoded by the guest's
 * code, through the ring, validated, translated and given to a table of empty functions. Both ends
 * are threads of this process. Medians over rounds; each round ends when the last call is replayed.
 * bench-replay CALLS makes so many in a round, to count instructions.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "pair.h"
#include "replay_host.h"
#include "xg_encode.h"

enum { ROUNDS = 15, DISPLAY = 1, CONTEXT = 2 };

static int calls = 200000; /* in a round */

static struct pair pair;

static void *run_host(void *argument)
{
	(void)argument;
	const char *fault = bench_host_run(pair.host);

	if (fault)
		fprintf(stderr, "bench-replay: %s\n", fault);
	return NULL;
}

static void start(void)
{
	const int32_t attribs[] = {EGL_CONTEXT_CLIENT_VERSION, 2};
	int32_t major, minor, error;

	pair_init(&pair, bench_host_init(), 1, true);

	pthread_t thread;
	if (pthread_create(&thread, NULL, run_host, NULL) != 0)
		exit(1);
	xg_encode_xgInitialize(
		pair.guest, DISPLAY, EGL_PLATFORM_SURFACELESS_MESA, 0, &major, &minor, &error);
	xg_encode_xgCreateContext(pair.guest, DISPLAY, CONTEXT, 0, 1, 2, attribs, &error);
	xg_encode_xgMakeCurrent(pair.guest, DISPLAY, 0, 0, CONTEXT, &error);
	xg_encode_glBindTexture(pair.guest, GL_TEXTURE_2D, 1);
}

static void uniform(void)
{
	xg_encode_glUniform4f(pair.guest, 1, 1, 2, 3, 4);
}

static void bind_texture(void)
{
	xg_encode_glBindTexture(pair.guest, GL_TEXTURE_2D, 1);
}

static void draw(void)
{
	xg_encode_glDrawArrays(pair.guest, GL_TRIANGLES, 0, 3);
}

static void active_texture(void)
{
	xg_encode_glActiveTexture(pair.guest, GL_TEXTURE0);
}

static void bind_buffer(void)
{
	xg_encode_glBindBuffer(pair.guest, GL_ARRAY_BUFFER, 1);
}

static void attrib_pointer(void)
{
	xg_encode_glVertexAttribPointer(pair.guest, 0, 4, GL_FLOAT, GL_FALSE, 0, 0);
}

static void use_program(void)
{
	xg_encode_glUseProgram(pair.guest, 0);
}

static void matrix(void)
{
	static const GLfloat values[16];

	xg_encode_glUniformMatrix4fv(pair.guest, 1, 1, GL_FALSE, values);
}

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(const char *name, void (*call)(void))
{
	double rounds[ROUNDS];

	for (int round = 0; round < ROUNDS; round++) {
		const double begin = now_ns();

		for (int i = 0; i < calls; i++)
			call();
		xg_encode_glGetError(pair.guest);
		rounds[round] = (now_ns() - begin) / calls;
	}
	qsort(rounds, ROUNDS, sizeof(rounds[0]), compare);
	printf("  %-24s %6.1f ns a call, %5.1f million calls a second\n", name, rounds[ROUNDS / 2],
		1e3 / rounds[ROUNDS / 2]);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		calls = atoi(argv[1]);
	start();
	measure("glUniform4f", uniform);
	measure("glBindTexture", bind_texture);
	measure("glDrawArrays", draw);
	measure("glActiveTexture", active_texture);
	measure("glBindBuffer", bind_buffer);
	measure("glVertexAttribPointer", attrib_pointer);
	measure("glUseProgram", use_program);
	measure("glUniformMatrix4fv", matrix);
	return 0;
}

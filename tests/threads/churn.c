/* SPDX-License-Identifier: MIT */
/*
 * xg-threads-churn: begins and ends threads, each of which draws with a context of its own and
 * checks it. After each round it writes "right N" and waits for a line of input, so that churn_test
 * can look at the processes meanwhile. Half of the threads release their state, half just end.
 */
#include <stdio.h>
#include <stdlib.h>

#include "threads.h"

enum { AT_ONCE = 4 };

static void *draw_once(void *data)
{
	const unsigned number = *(const unsigned *)data;
	EGLContext context = new_context(EGL_NO_CONTEXT);
	EGLSurface surface = enter(context);
	uint8_t colour[4];
	unsigned is_right;

	step_colour(number, colour);
	clear((float)colour[0] / 255, (float)colour[1] / 255, (float)colour[2] / 255, 1);
	is_right = is_drawn(number);
	if (number % 2 == 0) {
		leave(surface);
		eglDestroyContext(display, context);
	} else {
		eglDestroyContext(display, context);
		eglDestroySurface(display, surface);
	}
	return (void *)(uintptr_t)is_right;
}

static unsigned run_some(unsigned first)
{
	pthread_t threads[AT_ONCE];
	unsigned numbers[AT_ONCE];
	unsigned right = 0;

	for (unsigned i = 0; i < AT_ONCE; i++) {
		numbers[i] = first + i;
		pthread_create(&threads[i], NULL, draw_once, &numbers[i]);
	}
	for (unsigned i = 0; i < AT_ONCE; i++) {
		void *is_right;

		pthread_join(threads[i], &is_right);
		right += (uintptr_t)is_right != 0;
	}
	return right;
}

static void run_round(unsigned count)
{
	unsigned right = 0;

	for (unsigned first = 0; first < count; first += AT_ONCE)
		right += run_some(first);
	say("right %u", right);
}

XG_EGL_CASE(churn)
{
	char line[32];

	while (fgets(line, sizeof(line), stdin))
		run_round((unsigned)atoi(line));
}

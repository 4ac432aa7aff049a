/* SPDX-License-Identifier: MIT */
/* Eight contexts on eight surfaces, each draw with another pair, while signals interrupt waits. */
#include "case.h"

#include <signal.h>
#include <sys/time.h>

enum { OBJECTS = 8, SWITCHES = 2000 };

static void handle_alarm(int number)
{
}

XG_EGL_CASE(storm)
{
	const struct sigaction action = {.sa_handler = handle_alarm};
	const struct itimerval often = {{0, 1000}, {0, 1000}}, never = {0};
	EGLContext contexts[OBJECTS];
	EGLSurface surfaces[OBJECTS];
	int refused = 0;

	for (int i = 0; i < OBJECTS; i++) {
		contexts[i] = TRY(new_context(i ? contexts[0] : EGL_NO_CONTEXT));
		surfaces[i] = TRY(new_pbuffer(8));
	}
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (int i = 0; i < SWITCHES; i++) {
		refused += !eglMakeCurrent(display, surfaces[i * 5 % OBJECTS],
			surfaces[i * 3 % OBJECTS], contexts[i % OBJECTS]);
		clear((float)(i % 256) / 255, 0.5f, 0, 1);
		if (i % 16 == 0)
			glFinish();
	}
	setitimer(ITIMER_REAL, &never, NULL);
	say("refused: %d", refused);
	for (int i = 0; i < OBJECTS; i++) {
		TRY(eglMakeCurrent(display, surfaces[i], surfaces[i], contexts[i]));
		say_pixel("surface");
	}
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
}

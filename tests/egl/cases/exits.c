/* SPDX-License-Identifier: MIT */
/*
 * A process ends in all the ways there are: with contexts current, with threads that draw or wait,
 * and with EGL called as it ends. Each in a process of its own, which this one waits for.
 */
#include "case.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void current(void)
{
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, new_context(EGL_NO_CONTEXT)));
	glClear(GL_COLOR_BUFFER_BIT);
}

static void use_at_exit(void)
{
	say("at exit");
	TRY(eglGetCurrentContext());
	glFlush();
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	TRY(eglTerminate(display));
	TRY(eglReleaseThread());
}

static void terminate_at_exit(void)
{
	TRY(eglTerminate(display));
}

static void *wait_for_ever(void *ready)
{
	PFNEGLCREATESYNCKHRPROC create_sync =
		(PFNEGLCREATESYNCKHRPROC)eglGetProcAddress("eglCreateSyncKHR");
	EGLSync sync = create_sync(display, EGL_SYNC_REUSABLE_KHR, NULL);

	pthread_barrier_wait(ready);
	eglClientWaitSync(display, sync, 0, EGL_FOREVER);
	return NULL;
}

static void *end_the_process(void *data)
{
	pthread_join(*(pthread_t *)data, NULL);
	say("the main thread has ended");
	TRY(eglTerminate(display));
	exit(7);
}

static void start(void *(*function)(void *))
{
	static pthread_barrier_t ready;
	pthread_t thread;

	pthread_barrier_init(&ready, NULL, 2);
	pthread_create(&thread, NULL, function, &ready);
	pthread_detach(thread);
	pthread_barrier_wait(&ready);
}

static void end(const char *how)
{
	static pthread_t main_thread;
	pthread_t thread;

	if (strcmp(how, "current") == 0)
		current();
	else if (strcmp(how, "handler") == 0)
		atexit(use_at_exit), current();
	else if (strcmp(how, "handler_without_a_context") == 0)
		atexit(terminate_at_exit);
	else if (strcmp(how, "terminated") == 0)
		current(), eglTerminate(display);
	else if (strcmp(how, "waiting_thread") == 0)
		start(wait_for_ever);
	else if (strcmp(how, "at_once") == 0)
		current(), _exit(5);
	else if (strcmp(how, "main_thread_first") == 0) {
		main_thread = pthread_self();
		current();
		pthread_create(&thread, NULL, end_the_process, &main_thread);
		pthread_exit(NULL);
	}
	exit(3);
}

XG_EGL_CASE(exits)
{
	static const char *const ways[] = {"current", "handler", "handler_without_a_context",
		"terminated", "waiting_thread", "at_once", "main_thread_first"};
	const char *const how = getenv("XG_EXIT");
	char command[256];

	if (how)
		end(how);
	for (size_t i = 0; i < COUNT(ways); i++) {
		const char *const name = platform == EGL_PLATFORM_WAYLAND_KHR  ? "wayland"
					 : platform == EGL_PLATFORM_DEVICE_EXT ? "device"
									       : "surfaceless";

		say("%s", ways[i]);
		snprintf(command, sizeof(command), "XG_EXIT=%s /proc/%d/exe exits %s", ways[i],
			(int)getpid(), name);
		say("status %d", WEXITSTATUS(system(command)));
	}
}

/* SPDX-License-Identifier: MIT */
/* A thread that is cancelled while it waits for ever leaves the sync to others. */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

static EGLSync sync_object;
static pthread_barrier_t barrier;

static void *wait_for_ever(void *unused)
{
	pthread_barrier_wait(&barrier);
	eglClientWaitSync(display, sync_object, 0, EGL_FOREVER);
	return unused;
}

XG_EGL_CASE(cancelled)
{
	PFNEGLCREATESYNCKHRPROC create_sync =
		(PFNEGLCREATESYNCKHRPROC)eglGetProcAddress("eglCreateSyncKHR");
	PFNEGLSIGNALSYNCKHRPROC signal_sync =
		(PFNEGLSIGNALSYNCKHRPROC)eglGetProcAddress("eglSignalSyncKHR");
	EGLAttrib status = -1;
	pthread_t thread;
	void *result;

	sync_object = TRY(create_sync(display, EGL_SYNC_REUSABLE_KHR, NULL));
	pthread_barrier_init(&barrier, NULL, 2);
	pthread_create(&thread, NULL, wait_for_ever, NULL);
	pthread_barrier_wait(&barrier);
	/* In the wait or on the way to it: the end is the same. */
	usleep(20000);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	say("cancelled: %d", result == PTHREAD_CANCELED);
	TRY(signal_sync(display, sync_object, EGL_SIGNALED_KHR));
	TRY(eglGetSyncAttrib(display, sync_object, EGL_SYNC_STATUS, &status));
	say("status 0x%04x", (unsigned)status);
	TRY(eglClientWaitSync(display, sync_object, 0, EGL_FOREVER));
	TRY(eglDestroySync(display, sync_object));
	/* In Mesa the thread has kept a lock, and eglTerminate would wait for it. */
}

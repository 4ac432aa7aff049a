/* SPDX-License-Identifier: MIT */
/* Fences and reusable syncs. */
#include "case.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>

static PFNEGLCREATESYNCKHRPROC create_sync;
static PFNEGLSIGNALSYNCKHRPROC signal_sync;
static PFNEGLGETSYNCATTRIBKHRPROC get_attribute;

static void say_sync(EGLSync sync)
{
	static const EGLint names[] = {
		EGL_SYNC_TYPE, EGL_SYNC_STATUS, EGL_SYNC_CONDITION, EGL_WIDTH};

	for (size_t i = 0; i < COUNT(names); i++) {
		EGLAttrib value = -1;
		EGLBoolean is_known = eglGetSyncAttrib(display, sync, names[i], &value);

		say("  0x%04x: %d %x, error 0x%04x", (unsigned)names[i], is_known, (unsigned)value,
			(unsigned)eglGetError());
	}
}

static void *wait_for_signal(void *sync)
{
	return (void *)(uintptr_t)eglClientWaitSync(display, sync, 0, EGL_FOREVER);
}

static void reusable(void)
{
	EGLSync sync = TRY(create_sync(display, EGL_SYNC_REUSABLE_KHR, NULL));
	pthread_t thread;
	void *answer = NULL;
	EGLint value = -1;

	TRY(create_sync(display, EGL_SYNC_REUSABLE_KHR, (const EGLint[]){EGL_WIDTH, 1, EGL_NONE}));
	say_sync(sync);
	say("not yet: 0x%04x", (unsigned)eglClientWaitSync(display, sync, 0, 0));
	say("not soon: 0x%04x", (unsigned)eglClientWaitSync(display, sync, 0, 1000000));
	pthread_create(&thread, NULL, wait_for_signal, sync);
	TRY(signal_sync(display, sync, EGL_SIGNALED_KHR));
	/* Mesa 22.3 signals without its mutex, and a wait that has just begun may miss it. */
	while (pthread_tryjoin_np(thread, &answer) == EBUSY) {
		signal_sync(display, sync, EGL_SIGNALED_KHR);
		sched_yield();
	}
	say("waited: 0x%04x", (unsigned)(uintptr_t)answer);
	TRY(get_attribute(display, sync, EGL_SYNC_STATUS_KHR, &value));
	say("status 0x%04x", (unsigned)value);
	TRY(signal_sync(display, sync, EGL_UNSIGNALED_KHR));
	TRY(signal_sync(display, sync, EGL_WIDTH));
	say("unset: 0x%04x", (unsigned)eglClientWaitSync(display, sync, 0, 0));
	TRY(eglDestroySync(display, sync));
}

XG_EGL_CASE(sync)
{
	EGLSurface surface = TRY(new_pbuffer(8));
	EGLContext context = TRY(new_context(EGL_NO_CONTEXT));
	EGLSync sync;
	EGLint value = 0;

	create_sync = (PFNEGLCREATESYNCKHRPROC)eglGetProcAddress("eglCreateSyncKHR");
	signal_sync = (PFNEGLSIGNALSYNCKHRPROC)eglGetProcAddress("eglSignalSyncKHR");
	get_attribute = (PFNEGLGETSYNCATTRIBKHRPROC)eglGetProcAddress("eglGetSyncAttribKHR");
	TRY(eglCreateSync(display, EGL_SYNC_FENCE, NULL));
	reusable();
	TRY(eglMakeCurrent(display, surface, surface, context));
	TRY(eglCreateSync(display, EGL_WIDTH, NULL));
	TRY(eglCreateSync(display, EGL_SYNC_FENCE, (const EGLAttrib[]){EGL_WIDTH, 1, EGL_NONE}));
	sync = TRY(eglCreateSync(display, EGL_SYNC_FENCE, NULL));
	clear(1, 0, 1, 1);
	say("fence: 0x%04x", (unsigned)eglClientWaitSync(
				     display, sync, EGL_SYNC_FLUSH_COMMANDS_BIT, EGL_FOREVER));
	say_sync(sync);
	TRY(signal_sync(display, sync, EGL_SIGNALED_KHR));
	TRY(eglWaitSync(display, sync, 0));
	TRY(eglWaitSync(display, sync, 1));
	TRY(eglWaitSync(display, (EGLSync)&value, 0));
	TRY(eglDestroySync(display, sync));
	TRY(eglDestroySync(display, sync));
	TRY(eglDestroySync(display, EGL_NO_SYNC));
	TRY(eglGetSyncAttrib(display, sync, EGL_SYNC_STATUS, NULL));
	TRY(eglClientWaitSync(display, sync, 0, 0));
	sync = TRY(create_sync(display, EGL_SYNC_FENCE_KHR, NULL));
	say("fence: 0x%04x", (unsigned)eglClientWaitSync(display, sync, 0, EGL_FOREVER));
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	TRY(eglWaitSync(display, sync, 0));
	say("without a context: 0x%04x", (unsigned)eglClientWaitSync(display, sync, 0, 0));
}

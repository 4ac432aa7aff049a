/* SPDX-License-Identifier: MIT */
/* Syncs of every type there might be, made with every attribute and by every entry point. */
#include "sweep.h"

static PFNEGLCREATESYNCKHRPROC create32;
static PFNEGLCREATESYNC64KHRPROC create64;
static PFNEGLGETSYNCATTRIBKHRPROC get32;
static PFNEGLSIGNALSYNCKHRPROC signal_sync;

static EGLSync make(int way, EGLenum type, const EGLint *narrow, const EGLAttrib *wide)
{
	switch (way) {
	case 0:
		return eglCreateSync(display, type, wide);
	case 1:
		return create32(display, type, narrow);
	default:
		return create64(display, type, wide);
	}
}

static void questions(EGLSync sync)
{
	struct sweep sweep = {.what = "question"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		EGLAttrib wide = -77;
		EGLint narrow = -77;
		const EGLBoolean in_64 = eglGetSyncAttrib(display, sync, name, &wide);
		const EGLBoolean in_32 = get32(display, sync, name, &narrow);

		sweep_add(&sweep, name, in_32 && in_64, wide * 0x10000 + narrow);
	}
	sweep_end(&sweep);
}

static void types(int way, const char *what)
{
	struct sweep sweep = {.what = what};

	for (EGLint type = SWEEP_FIRST; type < SWEEP_LAST; type++) {
		EGLSync sync;

		/* EGL_KHR_cl_event2 is not carried. */
		if (type == EGL_SYNC_CL_EVENT_KHR)
			continue;
		sync = make(way, (EGLenum)type, NULL, NULL);
		sweep_add(&sweep, type, sync != EGL_NO_SYNC, 0);
		if (sync)
			eglDestroySync(display, sync);
	}
	sweep_end(&sweep);
}

static void attributes(int way, EGLenum type)
{
	struct sweep sweep = {.what = "attribute"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		const EGLint narrow[] = {name, 1, EGL_NONE};
		const EGLAttrib wide[] = {name, 1, EGL_NONE};
		EGLSync sync = make(way, type, narrow, wide);

		sweep_add(&sweep, name, sync != EGL_NO_SYNC, 0);
		if (sync)
			eglDestroySync(display, sync);
	}
	sweep_end(&sweep);
}

static void all_ways(void)
{
	for (int way = 0; way < 3; way++) {
		types(way, way == 0 ? "core" : way == 1 ? "32 bits" : "64 bits");
		attributes(way, EGL_SYNC_FENCE);
		attributes(way, EGL_SYNC_REUSABLE_KHR);
	}
}

static void modes_and_flags(EGLSync reusable, EGLSync fence)
{
	struct sweep sweep = {.what = "mode"};

	for (EGLint mode = SWEEP_FIRST; mode < SWEEP_LAST; mode++)
		sweep_add(&sweep, mode, signal_sync(display, reusable, (EGLenum)mode), 0);
	sweep_end(&sweep);
	signal_sync(display, reusable, EGL_SIGNALED_KHR);
	for (EGLint flags = -2; flags < 6; flags++) {
		say("flags %d: 0x%04x, error 0x%04x, 0x%04x, error 0x%04x", flags,
			(unsigned)eglClientWaitSync(display, reusable, flags, EGL_FOREVER),
			(unsigned)eglGetError(),
			(unsigned)eglClientWaitSync(display, fence, flags, EGL_FOREVER),
			(unsigned)eglGetError());
		TRY(eglWaitSync(display, fence, flags));
		TRY(eglWaitSync(display, reusable, flags));
	}
}

XG_EGL_CASE(sync_attributes)
{
	EGLSurface surface = TRY(new_pbuffer(8));
	EGLContext context = TRY(new_context(EGL_NO_CONTEXT));
	EGLSync fence, reusable;

	create32 = (PFNEGLCREATESYNCKHRPROC)eglGetProcAddress("eglCreateSyncKHR");
	create64 = (PFNEGLCREATESYNC64KHRPROC)eglGetProcAddress("eglCreateSync64KHR");
	get32 = (PFNEGLGETSYNCATTRIBKHRPROC)eglGetProcAddress("eglGetSyncAttribKHR");
	signal_sync = (PFNEGLSIGNALSYNCKHRPROC)eglGetProcAddress("eglSignalSyncKHR");
	all_ways();
	TRY(eglMakeCurrent(display, surface, surface, context));
	all_ways();
	fence = TRY(eglCreateSync(display, EGL_SYNC_FENCE, NULL));
	reusable = TRY(create32(display, EGL_SYNC_REUSABLE_KHR, NULL));
	glFinish();
	TRY(eglClientWaitSync(display, fence, 0, EGL_FOREVER));
	questions(fence);
	questions(reusable);
	modes_and_flags(reusable, fence);
	questions(reusable);
	TRY(eglMakeCurrent(display, NULL, NULL, NULL));
	modes_and_flags(reusable, fence);
}

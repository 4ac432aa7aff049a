/* SPDX-License-Identifier: MIT */
/* EGL_KHR_debug: whose error is told to whom: the call, and the labels of thread and object. */
#include "case.h"

#include <pthread.h>

static PFNEGLDEBUGMESSAGECONTROLKHRPROC control;
static PFNEGLLABELOBJECTKHRPROC label;
static pthread_t main_thread;

static const char *name_of(EGLLabelKHR given)
{
	return given ? (const char *)given : "none";
}

static void EGLAPIENTRY heard(EGLenum error, const char *command, EGLint type,
	EGLLabelKHR thread_label, EGLLabelKHR object_label, const char *message)
{
	say("heard 0x%04x of %s, type 0x%04x, thread %s, object %s, on the main thread %d", error,
		command, (unsigned)type, name_of(thread_label), name_of(object_label),
		pthread_equal(pthread_self(), main_thread) != 0);
}

static void tell(EGLenum type, EGLObjectKHR object, const char *name)
{
	const EGLint answer = label(display, type, object, (EGLLabelKHR)name);

	say("label %s: 0x%04x, error 0x%04x", name_of((EGLLabelKHR)name), (unsigned)answer,
		(unsigned)eglGetError());
}

static void *on_another_thread(void *surface)
{
	EGLint value;

	TRY(eglQuerySurface(display, surface, EGL_RED_SIZE, &value));
	say("label 0x%04x",
		(unsigned)label(display, EGL_OBJECT_THREAD_KHR, NULL, (EGLLabelKHR) "another"));
	TRY(eglQuerySurface(display, surface, EGL_RED_SIZE, &value));
	return NULL;
}

static void fail_on_all(EGLSurface surface, EGLContext context, EGLSync sync)
{
	PFNEGLGETSYNCATTRIBKHRPROC get_narrow =
		(PFNEGLGETSYNCATTRIBKHRPROC)eglGetProcAddress("eglGetSyncAttribKHR");
	EGLAttrib wide;
	EGLConfig one;
	EGLint value;

	TRY(eglQueryContext(display, context, EGL_RED_SIZE, &value));
	TRY(eglQuerySurface(display, surface, EGL_RED_SIZE, &value));
	TRY(eglGetSyncAttrib(display, sync, EGL_RED_SIZE, &wide));
	TRY(get_narrow(display, sync, EGL_RED_SIZE, &value));
	TRY(eglGetConfigAttrib(display, config, EGL_WIDTH, &value));
	TRY(eglChooseConfig(display, (const EGLint[]){EGL_WIDTH, 1, EGL_NONE}, &one, 1, &value));
	TRY(eglCreateContext(display, config, context, (const EGLint[]){EGL_WIDTH, 1, EGL_NONE}));
	TRY(eglCreatePbufferSurface(display, config, (const EGLint[]){EGL_RED_SIZE, 1, EGL_NONE}));
	TRY(eglCreateSync(display, EGL_WIDTH, NULL));
	TRY(eglCreateImage(display, context, EGL_WIDTH, NULL, NULL));
	TRY(eglSurfaceAttrib(display, surface, EGL_WIDTH, 1));
	TRY(eglBindTexImage(display, surface, EGL_WIDTH));
	TRY(eglMakeCurrent(display, surface, EGL_NO_SURFACE, context));
	TRY(eglSwapBuffers(display, surface));
	TRY(eglCopyBuffers(display, surface, 0));
	TRY(eglSwapInterval(display, 1));
	TRY(eglQueryString(display, EGL_WIDTH));
	TRY(eglDestroyContext(display, (EGLContext)&value));
	TRY(eglDestroySurface(display, (EGLSurface)&value));
	TRY(eglDestroySync(display, (EGLSync)&value));
	TRY(eglDestroyImage(display, (EGLImage)&value));
	TRY(eglInitialize((EGLDisplay)&value, NULL, NULL));
	TRY(eglBindAPI(EGL_WIDTH));
	TRY(eglGetCurrentSurface(EGL_WIDTH));
	TRY(eglWaitSync(display, sync, 3));
	TRY(eglClientWaitSync(display, (EGLSync)&value, 0, 0));
}

XG_EGL_CASE(labels)
{
	PFNEGLCREATESYNCKHRPROC create_sync =
		(PFNEGLCREATESYNCKHRPROC)eglGetProcAddress("eglCreateSyncKHR");
	EGLContext context = new_context(EGL_NO_CONTEXT);
	EGLSurface surface = eglCreatePbufferSurface(display, config, NULL);
	EGLSync sync = create_sync(display, EGL_SYNC_REUSABLE_KHR, NULL);
	pthread_t thread;

	control = (PFNEGLDEBUGMESSAGECONTROLKHRPROC)eglGetProcAddress("eglDebugMessageControlKHR");
	label = (PFNEGLLABELOBJECTKHRPROC)eglGetProcAddress("eglLabelObjectKHR");
	main_thread = pthread_self();
	control(heard, NULL);
	fail_on_all(surface, context, sync);
	tell(EGL_OBJECT_DISPLAY_KHR, display, "the display");
	fail_on_all(surface, context, sync);
	tell(EGL_OBJECT_CONTEXT_KHR, context, "the context");
	tell(EGL_OBJECT_SURFACE_KHR, surface, "the surface");
	tell(EGL_OBJECT_SYNC_KHR, sync, "the sync");
	tell(EGL_OBJECT_THREAD_KHR, NULL, "the thread");
	tell(EGL_OBJECT_IMAGE_KHR, sync, "no image");
	tell(EGL_OBJECT_SURFACE_KHR, context, "no surface");
	tell(EGL_OBJECT_DISPLAY_KHR, context, "no display");
	tell(EGL_WIDTH, context, "nothing");
	fail_on_all(surface, context, sync);
	if (surface) {
		pthread_create(&thread, NULL, on_another_thread, surface);
		pthread_join(thread, NULL);
	}
	tell(EGL_OBJECT_CONTEXT_KHR, context, NULL);
	TRY(eglQueryContext(display, context, EGL_RED_SIZE, &(EGLint){0}));
	/* Labels go with what they are on. */
	TRY(eglTerminate(display));
	/* What Mesa tries first, it tells of. */
	control(NULL, NULL);
	TRY(eglInitialize(display, NULL, NULL));
	control(heard, NULL);
	TRY(eglQueryString(display, EGL_WIDTH));
	TRY(eglReleaseThread());
	TRY(eglQueryString(display, EGL_WIDTH));
	control(NULL, NULL);
	TRY(eglQueryString(display, EGL_WIDTH));
}

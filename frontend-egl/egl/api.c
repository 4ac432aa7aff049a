/* SPDX-License-Identifier: MIT */
/* What is about no object: the rendering API, waiting, the thread's end, entry points by name. */
#include "egl/context.h"
#include "egl/error.h"
#include "egl/surface.h"
#include "stream.h"
#include "thread.h"
#include "vendor.h"
#include "xg_egl_entry.h"
#include "xg_entry.h"

EGLBoolean xg_eglBindAPI(EGLenum api)
{
	if (!xg_call_begin("eglBindAPI"))
		return EGL_FALSE;
	if (api != EGL_OPENGL_ES_API)
		return xg_call_fail(EGL_BAD_PARAMETER, "OpenGL ES is the only API here");
	return EGL_TRUE;
}

EGLenum xg_eglQueryAPI(void)
{
	return EGL_OPENGL_ES_API;
}

/* Whether the current context and its surface, if there is a context, are still to be named. */
static bool is_current_valid(const struct xg_context *context)
{
	return !context ||
	       (context->handle.is_linked && context->draw && context->draw->handle.is_linked);
}

EGLBoolean xg_eglWaitClient(void)
{
	if (!xg_call_begin("eglWaitClient"))
		return EGL_FALSE;
	if (!is_current_valid(xg_current_context()))
		return xg_call_fail(EGL_BAD_CURRENT_SURFACE, "there is no current surface");
	if (xg_current_context())
		xg_gl_glFinish();
	return EGL_TRUE;
}

EGLBoolean xg_eglWaitGL(void)
{
	return xg_eglWaitClient();
}

EGLBoolean xg_eglWaitNative(EGLint engine)
{
	if (!xg_call_begin("eglWaitNative"))
		return EGL_FALSE;
	if (!is_current_valid(xg_current_context()))
		return xg_call_fail(EGL_BAD_CURRENT_SURFACE, "there is no current surface");
	/* Without a context there is nothing to wait for, as in Mesa. */
	if (xg_current_context() && engine != EGL_CORE_NATIVE_ENGINE)
		return xg_call_fail(EGL_BAD_PARAMETER, "there is no such engine");
	return EGL_TRUE;
}

EGLBoolean xg_eglReleaseThread(void)
{
	xg_thread_release();
	return EGL_TRUE;
}

EGLProc xg_eglGetProcAddress(const char *name)
{
	return xg_call_begin("eglGetProcAddress") ? xg_vendor_proc(name) : NULL;
}

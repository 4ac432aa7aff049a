/* SPDX-License-Identifier: MIT */
/*
 * EGL for stub_driver.h: linked into a program, these functions stand in for the EGL library's.
 * Handles are numbers; live counts what was made and not destroyed.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "stub_driver.h"

static uintptr_t next_handle = 1;

static void *make(void)
{
	xg_stub.live++;
	return (void *)next_handle++;
}

static EGLBoolean destroy(void)
{
	xg_stub.live--;
	return EGL_TRUE;
}

EGLDisplay eglGetPlatformDisplay(EGLenum platform, void *native, const EGLAttrib *attribs)
{
	return (EGLDisplay)(uintptr_t)platform;
}

EGLBoolean eglInitialize(EGLDisplay display, EGLint *major, EGLint *minor)
{
	*major = 1;
	*minor = 5;
	xg_stub.live++;
	return EGL_TRUE;
}

EGLBoolean eglTerminate(EGLDisplay display)
{
	return destroy();
}

const char *eglQueryString(EGLDisplay display, EGLint name)
{
	return name == EGL_EXTENSIONS ? "EGL_EXT_create_context_robustness" : "stub";
}

EGLBoolean eglGetConfigs(EGLDisplay display, EGLConfig *configs, EGLint size, EGLint *count)
{
	*count = size < 3 ? size : 3;
	for (EGLint i = 0; i < *count; i++)
		configs[i] = (EGLConfig)(uintptr_t)(i + 1);
	return EGL_TRUE;
}

EGLBoolean eglChooseConfig(
	EGLDisplay display, const EGLint *attribs, EGLConfig *configs, EGLint size, EGLint *count)
{
	for (; *attribs != EGL_NONE; attribs += 2) {
	}
	*count = size < 1 ? 0 : 1;
	if (*count)
		configs[0] = (EGLConfig)1;
	return EGL_TRUE;
}

EGLBoolean eglGetConfigAttrib(EGLDisplay display, EGLConfig config, EGLint attribute, EGLint *value)
{
	*value = (EGLint)(uintptr_t)config;
	return EGL_TRUE;
}

EGLContext eglCreateContext(
	EGLDisplay display, EGLConfig config, EGLContext share, const EGLint *attribs)
{
	for (; *attribs != EGL_NONE; attribs += 2) {
	}
	return make();
}

EGLBoolean eglDestroyContext(EGLDisplay display, EGLContext context)
{
	return destroy();
}

EGLSurface eglCreatePbufferSurface(EGLDisplay display, EGLConfig config, const EGLint *attribs)
{
	return make();
}

EGLSurface eglCreatePlatformWindowSurface(
	EGLDisplay display, EGLConfig config, void *window, const EGLAttrib *attribs)
{
	return make();
}

EGLBoolean eglDestroySurface(EGLDisplay display, EGLSurface surface)
{
	return destroy();
}

EGLBoolean eglMakeCurrent(EGLDisplay display, EGLSurface draw, EGLSurface read, EGLContext context)
{
	return !context || !xg_stub.refuses_binding;
}

EGLBoolean eglSwapBuffers(EGLDisplay display, EGLSurface surface)
{
	return EGL_TRUE;
}

EGLBoolean eglSwapInterval(EGLDisplay display, EGLint interval)
{
	return EGL_TRUE;
}

EGLBoolean eglSurfaceAttrib(EGLDisplay display, EGLSurface surface, EGLint attribute, EGLint value)
{
	return EGL_TRUE;
}

EGLBoolean eglQuerySurface(EGLDisplay display, EGLSurface surface, EGLint attribute, EGLint *value)
{
	*value = 0;
	return EGL_TRUE;
}

EGLBoolean eglQueryContext(EGLDisplay display, EGLContext context, EGLint attribute, EGLint *value)
{
	*value = 0;
	return EGL_TRUE;
}

EGLBoolean eglBindTexImage(EGLDisplay display, EGLSurface surface, EGLint buffer)
{
	return EGL_TRUE;
}

EGLBoolean eglReleaseTexImage(EGLDisplay display, EGLSurface surface, EGLint buffer)
{
	return EGL_TRUE;
}

EGLImage eglCreateImage(EGLDisplay display, EGLContext context, EGLenum target,
	EGLClientBuffer buffer, const EGLAttrib *attribs)
{
	return make();
}

EGLBoolean eglDestroyImage(EGLDisplay display, EGLImage image)
{
	return destroy();
}

EGLSync eglCreateSync(EGLDisplay display, EGLenum type, const EGLAttrib *attribs)
{
	return make();
}

EGLBoolean eglDestroySync(EGLDisplay display, EGLSync sync)
{
	return destroy();
}

EGLint eglClientWaitSync(EGLDisplay display, EGLSync sync, EGLint flags, EGLTime timeout)
{
	return xg_stub.is_stuck ? EGL_TIMEOUT_EXPIRED : EGL_CONDITION_SATISFIED;
}

EGLBoolean eglWaitSync(EGLDisplay display, EGLSync sync, EGLint flags)
{
	return EGL_TRUE;
}

EGLint eglGetError(void)
{
	return EGL_BAD_ACCESS;
}

EGLBoolean eglReleaseThread(void)
{
	return EGL_TRUE;
}

__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char *name)
{
	return NULL;
}

/* SPDX-License-Identifier: MIT */
/*
 * EGL for stub_driver.h: linked into a program, these functions stand in for the EGL library's.
 * Handles are numbers; live counts what was made and not destroyed.
 */
#include <stdlib.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "stub_driver.h"

enum { SURFACE_SIDE_MAX = 16384 };

static uintptr_t next_handle = 1;

static void *make(void)
{
	if (xg_stub.fails_silently)
		return NULL;
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
	return name == EGL_EXTENSIONS ? "EGL_EXT_create_context_robustness EGL_EXT_buffer_age "
					"EGL_KHR_partial_update EGL_KHR_swap_buffers_with_damage "
					"EGL_MESA_query_driver"
				      : "stub";
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
	xg_stub.checks_nothing = false;
	for (; *attribs != EGL_NONE; attribs += 2) {
		if (attribs[0] == EGL_CONTEXT_OPENGL_NO_ERROR_KHR)
			xg_stub.checks_nothing = attribs[1];
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
	xg_stub.rect_count = -1;
	return EGL_TRUE;
}

/* A driver adds and multiplies these without a look. */
static void take_rects(const EGLint *rects, EGLint count)
{
	if (count < 0 || count > 64)
		abort();
	for (EGLint i = 0; i < 4 * count; i++) {
		if (rects[i] < 0 || rects[i] + (i % 4 < 2 ? rects[i + 2] : 0) > SURFACE_SIDE_MAX)
			abort();
		xg_stub.rects[i] = rects[i];
	}
}

static EGLBoolean swap_with_damage(
	EGLDisplay display, EGLSurface surface, const EGLint *rects, EGLint count)
{
	take_rects(rects, count);
	xg_stub.rect_count = count;
	return EGL_TRUE;
}

static EGLBoolean set_damage_region(
	EGLDisplay display, EGLSurface surface, EGLint *rects, EGLint count)
{
	take_rects(rects, count);
	xg_stub.region_count = count;
	return EGL_TRUE;
}

static char *get_driver_config(EGLDisplay display)
{
	return strdup("<driver/>");
}

static const char *get_driver_name(EGLDisplay display)
{
	return "stub";
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
	xg_stub.ages_asked += attribute == EGL_BUFFER_AGE_EXT;
	*value = attribute == EGL_BUFFER_AGE_EXT ? 3 : 0;
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
	xg_stub.wait_flags = (uint32_t)flags;
	return xg_stub.is_stuck ? EGL_TIMEOUT_EXPIRED : EGL_CONDITION_SATISFIED;
}

EGLBoolean eglWaitSync(EGLDisplay display, EGLSync sync, EGLint flags)
{
	return EGL_TRUE;
}

EGLint eglGetError(void)
{
	return xg_stub.fails_silently ? EGL_SUCCESS : EGL_BAD_ACCESS;
}

EGLBoolean eglReleaseThread(void)
{
	return EGL_TRUE;
}

__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char *name)
{
	typedef __eglMustCastToProperFunctionPointerType function;
	static const struct {
		const char *name;
		function function;
	} functions[] = {
		{"eglGetDisplayDriverConfig", (function)get_driver_config},
		{"eglGetDisplayDriverName", (function)get_driver_name},
		{"eglSetDamageRegionKHR", (function)set_damage_region},
		{"eglSwapBuffersWithDamageKHR", (function)swap_with_damage},
	};

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (strcmp(functions[i].name, name) == 0)
			return functions[i].function;
	}
	return NULL;
}

/* SPDX-License-Identifier: MIT */
/* See offscreen.h. The device comes first: it is what every driver has, NVIDIA's and Mesa's. */
#include "offscreen.h"

#include <stdio.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

static EGLDisplay find_display(void)
{
	const PFNEGLQUERYDEVICESEXTPROC query_devices =
		(PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
	EGLDisplay display = EGL_NO_DISPLAY;
	EGLDeviceEXT device;
	EGLint count = 0;

	if (query_devices && query_devices(1, &device, &count) && count > 0)
		display = eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, device, NULL);
	if (display == EGL_NO_DISPLAY)
		display = eglGetPlatformDisplay(
			EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	return display;
}

bool bench_make_current(const char *program)
{
	const EGLint attributes[] = {
		EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 1, EGL_NONE};
	const EGLDisplay display = find_display();
	const char *what = NULL;
	EGLContext context;

	if (display == EGL_NO_DISPLAY)
		what = "no EGL device";
	else if (!eglInitialize(display, NULL, NULL))
		what = "its EGL device cannot be used";
	else if (!eglBindAPI(EGL_OPENGL_ES_API) ||
		 !(context = eglCreateContext(
			   display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes)))
		what = "no GLES 3.1 context";
	else if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context))
		what = "no context without a surface";
	if (what)
		fprintf(stderr, "%s: %s here (EGL error 0x%x)\n", program, what,
			(unsigned)eglGetError());
	return !what;
}

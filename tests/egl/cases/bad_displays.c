/* SPDX-License-Identifier: MIT */
/* The errors of calls on displays and configs that are not right. */
#include "case.h"

XG_EGL_CASE(bad_displays)
{
	EGLConfig one;
	EGLint value = 0, count = 0;
	const EGLDisplay wrong = (EGLDisplay)&value;

	TRY(eglInitialize(EGL_NO_DISPLAY, NULL, NULL));
	TRY(eglInitialize(wrong, NULL, NULL));
	TRY(eglTerminate(wrong));
	TRY(eglGetConfigs(wrong, &one, 1, &count));
	TRY(eglChooseConfig(EGL_NO_DISPLAY, NULL, &one, 1, &count));
	TRY(eglGetConfigs(display, &one, 1, NULL));
	TRY(eglChooseConfig(display, NULL, &one, 1, NULL));
	TRY(eglGetConfigAttrib(display, (EGLConfig)&value, EGL_RED_SIZE, &value));
	TRY(eglGetConfigAttrib(display, NULL, EGL_RED_SIZE, &value));
	TRY(eglGetConfigAttrib(display, config, EGL_WIDTH, &value));
	TRY(eglGetConfigAttrib(display, config, EGL_MATCH_NATIVE_PIXMAP, &value));
	TRY(eglQueryString(display, EGL_WIDTH));
	TRY(eglQueryString(wrong, EGL_VENDOR));
	TRY(eglQueryString(EGL_NO_DISPLAY, EGL_VENDOR));
	TRY(eglMakeCurrent(wrong, NULL, NULL, NULL));
	TRY(eglMakeCurrent(EGL_NO_DISPLAY, NULL, NULL, NULL));
	TRY(eglDestroySurface(wrong, NULL));
	TRY(eglDestroyContext(EGL_NO_DISPLAY, NULL));
	TRY(eglGetPlatformDisplay(EGL_WIDTH, NULL, NULL));
	TRY(eglBindAPI(EGL_WIDTH));
	TRY(eglBindAPI(EGL_OPENGL_ES_API));
	TRY(eglQueryAPI() == EGL_OPENGL_ES_API);
	TRY(eglWaitNative(EGL_WIDTH));
	TRY(eglGetPlatformDisplay(platform, native, NULL) == display);
}

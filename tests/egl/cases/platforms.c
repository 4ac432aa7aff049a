/* SPDX-License-Identifier: MIT */
/* Ways to a display: every platform there might be, natives that are none, and what is the same. */
#include "sweep.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <wayland-client.h>

extern char **environ;

static bool is_carried(EGLint number)
{
	return number != EGL_PLATFORM_X11_KHR && number != EGL_PLATFORM_GBM_KHR &&
	       number != EGL_PLATFORM_XCB_EXT;
}

static void all_platforms(void *of, const char *what)
{
	PFNEGLGETPLATFORMDISPLAYEXTPROC get_ext =
		(PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
	struct sweep sweep = {.what = what};

	for (EGLint number = SWEEP_FIRST; number < SWEEP_LAST; number++) {
		if (!is_carried(number))
			continue;
		sweep_add(&sweep, number,
			eglGetPlatformDisplay((EGLenum)number, of, NULL) != EGL_NO_DISPLAY, 0);
		sweep_add(&sweep, number, get_ext((EGLenum)number, of, NULL) != EGL_NO_DISPLAY, 1);
	}
	sweep_end(&sweep);
}

static void attributes(void)
{
	PFNEGLGETPLATFORMDISPLAYEXTPROC get_ext =
		(PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
	struct sweep sweep = {.what = "attribute"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		const EGLAttrib wide[] = {name, 1, EGL_NONE};
		const EGLint narrow[] = {name, 1, EGL_NONE};
		const EGLDisplay one = eglGetPlatformDisplay(platform, native, wide);
		const EGLint error = eglGetError();
		const EGLDisplay other = get_ext(platform, native, narrow);

		sweep_add(&sweep, name, one != EGL_NO_DISPLAY && other != EGL_NO_DISPLAY, error);
	}
	sweep_end(&sweep);
}

/* The same native display, by all ways that there are. */
static void same(void)
{
	PFNEGLGETPLATFORMDISPLAYEXTPROC get_ext =
		(PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
	struct wl_display *second;

	say("again: %d", eglGetPlatformDisplay(platform, native, NULL) == display);
	say("by the extension: %d", get_ext(platform, native, NULL) == display);
	if (platform != EGL_PLATFORM_WAYLAND_KHR)
		return;
	say("guessed: %d", eglGetDisplay(native) == display);
	second = wl_display_connect(NULL);
	say("another connection: %d", eglGetPlatformDisplay(platform, second, NULL) == display);
	TRY(eglInitialize(eglGetPlatformDisplay(platform, second, NULL), NULL, NULL));
	TRY(eglTerminate(eglGetPlatformDisplay(platform, second, NULL)));
	wl_display_disconnect(second);
}

/* What the default is, is settled once in a process: so each in one of its own. */
static void defaults(void)
{
	static const char *const names[] = {"surfaceless", "device", "wayland"};

	for (size_t i = 0; i < COUNT(names); i++) {
		char *const command[] = {"xg-egl-case", "default_display", "surfaceless", NULL};
		int status = -1;
		pid_t child;

		say("EGL_PLATFORM=%s", names[i]);
		setenv("EGL_PLATFORM", names[i], 1);
		if (posix_spawn(&child, "/proc/self/exe", NULL, NULL, command, environ) == 0)
			waitpid(child, &status, 0);
		say("status %d", status);
	}
}

XG_EGL_CASE(platforms)
{
	int nothing = 0;

	all_platforms(NULL, "without a native");
	if (platform == EGL_PLATFORM_DEVICE_EXT)
		TRY(eglGetPlatformDisplay(platform, &nothing, NULL));
	if (platform == EGL_PLATFORM_SURFACELESS_MESA)
		TRY(eglGetPlatformDisplay(platform, &nothing, NULL));
	attributes();
	same();
	defaults();
}

/* SPDX-License-Identifier: MIT */
/* eglGetDisplay(EGL_DEFAULT_DISPLAY), with the EGL_PLATFORM that the environment has. */
#include "case.h"

#include <stdlib.h>

XG_EGL_CASE(default_display)
{
	EGLDisplay given;
	EGLint major = -1, minor = -1;

	/* Which one it is without that is a vendor's choice. */
	if (!getenv("EGL_PLATFORM")) {
		say("not asked for");
		return;
	}
	given = TRY(eglGetDisplay(EGL_DEFAULT_DISPLAY));
	say("the same: %d", eglGetDisplay(EGL_DEFAULT_DISPLAY) == given);
	TRY(eglInitialize(given, &major, &minor));
	say("%d.%d", major, minor);
	TRY(eglTerminate(given));
}

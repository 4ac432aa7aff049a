/* SPDX-License-Identifier: MIT */
/* EGL_MESA_platform_surfaceless: rendering without any window system. */
#include "platform/platform.h"

#include <stddef.h>

#include "process.h"

static bool accept_surfaceless(void *native, EGLint *error)
{
	if (native != EGL_DEFAULT_DISPLAY) {
		*error = EGL_BAD_PARAMETER;
		return false;
	}
	return xg_process_connection() != NULL;
}

const struct xg_platform xg_platform_surfaceless = {
	.number = EGL_PLATFORM_SURFACELESS_MESA,
	.accept = accept_surfaceless,
};

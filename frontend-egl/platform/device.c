/* SPDX-License-Identifier: MIT */
/* EGL_EXT_platform_device: rendering on the one device that we have, the host's GPU. */
#include "egl/device.h"
#include "platform/platform.h"

static bool accept_device(void *native, EGLint *error)
{
	if (!xg_device_is_ours(native)) {
		*error = EGL_BAD_PARAMETER;
		return false;
	}
	return xg_device_exists();
}

const struct xg_platform xg_platform_device = {
	.number = EGL_PLATFORM_DEVICE_EXT,
	.accept = accept_device,
};

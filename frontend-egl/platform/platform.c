/* SPDX-License-Identifier: MIT */
/* See platform.h. The names are those that Mesa takes in EGL_PLATFORM, so that scripts go on
 * working. */
#include "platform/platform.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	const struct xg_platform *platform;
} platforms[] = {
	{"wayland", &xg_platform_wayland},
	{"surfaceless", &xg_platform_surfaceless},
	{"device", &xg_platform_device},
};

const struct xg_platform *xg_platform_find(EGLenum number)
{
	for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++) {
		if (platforms[i].platform->number == number)
			return platforms[i].platform;
	}
	return NULL;
}

const struct xg_platform *xg_platform_default(void)
{
	const char *wanted = getenv("EGL_PLATFORM");

	if (!wanted || !*wanted)
		return getenv("WAYLAND_DISPLAY") ? &xg_platform_wayland : &xg_platform_surfaceless;
	for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++) {
		if (strcmp(platforms[i].name, wanted) == 0)
			return platforms[i].platform;
	}
	return NULL;
}

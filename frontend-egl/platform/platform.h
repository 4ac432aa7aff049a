/* SPDX-License-Identifier: MIT */
/*
 * What differs between EGL's platforms: which native displays are taken, and what stands behind an
 * initialized display. Windows are the wayland platform's alone (window.h).
 */
#ifndef XG_PLATFORM_H
#define XG_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

struct xg_platform {
	EGLenum number; /* EGL_PLATFORM_…, the host's too */

	/*
	 * Whether a display for this native one can be ours, so that eglGetPlatformDisplay gives
	 * one. *error is set to what is wrong with native, or left alone when another vendor may
	 * well take it. May block for a round trip of the native display.
	 */
	bool (*accept)(void *native, EGLint *error);

	/*
	 * Opens the native display for a session of that id; cookie is the connection's. NULL if it
	 * cannot be used. NULL members: there is nothing to open.
	 */
	void *(*open)(void *native, uint64_t cookie, uint32_t session_id);
	void (*close)(void *state);
};

extern const struct xg_platform xg_platform_wayland;
extern const struct xg_platform xg_platform_surfaceless;
extern const struct xg_platform xg_platform_device;

/* The platform of that number, NULL if we have none. */
const struct xg_platform *xg_platform_find(EGLenum number);

/*
 * The platform of eglGetDisplay(EGL_DEFAULT_DISPLAY): what EGL_PLATFORM says; else wayland where
 * WAYLAND_DISPLAY is set; else surfaceless. NULL if EGL_PLATFORM names one that we have not.
 */
const struct xg_platform *xg_platform_default(void);

#endif

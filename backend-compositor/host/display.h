/* SPDX-License-Identifier: MIT */
/*
 * A guest's EGLDisplay. It stands for an EGLDisplay of the host's own EGL: for each Wayland
 * connection of an application one on the relay's connection to the compositor; surfaceless and
 * device displays are one each for the whole process, because the driver gives the same handle to
 * everyone who asks. So eglTerminate happens only when the last guest display on a handle, and all
 * that belongs to it, has gone; guests' objects are destroyed one by one before that.
 */
#ifndef XG_HOST_DISPLAY_H
#define XG_HOST_DISPLAY_H

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "object.h"

struct wl_display;
struct xg_driver_display;
struct xg_quota;
struct xg_replay;

/* The driver's displays that are in use, one list in a process. */
struct xg_driver_displays {
	pthread_mutex_t lock;
	struct xg_driver_display *first;
	bool has_complained; /* one line in the log, however often a guest asks */
};

void xg_driver_displays_init(struct xg_driver_displays *list);
/* All guest displays must have gone. */
void xg_driver_displays_finish(struct xg_driver_displays *list);

struct xg_host_display {
	struct xg_host_object object;
	EGLDisplay egl;
	struct xg_driver_display *driver;
	struct wl_display *wayland; /* the relay's connection; NULL without one */
	struct xg_quota *quota;
	bool has_robustness; /* contexts with robust access and reset notification */
	PFNEGLSWAPBUFFERSWITHDAMAGEKHRPROC swap_with_damage; /* NULL without it */
	PFNEGLSETDAMAGEREGIONKHRPROC set_damage_region;	     /* NULL without it */
};

/* The client's display of that id with a new reference; NULL if there is none. */
struct xg_host_display *xg_host_display_find(struct xg_replay *r, uint32_t untrusted_id);
void xg_host_display_unref(struct xg_host_display *display);

/* True if a list of extensions, separated by spaces, names one. NULL is an empty list. */
bool xg_extension_is_in(const char *list, const char *extension);

/*
 * Finds the configuration of that EGL_CONFIG_ID. False if there is none; an id of 0 is
 * EGL_NO_CONFIG_KHR.
 */
bool xg_host_display_config(
	const struct xg_host_display *display, uint32_t untrusted_id, EGLConfig *config);

#endif

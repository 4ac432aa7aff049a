/* SPDX-License-Identifier: MIT */
/*
 * All strings, and which extensions there are: those of the host's driver but for the ones named
 * here, whose reasons frontend-egl/egl/README.md gives.
 */
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const not_carried[] = {
	/* Of displays. */
	"EGL_KHR_cl_event2",
	"EGL_MESA_drm_image",
	"EGL_WL_bind_wayland_display",
	"EGL_WL_create_wayland_buffer_from_image",
	/* Of the client. */
	"EGL_EXT_platform_x11",
	"EGL_EXT_platform_xcb",
	"EGL_KHR_platform_gbm",
	"EGL_KHR_platform_x11",
	"EGL_MESA_platform_gbm",
	"EGL_MESA_platform_xcb",
	/* Of the device. */
	"EGL_EXT_device_drm",
	"EGL_EXT_device_drm_render_node",
};

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_carried(const char *name)
{
	for (size_t i = 0; i < COUNT(not_carried); i++) {
		if (strcmp(not_carried[i], name) == 0)
			return false;
	}
	return true;
}

static void say_extensions(const char *what, const char *string)
{
	char *copy = strdup(string ? string : ""), *rest = copy, *names[256];
	size_t count = 0;

	for (char *name; count < COUNT(names) && (name = strtok_r(rest, " ", &rest));) {
		if (is_carried(name))
			names[count++] = name;
	}
	qsort(names, count, sizeof(names[0]), compare);
	say("%s:", what);
	for (size_t i = 0; i < count; i++)
		say("  %s", names[i]);
	free(copy);
}

static void all_names(EGLDisplay of, const char *what)
{
	struct sweep sweep = {.what = what};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++)
		sweep_add(&sweep, name, eglQueryString(of, name) != NULL, 0);
	sweep_end(&sweep);
}

static void driver(void)
{
	PFNEGLGETDISPLAYDRIVERNAMEPROC get_name =
		(PFNEGLGETDISPLAYDRIVERNAMEPROC)eglGetProcAddress("eglGetDisplayDriverName");
	PFNEGLGETDISPLAYDRIVERCONFIGPROC get_config =
		(PFNEGLGETDISPLAYDRIVERCONFIGPROC)eglGetProcAddress("eglGetDisplayDriverConfig");
	char *config_text;

	say("driver %s", get_name(display));
	say("error 0x%04x", (unsigned)eglGetError());
	say("the same string: %d", get_name(display) == get_name(display));
	config_text = get_config(display);
	say("%s", config_text ? config_text : "no configuration");
	free(config_text);
	TRY(get_name(EGL_NO_DISPLAY));
	TRY(get_config(EGL_NO_DISPLAY));
	TRY(get_name((EGLDisplay)&get_name));
}

XG_EGL_CASE(strings)
{
	PFNEGLQUERYDEVICESTRINGEXTPROC device_string =
		(PFNEGLQUERYDEVICESTRINGEXTPROC)eglGetProcAddress("eglQueryDeviceStringEXT");
	PFNEGLQUERYDISPLAYATTRIBEXTPROC of_display =
		(PFNEGLQUERYDISPLAYATTRIBEXTPROC)eglGetProcAddress("eglQueryDisplayAttribEXT");
	EGLAttrib device = 0;

	say_extensions("client", eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS));
	say_extensions("display", eglQueryString(display, EGL_EXTENSIONS));
	TRY(of_display(display, EGL_DEVICE_EXT, &device));
	say_extensions("device", device_string((EGLDeviceEXT)device, EGL_EXTENSIONS));
	say("version %s", eglQueryString(display, EGL_VERSION));
	all_names(EGL_NO_DISPLAY, "client");
	all_names(display, "display");
	driver();
}

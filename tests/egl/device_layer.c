/* SPDX-License-Identifier: MIT */
/*
 * A vendor library that stands before Mesa's and makes it poorer, as NVIDIA's is where there is no
 * display: a device is the only platform, no configuration is for windows, and nothing is MESA's.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "layer_base.h"

enum { STRING_MAX = 4096 };

static EGLDisplay (*get_display_below)(EGLenum platform, void *native, const EGLAttrib *attribs);

static EGLDisplay get_platform_display(EGLenum platform, void *native, const EGLAttrib *attribs)
{
	return platform == EGL_PLATFORM_DEVICE_EXT ? get_display_below(platform, native, attribs)
						   : EGL_NO_DISPLAY;
}

static bool is_hidden(const char *extension)
{
	return strncmp(extension, "EGL_MESA_", 9) == 0 ||
	       (strstr(extension, "_platform_") &&
		       strcmp(extension, "EGL_EXT_platform_base") != 0 &&
		       strcmp(extension, "EGL_EXT_platform_device") != 0);
}

/* The list without what is hidden, in a buffer that is the caller's. */
static const char *hide(const char *list, char result[STRING_MAX])
{
	char copy[STRING_MAX], *rest = copy;

	if (!list)
		return NULL;
	snprintf(copy, sizeof(copy), "%s", list);
	result[0] = '\0';
	for (const char *word; (word = strsep(&rest, " "));) {
		if (*word && !is_hidden(word))
			snprintf(result + strlen(result), STRING_MAX - strlen(result), "%s ", word);
	}
	return result;
}

static const char *query_string(EGLDisplay display, EGLint name)
{
	static char client[STRING_MAX], of_display[STRING_MAX];
	const char *string = BELOW(eglQueryString)(display, name);

	if (name != EGL_EXTENSIONS)
		return string;
	return hide(string, display == EGL_NO_DISPLAY ? client : of_display);
}

static const char *query_device_string(EGLDeviceEXT device, EGLint name)
{
	static char extensions[STRING_MAX];
	const char *string = ((PFNEGLQUERYDEVICESTRINGEXTPROC)layer_below(
		"eglQueryDeviceStringEXT"))(device, name);

	return name == EGL_EXTENSIONS ? hide(string, extensions) : string;
}

static EGLBoolean get_config_attrib(
	EGLDisplay display, EGLConfig config, EGLint attribute, EGLint *value)
{
	const EGLBoolean is_told = BELOW(eglGetConfigAttrib)(display, config, attribute, value);

	if (is_told && attribute == EGL_SURFACE_TYPE)
		*value &= ~EGL_WINDOW_BIT;
	return is_told;
}

/* Who does not say for what a configuration is to be, has asked for windows. */
static bool wants_window(const EGLint *attribs)
{
	EGLint type = EGL_WINDOW_BIT;

	for (; attribs && *attribs != EGL_NONE; attribs += 2) {
		if (attribs[0] == EGL_CONFIG_ID)
			return false;
		if (attribs[0] == EGL_SURFACE_TYPE)
			type = attribs[1];
	}
	return type != EGL_DONT_CARE && (type & EGL_WINDOW_BIT);
}

static EGLBoolean choose_config(
	EGLDisplay display, const EGLint *attribs, EGLConfig *configs, EGLint size, EGLint *count)
{
	if (!BELOW(eglChooseConfig)(display, attribs, configs, size, count))
		return EGL_FALSE;
	if (wants_window(attribs))
		*count = 0;
	return EGL_TRUE;
}

const struct layer_function layer_functions[] = {
	{"eglChooseConfig", (layer_any)choose_config},
	{"eglGetConfigAttrib", (layer_any)get_config_attrib},
	{"eglQueryDeviceStringEXT", (layer_any)query_device_string},
	{"eglQueryString", (layer_any)query_string},
	{NULL, NULL},
};

void layer_begin(__EGLapiImports *imports)
{
	get_display_below = imports->getPlatformDisplay;
	imports->getPlatformDisplay = get_platform_display;
}

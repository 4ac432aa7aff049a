/* SPDX-License-Identifier: MIT */
/*
 * A vendor library that stands before Mesa's and makes it poorer, as NVIDIA's is where there is no
 * display: a device is the only platform, no configuration is for windows, and nothing is MESA's.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glvnd/libeglabi.h>

typedef __eglMustCastToProperFunctionPointerType function;

enum { STRING_MAX = 4096 };

static void *(*find_below)(const char *name);
static EGLDisplay (*get_display_below)(EGLenum platform, void *native, const EGLAttrib *attribs);

#define BELOW(name) ((__typeof__(&(name)))find_below(#name))

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
	const char *string = ((PFNEGLQUERYDEVICESTRINGEXTPROC)find_below(
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

static void *get_proc_address(const char *name)
{
	static const struct {
		const char *name;
		function function;
	} ours[] = {
		{"eglChooseConfig", (function)choose_config},
		{"eglGetConfigAttrib", (function)get_config_attrib},
		{"eglQueryDeviceStringEXT", (function)query_device_string},
		{"eglQueryString", (function)query_string},
	};

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		if (strcmp(ours[i].name, name) == 0)
			return (void *)ours[i].function;
	}
	return find_below(name);
}

__attribute__((visibility("default"))) EGLBoolean __egl_Main(uint32_t version,
	const __EGLapiExports *exports, __EGLvendorInfo *vendor, __EGLapiImports *imports)
{
	void *const mesa = dlopen("libEGL_mesa.so.0", RTLD_NOW | RTLD_LOCAL);
	__PFNEGLMAINPROC main_below =
		mesa ? (__PFNEGLMAINPROC)(function)dlsym(mesa, "__egl_Main") : NULL;

	if (!main_below || !main_below(version, exports, vendor, imports))
		return EGL_FALSE;
	find_below = imports->getProcAddress;
	get_display_below = imports->getPlatformDisplay;
	imports->getProcAddress = get_proc_address;
	imports->getPlatformDisplay = get_platform_display;
	return EGL_TRUE;
}

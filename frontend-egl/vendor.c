/* SPDX-License-Identifier: MIT */
/*
 * The library as libglvnd sees it: one exported function, which hands libEGL.so.1 our tables.
 *
 * Outside a xenglass guest there is no socket of the guest daemon; the library then declines here,
 * before anything is created, and libEGL.so.1 goes on to the next vendor.
 */
#include "vendor.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "egl/display.h"
#include "process.h"
#include "xg_egl_entry.h"
#include "xg_entry.h"

/* Last: it includes desktop GL's headers, which hide what GL ES's would declare. */
#include <glvnd/libeglabi.h>

static const __EGLapiExports *libegl;

static int compare_name(const void *name, const void *entry)
{
	return strcmp(name, ((const struct xg_vendor_entry *)entry)->name);
}

static struct xg_vendor_entry *find_entry(const char *name)
{
	return bsearch(name, xg_vendor_entries, xg_vendor_entry_count, sizeof(xg_vendor_entries[0]),
		compare_name);
}

EGLProc xg_vendor_proc(const char *name)
{
	const struct xg_vendor_entry *entry;

	if (strncmp(name, "gl", 2) == 0)
		return (EGLProc)xg_gl_proc(name);
	entry = find_entry(name);
	return entry ? entry->function : NULL;
}

static EGLProc fetch(__EGLvendorInfo *vendor, EGLint error, size_t entry)
{
	const int index = xg_vendor_entries[entry].index;
	EGLProc function;

	if (!vendor) {
		libegl->setEGLError(error);
		return NULL;
	}
	if (!libegl->setLastVendor(vendor))
		return NULL;
	function = index < 0 ? NULL : libegl->fetchDispatchEntry(vendor, index);
	if (!function)
		libegl->setEGLError(EGL_BAD_DISPLAY);
	return function;
}

EGLProc xg_vendor_fetch_by_display(EGLDisplay display, size_t entry)
{
	libegl->threadInit();
	return fetch(libegl->getVendorFromDisplay(display), EGL_BAD_DISPLAY, entry);
}

EGLProc xg_vendor_fetch_by_device(EGLDeviceEXT device, size_t entry)
{
	libegl->threadInit();
	return fetch(libegl->getVendorFromDevice(device), EGL_BAD_DEVICE_EXT, entry);
}

static void *get_proc_address(const char *name)
{
	return (void *)xg_vendor_proc(name);
}

static void *get_dispatch_address(const char *name)
{
	const struct xg_vendor_entry *entry = find_entry(name);

	return entry ? (void *)entry->stub : NULL;
}

static void set_dispatch_index(const char *name, int index)
{
	struct xg_vendor_entry *entry = find_entry(name);

	if (entry)
		entry->index = index;
}

static EGLBoolean get_supports_api(EGLenum api)
{
	return api == EGL_OPENGL_ES_API;
}

static const char *get_vendor_string(int name)
{
	return name == __EGL_VENDOR_STRING_PLATFORM_EXTENSIONS ? xg_display_platform_extensions()
							       : NULL;
}

__attribute__((visibility("default"))) EGLBoolean __egl_Main(uint32_t version,
	const __EGLapiExports *exports, __EGLvendorInfo *vendor, __EGLapiImports *imports)
{
	if (EGL_VENDOR_ABI_GET_MAJOR_VERSION(version) != EGL_VENDOR_ABI_MAJOR_VERSION)
		return EGL_FALSE;
	if (!xg_process_can_connect())
		return EGL_FALSE;
	xg_log_init("libEGL_xenglass", XG_LOG_ERROR);
	libegl = exports;
	imports->getPlatformDisplay = xg_eglGetPlatformDisplay;
	imports->getSupportsAPI = get_supports_api;
	imports->getVendorString = get_vendor_string;
	imports->getProcAddress = get_proc_address;
	imports->getDispatchAddress = get_dispatch_address;
	imports->setDispatchIndex = set_dispatch_index;
	return EGL_TRUE;
}

/* SPDX-License-Identifier: MIT */
/* See device.h. */
#include "egl/device.h"

#include <stdlib.h>

#include "egl/display.h"
#include "egl/error.h"
#include "egl/query.h"
#include "process.h"
#include "stream.h"
#include "thread.h"
#include "xenglass/driver.h"
#include "xg_egl_entry.h"

/* Only its address counts: it is the handle. */
static char the_device;

bool xg_device_is_ours(const void *device)
{
	return device == &the_device;
}

bool xg_device_exists(void)
{
	return xg_process_connection() != NULL;
}

/* Of the host's device's extensions the one that means something here. Asked for once. */
static const char *find_extensions(void)
{
	static const char *extensions; /* guarded by the EGL lock */
	struct xg_stream *stream;
	const char *found;
	char *host;

	xg_egl_lock();
	found = extensions;
	xg_egl_unlock();
	if (found)
		return found;
	stream = xg_thread_stream();
	host = stream ? xg_query_fetch_string(stream, 0, XG_STRING_DEVICE_EXTENSIONS) : NULL;
	found = xg_query_list_has(host ? host : "", "EGL_MESA_device_software")
			? "EGL_MESA_device_software"
			: "";
	if (host) {
		xg_egl_lock();
		extensions = found;
		xg_egl_unlock();
	}
	free(host);
	return found;
}

EGLBoolean xg_eglQueryDevicesEXT(EGLint capacity, EGLDeviceEXT *devices, EGLint *count)
{
	const EGLint existing = xg_device_exists() ? 1 : 0;

	if (!xg_call_begin("eglQueryDevicesEXT"))
		return EGL_FALSE;
	if (!count || (devices && capacity <= 0))
		return xg_call_fail(EGL_BAD_PARAMETER, "no place for the devices");
	*count = existing;
	if (devices && existing)
		devices[0] = &the_device;
	return EGL_TRUE;
}

EGLBoolean xg_eglQueryDeviceAttribEXT(EGLDeviceEXT device, EGLint attribute, EGLAttrib *value)
{
	if (!xg_call_begin("eglQueryDeviceAttribEXT"))
		return EGL_FALSE;
	if (!xg_device_is_ours(device))
		return xg_call_fail(EGL_BAD_DEVICE_EXT, "not a device");
	return xg_call_fail(EGL_BAD_ATTRIBUTE, "the device has no such attribute");
}

const char *xg_eglQueryDeviceStringEXT(EGLDeviceEXT device, EGLint name)
{
	if (!xg_call_begin("eglQueryDeviceStringEXT"))
		return NULL;
	if (!xg_device_is_ours(device)) {
		xg_call_fail(EGL_BAD_DEVICE_EXT, "not a device");
		return NULL;
	}
	if (name != EGL_EXTENSIONS) {
		xg_call_fail(EGL_BAD_PARAMETER, "the device has no such string");
		return NULL;
	}
	return find_extensions();
}

EGLBoolean xg_eglQueryDisplayAttribEXT(EGLDisplay dpy, EGLint attribute, EGLAttrib *value)
{
	if (!xg_call_begin_on("eglQueryDisplayAttribEXT", dpy))
		return EGL_FALSE;
	if (attribute != EGL_DEVICE_EXT)
		return xg_call_fail(EGL_BAD_ATTRIBUTE, "the display has no such attribute");
	*value = (EGLAttrib)&the_device;
	return EGL_TRUE;
}

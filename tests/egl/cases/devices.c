/* SPDX-License-Identifier: MIT */
/* Devices: what a device can be asked, and the display's device. */
#include "case.h"

XG_EGL_CASE(devices)
{
	PFNEGLQUERYDEVICESEXTPROC query =
		(PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
	PFNEGLQUERYDEVICEATTRIBEXTPROC attribute =
		(PFNEGLQUERYDEVICEATTRIBEXTPROC)eglGetProcAddress("eglQueryDeviceAttribEXT");
	PFNEGLQUERYDEVICESTRINGEXTPROC string =
		(PFNEGLQUERYDEVICESTRINGEXTPROC)eglGetProcAddress("eglQueryDeviceStringEXT");
	PFNEGLQUERYDISPLAYATTRIBEXTPROC of_display =
		(PFNEGLQUERYDISPLAYATTRIBEXTPROC)eglGetProcAddress("eglQueryDisplayAttribEXT");
	EGLDeviceEXT device = NULL;
	EGLAttrib value = 0;
	EGLint count = -1;

	TRY(query(0, NULL, &count));
	TRY(query(0, &device, &count));
	TRY(query(1, &device, NULL));
	TRY(query(1, &device, &count));
	say("%d device", count);
	TRY(attribute(device, EGL_WIDTH, &value));
	TRY(string(device, EGL_WIDTH));
	TRY(string(device, EGL_EXTENSIONS));
	TRY(of_display(display, EGL_WIDTH, &value));
	TRY(of_display(display, EGL_DEVICE_EXT, &value));
	say("the same: %d", (EGLDeviceEXT)value == device);
}

/* SPDX-License-Identifier: MIT */
/*
 * xg-egl-case: runs one EGL parity program and writes its transcript to standard output.
 *
 * It knows nothing of xenglass: which driver answers is the business of the environment, that is
 * of libglvnd. parity.py runs it once for each and compares.
 */
#include "case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <wayland-client.h>

EGLenum platform;
void *native;
EGLDisplay display;
EGLConfig config;

static struct xg_egl_case *cases;

void xg_egl_case_register(struct xg_egl_case *self)
{
	self->next = cases;
	cases = self;
}

void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

void say_result(const char *call, bool is_success)
{
	say("%s: %s, error 0x%04x", call, is_success ? "yes" : "no", (unsigned)eglGetError());
}

bool choose_config(void)
{
	const EGLint type = platform == EGL_PLATFORM_WAYLAND_KHR ? EGL_WINDOW_BIT : EGL_PBUFFER_BIT;
	const EGLint wanted[] = {EGL_SURFACE_TYPE, type, EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT,
		EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8, EGL_BLUE_SIZE, 8, EGL_ALPHA_SIZE, 8,
		EGL_DEPTH_SIZE, 24, EGL_STENCIL_SIZE, 8, EGL_NONE};
	EGLint count;

	return eglChooseConfig(display, wanted, &config, 1, &count) && count == 1;
}

EGLContext new_context(EGLContext share)
{
	static const EGLint attributes[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};

	return eglCreateContext(display, config, share, attributes);
}

EGLSurface new_pbuffer(EGLint size)
{
	const EGLint attributes[] = {EGL_WIDTH, size, EGL_HEIGHT, size, EGL_NONE};

	return eglCreatePbufferSurface(display, config, attributes);
}

void clear(float red, float green, float blue, float alpha)
{
	glClearColor(red, green, blue, alpha);
	glClear(GL_COLOR_BUFFER_BIT);
}

void say_pixel(const char *what)
{
	uint8_t pixel[4] = {0xaa, 0xaa, 0xaa, 0xaa};

	glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
	say("%s: %02x %02x %02x %02x, GL error 0x%04x", what, pixel[0], pixel[1], pixel[2],
		pixel[3], glGetError());
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int list(void)
{
	const char *all[256];
	size_t count = 0;

	for (struct xg_egl_case *c = cases; c && count < COUNT(all); c = c->next)
		all[count++] = c->name;
	qsort(all, count, sizeof(all[0]), compare);
	for (size_t i = 0; i < count; i++)
		puts(all[i]);
	return 0;
}

static bool open_display(const char *name)
{
	EGLDeviceEXT device = NULL;
	EGLint count;

	if (strcmp(name, "wayland") == 0) {
		platform = EGL_PLATFORM_WAYLAND_KHR;
		native = wl_display_connect(NULL);
		if (!native)
			return false;
	} else if (strcmp(name, "surfaceless") == 0) {
		platform = EGL_PLATFORM_SURFACELESS_MESA;
	} else if (strcmp(name, "device") == 0) {
		PFNEGLQUERYDEVICESEXTPROC query_devices =
			(PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");

		platform = EGL_PLATFORM_DEVICE_EXT;
		if (!query_devices(1, &device, &count) || count != 1)
			return false;
		native = device;
	} else {
		return false;
	}
	display = eglGetPlatformDisplay(platform, native, NULL);
	return display && eglInitialize(display, NULL, NULL) && choose_config();
}

int main(int argc, char **argv)
{
	struct xg_egl_case *c = cases;

	if (argc == 2 && strcmp(argv[1], "--list") == 0)
		return list();
	if (argc != 3) {
		fprintf(stderr, "usage: xg-egl-case NAME PLATFORM | --list\n");
		return 2;
	}
	while (c && strcmp(c->name, argv[1]) != 0)
		c = c->next;
	if (!c) {
		fprintf(stderr, "xg-egl-case: no case \"%s\"\n", argv[1]);
		return 2;
	}
	if (!open_display(argv[2])) {
		fprintf(stderr, "xg-egl-case: no display of platform \"%s\": EGL error 0x%04x\n",
			argv[2], eglGetError());
		return 1;
	}
	c->run();
	return 0;
}

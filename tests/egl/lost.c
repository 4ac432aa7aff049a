/* SPDX-License-Identifier: MIT */
/*
 * xg-egl-lost: what an application sees when the host or the guest's daemon is killed under it. It
 * draws, says "ready", waits for a line on standard input, by which time the stack is gone, and
 * says what its calls answer then. Nothing may hang.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <GLES2/gl2ext.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <wayland-client.h>
#include <wayland-egl.h>

#include "toplevel.h"

static EGLDisplay display;
static EGLConfig config;
static EGLContext context, other;
static EGLSurface surface;
static struct wl_egl_window *window; /* lives until the end, whatever happens */

static const char *error_name(void)
{
	switch (eglGetError()) {
	case EGL_SUCCESS:
		return "success";
	case EGL_CONTEXT_LOST:
		return "context lost";
	case EGL_BAD_ALLOC:
		return "bad alloc";
	case EGL_NOT_INITIALIZED:
		return "not initialized";
	case EGL_BAD_SURFACE:
		return "bad surface";
	default:
		return "another error";
	}
}

static void say(const char *call, bool is_success)
{
	printf("%s: %s, %s\n", call, is_success ? "yes" : "no", error_name());
	fflush(stdout);
}

static bool open_window(struct wl_display *native)
{
	struct toplevel *toplevel = toplevel_create(native);

	if (!toplevel)
		return false;
	window = wl_egl_window_create(toplevel_surface(toplevel), 64, 64);
	surface = eglCreateWindowSurface(display, config, (EGLNativeWindowType)window, NULL);
	return surface != EGL_NO_SURFACE;
}

static bool set_up(bool has_window)
{
	static const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	static const EGLint size[] = {EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_NONE};
	const EGLint wanted[] = {EGL_SURFACE_TYPE, has_window ? EGL_WINDOW_BIT : EGL_PBUFFER_BIT,
		EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT, EGL_NONE};
	struct wl_display *native = has_window ? wl_display_connect(NULL) : NULL;
	EGLint count;

	display = eglGetPlatformDisplay(
		has_window ? EGL_PLATFORM_WAYLAND_KHR : EGL_PLATFORM_SURFACELESS_MESA, native,
		NULL);
	if (!display || !eglInitialize(display, NULL, NULL) ||
		!eglChooseConfig(display, wanted, &config, 1, &count) || count != 1)
		return false;
	context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
	other = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
	if (has_window && !open_window(native))
		return false;
	if (!has_window)
		surface = eglCreatePbufferSurface(display, config, size);
	return eglMakeCurrent(display, surface, surface, context);
}

static void draw(void)
{
	unsigned char pixel[4] = {7, 7, 7, 7};

	glClearColor(1, 0, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
	glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
	PFNGLGETGRAPHICSRESETSTATUSEXTPROC reset_status =
		(PFNGLGETGRAPHICSRESETSTATUSEXTPROC)eglGetProcAddress(
			"glGetGraphicsResetStatusEXT");
	printf("pixel %d %d %d %d, reset status 0x%x\n", pixel[0], pixel[1], pixel[2], pixel[3],
		reset_status());
}

/* Swaps until one fails; each that was sent before the end was seen may still succeed. */
static void swap_until_it_fails(void)
{
	for (int i = 0; i < 100; i++) {
		if (!eglSwapBuffers(display, surface)) {
			say("swap", false);
			return;
		}
	}
	printf("swap: never fails\n");
}

int main(int argc, char **argv)
{
	const bool has_window = argc == 2 && strcmp(argv[1], "window") == 0;
	char line[16];
	EGLint value;

	if (!set_up(has_window)) {
		fprintf(stderr, "xg-egl-lost: no context: EGL error 0x%04x\n", eglGetError());
		return 1;
	}
	draw();
	eglSwapInterval(display, 0);
	for (int i = 0; has_window && i < 5; i++)
		eglSwapBuffers(display, surface);
	printf("ready\n");
	fflush(stdout);
	(void)!fgets(line, sizeof(line), stdin);

	draw();
	if (has_window)
		swap_until_it_fails();
	say("bind another", eglMakeCurrent(display, surface, surface, other));
	say("release", eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	say("bind", eglMakeCurrent(display, surface, surface, context));
	say("query", eglQueryContext(display, context, EGL_CONTEXT_CLIENT_VERSION, &value));
	say("destroy", eglDestroyContext(display, context));
	say("terminate", eglTerminate(display));
	say("release the thread", eglReleaseThread());
	say("initialize", eglInitialize(display, NULL, NULL));
	return 0;
}

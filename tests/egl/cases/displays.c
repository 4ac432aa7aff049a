/* SPDX-License-Identifier: MIT */
/*
 * Displays of every platform at once in one process: each has its own contexts and surfaces, one
 * thread goes from one to the other, and the end of one is nothing to the rest.
 */
#include "case.h"

#include <wayland-client.h>

enum { DISPLAYS = 4 };

static struct place {
	const char *name;
	EGLenum platform;
	void *native;
	EGLDisplay display;
	EGLConfig config;
	EGLContext context;
} places[DISPLAYS] = {
	{.name = "surfaceless", .platform = EGL_PLATFORM_SURFACELESS_MESA},
	{.name = "device", .platform = EGL_PLATFORM_DEVICE_EXT},
	{.name = "wayland", .platform = EGL_PLATFORM_WAYLAND_KHR},
	{.name = "second wayland", .platform = EGL_PLATFORM_WAYLAND_KHR},
};

static void find_native(struct place *place)
{
	PFNEGLQUERYDEVICESEXTPROC query_devices =
		(PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
	EGLint count;

	if (place->platform == EGL_PLATFORM_WAYLAND_KHR)
		place->native = wl_display_connect(NULL);
	else if (place->platform == EGL_PLATFORM_DEVICE_EXT)
		query_devices(1, (EGLDeviceEXT *)&place->native, &count);
}

/* A context; what it draws to is a framebuffer, since not all platforms have pbuffers. */
static void open_place(struct place *place)
{
	static const EGLint wanted[] = {
		EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT, EGL_NONE};
	static const EGLint attributes[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	EGLint count;

	say("%s", place->name);
	TRY(eglInitialize(place->display, NULL, NULL));
	TRY(eglChooseConfig(place->display, wanted, &place->config, 1, &count));
	place->context =
		TRY(eglCreateContext(place->display, place->config, EGL_NO_CONTEXT, attributes));
}

static void make_current(const struct place *place)
{
	if (!eglMakeCurrent(place->display, EGL_NO_SURFACE, EGL_NO_SURFACE, place->context))
		say("%s: not current, error 0x%04x", place->name, (unsigned)eglGetError());
}

/* Each context counts its textures from 1, whatever the others made. */
static void draw(struct place *place, int round)
{
	GLuint texture, framebuffer;

	make_current(place);
	glGenTextures(1, &texture);
	glBindTexture(GL_TEXTURE_2D, texture);
	glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
	glGenFramebuffers(1, &framebuffer);
	glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
	glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
	clear((float)(place - places) / DISPLAYS, (float)round / 4, 0, 1);
	say("texture %u, framebuffer %u", texture, framebuffer);
	say_pixel(place->name);
	say("current: display %d, context %d", eglGetCurrentDisplay() == place->display,
		eglGetCurrentContext() == place->context);
}

static void mix_up(void)
{
	for (int i = 0; i < DISPLAYS; i++) {
		const struct place *const a = &places[i], *const b = &places[(i + 1) % DISPLAYS];

		TRY(eglMakeCurrent(a->display, EGL_NO_SURFACE, EGL_NO_SURFACE, b->context));
		TRY(eglDestroyContext(a->display, b->context));
		TRY(eglCreateContext(a->display, a->config, b->context, NULL));
	}
}

XG_EGL_CASE(displays)
{
	for (int i = 0; i < DISPLAYS; i++) {
		find_native(&places[i]);
		places[i].display =
			eglGetPlatformDisplay(places[i].platform, places[i].native, NULL);
		for (int j = 0; j < i; j++)
			say("%d is %d: %d", i, j, places[i].display == places[j].display);
	}
	for (int i = 0; i < DISPLAYS; i++)
		open_place(&places[i]);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < DISPLAYS; i++)
			draw(&places[i], round);
	}
	mix_up();
	for (int i = 0; i < DISPLAYS; i++) {
		say("%s ends", places[i].name);
		TRY(eglTerminate(places[i].display));
		for (int j = i + 1; j < DISPLAYS; j++)
			draw(&places[j], i);
	}
	TRY(eglMakeCurrent(EGL_NO_DISPLAY, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	wl_display_disconnect(places[2].native);
	wl_display_disconnect(places[3].native);
}

/* SPDX-License-Identifier: MIT */
/*
 * xg-gl-case: runs one parity program and writes its transcript to standard output.
 *
 * It knows nothing of xenglass: which driver answers is the business of the environment, that is
 * of libglvnd. parity.py runs it once for each and compares.
 */
#include "case.h"

#include <stdio.h>
#include <stdlib.h>

struct xg_case_egl egl;
static struct xg_case *cases;

void xg_case_register(struct xg_case *self)
{
	self->next = cases;
	cases = self;
}

static bool make_current(void)
{
	static const EGLint config_attribs[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT,
		EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT, EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8,
		EGL_BLUE_SIZE, 8, EGL_ALPHA_SIZE, 8, EGL_DEPTH_SIZE, 24, EGL_STENCIL_SIZE, 8,
		EGL_NONE};
	static const EGLint surface_attribs[] = {
		EGL_WIDTH, XG_CASE_SIZE, EGL_HEIGHT, XG_CASE_SIZE, EGL_NONE};
	static const EGLint context_attribs[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	EGLint count;

	egl.display =
		eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	if (!egl.display || !eglInitialize(egl.display, NULL, NULL))
		return false;
	if (!eglChooseConfig(egl.display, config_attribs, &egl.config, 1, &count) || count != 1)
		return false;
	egl.surface = eglCreatePbufferSurface(egl.display, egl.config, surface_attribs);
	egl.context = eglCreateContext(egl.display, egl.config, EGL_NO_CONTEXT, context_attribs);
	return egl.surface && egl.context &&
	       eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int list(void)
{
	const char *all[512];
	size_t count = 0;

	for (struct xg_case *c = cases; c && count < COUNT(all); c = c->next)
		all[count++] = c->name;
	qsort(all, count, sizeof(all[0]), compare);
	for (size_t i = 0; i < count; i++)
		puts(all[i]);
	return 0;
}

int main(int argc, char **argv)
{
	struct xg_case *c = cases;

	if (argc != 2) {
		fprintf(stderr, "usage: xg-gl-case NAME | --list\n");
		return 2;
	}
	if (strcmp(argv[1], "--list") == 0)
		return list();
	while (c && strcmp(c->name, argv[1]) != 0)
		c = c->next;
	if (!c) {
		fprintf(stderr, "xg-gl-case: no case \"%s\"\n", argv[1]);
		return 2;
	}
	if (!make_current()) {
		fprintf(stderr, "xg-gl-case: no context: EGL error 0x%04x\n", eglGetError());
		return 1;
	}
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
	c->run();
	say_error("at the end");
	say("end");
	free_random_bytes();
	eglMakeCurrent(egl.display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglTerminate(egl.display);
	return 0;
}

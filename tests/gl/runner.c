/* SPDX-License-Identifier: MIT */
/*
 * xg-gl-case: runs parity programs, one after the other, and writes their transcripts to standard
 * output.
 *
 * It knows nothing of xenglass: which driver answers is the business of the environment, that is
 * of libglvnd. parity.py runs each in a process of its own; where starting one takes long, several
 * share it.
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

static bool open_display(void)
{
	static const EGLint attribs[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
		EGL_OPENGL_ES2_BIT, EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8, EGL_BLUE_SIZE, 8,
		EGL_ALPHA_SIZE, 8, EGL_DEPTH_SIZE, 24, EGL_STENCIL_SIZE, 8, EGL_NONE};
	EGLint count;

	egl.display =
		eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	return egl.display && eglInitialize(egl.display, NULL, NULL) &&
	       eglChooseConfig(egl.display, attribs, &egl.config, 1, &count) && count == 1;
}

static bool make_current(int version)
{
	static const EGLint surface_attribs[] = {
		EGL_WIDTH, XG_CASE_SIZE, EGL_HEIGHT, XG_CASE_SIZE, EGL_NONE};
	const EGLint context_attribs[] = {EGL_CONTEXT_MAJOR_VERSION, version / 10,
		EGL_CONTEXT_MINOR_VERSION, version % 10, EGL_NONE};

	egl.surface = eglCreatePbufferSurface(egl.display, egl.config, surface_attribs);
	egl.context = eglCreateContext(egl.display, egl.config, EGL_NO_CONTEXT, context_attribs);
	return egl.surface && egl.context &&
	       eglMakeCurrent(egl.display, egl.surface, egl.surface, egl.context);
}

static int fail(const char *what)
{
	fprintf(stderr, "xg-gl-case: no %s: EGL error 0x%04x\n", what, eglGetError());
	return 1;
}

static struct xg_case *find(const char *name)
{
	struct xg_case *c = cases;

	while (c && strcmp(c->name, name) != 0)
		c = c->next;
	if (!c)
		fprintf(stderr, "xg-gl-case: no case \"%s\"\n", name);
	return c;
}

static bool run(const struct xg_case *c)
{
	if (!make_current(c->version))
		return false;
	glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
	c->run();
	say_error("at the end");
	say("end");
	free_random_bytes();
	eglMakeCurrent(egl.display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	eglDestroyContext(egl.display, egl.context);
	eglDestroySurface(egl.display, egl.surface);
	return true;
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
	if (argc < 2) {
		fprintf(stderr, "usage: xg-gl-case NAME… | --list\n");
		return 2;
	}
	if (strcmp(argv[1], "--list") == 0)
		return list();
	for (int i = 1; i < argc; i++) {
		if (!find(argv[i]))
			return 2;
	}
	if (!open_display())
		return fail("display");
	for (int i = 1; i < argc; i++) {
		if (!run(find(argv[i])))
			return fail("context");
	}
	eglTerminate(egl.display);
	return 0;
}

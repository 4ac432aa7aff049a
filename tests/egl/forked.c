/* SPDX-License-Identifier: MIT */
/*
 * xg-egl-forked: a process that draws forks; the child has no part in what is current, but can
 * begin anew, and the parent goes on.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static EGLDisplay display;

static bool begin(void)
{
	static const EGLint version[] = {EGL_CONTEXT_CLIENT_VERSION, 2, EGL_NONE};
	static const EGLint size[] = {EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_NONE};
	static const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
		EGL_OPENGL_ES2_BIT, EGL_NONE};
	EGLContext context;
	EGLSurface surface;
	EGLConfig config;
	EGLint count;

	display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	if (!display || !eglInitialize(display, NULL, NULL) ||
		!eglChooseConfig(display, wanted, &config, 1, &count))
		return false;
	context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
	surface = eglCreatePbufferSurface(display, config, size);
	return eglMakeCurrent(display, surface, surface, context);
}

static void say_pixel(const char *who)
{
	unsigned char pixel[4] = {7, 7, 7, 7};

	glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
	printf("%s: %d %d %d %d\n", who, pixel[0], pixel[1], pixel[2], pixel[3]);
	fflush(stdout);
}

static void clear(float red, float green)
{
	glClearColor(red, green, 0, 1);
	glClear(GL_COLOR_BUFFER_BIT);
}

static int be_child(void)
{
	say_pixel("child, with the parent's context");
	eglTerminate(display);
	if (!begin())
		return 1;
	clear(0, 1);
	say_pixel("child, anew");
	return 0;
}

int main(void)
{
	pid_t child;
	int status = -1;

	if (!begin())
		return 1;
	clear(1, 0);
	say_pixel("parent");
	child = fork();
	if (child == 0)
		_exit(be_child());
	waitpid(child, &status, 0);
	printf("child ended with %d\n", status);
	say_pixel("parent, afterwards");
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * xg-egl-forked: a process that draws forks; the child has no part in what is current, but can
 * begin anew, and the parent goes on.
 *
 * xg-egl-forked busy: it forks while another thread waits for the host in the midst of EGL. The
 * host is made to stand still after "ready", and to go on after "forked".
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES2/gl2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

static _Atomic int opening_thread;

/* Opens the device's display a second time, and waits for the host. */
static void *open_another(void *stopped)
{
	PFNEGLQUERYDEVICESEXTPROC query_devices =
		(PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
	EGLDeviceEXT device;
	EGLDisplay other;
	EGLint count;

	query_devices(1, &device, &count);
	other = eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, device, NULL);
	eglInitialize(other, NULL, NULL);
	eglTerminate(other);
	pthread_barrier_wait(stopped);
	pthread_barrier_wait(stopped);
	opening_thread = gettid();
	return (void *)(uintptr_t)eglInitialize(other, NULL, NULL);
}

static bool is_asleep(int thread)
{
	char path[64], state = '?';
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", thread);
	file = fopen(path, "r");
	if (!file)
		return false;
	if (fscanf(file, "%*d %*[^)]) %c", &state) != 1)
		state = '?';
	fclose(file);
	return state == 'S';
}

/* Until it has slept for a while: a short sleep is for something else. */
static void wait_until_asleep(void)
{
	for (int looks = 0; looks < 50; usleep(1000))
		looks = opening_thread && is_asleep(opening_thread) ? looks + 1 : 0;
}

/* Even ones leave by exit(), with all that it runs. */
static void be_one_of_many(int i)
{
	eglTerminate(display);
	if (!begin())
		_exit(1);
	clear(0, 1);
	if (i % 2)
		_exit(0);
	exit(0);
}

static int fork_often(void)
{
	enum { CHILDREN = 6 };
	pid_t children[CHILDREN];
	int well = 0, status;
	void *is_open = NULL;
	pthread_barrier_t stopped;
	pthread_t thread;

	pthread_barrier_init(&stopped, NULL, 2);
	pthread_create(&thread, NULL, open_another, &stopped);
	pthread_barrier_wait(&stopped);
	printf("ready\n");
	fflush(stdout);
	if (getchar() == EOF)
		return 1;
	pthread_barrier_wait(&stopped);
	wait_until_asleep();
	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (children[i] == 0)
			be_one_of_many(i);
	}
	printf("forked\n");
	fflush(stdout);
	for (int i = 0; i < CHILDREN; i++)
		well += waitpid(children[i], &status, 0) == children[i] && status == 0;
	pthread_join(thread, &is_open);
	printf("%d of %d children are well, the other display %d\n", well, CHILDREN,
		is_open != NULL);
	say_pixel("parent, afterwards");
	return 0;
}

int main(int argc, char **argv)
{
	pid_t child;
	int status = -1;

	if (!begin())
		return 1;
	clear(1, 0);
	say_pixel("parent");
	if (argc > 1)
		return fork_often();
	child = fork();
	if (child == 0)
		_exit(be_child());
	waitpid(child, &status, 0);
	printf("child ended with %d\n", status);
	say_pixel("parent, afterwards");
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Piglit's tests of EGL open X11's display, and most of them ask for desktop GL, although what they
 * test is neither. Preloaded into them, natively and in a guest alike, this library gives them
 * Wayland and ES instead: a window is a Wayland surface of its size that has no role.
 */
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <dlfcn.h>
#include <string.h>
#include <wayland-client.h>
#include <wayland-egl.h>

#define ATTRIBUTES_MAX 64
#define EXPORT	       __attribute__((visibility("default")))
/* The function behind ours of that name. */
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

/* Of libX11, which the tests have loaded. */
typedef int (*get_geometry)(void *display, unsigned long window, unsigned long *root, int *x,
	int *y, unsigned int *width, unsigned int *height, unsigned int *border,
	unsigned int *depth);

static void *x11; /* the last display that was opened */
static struct wl_compositor *compositor;

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	(void)data, (void)version;
	if (strcmp(interface, "wl_compositor") == 0)
		compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 1);
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
	(void)data, (void)registry, (void)name;
}

static const struct wl_registry_listener registry_listener = {handle_global, handle_global_remove};

/* Wayland's display in the place of X11's; EGL_NO_DISPLAY if there is none. */
static EGLDisplay display_for(void *x11_display)
{
	static struct wl_display *wayland;

	x11 = x11_display;
	if (!wayland) {
		wayland = wl_display_connect(NULL);
		if (!wayland)
			return EGL_NO_DISPLAY;
		wl_registry_add_listener(
			wl_display_get_registry(wayland), &registry_listener, NULL);
		wl_display_roundtrip(wayland);
	}
	return NEXT(PFNEGLGETPLATFORMDISPLAYPROC, "eglGetPlatformDisplay")(
		EGL_PLATFORM_WAYLAND_KHR, wayland, NULL);
}

EXPORT EGLDisplay eglGetDisplay(EGLNativeDisplayType native)
{
	return display_for((void *)native);
}

static EGLDisplay get_platform_display_ext(EGLenum platform, void *native, const EGLint *attributes)
{
	if (platform == EGL_PLATFORM_X11_EXT)
		return display_for(native);
	return ((PFNEGLGETPLATFORMDISPLAYEXTPROC)NEXT(PFNEGLGETPROCADDRESSPROC,
		"eglGetProcAddress")("eglGetPlatformDisplayEXT"))(platform, native, attributes);
}

EXPORT EGLBoolean eglBindAPI(EGLenum api)
{
	return NEXT(PFNEGLBINDAPIPROC, "eglBindAPI")(
		api == EGL_OPENGL_API ? EGL_OPENGL_ES_API : api);
}

EXPORT EGLBoolean eglChooseConfig(EGLDisplay display, const EGLint *attributes, EGLConfig *configs,
	EGLint size, EGLint *count)
{
	EGLint ours[ATTRIBUTES_MAX + 1] = {EGL_NONE};

	for (int i = 0; attributes && attributes[i] != EGL_NONE && i < ATTRIBUTES_MAX - 1; i += 2) {
		ours[i] = attributes[i];
		ours[i + 1] = attributes[i + 1];
		if (ours[i] == EGL_RENDERABLE_TYPE && ours[i + 1] == EGL_OPENGL_BIT)
			ours[i + 1] = EGL_OPENGL_ES2_BIT;
		/* Mesa's configs for Wayland are for windows alone. */
		if (ours[i] == EGL_SURFACE_TYPE && ours[i + 1] & EGL_PIXMAP_BIT)
			ours[i + 1] = EGL_WINDOW_BIT;
		ours[i + 2] = EGL_NONE;
	}
	return NEXT(PFNEGLCHOOSECONFIGPROC, "eglChooseConfig")(
		display, attributes ? ours : NULL, configs, size, count);
}

/* What visual a window shall have: X11's own. */
EXPORT EGLBoolean eglGetConfigAttrib(
	EGLDisplay display, EGLConfig config, EGLint attribute, EGLint *value)
{
	typedef void *(*default_visual)(void *display, int screen);
	typedef unsigned long (*visual_id)(void *visual);

	if (!NEXT(PFNEGLGETCONFIGATTRIBPROC, "eglGetConfigAttrib")(
		    display, config, attribute, value))
		return EGL_FALSE;
	if (attribute == EGL_NATIVE_VISUAL_ID)
		*value = (EGLint)((visual_id)dlsym(RTLD_DEFAULT, "XVisualIDFromVisual"))(
			((default_visual)dlsym(RTLD_DEFAULT, "XDefaultVisual"))(x11, 0));
	return EGL_TRUE;
}

/* Asked for X11, which a guest has not. */
EXPORT const char *eglQueryString(EGLDisplay display, EGLint name)
{
	if (display == EGL_NO_DISPLAY && name == EGL_EXTENSIONS)
		return "EGL_EXT_client_extensions EGL_EXT_platform_base EGL_EXT_platform_x11";
	return NEXT(PFNEGLQUERYSTRINGPROC, "eglQueryString")(display, name);
}

/* Of ES 2 at least: a guest has no ES 1, which is what a context of no version is. */
EXPORT EGLContext eglCreateContext(
	EGLDisplay display, EGLConfig config, EGLContext share, const EGLint *attributes)
{
	EGLint ours[ATTRIBUTES_MAX + 1] = {EGL_CONTEXT_MAJOR_VERSION, 2, EGL_NONE};
	int count = 2;

	for (; attributes && *attributes != EGL_NONE && count < ATTRIBUTES_MAX - 1;
		attributes += 2) {
		if (attributes[0] == EGL_CONTEXT_MAJOR_VERSION) {
			ours[1] = attributes[1] == 1 ? 2 : attributes[1];
			continue;
		}
		ours[count++] = attributes[0];
		ours[count++] = attributes[1];
		ours[count] = EGL_NONE;
	}
	return NEXT(PFNEGLCREATECONTEXTPROC, "eglCreateContext")(display, config, share, ours);
}

static struct wl_egl_window *window_for(unsigned long window)
{
	const get_geometry XGetGeometry = (get_geometry)dlsym(RTLD_DEFAULT, "XGetGeometry");
	unsigned int width, height, border, depth;
	unsigned long root;
	int x, y;

	XGetGeometry(x11, window, &root, &x, &y, &width, &height, &border, &depth);
	return wl_egl_window_create(
		wl_compositor_create_surface(compositor), (int)width, (int)height);
}

EXPORT EGLSurface eglCreateWindowSurface(
	EGLDisplay display, EGLConfig config, EGLNativeWindowType window, const EGLint *attributes)
{
	return NEXT(PFNEGLCREATEWINDOWSURFACEPROC, "eglCreateWindowSurface")(display, config,
		(EGLNativeWindowType)window_for((unsigned long)window), attributes);
}

static EGLSurface create_platform_window_ext(
	EGLDisplay display, EGLConfig config, void *window, const EGLint *attributes)
{
	return eglCreateWindowSurface(display, config, *(EGLNativeWindowType *)window, attributes);
}

EXPORT __eglMustCastToProperFunctionPointerType eglGetProcAddress(const char *name)
{
	if (strcmp(name, "eglGetPlatformDisplayEXT") == 0)
		return (__eglMustCastToProperFunctionPointerType)get_platform_display_ext;
	if (strcmp(name, "eglCreatePlatformWindowSurfaceEXT") == 0)
		return (__eglMustCastToProperFunctionPointerType)create_platform_window_ext;
	return NEXT(PFNEGLGETPROCADDRESSPROC, "eglGetProcAddress")(name);
}

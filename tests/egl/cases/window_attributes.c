/* SPDX-License-Identifier: MIT */
/* Every attribute that a window might be made with, set to, and asked about; and intervals. */
#include "sweep.h"

#include <wayland-egl.h>

#include "toplevel.h"

static const EGLint values[] = {-1, 0, 1, EGL_NONE, EGL_BACK_BUFFER, EGL_SINGLE_BUFFER,
	EGL_GL_COLORSPACE_SRGB, EGL_GL_COLORSPACE_LINEAR, EGL_VG_COLORSPACE_LINEAR,
	EGL_VG_ALPHA_FORMAT_PRE, EGL_BUFFER_PRESERVED, EGL_BUFFER_DESTROYED,
	EGL_MULTISAMPLE_RESOLVE_BOX};

static struct wl_egl_window *window;

static void create(struct sweep *sweep, EGLConfig with, EGLint name, EGLint value, bool wide)
{
	const EGLint narrow_list[] = {name, value, EGL_NONE};
	const EGLAttrib wide_list[] = {name, value, EGL_NONE};
	EGLSurface surface = wide ? eglCreatePlatformWindowSurface(display, with, window, wide_list)
				  : eglCreateWindowSurface(display, with,
					    (EGLNativeWindowType)window, narrow_list);
	const EGLint error = eglGetError();

	if (surface)
		eglDestroySurface(display, surface);
	sweep_add(sweep, name, surface != EGL_NO_SURFACE, error);
}

static void creating(void)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct sweep sweep = {.what = "creating"};

		say("value 0x%x", (unsigned)values[i]);
		for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
			if (name != EGL_NONE)
				create(&sweep, config, name, values[i], i & 1);
		}
		sweep_end(&sweep);
	}
}

static void with_each_config(void)
{
	struct sweep sweep = {.what = "config"};
	EGLConfig all[256];
	EGLint count = 0;

	eglGetConfigs(display, all, 256, &count);
	for (EGLint i = 0; i < count; i++)
		create(&sweep, all[i], EGL_RENDER_BUFFER, EGL_BACK_BUFFER, i & 1);
	create(&sweep, EGL_NO_CONFIG_KHR, EGL_RENDER_BUFFER, EGL_BACK_BUFFER, false);
	sweep_end(&sweep);
}

static void questions(EGLSurface surface)
{
	struct sweep sweep = {.what = "question"};

	for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
		EGLint answer = -77;
		const EGLBoolean is_known = eglQuerySurface(display, surface, name, &answer);

		sweep_add(&sweep, name, is_known, answer);
	}
	sweep_end(&sweep);
}

static void setting(EGLSurface surface)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct sweep sweep = {.what = "setting"};

		say("value 0x%x", (unsigned)values[i]);
		for (EGLint name = SWEEP_FIRST; name < SWEEP_LAST; name++) {
			const EGLBoolean is_set =
				eglSurfaceAttrib(display, surface, name, values[i]);

			sweep_add(&sweep, name, is_set, 0);
		}
		sweep_end(&sweep);
	}
}

static void intervals(EGLSurface surface)
{
	static const EGLint some[] = {INT32_MIN, -1, 0, 1, 2, 5, INT32_MAX, 0};

	for (size_t i = 0; i < COUNT(some); i++) {
		say("interval %d", some[i]);
		TRY(eglSwapInterval(display, some[i]));
		clear(0, (float)i / 8, 0, 1);
		TRY(eglSwapBuffers(display, surface));
	}
}

/* What a window is not: a pbuffer, and a source of pixmaps. */
static void wrong_calls(EGLSurface surface)
{
	TRY(eglBindTexImage(display, surface, EGL_BACK_BUFFER));
	TRY(eglReleaseTexImage(display, surface, EGL_BACK_BUFFER));
	TRY(eglCopyBuffers(display, surface, 0));
	TRY(eglCreatePlatformPixmapSurface(display, config, window, NULL));
	TRY(eglCreatePixmapSurface(display, config, (EGLNativePixmapType)(uintptr_t)window, NULL));
	TRY(eglCreatePbufferFromClientBuffer(display, EGL_OPENVG_IMAGE, window, config, NULL));
	TRY(eglCreatePbufferFromClientBuffer(display, EGL_WIDTH, window, config, NULL));
}

XG_EGL_CASE(window_attributes)
{
	struct toplevel *toplevel;
	EGLContext context;
	EGLSurface surface;

	if (platform != EGL_PLATFORM_WAYLAND_KHR) {
		say("no windows here");
		return;
	}
	toplevel = toplevel_create(native);
	window = wl_egl_window_create(toplevel_surface(toplevel), 32, 24);
	creating();
	with_each_config();
	surface = TRY(eglCreateWindowSurface(display, config, (EGLNativeWindowType)window, NULL));
	setting(surface);
	questions(surface);
	wrong_calls(surface);
	context = TRY(new_context(EGL_NO_CONTEXT));
	TRY(eglMakeCurrent(display, surface, surface, context));
	intervals(surface);
	setting(surface);
	wrong_calls(surface);
	questions(surface);
	TRY(eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT));
	TRY(eglDestroySurface(display, surface));
	wl_egl_window_destroy(window);
	toplevel_destroy(toplevel);
}

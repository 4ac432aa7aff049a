/* SPDX-License-Identifier: MIT */
/* Every attribute of every config, and what choosing gives. */
#include "case.h"

#include <stdio.h>

static const EGLint attributes[] = {
	EGL_ALPHA_MASK_SIZE,
	EGL_ALPHA_SIZE,
	EGL_BIND_TO_TEXTURE_RGB,
	EGL_BIND_TO_TEXTURE_RGBA,
	EGL_BLUE_SIZE,
	EGL_BUFFER_SIZE,
	EGL_COLOR_BUFFER_TYPE,
	EGL_CONFIG_CAVEAT,
	EGL_CONFIG_ID,
	EGL_DEPTH_SIZE,
	EGL_GREEN_SIZE,
	EGL_LEVEL,
	EGL_LUMINANCE_SIZE,
	EGL_MAX_PBUFFER_HEIGHT,
	EGL_MAX_PBUFFER_PIXELS,
	EGL_MAX_PBUFFER_WIDTH,
	EGL_MAX_SWAP_INTERVAL,
	EGL_MIN_SWAP_INTERVAL,
	EGL_NATIVE_RENDERABLE,
	EGL_NATIVE_VISUAL_ID,
	EGL_NATIVE_VISUAL_TYPE,
	EGL_RED_SIZE,
	EGL_SAMPLE_BUFFERS,
	EGL_SAMPLES,
	EGL_STENCIL_SIZE,
	EGL_SURFACE_TYPE,
	EGL_TRANSPARENT_BLUE_VALUE,
	EGL_TRANSPARENT_GREEN_VALUE,
	EGL_TRANSPARENT_RED_VALUE,
	EGL_TRANSPARENT_TYPE,
	EGL_COLOR_COMPONENT_TYPE_EXT,
};

static void say_config(EGLConfig one)
{
	char line[512];
	size_t used = 0;
	EGLint value;

	for (size_t i = 0; i < COUNT(attributes); i++) {
		value = -2;
		eglGetConfigAttrib(display, one, attributes[i], &value);
		used += (size_t)snprintf(line + used, sizeof(line) - used, " %x", (unsigned)value);
	}
	say("config:%s", line);
	value = 0;
	eglGetConfigAttrib(display, one, EGL_RENDERABLE_TYPE, &value);
	say("ES %x", (unsigned)value & (EGL_OPENGL_ES_BIT | EGL_OPENGL_ES2_BIT));
}

static void choose(const EGLint *wanted)
{
	EGLConfig chosen[256];
	EGLint count = -1, id = 0;
	const EGLBoolean is_chosen = eglChooseConfig(display, wanted, chosen, 256, &count);

	say("chosen: %d of %d, error 0x%04x", is_chosen, count, (unsigned)eglGetError());
	for (EGLint i = 0; is_chosen && i < count; i++) {
		eglGetConfigAttrib(display, chosen[i], EGL_CONFIG_ID, &id);
		say("  config %d", id);
	}
}

XG_EGL_CASE(configs)
{
	EGLConfig all[256];
	EGLint count = 0;

	TRY(eglGetConfigs(display, NULL, 0, &count));
	say("%d configs", count);
	TRY(eglGetConfigs(display, all, 3, &count));
	say("%d configs of 3", count);
	TRY(eglGetConfigs(display, all, 256, &count));
	for (EGLint i = 0; i < count; i++)
		say_config(all[i]);

	choose(NULL);
	choose((const EGLint[]){EGL_RENDERABLE_TYPE, EGL_OPENGL_ES2_BIT, EGL_NONE});
	choose((const EGLint[]){EGL_RENDERABLE_TYPE, EGL_OPENGL_ES3_BIT, EGL_NONE});
	choose((const EGLint[]){EGL_RED_SIZE, 8, EGL_ALPHA_SIZE, 8, EGL_DEPTH_SIZE, 16, EGL_NONE});
	choose((const EGLint[]){EGL_SAMPLES, 4, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE});
	choose((const EGLint[]){EGL_CONFIG_ID, 3, EGL_NONE});
	choose((const EGLint[]){EGL_BUFFER_SIZE, 16, EGL_STENCIL_SIZE, EGL_DONT_CARE, EGL_NONE});
	choose((const EGLint[]){EGL_RED_SIZE, 99, EGL_NONE});
	choose((const EGLint[]){EGL_RED_SIZE, -5, EGL_NONE});
	choose((const EGLint[]){EGL_WIDTH, 8, EGL_NONE});
	choose((const EGLint[]){EGL_SURFACE_TYPE, EGL_PIXMAP_BIT, EGL_NONE});
}

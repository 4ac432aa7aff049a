/* SPDX-License-Identifier: MIT */
/* Pbuffers, and the surfaces that a platform without them refuses. */
#include "case.h"

static void create(const char *what, EGLConfig with, const EGLint *attributes)
{
	static const EGLint names[] = {EGL_WIDTH, EGL_HEIGHT, EGL_CONFIG_ID, EGL_LARGEST_PBUFFER,
		EGL_TEXTURE_FORMAT, EGL_TEXTURE_TARGET, EGL_MIPMAP_TEXTURE, EGL_MIPMAP_LEVEL,
		EGL_RENDER_BUFFER, EGL_SWAP_BEHAVIOR, EGL_MULTISAMPLE_RESOLVE,
		EGL_HORIZONTAL_RESOLUTION, EGL_VERTICAL_RESOLUTION, EGL_PIXEL_ASPECT_RATIO,
		EGL_GL_COLORSPACE, EGL_VG_ALPHA_FORMAT, EGL_RED_SIZE};
	EGLSurface surface = eglCreatePbufferSurface(display, with, attributes);

	say_result(what, surface != EGL_NO_SURFACE);
	for (size_t i = 0; surface && i < COUNT(names); i++) {
		EGLint value = -77;
		const EGLBoolean is_known = eglQuerySurface(display, surface, names[i], &value);

		say("  0x%04x: %d %d, error 0x%04x", (unsigned)names[i], is_known, value,
			(unsigned)eglGetError());
	}
	if (surface)
		TRY(eglDestroySurface(display, surface));
}

XG_EGL_CASE(surfaces)
{
	EGLSurface surface;
	EGLint value = 0;

	create("plain", config, (const EGLint[]){EGL_WIDTH, 13, EGL_HEIGHT, 7, EGL_NONE});
	create("no size", config, NULL);
	create("zero", config, (const EGLint[]){EGL_WIDTH, 0, EGL_HEIGHT, 0, EGL_NONE});
	create("negative", config, (const EGLint[]){EGL_WIDTH, -1, EGL_HEIGHT, 4, EGL_NONE});
	create("texture", config,
		(const EGLint[]){EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_TEXTURE_FORMAT, EGL_TEXTURE_RGBA,
			EGL_TEXTURE_TARGET, EGL_TEXTURE_2D, EGL_NONE});
	create("format without target", config,
		(const EGLint[]){EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_TEXTURE_FORMAT, EGL_TEXTURE_RGBA,
			EGL_NONE});
	create("srgb", config,
		(const EGLint[]){EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_GL_COLORSPACE,
			EGL_GL_COLORSPACE_SRGB, EGL_NONE});
	create("not an attribute", config, (const EGLint[]){EGL_RED_SIZE, 8, EGL_NONE});
	create("not a config", (EGLConfig)&value, NULL);

	surface = TRY(new_pbuffer(8));
	TRY(eglQuerySurface(display, (EGLSurface)&value, EGL_WIDTH, &value));
	TRY(eglQuerySurface(display, surface, EGL_DEPTH_SIZE, &value));
	TRY(eglSurfaceAttrib(display, surface, EGL_MIPMAP_LEVEL, 1));
	TRY(eglSurfaceAttrib(display, surface, EGL_SWAP_BEHAVIOR, EGL_BUFFER_PRESERVED));
	TRY(eglSurfaceAttrib(
		display, surface, EGL_MULTISAMPLE_RESOLVE, EGL_MULTISAMPLE_RESOLVE_BOX));
	TRY(eglSurfaceAttrib(display, surface, EGL_WIDTH, 1));
	TRY(eglSurfaceAttrib(display, (EGLSurface)&value, EGL_MIPMAP_LEVEL, 1));
	TRY(eglSwapBuffers(display, surface));
	TRY(eglSwapBuffers(display, (EGLSurface)&value));
	TRY(eglSwapInterval(display, 1));
	TRY(eglCopyBuffers(display, surface, 0));
	TRY(eglCopyBuffers(display, (EGLSurface)&value, 0));
	TRY(eglBindTexImage(display, surface, EGL_BACK_BUFFER));
	TRY(eglReleaseTexImage(display, surface, EGL_BACK_BUFFER));
	TRY(eglDestroySurface(display, surface));
	TRY(eglDestroySurface(display, surface));
	TRY(eglDestroySurface(display, EGL_NO_SURFACE));
	TRY(eglQuerySurface(display, surface, EGL_WIDTH, &value));
	TRY(eglCreatePixmapSurface(display, config, 0, NULL));
	TRY(eglCreatePlatformPixmapSurface(display, config, NULL, NULL));
	TRY(eglCreateWindowSurface(display, config, 0, NULL));
	TRY(eglCreatePlatformWindowSurface(display, config, NULL, NULL));
	TRY(eglCreatePbufferFromClientBuffer(display, EGL_OPENVG_IMAGE, NULL, config, NULL));
	TRY(eglCreatePbufferFromClientBuffer(display, EGL_WIDTH, NULL, config, NULL));
	TRY(eglCreatePbufferFromClientBuffer(
		display, EGL_OPENVG_IMAGE, NULL, (EGLConfig)&value, NULL));
}

/* SPDX-License-Identifier: MIT */
/* What renderer.c and renderer_egl.c share. */
#ifndef XG_COMPOSITOR_RENDERER_PRIVATE_H
#define XG_COMPOSITOR_RENDERER_PRIVATE_H

#include <wayland-util.h>

#include "renderer.h"

enum xg_program_kind {
	XG_PROGRAM_RGBA,
	XG_PROGRAM_PLAIN,
	XG_PROGRAM_RGBX,
	XG_PROGRAM_SOLID,
	XG_PROGRAM_SHADOW,
	XG_PROGRAM_BACKGROUND,
	XG_PROGRAM_COUNT,
};

#define XG_ATTRIBUTE_POSITION 0

struct xg_program {
	GLuint name;
	GLint size, colour, corner, across, down, extent, reach;
};

struct xg_renderer {
	EGLDisplay display;
	EGLConfig config;
	EGLContext context;
	struct xg_program programs[XG_PROGRAM_COUNT];
	GLint max_size;
	bool reads_bgra;
	GLuint copied; /* the framebuffer that pictures are copied from; 0: none are copied */
	struct wl_array corners;
};

#endif

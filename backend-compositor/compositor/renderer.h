/* SPDX-License-Identifier: MIT */
/*
 * The only part that draws: one EGL display, one GLES 2 context, three programs (shaders/).
 *
 * It paints scenes into a canvas, a picture of an output that lasts from frame to frame, so that
 * only what changed is painted anew; an output then shows its canvas as it can. All calls are made
 * on the one thread of the compositor.
 */
#ifndef XG_COMPOSITOR_RENDERER_H
#define XG_COMPOSITOR_RENDERER_H

#include <stdbool.h>
#include <stdint.h>
#include <EGL/egl.h>
#include <GLES2/gl2.h>
#include <pixman.h>

#include "box.h"
#include "scene.h"

struct xg_renderer;

struct xg_canvas {
	GLuint framebuffer, texture;
	int32_t width, height;
};

/*
 * Opens the EGL display of a platform (EGL_PLATFORM_…) on a native display, and makes a GLES 2
 * context current with no surface. with_windows asks for a configuration that windows can have.
 * NULL after one line in the log that says what is missing.
 */
struct xg_renderer *xg_renderer_create(EGLenum platform, void *native_display, bool with_windows);
void xg_renderer_destroy(struct xg_renderer *renderer);

EGLDisplay xg_renderer_display(const struct xg_renderer *renderer);
EGLConfig xg_renderer_config(const struct xg_renderer *renderer);

/* The widest and highest texture that can be. */
int32_t xg_renderer_max_size(const struct xg_renderer *renderer);

/* Makes the context current, on a window surface or, with EGL_NO_SURFACE, on none. */
bool xg_renderer_make_current(struct xg_renderer *renderer, EGLSurface surface);

/* A black canvas. False, with nothing made, if the driver refuses the size. */
bool xg_canvas_init(struct xg_canvas *canvas, int32_t width, int32_t height);
void xg_canvas_finish(struct xg_canvas *canvas);

/* Paints the visible part of each node within damage; the canvas' corner is at the layout's 0, 0.
 */
void xg_renderer_paint(struct xg_renderer *renderer, const struct xg_canvas *canvas,
	const struct xg_scene *scene, const pixman_region32_t *damage);

/* Draws the whole canvas onto the window surface that is current. */
void xg_renderer_show(struct xg_renderer *renderer, const struct xg_canvas *canvas);

/*
 * Reads a box of the canvas, which must lie within it, as WL_SHM_FORMAT_XRGB8888, top row first,
 * into rows of stride_bytes ≥ 4 × width.
 */
void xg_renderer_read(struct xg_renderer *renderer, const struct xg_canvas *canvas,
	const struct xg_box *box, void *data, int32_t stride_bytes);

#endif

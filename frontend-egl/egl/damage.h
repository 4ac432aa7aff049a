/* SPDX-License-Identifier: MIT */
/*
 * What of a window's frame is old: the age of its buffer (EGL_EXT_buffer_age), and the region that
 * the frame will change (EGL_KHR_partial_update).
 *
 * Once the age was asked for, the host tells it with each swap, in the stream's page. Asking then
 * waits until that swap is done, which in a program that keeps the compositor's pace it is.
 */
#ifndef XG_EGL_DAMAGE_H
#define XG_EGL_DAMAGE_H

#include <EGL/egl.h>
#include <EGL/eglext.h>

struct xg_stream;
struct xg_surface;

/* More rectangles than that are not worth telling: then all of the surface is damaged. */
enum { XG_DAMAGE_RECTS_MAX = 64 };

/* The number of rectangles to tell: 0, that is everything, if there are too many. */
EGLint xg_damage_limit(EGLint rect_count);

/*
 * The age of the back buffer of a surface, on the thread where it is current for drawing. The error
 * to raise. May block.
 */
EGLint xg_damage_age(struct xg_surface *surface, struct xg_stream *stream, EGLint *age);

/* A new frame begins: its swap was sent. */
void xg_damage_frame_sent(struct xg_surface *surface);

#endif

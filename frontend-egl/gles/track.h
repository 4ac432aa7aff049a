/* SPDX-License-Identifier: MIT */
/*
 * State that programs like to ask for in each frame, to put it back later: bindings, viewport,
 * scissor box, blending, what is enabled. It is kept here as it was set, and judged when it is
 * asked for: where it is not certain what the driver made of it (an argument that one driver takes
 * and another refuses), the host is asked until it is set again.
 */
#ifndef XG_GLES_TRACK_H
#define XG_GLES_TRACK_H

#include <stdbool.h>
#include <stdint.h>

#include "gles/share.h"

#define XG_TRACK_UNITS 32

/* What the share group keeps for a texture that is GL_TEXTURE_2D's. */
#define XG_TRACK_2D 1

/* A state of up to four values. */
struct xg_tracked {
	bool is_known;
	int32_t values[4];
};

struct xg_track {
	uint32_t unit;	  /* active texture unit, from 0 */
	uint32_t enabled; /* a bit for each capability in track.c */
	uint32_t textures_2d[XG_TRACK_UNITS];
	uint32_t textures_cube[XG_TRACK_UNITS];
	uint32_t draw_framebuffer, read_framebuffer, renderbuffer;
	struct xg_tracked program;
	struct xg_tracked pipeline; /* unknown until one is bound */
	struct xg_tracked viewport, scissor;
	/* Of the first draw buffer, as it is asked for without an index. */
	struct xg_tracked blend_func;	  /* RGB source, destination, then alpha's */
	struct xg_tracked blend_equation; /* RGB, alpha */
	uint32_t blends; /* a bit for each draw buffer for which GL_BLEND is enabled */
};

/* The state of a new context. */
void xg_track_init(struct xg_track *track);

/* The values of a glGet pname; 0 if it is not kept or not known, else how many there are. */
uint32_t xg_track_get(const struct xg_track *track, uint32_t pname, int32_t values[4]);

/* glEnable or glDisable, glBlendFunc, glBlendEquation were sent; or for the first draw buffer. */
void xg_track_enable(struct xg_track *track, uint32_t cap, bool is_enabled);
void xg_track_blend_func(struct xg_track *track, uint32_t src_rgb, uint32_t dst_rgb,
	uint32_t src_alpha, uint32_t dst_alpha);
void xg_track_blend_equation(struct xg_track *track, uint32_t rgb, uint32_t alpha);

/* glBindTexture was sent, or is about to be. */
void xg_track_bind_texture(
	struct xg_track *track, struct xg_share *share, uint32_t target, uint32_t name);

/* Whether that texture is bound already, for the target that nearly all textures have. */
static inline bool xg_track_has_texture(
	const struct xg_track *track, uint32_t target, uint32_t name)
{
	return target == 0x0de1 /* GL_TEXTURE_2D */ && track->unit < XG_TRACK_UNITS &&
	       track->textures_2d[track->unit] == name;
}

/* The texture of that name has that target, though it was not bound to it. */
void xg_track_make_texture(struct xg_share *share, uint32_t target, uint32_t name);

/* Other glBind* and glDelete* were sent. */
void xg_track_bind_framebuffer(struct xg_track *track, uint32_t target, uint32_t name);
void xg_track_bind_renderbuffer(struct xg_track *track, uint32_t name);
void xg_track_delete_texture(struct xg_track *track, struct xg_share *share, uint32_t name);
void xg_track_delete_framebuffer(struct xg_track *track, uint32_t name);
void xg_track_delete_renderbuffer(struct xg_track *track, uint32_t name);

#endif

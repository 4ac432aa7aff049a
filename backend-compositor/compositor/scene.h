/* SPDX-License-Identifier: MIT */
/*
 * What stands on an output, flattened: a list of rectangles, topmost first, built anew for each
 * frame. Nothing else in the compositor keeps account of what must be repainted when a window
 * moves, opens or is covered: that is the difference between two scenes. Only a change of a
 * surface's content, which no difference of places shows, is told to the output
 * (xg_output_damage_surface).
 */
#ifndef XG_COMPOSITOR_SCENE_H
#define XG_COMPOSITOR_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <pixman.h>

#include "affine.h"
#include "box.h"

struct xg_output;
struct xg_surface;
struct xg_texture;

enum xg_node_kind {
	XG_NODE_PICTURE,
	XG_NODE_COLOUR,
	XG_NODE_SHADOW,	    /* around what is XG_SHADOW_REACH within its box */
	XG_NODE_BACKGROUND, /* of the whole output */
};

/* No wider than the gap that is left between windows: no shadow falls on one beside it. */
#define XG_SHADOW_REACH 8

struct xg_node {
	enum xg_node_kind kind;
	/* What it is, the same in each frame, and never used again for another thing. */
	uint64_t id;
	/* Which content of what the compositor draws itself; 0 for a surface. */
	uint64_t version;
	/* NULL for what the compositor draws. Valid only while the frame is made. */
	struct xg_surface *surface;
	/* Of a picture. Valid only while the frame is made. */
	struct xg_texture *texture;
	/* Of a colour or a shadow; premultiplied. */
	float colour[4];
	/* The whole of it, and the part of that which may be seen; layout coordinates. */
	struct xg_box box, clip;
	/* From pixels of box to texture coordinates. */
	struct xg_affine sampling;
	/* Scaled, and so to be filtered. */
	bool smooth;
	/* The texture's pixels are the box', one by one and in the same order. */
	bool is_plain;
	/* Layout coordinates, within clip: where nothing below shows through ... */
	pixman_region32_t opaque;
	/* ... and what nothing above covers. Set by xg_scene_occlude(). */
	pixman_region32_t visible;
};

struct xg_scene {
	struct xg_node *nodes;
	size_t count, capacity;
};

void xg_scene_init(struct xg_scene *scene);
void xg_scene_finish(struct xg_scene *scene);

/* Empties the scene, keeping its memory. */
void xg_scene_clear(struct xg_scene *scene);

/*
 * Puts a node below all that are there, with empty regions and the given clip cut to box. The
 * pointer is valid until the next call; NULL if the clip leaves nothing of the box.
 */
struct xg_node *xg_scene_add(
	struct xg_scene *scene, uint64_t id, const struct xg_box *box, const struct xg_box *clip);

/* Puts a rectangle of one opaque colour below all that are there. */
void xg_scene_add_colour(
	struct xg_scene *scene, uint64_t id, const struct xg_box *box, const float rgb[3]);

/* Puts a shadow around a box there, of that depth at the box' edge. */
void xg_scene_add_shadow(
	struct xg_scene *scene, uint64_t id, const struct xg_box *box, float depth);

/* Puts a surface and its subsurfaces there, cut to clip, its own corner at x, y. */
void xg_scene_add_surface(struct xg_scene *scene, struct xg_surface *surface, int32_t x, int32_t y,
	const struct xg_box *clip);

/* Works out the visible part of every node within bounds. */
void xg_scene_occlude(struct xg_scene *scene, const struct xg_box *bounds);

/* Adds to damage all places where now does not show what before did, contents of surfaces apart. */
void xg_scene_difference(
	const struct xg_scene *before, const struct xg_scene *now, pixman_region32_t *damage);

/*
 * Fills the scene with all that the server has on show, topmost first, down to the background.
 * Textures of titles are drawn as needed, so the renderer must be current.
 */
void xg_scene_build(struct xg_scene *scene, struct xg_output *output, bool with_cursor);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Affine maps of the plane: x' = a x + b y + c, y' = d x + e y + f.
 *
 * A surface's pixels reach its buffer's through wp_viewport, the buffer's scale and its transform;
 * one such map says all three at once, and serves texture coordinates and damage alike.
 */
#ifndef XG_COMPOSITOR_AFFINE_H
#define XG_COMPOSITOR_AFFINE_H

#include <stdbool.h>
#include <stdint.h>
#include <pixman.h>

#include "box.h"

struct xg_affine {
	double a, b, c;
	double d, e, f;
};

#define XG_AFFINE_IDENTITY ((struct xg_affine){.a = 1, .e = 1})

/* Whether the map moves nothing. */
bool xg_affine_is_identity(const struct xg_affine *map);

/* The map that does first, then second. */
struct xg_affine xg_affine_then(const struct xg_affine *first, const struct xg_affine *second);

/* The way back. The map must not be singular: none made from a surface is. */
struct xg_affine xg_affine_inverse(const struct xg_affine *map);

/*
 * Maps a surface of width × height (after the transform, before any viewport) to its buffer, both
 * in units of the unscaled surface. transform is an enum wl_output_transform, which names what the
 * client has done to its picture: turned counter-clockwise, after a flip about the vertical axis.
 */
struct xg_affine xg_affine_from_transform(int32_t transform, int32_t width, int32_t height);

/*
 * Adds the picture of source, each rectangle grown by that many units on each side, under the map
 * to target, rounded outwards, for maps that keep rectangles upright. What lies outside bounds is
 * dropped.
 */
void xg_affine_add_region(const struct xg_affine *map, pixman_region32_t *target,
	const pixman_region32_t *source, int grown, const struct xg_box *bounds);

#endif

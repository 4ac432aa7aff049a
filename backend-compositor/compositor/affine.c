/* SPDX-License-Identifier: MIT */
/* See affine.h. */
#include "affine.h"

#include <math.h>
#include <wayland-server-protocol.h>

bool xg_affine_is_identity(const struct xg_affine *map)
{
	return map->a == 1 && map->b == 0 && map->c == 0 && map->d == 0 && map->e == 1 &&
	       map->f == 0;
}

struct xg_affine xg_affine_then(const struct xg_affine *first, const struct xg_affine *second)
{
	return (struct xg_affine){
		.a = second->a * first->a + second->b * first->d,
		.b = second->a * first->b + second->b * first->e,
		.c = second->a * first->c + second->b * first->f + second->c,
		.d = second->d * first->a + second->e * first->d,
		.e = second->d * first->b + second->e * first->e,
		.f = second->d * first->c + second->e * first->f + second->f,
	};
}

struct xg_affine xg_affine_inverse(const struct xg_affine *map)
{
	const double scale = 1.0 / (map->a * map->e - map->b * map->d);

	return (struct xg_affine){
		.a = map->e * scale,
		.b = -map->b * scale,
		.c = (map->b * map->f - map->e * map->c) * scale,
		.d = -map->d * scale,
		.e = map->a * scale,
		.f = (map->d * map->c - map->a * map->f) * scale,
	};
}

struct xg_affine xg_affine_from_transform(int32_t transform, int32_t width, int32_t height)
{
	const double w = width, h = height;
	const struct xg_affine maps[] = {
		[WL_OUTPUT_TRANSFORM_NORMAL] = {.a = 1, .e = 1},
		[WL_OUTPUT_TRANSFORM_90] = {.b = 1, .d = -1, .f = w},
		[WL_OUTPUT_TRANSFORM_180] = {.a = -1, .c = w, .e = -1, .f = h},
		[WL_OUTPUT_TRANSFORM_270] = {.b = -1, .c = h, .d = 1},
		[WL_OUTPUT_TRANSFORM_FLIPPED] = {.a = -1, .c = w, .e = 1},
		[WL_OUTPUT_TRANSFORM_FLIPPED_90] = {.b = 1, .d = 1},
		[WL_OUTPUT_TRANSFORM_FLIPPED_180] = {.a = 1, .e = -1, .f = h},
		[WL_OUTPUT_TRANSFORM_FLIPPED_270] = {.b = -1, .c = h, .d = -1, .f = w},
	};

	return maps[transform];
}

static double limit(double value, double low, double high)
{
	return fmin(fmax(value, low), high);
}

void xg_affine_add_region(const struct xg_affine *map, pixman_region32_t *target,
	const pixman_region32_t *source, int grown, const struct xg_box *bounds)
{
	const double left = bounds->x, right = (double)bounds->x + bounds->width;
	const double top = bounds->y, bottom = (double)bounds->y + bounds->height;
	int count;
	const pixman_box32_t *box = pixman_region32_rectangles((pixman_region32_t *)source, &count);

	for (const pixman_box32_t *end = box + count; box < end; box++) {
		const double near_x = box->x1 - grown, near_y = box->y1 - grown;
		const double far_x = box->x2 + grown, far_y = box->y2 + grown;
		const double x1 = map->a * near_x + map->b * near_y + map->c;
		const double y1 = map->d * near_x + map->e * near_y + map->f;
		const double x2 = map->a * far_x + map->b * far_y + map->c;
		const double y2 = map->d * far_x + map->e * far_y + map->f;
		const double x = limit(floor(fmin(x1, x2)), left, right);
		const double y = limit(floor(fmin(y1, y2)), top, bottom);
		const double width = limit(ceil(fmax(x1, x2)), left, right) - x;
		const double height = limit(ceil(fmax(y1, y2)), top, bottom) - y;

		if (width > 0 && height > 0)
			pixman_region32_union_rect(
				target, target, (int)x, (int)y, (unsigned)width, (unsigned)height);
	}
}

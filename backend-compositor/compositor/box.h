/* SPDX-License-Identifier: MIT */
/* Rectangles of whole pixels. A box with no width or no height is empty. */
#ifndef XG_COMPOSITOR_BOX_H
#define XG_COMPOSITOR_BOX_H

#include <stdbool.h>
#include <stdint.h>

struct xg_box {
	int32_t x, y;
	int32_t width, height;
};

static inline bool xg_box_is_empty(const struct xg_box *box)
{
	return box->width <= 0 || box->height <= 0;
}

static inline bool xg_box_contains(const struct xg_box *box, double x, double y)
{
	return x >= box->x && y >= box->y && x < (double)box->x + box->width &&
	       y < (double)box->y + box->height;
}

static inline bool xg_box_equal(const struct xg_box *a, const struct xg_box *b)
{
	return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/* The part that two boxes share; empty (all zero) when they share none. */
static inline struct xg_box xg_box_intersect(const struct xg_box *a, const struct xg_box *b)
{
	const int64_t left = a->x > b->x ? a->x : b->x;
	const int64_t top = a->y > b->y ? a->y : b->y;
	const int64_t a_right = (int64_t)a->x + a->width, b_right = (int64_t)b->x + b->width;
	const int64_t a_bottom = (int64_t)a->y + a->height, b_bottom = (int64_t)b->y + b->height;
	const int64_t right = a_right < b_right ? a_right : b_right;
	const int64_t bottom = a_bottom < b_bottom ? a_bottom : b_bottom;

	if (right <= left || bottom <= top)
		return (struct xg_box){0};
	return (struct xg_box){
		(int32_t)left, (int32_t)top, (int32_t)(right - left), (int32_t)(bottom - top)};
}

/* The smallest box around both; an empty one counts for nothing. */
static inline struct xg_box xg_box_union(const struct xg_box *a, const struct xg_box *b)
{
	if (xg_box_is_empty(a))
		return *b;
	if (xg_box_is_empty(b))
		return *a;

	const int64_t left = a->x < b->x ? a->x : b->x;
	const int64_t top = a->y < b->y ? a->y : b->y;
	const int64_t a_right = (int64_t)a->x + a->width, b_right = (int64_t)b->x + b->width;
	const int64_t a_bottom = (int64_t)a->y + a->height, b_bottom = (int64_t)b->y + b->height;
	const int64_t width = (a_right > b_right ? a_right : b_right) - left;
	const int64_t height = (a_bottom > b_bottom ? a_bottom : b_bottom) - top;

	return (struct xg_box){(int32_t)left, (int32_t)top,
		width > INT32_MAX ? INT32_MAX : (int32_t)width,
		height > INT32_MAX ? INT32_MAX : (int32_t)height};
}

static inline struct xg_box xg_box_moved(const struct xg_box *box, int32_t dx, int32_t dy)
{
	return (struct xg_box){box->x + dx, box->y + dy, box->width, box->height};
}

/* The box grown by that many pixels on each side. */
static inline struct xg_box xg_box_grown(const struct xg_box *box, int32_t by)
{
	return (struct xg_box){box->x - by, box->y - by, box->width + 2 * by, box->height + 2 * by};
}

#endif

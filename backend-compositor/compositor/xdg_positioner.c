/* SPDX-License-Identifier: MIT */
/*
 * See xdg_positioner.h. Both axes follow the same rule, so it is written once, for a line: from
 * the anchor rectangle's side (near, middle, far) the popup grows to one side, or both.
 */
#include "xdg_positioner.h"

#include <stdlib.h>

#include "server.h"
#include "xdg-shell-server-protocol.h"

/* Larger values than any screen's are a mistake, and sums of these cannot overflow. */
#define LIMIT (1 << 20)

enum side {
	NEAR = -1,
	MIDDLE = 0,
	FAR = 1,
};

struct axis {
	int32_t anchor_start, anchor_length;
	enum side anchor, gravity;
	int32_t offset, length;
	bool may_slide, may_flip, may_resize;
};

static enum side horizontal_side(uint32_t edge)
{
	switch (edge) {
	case XDG_POSITIONER_ANCHOR_LEFT:
	case XDG_POSITIONER_ANCHOR_TOP_LEFT:
	case XDG_POSITIONER_ANCHOR_BOTTOM_LEFT:
		return NEAR;
	case XDG_POSITIONER_ANCHOR_RIGHT:
	case XDG_POSITIONER_ANCHOR_TOP_RIGHT:
	case XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT:
		return FAR;
	default:
		return MIDDLE;
	}
}

static enum side vertical_side(uint32_t edge)
{
	switch (edge) {
	case XDG_POSITIONER_ANCHOR_TOP:
	case XDG_POSITIONER_ANCHOR_TOP_LEFT:
	case XDG_POSITIONER_ANCHOR_TOP_RIGHT:
		return NEAR;
	case XDG_POSITIONER_ANCHOR_BOTTOM:
	case XDG_POSITIONER_ANCHOR_BOTTOM_LEFT:
	case XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT:
		return FAR;
	default:
		return MIDDLE;
	}
}

_Static_assert((int)XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT == (int)XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT,
	"anchors and gravities have the same numbers");

static int32_t start_of(const struct axis *axis)
{
	const int32_t anchor =
		axis->anchor_start + axis->anchor_length * ((int)axis->anchor + 1) / 2;

	return anchor + axis->offset + axis->length * ((int)axis->gravity - 1) / 2;
}

static bool fits(int32_t start, int32_t length, int32_t low, int32_t high)
{
	return start >= low && start + length <= high;
}

/* Sets *start and *length; the order flip, slide, resize is the specification's. */
static void place_axis(
	const struct axis *axis, int32_t low, int32_t high, int32_t *start, int32_t *length)
{
	*start = start_of(axis);
	*length = axis->length;
	if (fits(*start, *length, low, high))
		return;
	if (axis->may_flip) {
		struct axis flipped = *axis;

		flipped.anchor = -axis->anchor;
		flipped.gravity = -axis->gravity;
		flipped.offset = -axis->offset;
		if (fits(start_of(&flipped), *length, low, high)) {
			*start = start_of(&flipped);
			return;
		}
	}
	if (axis->may_slide) {
		if (*start + *length > high)
			*start = high - *length;
		if (*start < low)
			*start = low;
		if (fits(*start, *length, low, high))
			return;
	}
	if (axis->may_resize) {
		const int32_t left = *start < low ? low : *start;
		const int32_t right = *start + *length > high ? high : *start + *length;

		if (right > left) {
			*start = left;
			*length = right - left;
		}
	}
}

struct xg_box xg_positioner_place(
	const struct xg_positioner *positioner, const struct xg_box *bounds)
{
	const uint32_t adjust = positioner->constraint_adjustment;
	const struct axis x = {
		.anchor_start = positioner->anchor_rect.x,
		.anchor_length = positioner->anchor_rect.width,
		.anchor = horizontal_side(positioner->anchor),
		.gravity = horizontal_side(positioner->gravity),
		.offset = positioner->dx,
		.length = positioner->width,
		.may_slide = adjust & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_X,
		.may_flip = adjust & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_X,
		.may_resize = adjust & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_X,
	};
	const struct axis y = {
		.anchor_start = positioner->anchor_rect.y,
		.anchor_length = positioner->anchor_rect.height,
		.anchor = vertical_side(positioner->anchor),
		.gravity = vertical_side(positioner->gravity),
		.offset = positioner->dy,
		.length = positioner->height,
		.may_slide = adjust & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y,
		.may_flip = adjust & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_Y,
		.may_resize = adjust & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_Y,
	};
	struct xg_box place;

	place_axis(&x, bounds->x, bounds->x + bounds->width, &place.x, &place.width);
	place_axis(&y, bounds->y, bounds->y + bounds->height, &place.y, &place.height);
	return place;
}

bool xg_positioner_is_complete(const struct xg_positioner *positioner)
{
	return positioner->width > 0 && positioner->has_anchor_rect;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_set_size(
	struct wl_client *client, struct wl_resource *resource, int32_t width, int32_t height)
{
	struct xg_positioner *positioner = wl_resource_get_user_data(resource);

	if (width < 1 || height < 1 || width > LIMIT || height > LIMIT) {
		wl_resource_post_error(resource, XDG_POSITIONER_ERROR_INVALID_INPUT,
			"a size of %d × %d", width, height);
		return;
	}
	positioner->width = width;
	positioner->height = height;
}

static void handle_set_anchor_rect(struct wl_client *client, struct wl_resource *resource,
	int32_t x, int32_t y, int32_t width, int32_t height)
{
	struct xg_positioner *positioner = wl_resource_get_user_data(resource);

	if (width < 0 || height < 0 || width > LIMIT || height > LIMIT || x < -LIMIT || x > LIMIT ||
		y < -LIMIT || y > LIMIT) {
		wl_resource_post_error(resource, XDG_POSITIONER_ERROR_INVALID_INPUT,
			"an anchor rectangle of %d × %d at %d, %d", width, height, x, y);
		return;
	}
	positioner->anchor_rect = (struct xg_box){x, y, width, height};
	positioner->has_anchor_rect = true;
}

static void handle_set_anchor(
	struct wl_client *client, struct wl_resource *resource, uint32_t anchor)
{
	struct xg_positioner *positioner = wl_resource_get_user_data(resource);

	if (anchor > XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT)
		wl_resource_post_error(
			resource, XDG_POSITIONER_ERROR_INVALID_INPUT, "%u is no anchor", anchor);
	else
		positioner->anchor = anchor;
}

static void handle_set_gravity(
	struct wl_client *client, struct wl_resource *resource, uint32_t gravity)
{
	struct xg_positioner *positioner = wl_resource_get_user_data(resource);

	if (gravity > XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT)
		wl_resource_post_error(
			resource, XDG_POSITIONER_ERROR_INVALID_INPUT, "%u is no gravity", gravity);
	else
		positioner->gravity = gravity;
}

static void handle_set_constraint_adjustment(
	struct wl_client *client, struct wl_resource *resource, uint32_t adjustment)
{
	struct xg_positioner *positioner = wl_resource_get_user_data(resource);

	positioner->constraint_adjustment = adjustment;
}

static void handle_set_offset(
	struct wl_client *client, struct wl_resource *resource, int32_t dx, int32_t dy)
{
	struct xg_positioner *positioner = wl_resource_get_user_data(resource);

	if (dx < -LIMIT || dx > LIMIT || dy < -LIMIT || dy > LIMIT) {
		wl_resource_post_error(resource, XDG_POSITIONER_ERROR_INVALID_INPUT,
			"an offset of %d, %d", dx, dy);
		return;
	}
	positioner->dx = dx;
	positioner->dy = dy;
}

/* A popup keeps the place that it was given; a client can ask for another (xdg_popup.reposition).
 */
static void handle_set_reactive(struct wl_client *client, struct wl_resource *resource)
{
}

/* Popups are placed by where the parent is, so what it will be is not needed. */
static void handle_set_parent_size(
	struct wl_client *client, struct wl_resource *resource, int32_t width, int32_t height)
{
}

static void handle_set_parent_configure(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial)
{
}

static const struct xdg_positioner_interface implementation = {
	.destroy = handle_destroy,
	.set_size = handle_set_size,
	.set_anchor_rect = handle_set_anchor_rect,
	.set_anchor = handle_set_anchor,
	.set_gravity = handle_set_gravity,
	.set_constraint_adjustment = handle_set_constraint_adjustment,
	.set_offset = handle_set_offset,
	.set_reactive = handle_set_reactive,
	.set_parent_size = handle_set_parent_size,
	.set_parent_configure = handle_set_parent_configure,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	free(wl_resource_get_user_data(resource));
}

void xg_positioner_create(struct wl_client *client, struct wl_resource *base, uint32_t id)
{
	struct xg_positioner *positioner = calloc(1, sizeof(*positioner));
	struct wl_resource *resource = wl_resource_create(
		client, &xdg_positioner_interface, wl_resource_get_version(base), id);

	if (!positioner || !resource) {
		free(positioner);
		wl_resource_post_no_memory(base);
		return;
	}
	wl_resource_set_implementation(
		resource, &implementation, positioner, handle_resource_destroyed);
}

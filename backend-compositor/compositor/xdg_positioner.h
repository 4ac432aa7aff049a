/* SPDX-License-Identifier: MIT */
/* xdg_positioner: the rule by which a popup finds its place. */
#ifndef XG_COMPOSITOR_XDG_POSITIONER_H
#define XG_COMPOSITOR_XDG_POSITIONER_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "box.h"

struct xg_positioner {
	int32_t width, height;
	bool has_anchor_rect;
	struct xg_box anchor_rect; /* within the parent's window geometry */
	uint32_t anchor, gravity;  /* enum xdg_positioner_anchor, _gravity */
	uint32_t constraint_adjustment;
	int32_t dx, dy;
};

/* Answers xdg_wm_base.create_positioner; the resource's user data is the struct xg_positioner. */
void xg_positioner_create(struct wl_client *client, struct wl_resource *base, uint32_t id);

/* Whether size and anchor rectangle have been set, as they must be before use. */
bool xg_positioner_is_complete(const struct xg_positioner *positioner);

/*
 * The popup's place, adjusted as the rule allows to stay within bounds. All boxes are relative to
 * the parent's window geometry.
 */
struct xg_box xg_positioner_place(
	const struct xg_positioner *positioner, const struct xg_box *bounds);

#endif

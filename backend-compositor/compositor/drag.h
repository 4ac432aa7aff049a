/* SPDX-License-Identifier: MIT */
/* A drag with the pointer: from the press to the drop. */
#ifndef XG_COMPOSITOR_DRAG_H
#define XG_COMPOSITOR_DRAG_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_data_source;
struct xg_drag;
struct xg_scene;
struct xg_seat;
struct xg_surface;

/* Gives the surface the role of an icon; false after the error posted on the wl_data_device. */
bool xg_drag_claim_icon(struct xg_surface *icon, struct wl_resource *device);

/* Begins a drag by the client; a drag with no source concerns its own surfaces only. */
void xg_drag_begin(struct xg_seat *seat, struct wl_client *client, struct xg_data_source *source,
	struct xg_surface *icon);

/* Adds the icon to the scene, at the pointer, cut to the window there if that is the guest's own.
 */
void xg_drag_add_to_scene(struct xg_drag *drag, struct xg_scene *scene);

#endif

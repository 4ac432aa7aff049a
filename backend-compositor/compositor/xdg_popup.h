/* SPDX-License-Identifier: MIT */
/* xdg_popup: menus and their like, which stand above the window they belong to. */
#ifndef XG_COMPOSITOR_XDG_POPUP_H
#define XG_COMPOSITOR_XDG_POPUP_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "box.h"
#include "xdg_positioner.h"
#include "xdg_surface.h"

struct xg_scene;
struct xg_window;

struct xg_popup {
	struct wl_resource *resource;
	struct xg_xdg_surface *xdg;
	struct xg_xdg_surface *parent; /* a toplevel's or another popup's; NULL once gone */
	struct wl_listener parent_destroyed;
	struct wl_list window_link; /* xg_window.popups while mapped */
	struct xg_positioner positioner;
	/* Relative to the parent's window geometry: as told to the client. */
	struct xg_box place;
	bool has_grab;
	uint32_t reposition_token;
	bool is_repositioned; /* a token is to be sent */
	uint64_t id;	      /* and the seven after it, for the parts of the border */
};

extern const struct xg_xdg_role xg_popup_role;

/* Answers xdg_surface.get_popup. The parent may be NULL, which is a protocol error. */
void xg_popup_create(struct xg_xdg_surface *xdg, uint32_t id, struct xg_xdg_surface *parent,
	const struct xg_positioner *positioner);

/* The window that the popup belongs to, through its parents; NULL when one of them is gone. */
struct xg_window *xg_popup_window(const struct xg_popup *popup);

/* Where the corner of the popup's window geometry is shown. Only while it has a window. */
void xg_popup_origin(const struct xg_popup *popup, int32_t *x, int32_t *y);

/* The window geometry's box, and what of it is shown. Only while it has a window. */
struct xg_box xg_popup_box(const struct xg_popup *popup);
struct xg_box xg_popup_clip(const struct xg_popup *popup);

/* Takes all popups of the window away (xdg_popup.popup_done), the topmost first. */
void xg_popups_dismiss(struct xg_window *window);

/* The topmost popup that holds the seat's grab, or NULL. */
struct xg_popup *xg_popup_grabbing(struct xg_window *window);

/* Adds to the scene, above the popup's surfaces, a border in the guest's colour ... */
void xg_popup_add_border(struct xg_popup *popup, struct xg_scene *scene);

/* ... and, below them, what keeps other windows from showing through. */
void xg_popup_add_backdrop(struct xg_popup *popup, struct xg_scene *scene);

#endif

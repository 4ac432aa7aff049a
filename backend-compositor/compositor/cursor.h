/* SPDX-License-Identifier: MIT */
/*
 * How the pointer looks: as the client under it says, else a shape of the compositor's. A client's
 * picture is cut to the window it has the pointer in, so that nothing else can be drawn over.
 */
#ifndef XG_COMPOSITOR_CURSOR_H
#define XG_COMPOSITOR_CURSOR_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_pointer;
struct xg_scene;
struct xg_surface;
struct xg_texture;

enum xg_cursor_shape {
	XG_CURSOR_ARROW,
	XG_CURSOR_VERTICAL,
	XG_CURSOR_HORIZONTAL,
	XG_CURSOR_FALLING, /* from the top left to the bottom right */
	XG_CURSOR_RISING,
	XG_CURSOR_SHAPES,
};

struct xg_cursor {
	struct xg_pointer *pointer;
	bool is_set; /* by a client; no surface then means no cursor */
	struct xg_surface *surface;
	int32_t hotspot_x, hotspot_y;
	uint32_t grabbed_edges;			     /* of the window that is being resized */
	struct xg_texture *shapes[XG_CURSOR_SHAPES]; /* NULL until first drawn */
};

void xg_cursor_init(struct xg_cursor *cursor, struct xg_pointer *pointer);
void xg_cursor_finish(struct xg_cursor *cursor);

/* Gives the surface the role of a cursor; false after the error posted on the wl_pointer. */
bool xg_cursor_claim(struct xg_surface *surface, struct wl_resource *pointer);

/* Shows a surface that has the role, or nothing; its own place is behind the hotspot. */
void xg_cursor_set(
	struct xg_cursor *cursor, struct xg_surface *surface, int32_t hotspot_x, int32_t hotspot_y);

/* Back to the arrow. */
void xg_cursor_reset(struct xg_cursor *cursor);

/* Adds the cursor to the scene, if the pointer is on the screen. */
void xg_cursor_add_to_scene(struct xg_cursor *cursor, struct xg_scene *scene);

#endif

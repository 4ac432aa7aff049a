/* SPDX-License-Identifier: MIT */
/* How the pointer looks: as the client under it says, else an arrow of the compositor's. */
#ifndef XG_COMPOSITOR_CURSOR_H
#define XG_COMPOSITOR_CURSOR_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_box;
struct xg_pointer;
struct xg_scene;
struct xg_surface;
struct xg_texture;

struct xg_cursor {
	struct xg_pointer *pointer;
	bool is_set; /* by a client; no surface then means no cursor */
	struct xg_surface *surface;
	int32_t hotspot_x, hotspot_y;
	struct xg_texture *arrow; /* NULL until it is first drawn */
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
void xg_cursor_add_to_scene(
	struct xg_cursor *cursor, struct xg_scene *scene, const struct xg_box *screen);

#endif

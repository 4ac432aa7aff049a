/* SPDX-License-Identifier: MIT */
/*
 * The double-buffered state of a wl_surface (wl_surface, "state"). A surface has three: pending
 * takes the requests, cached holds what a synchronized subsurface has committed until its parent
 * commits, and current is what is on show.
 */
#ifndef XG_COMPOSITOR_SURFACE_STATE_H
#define XG_COMPOSITOR_SURFACE_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <pixman.h>
#include <wayland-server-core.h>

enum xg_surface_change {
	XG_CHANGED_BUFFER = 1 << 0,
	XG_CHANGED_OPAQUE = 1 << 1,
	XG_CHANGED_INPUT = 1 << 2,
	XG_CHANGED_TRANSFORM = 1 << 3,
	XG_CHANGED_SCALE = 1 << 4,
	XG_CHANGED_VIEWPORT = 1 << 5,
};

/* A wl_buffer that a client may destroy at any time; resource is then NULL. */
struct xg_buffer_ref {
	struct wl_resource *resource;
	struct wl_listener destroyed;
};

struct xg_viewport {
	bool has_source, has_destination;
	double x, y, width, height;
	int32_t destination_width, destination_height;
};

struct xg_surface_state {
	uint32_t changed;
	struct xg_buffer_ref buffer;
	/* From wl_surface.attach or offset; added up until applied. */
	int32_t dx, dy;
	/* Damage in surface and in buffer coordinates. */
	pixman_region32_t surface_damage, buffer_damage;
	pixman_region32_t opaque, input;
	int32_t transform, scale;
	struct xg_viewport viewport;
	/* Resources of wl_callback and of wp_presentation_feedback, by their links. */
	struct wl_list frame_callbacks, feedbacks;
};

void xg_surface_state_init(struct xg_surface_state *state);

/* Destroys the callbacks, too, and discards the feedbacks. */
void xg_surface_state_finish(struct xg_surface_state *state);

/* Moves all that changed in source to target, where it replaces what was there. */
void xg_surface_state_move(struct xg_surface_state *target, struct xg_surface_state *source);

void xg_buffer_ref_set(struct xg_buffer_ref *ref, struct wl_resource *buffer);

#endif

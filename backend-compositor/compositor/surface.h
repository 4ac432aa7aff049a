/* SPDX-License-Identifier: MIT */
/*
 * wl_surface: a client's picture, its state and its role. Roles (subsurface, xdg_surface, cursor,
 * drag icon) are other files'; they hang themselves in by struct xg_surface_role.
 */
#ifndef XG_COMPOSITOR_SURFACE_H
#define XG_COMPOSITOR_SURFACE_H

#include <stdbool.h>
#include <stdint.h>
#include <pixman.h>
#include <wayland-server-core.h>

#include "affine.h"
#include "box.h"
#include "surface_state.h"

struct xg_guest;
struct xg_server;
struct xg_subsurface;
struct xg_surface;
struct xg_texture;

struct xg_surface_role {
	const char *name;
	/*
	 * Called on wl_surface.commit before anything is applied. Returns false once it has posted
	 * a protocol error. May be NULL.
	 */
	bool (*check)(struct xg_surface *surface);
	/* Called when a state has been applied. dx, dy are the attach offset. May be NULL. */
	void (*applied)(struct xg_surface *surface, int32_t dx, int32_t dy);
	/* Called when the wl_surface goes while role_data is still set. May be NULL. */
	void (*surface_destroyed)(struct xg_surface *surface);
};

struct xg_surface {
	struct xg_server *server;
	struct wl_resource *resource;
	struct wl_list link; /* xg_server.surfaces */
	uint64_t id;

	struct xg_surface_state pending, cached, current;
	bool has_cached;

	/* What is on show: NULL until there is content. Its size counts against the guest's. */
	struct xg_texture *texture;
	/* What of it is to be copied yet, and from where; NULL: nothing. See surface_content.c. */
	struct wl_resource *source;
	struct wl_listener source_destroyed;
	pixman_region32_t outdated;
	struct xg_guest *guest;
	uint64_t pixel_bytes;
	/* In surface coordinates; 0 × 0 without content. */
	int32_t width, height;
	/* From surface coordinates to the buffer's pixels; scaled, pixels are filtered. */
	struct xg_affine to_buffer;
	bool is_scaled;

	/* A role stays for life, its data only while the role's object does. */
	const struct xg_surface_role *role;
	void *role_data;
	struct wl_resource *viewport; /* NULL without one */

	/* The subsurfaces below and above, each from the bottom up; and the pending order. */
	struct wl_list below, above;		     /* xg_subsurface.link */
	struct wl_list pending_below, pending_above; /* xg_subsurface.pending_link */

	/* In the scene of the last frame it could be seen. */
	bool visible;
	/* wl_surface.enter has been sent. */
	bool entered;

	struct wl_signal destroyed; /* data: struct xg_surface */
};

struct xg_surface *xg_surface_create(
	struct wl_client *client, uint32_t version, uint32_t id, struct xg_server *server);

struct xg_surface *xg_surface_from_resource(struct wl_resource *resource);

/*
 * Gives the surface a role. Posts error_code on error_resource and returns false if the surface
 * has another role, or has this one in use already.
 */
bool xg_surface_set_role(struct xg_surface *surface, const struct xg_surface_role *role,
	void *role_data, struct wl_resource *error_resource, uint32_t error_code);

/* Whether a commit waits for the parent's (wl_subsurface, synchronized mode). */
bool xg_surface_is_synchronized(const struct xg_surface *surface);

/* Puts the cached state, if there is one, on show: the parent's commit, or a change to desync. */
void xg_surface_apply_cached(struct xg_surface *surface);

/* Whether the surface takes input at a place in its own coordinates. */
bool xg_surface_takes_input(const struct xg_surface *surface, double x, double y);

/*
 * Calls visit for the surface and its subsurfaces with content, topmost first, each with the place
 * of its corner when the surface's own is at x, y; until one call returns false.
 */
typedef bool (*xg_surface_visit)(struct xg_surface *surface, int32_t x, int32_t y, void *data);
bool xg_surface_for_each(
	struct xg_surface *surface, int32_t x, int32_t y, xg_surface_visit visit, void *data);

/* The box around the surface and its subsurfaces, in the surface's coordinates. */
struct xg_box xg_surface_extents(struct xg_surface *surface);

/* Sends wl_callback.done to the callbacks in the list of resources, and empties it. */
void xg_surface_send_done(struct wl_list *callbacks, uint32_t time_ms);

#endif

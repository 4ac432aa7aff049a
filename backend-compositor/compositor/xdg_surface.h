/* SPDX-License-Identifier: MIT */
/*
 * xdg_surface: the dance of configure, ack and commit that toplevels and popups share. The role
 * objects outlive neither it nor the wl_surface: when either goes, they become inert.
 */
#ifndef XG_COMPOSITOR_XDG_SURFACE_H
#define XG_COMPOSITOR_XDG_SURFACE_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "box.h"

struct xg_surface;
struct xg_xdg_base;
struct xg_xdg_surface;

struct xg_xdg_role {
	/* Sends the role's part of a configure. */
	void (*configure)(struct xg_xdg_surface *xdg);
	/* A state is applied, the geometry known; is_mapped tells whether there was content. */
	void (*applied)(struct xg_xdg_surface *xdg);
	void (*map)(struct xg_xdg_surface *xdg);
	void (*unmap)(struct xg_xdg_surface *xdg);
	/* The xdg_surface goes: make the role object inert. It is unmapped already. */
	void (*orphan)(struct xg_xdg_surface *xdg);
};

struct xg_xdg_surface {
	struct xg_xdg_base *base; /* NULL once the client has destroyed it */
	struct wl_list link;
	struct wl_resource *resource;
	struct xg_surface *surface;
	const struct xg_xdg_role *role; /* NULL until it has one */
	void *role_data;		/* NULL once that is destroyed */
	bool is_initialized;		/* a first commit has been made, and a configure sent */
	bool is_configured;		/* a configure has been acknowledged */
	bool is_mapped;
	bool has_geometry;
	/* As the client set it, and as cut to the surfaces that are there. */
	struct xg_box wanted_geometry, geometry;
	struct wl_array serials; /* uint32_t, sent and not acknowledged */
	bool is_configure_owed;	 /* held back until some of these are */
	struct wl_event_source *configure_idle;
	struct wl_signal destroyed; /* data: struct xg_xdg_surface */
};

/* Answers xdg_wm_base.get_xdg_surface. */
void xg_xdg_surface_create(struct xg_xdg_base *base, struct xg_surface *surface, uint32_t id);

/* The xdg_surface that a surface is, or NULL. */
struct xg_xdg_surface *xg_xdg_surface_of(const struct xg_surface *surface);

/* Sends a configure when all that is at hand has been dealt with. */
void xg_xdg_surface_schedule_configure(struct xg_xdg_surface *xdg);

/* The role object goes: unmaps, and lets the surface have the same role again. */
void xg_xdg_surface_drop_role(struct xg_xdg_surface *xdg);

#endif

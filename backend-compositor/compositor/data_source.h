/* SPDX-License-Identifier: MIT */
/*
 * wl_data_source and wl_data_offer: data that one client has, and another's view of it. Both ends
 * are of the same guest, but for selections that the guests' policy shares. Sources are told apart
 * by use: a selection, or a drag.
 */
#ifndef XG_COMPOSITOR_DATA_SOURCE_H
#define XG_COMPOSITOR_DATA_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_data_source {
	struct wl_resource *resource;
	struct wl_array types; /* char *, what was offered */
	uint32_t actions;      /* enum wl_data_device_manager_dnd_action */
	bool has_actions;
	bool is_used;
	/* Of a drag: what the present target says. */
	bool is_accepted, is_dropped;
	uint32_t action;
	struct wl_signal destroyed; /* data: struct xg_data_source */
};

/* Answers wl_data_device_manager.create_data_source. */
void xg_data_source_create(struct wl_client *client, struct wl_resource *manager, uint32_t id);

/* Its data is not wanted any more (wl_data_source.cancelled). */
void xg_data_source_cancel(struct xg_data_source *source);

/*
 * Makes an offer of the source for a wl_data_device's client, and tells it the types. NULL without
 * memory. The client owns the offer, which lives on when the source is gone.
 */
struct wl_resource *xg_data_offer_create(
	struct xg_data_source *source, struct wl_resource *device, bool is_drag);

/* The drag has left the target: what it said counts no more. */
void xg_data_source_leave(struct xg_data_source *source);

/* The drag ends over a target. False if that has not accepted it; it is then cancelled. */
bool xg_data_source_drop(struct xg_data_source *source);

#endif

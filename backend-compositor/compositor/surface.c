/* SPDX-License-Identifier: MIT */
/* wl_surface's requests and the way of a commit; see surface_content.c for what a buffer brings. */
#include "surface.h"

#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "guest.h"
#include "output.h"
#include "presentation.h"
#include "seat.h"
#include "server.h"
#include "subsurface.h"
#include "surface_content.h"

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_attach(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *buffer, int32_t dx, int32_t dy)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	if (wl_resource_get_version(resource) >= WL_SURFACE_OFFSET_SINCE_VERSION) {
		if (dx != 0 || dy != 0) {
			wl_resource_post_error(resource, WL_SURFACE_ERROR_INVALID_OFFSET,
				"attach with an offset: use wl_surface.offset");
			return;
		}
	} else {
		surface->pending.dx = dx;
		surface->pending.dy = dy;
	}
	xg_buffer_ref_set(&surface->pending.buffer, buffer);
	surface->pending.changed |= XG_CHANGED_BUFFER;
}

static void handle_offset(
	struct wl_client *client, struct wl_resource *resource, int32_t dx, int32_t dy)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	surface->pending.dx = dx;
	surface->pending.dy = dy;
}

/* More rectangles than this are as good as the box around them, and far cheaper. */
#define MAX_DAMAGE_RECTANGLES 256

/* Damage may be given as large as can be, to mean all; keep it where pixman can count. */
static void add_damage(
	pixman_region32_t *damage, int32_t x, int32_t y, int32_t width, int32_t height)
{
	const struct xg_box all = {INT16_MIN, INT16_MIN, 2 * INT16_MAX, 2 * INT16_MAX};
	const struct xg_box given = {x, y, width, height};
	const struct xg_box box = xg_box_intersect(&given, &all);

	if (xg_box_is_empty(&given) || xg_box_is_empty(&box))
		return;
	pixman_region32_union_rect(
		damage, damage, box.x, box.y, (unsigned)box.width, (unsigned)box.height);
	if (pixman_region32_n_rects(damage) > MAX_DAMAGE_RECTANGLES) {
		const pixman_box32_t extents = *pixman_region32_extents(damage);

		pixman_region32_reset(damage, &extents);
	}
}

static void handle_damage(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	add_damage(&surface->pending.surface_damage, x, y, width, height);
}

static void handle_damage_buffer(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	add_damage(&surface->pending.buffer_damage, x, y, width, height);
}

static void handle_callback_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void handle_frame(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);
	struct wl_resource *callback = wl_resource_create(client, &wl_callback_interface, 1, id);

	if (!callback) {
		wl_resource_post_no_memory(resource);
		return;
	}
	wl_resource_set_implementation(callback, NULL, NULL, handle_callback_destroyed);
	wl_list_insert(surface->pending.frame_callbacks.prev, wl_resource_get_link(callback));
}

static void handle_set_opaque_region(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *region)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	if (region)
		pixman_region32_copy(&surface->pending.opaque, wl_resource_get_user_data(region));
	else
		pixman_region32_clear(&surface->pending.opaque);
	surface->pending.changed |= XG_CHANGED_OPAQUE;
}

static void handle_set_input_region(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *region)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	if (region) {
		pixman_region32_copy(&surface->pending.input, wl_resource_get_user_data(region));
	} else {
		pixman_region32_fini(&surface->pending.input);
		pixman_region32_init_rect(&surface->pending.input, INT32_MIN / 2, INT32_MIN / 2,
			INT32_MAX, INT32_MAX);
	}
	surface->pending.changed |= XG_CHANGED_INPUT;
}

static void handle_set_buffer_transform(
	struct wl_client *client, struct wl_resource *resource, int32_t transform)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	if (transform < WL_OUTPUT_TRANSFORM_NORMAL || transform > WL_OUTPUT_TRANSFORM_FLIPPED_270) {
		wl_resource_post_error(resource, WL_SURFACE_ERROR_INVALID_TRANSFORM,
			"%d is no transform", transform);
		return;
	}
	surface->pending.transform = transform;
	surface->pending.changed |= XG_CHANGED_TRANSFORM;
}

static void handle_set_buffer_scale(
	struct wl_client *client, struct wl_resource *resource, int32_t scale)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	if (scale < 1) {
		wl_resource_post_error(resource, WL_SURFACE_ERROR_INVALID_SCALE,
			"a scale of %d: must be at least 1", scale);
		return;
	}
	surface->pending.scale = scale;
	surface->pending.changed |= XG_CHANGED_SCALE;
}

static void apply_children(struct xg_surface *surface)
{
	struct xg_subsurface *child;

	xg_subsurface_apply_order(surface);
	wl_list_for_each (child, &surface->below, link)
		xg_subsurface_parent_applied(child);
	wl_list_for_each (child, &surface->above, link)
		xg_subsurface_parent_applied(child);
}

static void apply(struct xg_surface *surface, struct xg_surface_state *state)
{
	xg_surface_state_move(&surface->current, state);
	if (!xg_surface_update_content(surface))
		return;

	const int32_t dx = surface->current.dx, dy = surface->current.dy;
	surface->current.dx = surface->current.dy = 0;
	surface->current.changed = 0;
	apply_children(surface);
	if (surface->role && surface->role->applied && surface->role_data)
		surface->role->applied(surface, dx, dy);
	xg_seat_handle_scene(surface->server->seat);
	xg_output_schedule(surface->server->output);
}

void xg_surface_apply_cached(struct xg_surface *surface)
{
	if (!surface->has_cached)
		return;
	surface->has_cached = false;
	apply(surface, &surface->cached);
}

static void handle_commit(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);
	const struct xg_surface_role *role = surface->role;

	if (role && role->check && surface->role_data && !role->check(surface))
		return;
	if (xg_surface_is_synchronized(surface)) {
		xg_surface_state_move(&surface->cached, &surface->pending);
		surface->has_cached = true;
	} else if (surface->has_cached) {
		xg_surface_state_move(&surface->cached, &surface->pending);
		xg_surface_apply_cached(surface);
	} else {
		apply(surface, &surface->pending);
	}
}

static const struct wl_surface_interface surface_implementation = {
	.destroy = handle_destroy,
	.attach = handle_attach,
	.damage = handle_damage,
	.frame = handle_frame,
	.set_opaque_region = handle_set_opaque_region,
	.set_input_region = handle_set_input_region,
	.commit = handle_commit,
	.set_buffer_transform = handle_set_buffer_transform,
	.set_buffer_scale = handle_set_buffer_scale,
	.damage_buffer = handle_damage_buffer,
	.offset = handle_offset,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_surface *surface = xg_surface_from_resource(resource);

	if (surface->role && surface->role->surface_destroyed && surface->role_data)
		surface->role->surface_destroyed(surface);
	wl_signal_emit(&surface->destroyed, surface);
	xg_subsurface_parent_destroyed(surface);
	if (surface->viewport)
		wl_resource_set_user_data(surface->viewport, NULL);
	xg_surface_state_finish(&surface->pending);
	xg_surface_state_finish(&surface->cached);
	xg_surface_state_finish(&surface->current);
	xg_surface_drop_content(surface);
	pixman_region32_fini(&surface->outdated);
	wl_list_remove(&surface->link);
	xg_output_schedule(surface->server->output);
	free(surface);
}

struct xg_surface *xg_surface_create(
	struct wl_client *client, uint32_t version, uint32_t id, struct xg_server *server)
{
	struct xg_surface *surface = calloc(1, sizeof(*surface));

	if (!surface)
		return NULL;
	surface->resource = wl_resource_create(client, &wl_surface_interface, (int)version, id);
	if (!surface->resource) {
		free(surface);
		return NULL;
	}
	surface->server = server;
	surface->guest = xg_guest_of(server, client);
	surface->id = xg_server_new_id(server);
	surface->to_buffer = XG_AFFINE_IDENTITY;
	xg_surface_state_init(&surface->pending);
	xg_surface_state_init(&surface->cached);
	xg_surface_state_init(&surface->current);
	xg_surface_init_content(surface);
	wl_list_init(&surface->below);
	wl_list_init(&surface->above);
	wl_list_init(&surface->pending_below);
	wl_list_init(&surface->pending_above);
	wl_signal_init(&surface->destroyed);
	wl_list_insert(&server->surfaces, &surface->link);
	wl_resource_set_implementation(
		surface->resource, &surface_implementation, surface, handle_resource_destroyed);
	return surface;
}

struct xg_surface *xg_surface_from_resource(struct wl_resource *resource)
{
	return wl_resource_get_user_data(resource);
}

bool xg_surface_set_role(struct xg_surface *surface, const struct xg_surface_role *role,
	void *role_data, struct wl_resource *error_resource, uint32_t error_code)
{
	if (surface->role && surface->role != role) {
		wl_resource_post_error(error_resource, error_code, "wl_surface@%u is a %s already",
			wl_resource_get_id(surface->resource), surface->role->name);
		return false;
	}
	if (surface->role_data) {
		wl_resource_post_error(error_resource, error_code,
			"wl_surface@%u has a %s object already",
			wl_resource_get_id(surface->resource), role->name);
		return false;
	}
	surface->role = role;
	surface->role_data = role_data;
	return true;
}

bool xg_surface_is_synchronized(const struct xg_surface *surface)
{
	const struct xg_subsurface *subsurface = xg_subsurface_of(surface);

	return subsurface && xg_subsurface_is_synchronized(subsurface);
}

bool xg_surface_takes_input(const struct xg_surface *surface, double x, double y)
{
	const struct xg_box all = {0, 0, surface->width, surface->height};

	return xg_box_contains(&all, x, y) &&
	       pixman_region32_contains_point(
		       (pixman_region32_t *)&surface->current.input, (int)x, (int)y, NULL);
}

static bool for_each_in(
	struct wl_list *children, int32_t x, int32_t y, xg_surface_visit visit, void *data)
{
	struct xg_subsurface *child;

	wl_list_for_each_reverse (child, children, link) {
		if (!xg_surface_for_each(child->surface, x + child->x, y + child->y, visit, data))
			return false;
	}
	return true;
}

bool xg_surface_for_each(
	struct xg_surface *surface, int32_t x, int32_t y, xg_surface_visit visit, void *data)
{
	if (!surface->texture)
		return true;
	return for_each_in(&surface->above, x, y, visit, data) && visit(surface, x, y, data) &&
	       for_each_in(&surface->below, x, y, visit, data);
}

static bool add_extents(struct xg_surface *surface, int32_t x, int32_t y, void *data)
{
	const struct xg_box box = {x, y, surface->width, surface->height};
	struct xg_box *extents = data;

	*extents = xg_box_union(extents, &box);
	return true;
}

struct xg_box xg_surface_extents(struct xg_surface *surface)
{
	struct xg_box extents = {0};

	xg_surface_for_each(surface, 0, 0, add_extents, &extents);
	return extents;
}

void xg_surface_send_done(struct wl_list *callbacks, uint32_t time_ms)
{
	struct wl_resource *callback, *next;

	wl_resource_for_each_safe(callback, next, callbacks)
	{
		wl_callback_send_done(callback, time_ms);
		wl_resource_destroy(callback);
	}
}

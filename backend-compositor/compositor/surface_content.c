/* SPDX-License-Identifier: MIT */
/*
 * Pixels in shared memory are copied to the texture when it is about to be painted, and the buffer
 * is released then: what another commit replaces before, or nobody sees, is not copied at all. A
 * buffer is released at the latest when the next commit brings another, so that a client that has
 * two never waits for the compositor to be done with one.
 */
#include "surface_content.h"

#include <inttypes.h>
#include <math.h>
#include <wayland-server-protocol.h>

#include "base/timeline.h"
#include "buffer.h"
#include "guest.h"
#include "options.h"
#include "output.h"
#include "server.h"
#include "surface.h"
#include "texture.h"
#include "viewporter-server-protocol.h"

/* Counts what the surface is to hold; false, after a protocol error, if that is too much. */
static bool count_pixels(struct xg_surface *surface, uint64_t bytes)
{
	struct xg_guest *guest = surface->guest;
	const uint64_t others = guest->pixel_bytes - surface->pixel_bytes;
	const uint64_t limit = surface->server->options->pixel_bytes;

	if (bytes > limit || others > limit - bytes) {
		wl_resource_post_error(
			wl_client_get_object(wl_resource_get_client(surface->resource), 1),
			WL_DISPLAY_ERROR_NO_MEMORY,
			"the surfaces of one guest may hold %" PRIu64 " MiB together", limit >> 20);
		return false;
	}
	guest->pixel_bytes = others + bytes;
	surface->pixel_bytes = bytes;
	return true;
}

/* From here on nothing is to be copied from there. */
static void forget_source(struct xg_surface *surface)
{
	wl_list_remove(&surface->source_destroyed.link);
	wl_list_init(&surface->source_destroyed.link);
	surface->source = NULL;
	pixman_region32_clear(&surface->outdated);
}

static void copy_source(struct xg_surface *surface)
{
	const uint64_t begin_ns = xg_timeline_begin();

	xg_buffer_upload(surface->source, surface->texture, &surface->outdated);
	xg_timeline_end(begin_ns, "upload", NULL);
	forget_source(surface);
}

/* A client may destroy what it has committed, and then has no other way to show it again. */
static void handle_source_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_surface *surface = wl_container_of(listener, surface, source_destroyed);

	copy_source(surface);
}

void xg_surface_init_content(struct xg_surface *surface)
{
	surface->source_destroyed.notify = handle_source_destroyed;
	wl_list_init(&surface->source_destroyed.link);
	pixman_region32_init(&surface->outdated);
}

void xg_surface_upload(struct xg_surface *surface)
{
	struct wl_resource *source = surface->source;

	if (!source)
		return;
	copy_source(surface);
	wl_buffer_send_release(source);
}

void xg_surface_drop_content(struct xg_surface *surface)
{
	if (surface->source)
		wl_buffer_send_release(surface->source);
	forget_source(surface);
	surface->guest->pixel_bytes -= surface->pixel_bytes;
	surface->pixel_bytes = 0;
	xg_texture_destroy(surface->texture);
	surface->texture = NULL;
	surface->width = surface->height = 0;
}

/* The viewport's part of the way, from surface coordinates to the unscaled picture's. */
static bool apply_viewport(struct xg_surface *surface, int32_t width, int32_t height)
{
	const struct xg_viewport *viewport = &surface->current.viewport;
	double x = 0, y = 0, source_width = width, source_height = height;

	if (viewport->has_source) {
		x = viewport->x;
		y = viewport->y;
		source_width = viewport->width;
		source_height = viewport->height;
		if (x + source_width > width || y + source_height > height) {
			wl_resource_post_error(
				surface->viewport ? surface->viewport : surface->resource,
				WP_VIEWPORT_ERROR_OUT_OF_BUFFER,
				"the source rectangle reaches out of the buffer");
			return false;
		}
	}
	if (viewport->has_destination) {
		surface->width = viewport->destination_width;
		surface->height = viewport->destination_height;
	} else {
		if (source_width != floor(source_width) || source_height != floor(source_height)) {
			wl_resource_post_error(
				surface->viewport ? surface->viewport : surface->resource,
				WP_VIEWPORT_ERROR_BAD_SIZE,
				"a source of %g × %g needs a destination size", source_width,
				source_height);
			return false;
		}
		surface->width = (int32_t)source_width;
		surface->height = (int32_t)source_height;
	}
	surface->to_buffer = (struct xg_affine){.a = source_width / surface->width,
		.c = x,
		.e = source_height / surface->height,
		.f = y};
	return true;
}

/* Sets size and mapping for the texture that the surface has. */
static bool update_geometry(struct xg_surface *surface)
{
	const struct xg_surface_state *state = &surface->current;
	const bool turned = state->transform & WL_OUTPUT_TRANSFORM_90;
	const int32_t width = turned ? surface->texture->height : surface->texture->width;
	const int32_t height = turned ? surface->texture->width : surface->texture->height;

	if (width % state->scale != 0 || height % state->scale != 0) {
		wl_resource_post_error(surface->resource, WL_SURFACE_ERROR_INVALID_SIZE,
			"a buffer of %d × %d is no multiple of the scale %d", width, height,
			state->scale);
		return false;
	}
	if (!apply_viewport(surface, width / state->scale, height / state->scale))
		return false;

	const struct xg_affine turn = xg_affine_from_transform(
		state->transform, width / state->scale, height / state->scale);
	const struct xg_affine scale = {.a = state->scale, .e = state->scale};
	const struct xg_affine turned_map = xg_affine_then(&surface->to_buffer, &turn);

	surface->to_buffer = xg_affine_then(&turned_map, &scale);
	surface->is_scaled =
		surface->width != width || surface->height != height || state->viewport.has_source;
	return true;
}

/* Makes the buffer the one that the texture is to be copied from. */
static void set_source(struct xg_surface *surface, struct wl_resource *buffer)
{
	if (surface->source == buffer)
		return;
	if (surface->source)
		wl_buffer_send_release(surface->source);
	wl_list_remove(&surface->source_destroyed.link);
	wl_resource_add_destroy_listener(buffer, &surface->source_destroyed);
	surface->source = buffer;
}

static bool take_buffer(struct xg_surface *surface, struct wl_resource *buffer)
{
	struct xg_surface_state *state = &surface->current;
	const struct xg_box bounds = xg_buffer_bounds(buffer);

	if (!xg_buffer_check(buffer, surface) ||
		!count_pixels(surface, (uint64_t)bounds.width * (uint64_t)bounds.height * 4))
		return false;
	if (!surface->texture)
		surface->texture = xg_texture_create();
	if (!surface->texture) {
		wl_resource_post_no_memory(surface->resource);
		return false;
	}
	set_source(surface, buffer);
	if (xg_texture_resize(
		    surface->texture, xg_buffer_format(buffer), bounds.width, bounds.height))
		pixman_region32_union_rect(&surface->outdated, &surface->outdated, 0, 0,
			(unsigned)bounds.width, (unsigned)bounds.height);
	else
		pixman_region32_union(
			&surface->outdated, &surface->outdated, &state->buffer_damage);
	xg_buffer_ref_set(&state->buffer, NULL);
	if (surface->server->uploads_at_once)
		xg_surface_upload(surface);
	return true;
}

/* The damage of both kinds, in surface coordinates, goes to the output. */
static void tell_output(struct xg_surface *surface)
{
	struct xg_surface_state *state = &surface->current;
	const struct xg_box bounds = {0, 0, surface->width, surface->height};
	const struct xg_affine to_surface = xg_affine_inverse(&surface->to_buffer);

	/* Filtering carries each pixel of the buffer over to its neighbours. */
	xg_affine_add_region(&to_surface, &state->surface_damage, &state->buffer_damage,
		surface->is_scaled ? 1 : 0, &bounds);
	pixman_region32_intersect_rect(&state->surface_damage, &state->surface_damage, 0, 0,
		(unsigned)surface->width, (unsigned)surface->height);
	xg_output_damage_surface(surface->server->output, surface, &state->surface_damage);
}

bool xg_surface_update_content(struct xg_surface *surface)
{
	struct xg_surface_state *state = &surface->current;
	struct wl_resource *buffer = state->buffer.resource;
	const uint32_t moves = XG_CHANGED_TRANSFORM | XG_CHANGED_SCALE | XG_CHANGED_VIEWPORT;

	if ((state->changed & XG_CHANGED_BUFFER) && !buffer)
		xg_surface_drop_content(surface);
	if (buffer) {
		struct xg_affine to_buffer = surface->to_buffer;
		const struct xg_box bounds = xg_buffer_bounds(buffer);

		/* Surface damage is meant for the new buffer, by the new mapping; until that is
		 * known, only a mapping that stays the same says which pixels to copy. */
		if (surface->texture && !(state->changed & moves) &&
			surface->texture->width == bounds.width &&
			surface->texture->height == bounds.height)
			xg_affine_add_region(&to_buffer, &state->buffer_damage,
				&state->surface_damage, 0, &bounds);
		else
			pixman_region32_union_rect(&state->buffer_damage, &state->buffer_damage, 0,
				0, (unsigned)bounds.width, (unsigned)bounds.height);
		if (!take_buffer(surface, buffer))
			return false;
	}
	if (surface->texture) {
		if ((buffer || (state->changed & moves)) && !update_geometry(surface))
			return false;
		tell_output(surface);
	}
	pixman_region32_clear(&state->surface_damage);
	pixman_region32_clear(&state->buffer_damage);
	return true;
}

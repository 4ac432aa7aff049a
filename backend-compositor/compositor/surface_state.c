/* SPDX-License-Identifier: MIT */
/* See surface_state.h. */
#include "surface_state.h"

#include <limits.h>
#include <wayland-server-protocol.h>

#include "presentation.h"

static void handle_buffer_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_buffer_ref *ref = wl_container_of(listener, ref, destroyed);

	wl_list_remove(&ref->destroyed.link);
	wl_list_init(&ref->destroyed.link);
	ref->resource = NULL;
}

void xg_buffer_ref_set(struct xg_buffer_ref *ref, struct wl_resource *buffer)
{
	wl_list_remove(&ref->destroyed.link);
	wl_list_init(&ref->destroyed.link);
	ref->resource = buffer;
	if (buffer)
		wl_resource_add_destroy_listener(buffer, &ref->destroyed);
}

void xg_surface_state_init(struct xg_surface_state *state)
{
	*state = (struct xg_surface_state){.scale = 1};
	wl_list_init(&state->buffer.destroyed.link);
	state->buffer.destroyed.notify = handle_buffer_destroyed;
	pixman_region32_init(&state->surface_damage);
	pixman_region32_init(&state->buffer_damage);
	pixman_region32_init(&state->opaque);
	/* wl_surface.set_input_region: all of the surface until the client says otherwise. */
	pixman_region32_init_rect(
		&state->input, INT32_MIN / 2, INT32_MIN / 2, INT32_MAX, INT32_MAX);
	wl_list_init(&state->frame_callbacks);
	wl_list_init(&state->feedbacks);
}

void xg_surface_state_finish(struct xg_surface_state *state)
{
	struct wl_resource *callback, *next;

	xg_buffer_ref_set(&state->buffer, NULL);
	pixman_region32_fini(&state->surface_damage);
	pixman_region32_fini(&state->buffer_damage);
	pixman_region32_fini(&state->opaque);
	pixman_region32_fini(&state->input);
	wl_resource_for_each_safe(callback, next, &state->frame_callbacks)
		wl_resource_destroy(callback);
	xg_presentation_discard(&state->feedbacks);
}

void xg_surface_state_move(struct xg_surface_state *target, struct xg_surface_state *source)
{
	const uint32_t changed = source->changed;

	if (changed & XG_CHANGED_BUFFER) {
		/* A buffer replaced before it was on show was never used. */
		if (target->buffer.resource && target->buffer.resource != source->buffer.resource)
			wl_buffer_send_release(target->buffer.resource);
		xg_buffer_ref_set(&target->buffer, source->buffer.resource);
		xg_buffer_ref_set(&source->buffer, NULL);
		xg_presentation_discard(&target->feedbacks);
	}
	if (changed & XG_CHANGED_OPAQUE)
		pixman_region32_copy(&target->opaque, &source->opaque);
	if (changed & XG_CHANGED_INPUT)
		pixman_region32_copy(&target->input, &source->input);
	if (changed & XG_CHANGED_TRANSFORM)
		target->transform = source->transform;
	if (changed & XG_CHANGED_SCALE)
		target->scale = source->scale;
	if (changed & XG_CHANGED_VIEWPORT)
		target->viewport = source->viewport;

	target->changed |= changed;
	target->dx += source->dx;
	target->dy += source->dy;
	pixman_region32_union(
		&target->surface_damage, &target->surface_damage, &source->surface_damage);
	pixman_region32_union(
		&target->buffer_damage, &target->buffer_damage, &source->buffer_damage);
	wl_list_insert_list(target->frame_callbacks.prev, &source->frame_callbacks);
	wl_list_insert_list(target->feedbacks.prev, &source->feedbacks);

	source->changed = 0;
	source->dx = source->dy = 0;
	pixman_region32_clear(&source->surface_damage);
	pixman_region32_clear(&source->buffer_damage);
	wl_list_init(&source->frame_callbacks);
	wl_list_init(&source->feedbacks);
}

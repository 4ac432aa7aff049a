/* SPDX-License-Identifier: MIT */
/* See presentation.h. The clock is CLOCK_MONOTONIC, as everywhere. */
#include "presentation.h"

#include <time.h>

#include "output.h"
#include "presentation-time-server-protocol.h"
#include "server.h"
#include "surface.h"

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_feedback_destroyed(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void handle_feedback(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *surface_resource, uint32_t id)
{
	struct xg_surface *surface = xg_surface_from_resource(surface_resource);
	struct wl_resource *feedback =
		wl_resource_create(client, &wp_presentation_feedback_interface, 1, id);

	if (!feedback) {
		wl_resource_post_no_memory(resource);
		return;
	}
	wl_resource_set_implementation(feedback, NULL, NULL, handle_feedback_destroyed);
	wl_list_insert(surface->pending.feedbacks.prev, wl_resource_get_link(feedback));
}

static const struct wp_presentation_interface implementation = {
	.destroy = handle_destroy,
	.feedback = handle_feedback,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource = xg_server_bind(
		client, &wp_presentation_interface, version, id, &implementation, data);

	if (resource)
		wp_presentation_send_clock_id(resource, CLOCK_MONOTONIC);
}

bool xg_presentation_init(struct xg_server *server)
{
	return wl_global_create(server->display, &wp_presentation_interface, 1, server, bind);
}

void xg_presentation_presented(struct wl_list *feedbacks, struct xg_output *output)
{
	const uint64_t second = output->presented_ns / 1000000000;
	const uint32_t nanosecond = (uint32_t)(output->presented_ns % 1000000000);
	const uint32_t period = (uint32_t)(1000000000000 / output->refresh_mhz);
	struct wl_resource *feedback, *next, *resource;

	wl_resource_for_each_safe(feedback, next, feedbacks)
	{
		wl_resource_for_each(resource, &output->resources)
		{
			if (wl_resource_get_client(resource) == wl_resource_get_client(feedback))
				wp_presentation_feedback_send_sync_output(feedback, resource);
		}
		wp_presentation_feedback_send_presented(feedback, (uint32_t)(second >> 32),
			(uint32_t)second, nanosecond, period, (uint32_t)(output->sequence >> 32),
			(uint32_t)output->sequence, 0);
		wl_resource_destroy(feedback);
	}
}

void xg_presentation_discard(struct wl_list *feedbacks)
{
	struct wl_resource *feedback, *next;

	wl_resource_for_each_safe(feedback, next, feedbacks)
	{
		wp_presentation_feedback_send_discarded(feedback);
		wl_resource_destroy(feedback);
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * See screen_time.h. A queue and a registry of our own, beside the relay's and the driver's on the
 * same connection; the relay reads the connection, so here events are only dispatched.
 */
#include "screen_time.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <wayland-client.h>

#include "presentation-time-client-protocol.h"

struct xg_screen_time {
	struct wl_display *display;
	struct wl_event_queue *queue;
	struct wp_presentation *presentation;
	bool is_monotonic; /* the clock is the timeline's */
	struct wl_list frames;
};

/* A frame that is on its way. */
struct frame {
	struct wl_list link;
	struct wp_presentation_feedback *feedback;
	struct xg_timeline_frame name;
	uint64_t begin_ns;
};

static void frame_destroy(struct frame *frame)
{
	wp_presentation_feedback_destroy(frame->feedback);
	wl_list_remove(&frame->link);
	free(frame);
}

static void handle_sync_output(
	void *data, struct wp_presentation_feedback *feedback, struct wl_output *output)
{
}

static void handle_presented(void *data, struct wp_presentation_feedback *feedback,
	uint32_t second_high, uint32_t second_low, uint32_t nanosecond, uint32_t refresh,
	uint32_t sequence_high, uint32_t sequence_low, uint32_t flags)
{
	struct frame *frame = data;
	const uint64_t second = (uint64_t)second_high << 32 | second_low;

	xg_timeline_overlapping(frame->begin_ns, second * UINT64_C(1000000000) + nanosecond,
		"on its way to the screen", &frame->name);
	frame_destroy(frame);
}

static void handle_discarded(void *data, struct wp_presentation_feedback *feedback)
{
	frame_destroy(data);
}

static const struct wp_presentation_feedback_listener feedback_listener = {
	.sync_output = handle_sync_output,
	.presented = handle_presented,
	.discarded = handle_discarded,
};

static void handle_clock_id(void *data, struct wp_presentation *presentation, uint32_t clock)
{
	struct xg_screen_time *time = data;

	time->is_monotonic = clock == CLOCK_MONOTONIC;
}

static const struct wp_presentation_listener presentation_listener = {
	.clock_id = handle_clock_id,
};

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct xg_screen_time *time = data;

	if (time->presentation || strcmp(interface, wp_presentation_interface.name) != 0)
		return;
	time->presentation = wl_registry_bind(registry, name, &wp_presentation_interface, 1);
	if (time->presentation)
		wp_presentation_add_listener(time->presentation, &presentation_listener, time);
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

/* Finds the compositor's clock. False: it has none that is ours. */
static bool bind_presentation(struct xg_screen_time *time)
{
	struct wl_display *wrapper = wl_proxy_create_wrapper(time->display);
	struct wl_registry *registry;

	if (!wrapper)
		return false;
	wl_proxy_set_queue((struct wl_proxy *)wrapper, time->queue);
	registry = wl_display_get_registry(wrapper);
	wl_proxy_wrapper_destroy(wrapper);
	if (!registry)
		return false;
	wl_registry_add_listener(registry, &registry_listener, time);
	/* The globals, then the clock of the one that was bound. */
	for (int i = 0; i < 2; i++)
		wl_display_roundtrip_queue(time->display, time->queue);
	wl_registry_destroy(registry);
	return time->is_monotonic;
}

struct xg_screen_time *xg_screen_time_create(struct wl_display *display)
{
	struct xg_screen_time *time;

	if (xg_timeline_begin() == 0)
		return NULL;
	time = calloc(1, sizeof(*time));
	if (!time)
		return NULL;
	time->display = display;
	wl_list_init(&time->frames);
	time->queue = wl_display_create_queue(display);
	if (time->queue && bind_presentation(time))
		return time;
	xg_screen_time_destroy(time);
	return NULL;
}

void xg_screen_time_destroy(struct xg_screen_time *time)
{
	struct frame *frame, *next;

	if (!time)
		return;
	wl_list_for_each_safe (frame, next, &time->frames, link)
		frame_destroy(frame);
	if (time->presentation)
		wp_presentation_destroy(time->presentation);
	if (time->queue)
		wl_event_queue_destroy(time->queue);
	free(time);
}

void xg_screen_time_ask(struct xg_screen_time *time, struct wl_surface *surface,
	const struct xg_timeline_frame *name)
{
	struct frame *frame = calloc(1, sizeof(*frame));

	wl_display_dispatch_queue_pending(time->display, time->queue);
	if (!frame)
		return;
	frame->feedback = wp_presentation_feedback(time->presentation, surface);
	if (!frame->feedback) {
		free(frame);
		return;
	}
	wp_presentation_feedback_add_listener(frame->feedback, &feedback_listener, frame);
	frame->name = *name;
	frame->begin_ns = xg_timeline_now();
	wl_list_insert(&time->frames, &frame->link);
}

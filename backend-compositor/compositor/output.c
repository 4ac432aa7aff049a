/* SPDX-License-Identifier: MIT */
/* One frame, from the clock's tick to the callbacks; see output_global.c for wl_output. */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timeline.h"
#include "output_global.h"
#include "presentation.h"
#include "screencopy.h"
#include "seat.h"
#include "server.h"
#include "surface.h"
#include "surface_content.h"

#define SECOND_NS     UINT64_C(1000000000)
#define SLOW_CLOCK_MS 1000

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

static uint64_t period_ns(const struct xg_output *output)
{
	return SECOND_NS * 1000 / (uint64_t)output->refresh_mhz;
}

struct xg_box xg_output_box(const struct xg_output *output)
{
	return (struct xg_box){0, 0, output->width, output->height};
}

/* The next multiple of the period after the last frame that is not over yet. */
static void set_clock(struct xg_output *output)
{
	const uint64_t now = now_ns(), period = period_ns(output);
	uint64_t next = output->last_frame_ns + period;

	if (next < now)
		next += (now - next + period - 1) / period * period;

	const struct itimerspec when = {.it_value = {.tv_sec = (time_t)(next / SECOND_NS),
						.tv_nsec = (long)(next % SECOND_NS)}};
	output->next_frame_ns = next;
	timerfd_settime(output->clock_fd, TFD_TIMER_ABSTIME, &when, NULL);
	output->phase = XG_OUTPUT_SCHEDULED;
}

void xg_output_schedule(struct xg_output *output)
{
	if (!output)
		return;
	if (output->phase == XG_OUTPUT_ASLEEP)
		set_clock(output);
	else if (output->phase == XG_OUTPUT_PRESENTING)
		output->again = true;
}

void xg_output_damage_surface(
	struct xg_output *output, const struct xg_surface *surface, pixman_region32_t *damage)
{
	pixman_region32_t moved;

	if (!output || !pixman_region32_not_empty(damage))
		return;
	for (size_t i = 0; i < output->scene.count; i++) {
		const struct xg_node *node = &output->scene.nodes[i];

		if (node->id != surface->id)
			continue;
		pixman_region32_init(&moved);
		pixman_region32_copy(&moved, damage);
		pixman_region32_translate(&moved, node->box.x, node->box.y);
		pixman_region32_intersect_rect(&moved, &moved, node->clip.x, node->clip.y,
			(unsigned)node->clip.width, (unsigned)node->clip.height);
		pixman_region32_union(&output->damage, &output->damage, &moved);
		pixman_region32_fini(&moved);
	}
}

static void mark_visible(struct xg_output *output, const struct xg_scene *scene)
{
	struct xg_surface *surface;

	wl_list_for_each (surface, &output->server->surfaces, link)
		surface->visible = false;
	for (size_t i = 0; i < scene->count; i++) {
		const struct xg_node *node = &scene->nodes[i];

		if (!node->surface ||
			!pixman_region32_not_empty((pixman_region32_t *)&node->visible))
			continue;
		node->surface->visible = true;
		xg_surface_upload(node->surface);
	}
}

/* Takes what the visible surfaces are owed for this frame, and sends enter and leave. */
static void collect_visible(struct xg_output *output)
{
	struct xg_surface *surface;
	bool hidden_wait = false;

	wl_list_for_each (surface, &output->server->surfaces, link) {
		struct xg_surface_state *state = &surface->current;

		if (surface->visible) {
			wl_list_insert_list(output->frame_callbacks.prev, &state->frame_callbacks);
			wl_list_init(&state->frame_callbacks);
			wl_list_insert_list(output->feedbacks.prev, &state->feedbacks);
			wl_list_init(&state->feedbacks);
		} else {
			xg_presentation_discard(&state->feedbacks);
			hidden_wait |= !wl_list_empty(&state->frame_callbacks);
		}
		if (surface->entered != surface->visible)
			xg_output_send_enter(output, surface, surface->visible);
		surface->entered = surface->visible;
	}
	if (hidden_wait && !output->slow_clock_runs) {
		wl_event_source_timer_update(output->slow_clock, SLOW_CLOCK_MS);
		output->slow_clock_runs = true;
	}
}

static int handle_slow_clock(void *data)
{
	struct xg_output *output = data;
	struct xg_surface *surface;

	output->slow_clock_runs = false;
	wl_list_for_each (surface, &output->server->surfaces, link) {
		if (surface->visible || wl_list_empty(&surface->current.frame_callbacks))
			continue;
		xg_surface_upload(surface);
		xg_surface_send_done(&surface->current.frame_callbacks, xg_time_ms());
	}
	return 0;
}

static bool paint(struct xg_output *output)
{
	const struct xg_box box = xg_output_box(output);
	struct xg_renderer *renderer = output->server->renderer;
	struct xg_scene scene;
	bool presented = true;

	xg_scene_init(&scene);
	xg_scene_build(&scene, output, true);
	xg_scene_occlude(&scene, &box);
	xg_scene_difference(&output->scene, &scene, &output->damage);
	pixman_region32_intersect_rect(&output->damage, &output->damage, 0, 0,
		(unsigned)output->width, (unsigned)output->height);
	mark_visible(output, &scene);
	collect_visible(output);

	xg_screencopy_note_damage(output, &output->damage);
	if (pixman_region32_not_empty(&output->damage)) {
		const uint64_t begin_ns = xg_timeline_begin();

		xg_renderer_paint(renderer, &output->canvas, &scene, &output->damage);
		presented = output->impl->present(output, &output->damage);
		xg_timeline_end(begin_ns, "paint", NULL);
		pixman_region32_clear(&output->damage);
		xg_seat_handle_scene(output->server->seat);
	}
	xg_scene_finish(&output->scene);
	output->scene = scene;
	xg_screencopy_capture(output);
	return presented;
}

void xg_output_presented(struct xg_output *output)
{
	output->phase = XG_OUTPUT_ASLEEP;
	output->presented_ns = now_ns();
	xg_presentation_presented(&output->feedbacks, output);
	xg_surface_send_done(&output->frame_callbacks, (uint32_t)(output->presented_ns / 1000000));
	if (output->again) {
		output->again = false;
		xg_output_schedule(output);
	}
}

static int handle_clock(int fd, uint32_t mask, void *data)
{
	struct xg_output *output = data;
	uint64_t ticks;

	if (read(fd, &ticks, sizeof(ticks)) < 0)
		return 0;
	output->phase = XG_OUTPUT_PRESENTING;
	output->sequence += (output->next_frame_ns - output->last_frame_ns) / period_ns(output);
	output->last_frame_ns = output->next_frame_ns;
	if (paint(output))
		xg_output_presented(output);
	return 0;
}

bool xg_output_resize(struct xg_output *output, int32_t width, int32_t height)
{
	struct xg_canvas canvas;

	if (!xg_canvas_init(&canvas, width, height))
		return false;
	xg_canvas_finish(&output->canvas);
	output->canvas = canvas;
	output->width = width;
	output->height = height;
	pixman_region32_union_rect(
		&output->damage, &output->damage, 0, 0, (unsigned)width, (unsigned)height);
	xg_output_send_mode(output);
	xg_output_schedule(output);
	return true;
}

static bool init_clocks(struct xg_output *output)
{
	struct wl_event_loop *loop = output->server->loop;

	output->clock_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (output->clock_fd < 0) {
		xg_log(XG_LOG_ERROR, "output", "no timer: %s", strerror(errno));
		return false;
	}
	output->clock = wl_event_loop_add_fd(
		loop, output->clock_fd, WL_EVENT_READABLE, handle_clock, output);
	output->slow_clock = wl_event_loop_add_timer(loop, handle_slow_clock, output);
	if (!output->clock || !output->slow_clock)
		abort();
	return true;
}

bool xg_output_init(struct xg_output *output, struct xg_server *server,
	const struct xg_output_impl *impl, int32_t width, int32_t height, int32_t refresh_mhz)
{
	output->server = server;
	output->impl = impl;
	output->width = width;
	output->height = height;
	output->refresh_mhz = refresh_mhz;
	wl_list_init(&output->resources);
	wl_list_init(&output->xdg_outputs);
	wl_list_init(&output->frame_callbacks);
	wl_list_init(&output->feedbacks);
	wl_list_init(&output->captures);
	xg_scene_init(&output->scene);
	if (!xg_canvas_init(&output->canvas, width, height)) {
		xg_log(XG_LOG_ERROR, "output", "the GLES driver cannot draw %d × %d", width,
			height);
		return false;
	}
	if (!init_clocks(output)) {
		xg_canvas_finish(&output->canvas);
		return false;
	}
	pixman_region32_init(&output->damage);
	xg_output_global_init(output);
	xg_output_schedule(output);
	return true;
}

void xg_output_finish(struct xg_output *output)
{
	wl_event_source_remove(output->clock);
	wl_event_source_remove(output->slow_clock);
	close(output->clock_fd);
	wl_global_destroy(output->global);
	xg_scene_finish(&output->scene);
	pixman_region32_fini(&output->damage);
	xg_canvas_finish(&output->canvas);
}

void xg_output_destroy(struct xg_output *output)
{
	if (output)
		output->impl->destroy(output);
}

/* SPDX-License-Identifier: MIT */
/* See screencopy.h. A capture is answered at the end of the frame after it was asked for. */
#include "screencopy.h"

#include <stdlib.h>
#include <wayland-server-protocol.h>

#include "output.h"
#include "output_global.h"
#include "renderer.h"
#include "scene.h"
#include "server.h"
#include "wlr-screencopy-unstable-v1-server-protocol.h"

#define FORMAT WL_SHM_FORMAT_XRGB8888

struct xg_capture {
	struct wl_resource *resource;
	struct xg_output *output;
	struct wl_list link; /* xg_output.captures while it waits */
	struct xg_box box;
	bool with_cursor, waits_for_damage, is_used;
	pixman_region32_t damage;
	struct wl_resource *buffer; /* NULL until copy, and when the client destroys it */
	struct wl_listener buffer_destroyed;
};

static void stop_waiting(struct xg_capture *capture)
{
	wl_list_remove(&capture->link);
	wl_list_init(&capture->link);
	wl_list_remove(&capture->buffer_destroyed.link);
	wl_list_init(&capture->buffer_destroyed.link);
	capture->buffer = NULL;
}

static void fail(struct xg_capture *capture)
{
	stop_waiting(capture);
	zwlr_screencopy_frame_v1_send_failed(capture->resource);
}

static void handle_buffer_destroyed(struct wl_listener *listener, void *data)
{
	struct xg_capture *capture = wl_container_of(listener, capture, buffer_destroyed);

	fail(capture);
}

static bool fits(const struct xg_capture *capture, struct wl_resource *buffer)
{
	struct wl_shm_buffer *shm = wl_shm_buffer_get(buffer);

	return shm && wl_shm_buffer_get_format(shm) == FORMAT &&
	       wl_shm_buffer_get_width(shm) == capture->box.width &&
	       wl_shm_buffer_get_height(shm) == capture->box.height &&
	       wl_shm_buffer_get_stride(shm) >= 4 * capture->box.width;
}

static void begin(struct wl_resource *resource, struct wl_resource *buffer, bool waits_for_damage)
{
	struct xg_capture *capture = wl_resource_get_user_data(resource);

	if (capture->is_used) {
		wl_resource_post_error(resource, ZWLR_SCREENCOPY_FRAME_V1_ERROR_ALREADY_USED,
			"the frame has been copied already");
		return;
	}
	capture->is_used = true;
	if (xg_box_is_empty(&capture->box)) {
		zwlr_screencopy_frame_v1_send_failed(resource);
		return;
	}
	if (!fits(capture, buffer)) {
		wl_resource_post_error(resource, ZWLR_SCREENCOPY_FRAME_V1_ERROR_INVALID_BUFFER,
			"the buffer is not of the kind that was asked for");
		return;
	}
	capture->waits_for_damage = waits_for_damage;
	capture->buffer = buffer;
	wl_resource_add_destroy_listener(buffer, &capture->buffer_destroyed);
	wl_list_insert(capture->output->captures.prev, &capture->link);
	xg_output_schedule(capture->output);
}

static void handle_copy(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *buffer)
{
	begin(resource, buffer, false);
}

static void handle_copy_with_damage(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *buffer)
{
	begin(resource, buffer, true);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct zwlr_screencopy_frame_v1_interface frame_implementation = {
	.copy = handle_copy,
	.destroy = handle_destroy,
	.copy_with_damage = handle_copy_with_damage,
};

void xg_screencopy_note_damage(struct xg_output *output, pixman_region32_t *damage)
{
	struct xg_capture *capture;

	wl_list_for_each (capture, &output->captures, link) {
		pixman_region32_union(&capture->damage, &capture->damage, damage);
		pixman_region32_intersect_rect(&capture->damage, &capture->damage, capture->box.x,
			capture->box.y, (unsigned)capture->box.width,
			(unsigned)capture->box.height);
	}
}

/* The canvas shows the cursor; a picture without it is painted apart. */
static void read_pixels(struct xg_capture *capture, void *data, int32_t stride_bytes)
{
	struct xg_output *output = capture->output;
	struct xg_renderer *renderer = output->server->renderer;
	const struct xg_box all = xg_output_box(output);
	struct xg_canvas canvas;
	struct xg_scene scene;
	pixman_region32_t region;

	if (capture->with_cursor ||
		!xg_canvas_init(&canvas, output->canvas.width, output->canvas.height)) {
		xg_renderer_read(renderer, &output->canvas, &capture->box, data, stride_bytes);
		return;
	}
	xg_scene_init(&scene);
	xg_scene_build(&scene, output, false);
	xg_scene_occlude(&scene, &all);
	pixman_region32_init_rect(&region, capture->box.x, capture->box.y,
		(unsigned)capture->box.width, (unsigned)capture->box.height);
	xg_renderer_paint(renderer, &canvas, &scene, &region);
	xg_renderer_read(renderer, &canvas, &capture->box, data, stride_bytes);
	pixman_region32_fini(&region);
	xg_scene_finish(&scene);
	xg_canvas_finish(&canvas);
}

static void send_damage(struct xg_capture *capture)
{
	const pixman_box32_t *box = pixman_region32_extents(&capture->damage);

	zwlr_screencopy_frame_v1_send_damage(capture->resource,
		(uint32_t)(box->x1 - capture->box.x), (uint32_t)(box->y1 - capture->box.y),
		(uint32_t)(box->x2 - box->x1), (uint32_t)(box->y2 - box->y1));
}

static void answer(struct xg_capture *capture)
{
	const struct xg_output *output = capture->output;
	const struct xg_box all = xg_output_box(output);
	const struct xg_box box = xg_box_intersect(&capture->box, &all);
	struct wl_shm_buffer *shm = wl_shm_buffer_get(capture->buffer);
	const uint64_t second = output->last_frame_ns / 1000000000;

	/* The screen may have become smaller meanwhile. */
	if (!xg_box_equal(&box, &capture->box)) {
		fail(capture);
		return;
	}
	wl_shm_buffer_begin_access(shm);
	read_pixels(capture, wl_shm_buffer_get_data(shm), wl_shm_buffer_get_stride(shm));
	wl_shm_buffer_end_access(shm);
	zwlr_screencopy_frame_v1_send_flags(capture->resource, 0);
	if (capture->waits_for_damage)
		send_damage(capture);
	zwlr_screencopy_frame_v1_send_ready(capture->resource, (uint32_t)(second >> 32),
		(uint32_t)second, (uint32_t)(output->last_frame_ns % 1000000000));
	stop_waiting(capture);
}

void xg_screencopy_capture(struct xg_output *output)
{
	struct xg_capture *capture, *next;

	wl_list_for_each_safe (capture, next, &output->captures, link) {
		if (!capture->waits_for_damage || pixman_region32_not_empty(&capture->damage))
			answer(capture);
	}
}

static void handle_frame_destroyed(struct wl_resource *resource)
{
	struct xg_capture *capture = wl_resource_get_user_data(resource);

	stop_waiting(capture);
	pixman_region32_fini(&capture->damage);
	free(capture);
}

static void create(struct wl_resource *manager, uint32_t id, bool with_cursor,
	struct xg_output *output, const struct xg_box *wanted)
{
	const int version = wl_resource_get_version(manager);
	const struct xg_box all = xg_output_box(output);
	struct xg_capture *capture = calloc(1, sizeof(*capture));

	if (capture)
		capture->resource = wl_resource_create(wl_resource_get_client(manager),
			&zwlr_screencopy_frame_v1_interface, version, id);
	if (!capture || !capture->resource) {
		free(capture);
		wl_resource_post_no_memory(manager);
		return;
	}
	capture->output = output;
	capture->box = xg_box_intersect(wanted, &all);
	capture->with_cursor = with_cursor;
	pixman_region32_init(&capture->damage);
	wl_list_init(&capture->link);
	wl_list_init(&capture->buffer_destroyed.link);
	capture->buffer_destroyed.notify = handle_buffer_destroyed;
	wl_resource_set_implementation(
		capture->resource, &frame_implementation, capture, handle_frame_destroyed);
	if (xg_box_is_empty(&capture->box)) {
		zwlr_screencopy_frame_v1_send_failed(capture->resource);
		return;
	}
	zwlr_screencopy_frame_v1_send_buffer(capture->resource, FORMAT,
		(uint32_t)capture->box.width, (uint32_t)capture->box.height,
		4 * (uint32_t)capture->box.width);
	if (version >= ZWLR_SCREENCOPY_FRAME_V1_BUFFER_DONE_SINCE_VERSION)
		zwlr_screencopy_frame_v1_send_buffer_done(capture->resource);
}

static void handle_capture_output(struct wl_client *client, struct wl_resource *resource,
	uint32_t id, int32_t overlay_cursor, struct wl_resource *output_resource)
{
	struct xg_output *output = xg_output_from_resource(output_resource);
	const struct xg_box all = xg_output_box(output);

	create(resource, id, overlay_cursor, output, &all);
}

static void handle_capture_output_region(struct wl_client *client, struct wl_resource *resource,
	uint32_t id, int32_t overlay_cursor, struct wl_resource *output_resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
	const struct xg_box wanted = {x, y, width, height};

	create(resource, id, overlay_cursor, xg_output_from_resource(output_resource), &wanted);
}

static const struct zwlr_screencopy_manager_v1_interface manager_implementation = {
	.capture_output = handle_capture_output,
	.capture_output_region = handle_capture_output_region,
	.destroy = handle_destroy,
};

static void bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	xg_server_bind(client, &zwlr_screencopy_manager_v1_interface, version, id,
		&manager_implementation, data);
}

bool xg_screencopy_init(struct xg_server *server)
{
	return wl_global_create(
		server->display, &zwlr_screencopy_manager_v1_interface, 3, server, bind);
}

bool xg_screencopy_is_global(const struct wl_global *global)
{
	return wl_global_get_interface(global) == &zwlr_screencopy_manager_v1_interface;
}

/* SPDX-License-Identifier: MIT */
/* Pictures of the screen, by screencopy; see client.h. */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

struct copy {
	uint32_t width, height, stride;
	bool is_described, is_ready, has_failed;
};

static void handle_buffer(void *data, struct zwlr_screencopy_frame_v1 *frame, uint32_t format,
	uint32_t width, uint32_t height, uint32_t stride)
{
	struct copy *copy = data;

	assert_int_equal(format, WL_SHM_FORMAT_XRGB8888);
	copy->width = width;
	copy->height = height;
	copy->stride = stride;
}

static void handle_flags(void *data, struct zwlr_screencopy_frame_v1 *frame, uint32_t flags)
{
	assert_int_equal(flags, 0);
}

static void handle_ready(void *data, struct zwlr_screencopy_frame_v1 *frame, uint32_t second_high,
	uint32_t second_low, uint32_t nanosecond)
{
	struct copy *copy = data;

	copy->is_ready = true;
}

static void handle_failed(void *data, struct zwlr_screencopy_frame_v1 *frame)
{
	struct copy *copy = data;

	copy->has_failed = true;
}

static void handle_damage(void *data, struct zwlr_screencopy_frame_v1 *frame, uint32_t x,
	uint32_t y, uint32_t width, uint32_t height)
{
}

static void handle_linux_dmabuf(void *data, struct zwlr_screencopy_frame_v1 *frame, uint32_t format,
	uint32_t width, uint32_t height)
{
}

static void handle_buffer_done(void *data, struct zwlr_screencopy_frame_v1 *frame)
{
	struct copy *copy = data;

	copy->is_described = true;
}

static const struct zwlr_screencopy_frame_v1_listener frame_listener = {
	.buffer = handle_buffer,
	.flags = handle_flags,
	.ready = handle_ready,
	.failed = handle_failed,
	.damage = handle_damage,
	.linux_dmabuf = handle_linux_dmabuf,
	.buffer_done = handle_buffer_done,
};

static void wait_for(struct client *client, const bool *flag, const struct copy *copy)
{
	while (!*flag) {
		assert_true(wl_display_dispatch(client->display) >= 0);
		assert_false(copy->has_failed);
	}
}

void picture_take(struct picture *picture, struct client *client, bool with_cursor)
{
	struct copy copy = {0};
	struct zwlr_screencopy_frame_v1 *frame = zwlr_screencopy_manager_v1_capture_output(
		client->screencopy, with_cursor, client->output);
	const int fd = memfd_create("test-picture", MFD_CLOEXEC);

	zwlr_screencopy_frame_v1_add_listener(frame, &frame_listener, &copy);
	wait_for(client, &copy.is_described, &copy);
	assert_int_equal(copy.stride, copy.width * 4);

	const size_t size = (size_t)copy.stride * copy.height;
	assert_int_equal(ftruncate(fd, (off_t)size), 0);
	struct wl_shm_pool *pool = wl_shm_create_pool(client->shm, fd, (int32_t)size);
	struct wl_buffer *buffer = wl_shm_pool_create_buffer(pool, 0, (int32_t)copy.width,
		(int32_t)copy.height, (int32_t)copy.stride, WL_SHM_FORMAT_XRGB8888);
	wl_shm_pool_destroy(pool);
	zwlr_screencopy_frame_v1_copy(frame, buffer);
	wait_for(client, &copy.is_ready, &copy);
	zwlr_screencopy_frame_v1_destroy(frame);
	wl_buffer_destroy(buffer);

	picture->width = (int32_t)copy.width;
	picture->height = (int32_t)copy.height;
	picture->pixels = malloc(size);
	assert_non_null(picture->pixels);
	assert_int_equal(pread(fd, picture->pixels, size, 0), size);
	close(fd);
}

void picture_free(struct picture *picture)
{
	free(picture->pixels);
}

uint32_t picture_at(const struct picture *picture, int32_t x, int32_t y)
{
	assert_in_range(x, 0, picture->width - 1);
	assert_in_range(y, 0, picture->height - 1);
	return picture->pixels[y * picture->width + x] | 0xff000000;
}

struct area picture_find(const struct picture *picture, uint32_t colour)
{
	int32_t left = picture->width, top = picture->height, right = 0, bottom = 0;
	int count = 0;

	for (int32_t y = 0; y < picture->height; y++) {
		for (int32_t x = 0; x < picture->width; x++) {
			if (picture_at(picture, x, y) != colour)
				continue;
			left = x < left ? x : left;
			top = y < top ? y : top;
			right = x + 1 > right ? x + 1 : right;
			bottom = y + 1;
			count++;
		}
	}
	if (count == 0)
		return (struct area){0};
	return (struct area){left, top, right - left, bottom - top, count};
}

struct area screen_find(struct client *client, uint32_t colour)
{
	struct picture picture;
	struct area area;

	picture_take(&picture, client, false);
	area = picture_find(&picture, colour);
	picture_free(&picture);
	return area;
}

uint32_t screen_at(struct client *client, int32_t x, int32_t y)
{
	struct picture picture;
	uint32_t colour;

	picture_take(&picture, client, false);
	colour = picture_at(&picture, x, y);
	picture_free(&picture);
	return colour;
}

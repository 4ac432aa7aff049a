/* SPDX-License-Identifier: MIT */
/* What the guest's daemon reads of a buffer whose geometry is the application's invention. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include "app.h"

#define POOL_SIZE 64

enum {
	BUFFER = 2,
	SURFACE,
};

/* Counts the bytes that uploads carry. */
static bool count_bytes(void *data, uint32_t type, const void *head, size_t head_size,
	const void *tail, size_t tail_size)
{
	*(size_t *)data += tail_size;
	return true;
}

static bool is_never_congested(void *data)
{
	return false;
}

/* How many bytes a commit of such a buffer sends: offset, width, height, stride. */
static size_t sent(const int32_t geometry[4], uint32_t format)
{
	size_t bytes = 0;
	const struct xg_wayland_setup setup = {
		.send = count_bytes, .is_congested = is_never_congested, .data = &bytes};
	struct xg_surface surface = {.pending_buffer = BUFFER, .scale = 1};
	struct xg_app app = {.number = 1};
	const int fd = memfd_create("pool", MFD_CLOEXEC);

	assert_int_equal(ftruncate(fd, POOL_SIZE), 0);

	struct xg_app_pool *pool = xg_app_pool_create(1, fd, POOL_SIZE);
	struct xg_buffer *buffer = xg_buffer_create(pool, BUFFER, geometry, format);
	struct xg_app_object shown = {.number = BUFFER, .app = &app, .buffer = buffer};
	struct xg_app_object object = {.number = SURFACE, .app = &app, .surface = &surface};

	wl_list_init(&app.buffers);
	wl_list_insert(&app.buffers, &buffer->link);
	xg_outbox_init(&app.outbox, app.number, 1u << 20);
	assert_true(xg_map_add(&app.objects, BUFFER, &shown));
	assert_true(xg_surface_commit(&app, &object));
	assert_true(xg_outbox_flush(&app.outbox, &setup));
	xg_outbox_finish(&app.outbox);
	xg_buffer_destroy(buffer);
	xg_app_pool_unref(pool);
	xg_map_finish(&app.objects);
	return bytes;
}

static void a_buffer_in_its_pool_is_sent(void **state)
{
	assert_int_equal(sent((int32_t[]){0, 4, 4, 16}, WL_SHM_FORMAT_XRGB8888), POOL_SIZE);
	assert_int_equal(sent((int32_t[]){0, 4, 4, 16}, WL_SHM_FORMAT_NV12), POOL_SIZE);
}

/* Its rows' and its own sizes have more bits than a size_t may. */
static void a_buffer_that_is_larger_than_memory_is_not_read(void **state)
{
	static const int32_t geometries[][4] = {
		{0, 1 << 29, 1, 16},
		{0, 1 << 29, 4, 16},
		{0, 1, (1 << 16) + 1, 1 << 16},
		{0, 1, INT32_MAX, INT32_MAX},
		{0, INT32_MAX, INT32_MAX, INT32_MAX},
		{INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX},
	};

	for (size_t i = 0; i < sizeof(geometries) / sizeof(geometries[0]); i++)
		assert_int_equal(sent(geometries[i], WL_SHM_FORMAT_XBGR16161616F), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buffer_in_its_pool_is_sent),
		cmocka_unit_test(a_buffer_that_is_larger_than_memory_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * Scenarios that show buffers from shared memory. What they print does not matter: the compositor
 * prints a checksum of each buffer that is committed, which must be the same with the relay and
 * without.
 */
#include "client.h"

#include <string.h>
#include <unistd.h>

#define WIDTH	64
#define HEIGHT	48
#define STRIDE	(WIDTH * 4 + 16)
#define BUFFERS 3

/* The same numbers in each run. */
static uint32_t next_random(void)
{
	static uint32_t state = 12345;

	state = state * 1664525 + 1013904223;
	return state >> 8;
}

struct rectangle {
	int32_t x, y, width, height;
};

static struct rectangle random_rectangle(void)
{
	struct rectangle r;

	r.x = (int32_t)(next_random() % WIDTH);
	r.y = (int32_t)(next_random() % HEIGHT);
	r.width = 1 + (int32_t)(next_random() % (uint32_t)(WIDTH - r.x));
	r.height = 1 + (int32_t)(next_random() % (uint32_t)(HEIGHT - r.y));
	return r;
}

static void draw(uint8_t *bytes, struct rectangle r, uint32_t colour)
{
	for (int32_t y = r.y; y < r.y + r.height; y++) {
		for (int32_t x = r.x; x < r.x + r.width; x++)
			memcpy(bytes + y * STRIDE + x * 4, &colour, 4);
	}
}

/* Tells of the rectangle in one of the ways that Wayland has. */
static void damage(struct wl_surface *surface, struct rectangle r, uint32_t way)
{
	if (way == 0)
		wl_surface_damage_buffer(surface, r.x, r.y, r.width, r.height);
	else if (way == 1)
		wl_surface_damage(surface, r.x, r.y, r.width, r.height);
	else
		wl_surface_damage(surface, -5, -7, INT32_MAX, INT32_MAX);
}

/*
 * An animation as toolkits do it: some buffers in turn, of which each is brought up to date by what
 * has changed since it was shown, while only the last change is told.
 */
void scenario_damage(struct test_client *client)
{
	struct wl_surface *surfaces[2];
	struct wl_buffer *buffers[BUFFERS];
	struct test_pool pool;
	static uint8_t canvas[STRIDE * HEIGHT];

	test_pool_init(&pool, client, BUFFERS * sizeof(canvas));
	for (int i = 0; i < 2; i++)
		surfaces[i] = wl_compositor_create_surface(client->compositor);
	for (int i = 0; i < BUFFERS; i++)
		buffers[i] = wl_shm_pool_create_buffer(pool.pool, i * (int)sizeof(canvas), WIDTH,
			HEIGHT, STRIDE, WL_SHM_FORMAT_ARGB8888);
	for (int frame = 0; frame < 200; frame++) {
		const int shown = frame % 40 == 39 ? 0 : frame % BUFFERS;
		struct wl_surface *surface = surfaces[frame % 50 >= 45];
		const uint32_t rectangles = 1 + next_random() % 3;

		for (uint32_t i = 0; i < rectangles; i++) {
			const struct rectangle r = random_rectangle();

			draw(canvas, r, next_random());
			damage(surface, r, next_random() % 8);
		}
		memcpy(pool.bytes + (size_t)shown * sizeof(canvas), canvas, sizeof(canvas));
		if (surface == surfaces[1])
			wl_surface_damage(surface, 0, 0, WIDTH, HEIGHT);
		wl_surface_attach(surface, buffers[shown], 0, 0);
		wl_surface_commit(surface);
		test_client_sync(client);
	}
}

/* Damage in surface coordinates where these are not the buffer's: scaled, and turned. */
void scenario_coordinates(struct test_client *client)
{
	struct wl_buffer *buffers[2];
	struct test_pool pool;
	const size_t size = STRIDE * HEIGHT;

	test_pool_init(&pool, client, 2 * size);
	for (int i = 0; i < 2; i++)
		buffers[i] = wl_shm_pool_create_buffer(
			pool.pool, i * (int)size, WIDTH, HEIGHT, STRIDE, WL_SHM_FORMAT_ARGB8888);
	for (int32_t way = 0; way < 3; way++) {
		struct wl_surface *surface = wl_compositor_create_surface(client->compositor);

		if (way == 1)
			wl_surface_set_buffer_scale(surface, 2);
		if (way == 2)
			wl_surface_set_buffer_transform(surface, WL_OUTPUT_TRANSFORM_90);
		for (int32_t i = 0; i < 8; i++) {
			/* A pixel of the surface is one or four of the buffer, here or there. */
			const int32_t pixels = way == 1 ? 2 : 1;
			const struct rectangle r = {
				way == 2 ? 40 : 10 * pixels, 20, pixels, pixels};

			draw(pool.bytes, r, next_random());
			draw(pool.bytes + size, r, next_random());
			wl_surface_attach(surface, buffers[i % 2], 0, 0);
			if (way == 2)
				wl_surface_damage(surface, 27, 40, 1, 1);
			else
				wl_surface_damage(surface, 10, 20 / pixels, 1, 1);
			wl_surface_commit(surface);
			test_client_sync(client);
		}
	}
}

/* What is destroyed before and after it was shown. */
void scenario_lifetimes(struct test_client *client)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);

	for (uint32_t i = 0; i < 30; i++) {
		struct test_pool pool;

		test_pool_init(&pool, client, 4096);
		struct wl_buffer *buffer =
			wl_shm_pool_create_buffer(pool.pool, 0, 16, 16, 64, WL_SHM_FORMAT_XRGB8888);
		if (i % 3 == 0)
			wl_shm_pool_destroy(pool.pool);
		memset(pool.bytes, (int)i, pool.size);
		wl_surface_attach(surface, buffer, 0, 0);
		wl_surface_damage(surface, 0, 0, 16, 16);
		if (i % 5 == 4) {
			wl_surface_destroy(surface);
			surface = wl_compositor_create_surface(client->compositor);
			wl_surface_attach(surface, buffer, 0, 0);
			wl_surface_damage(surface, 0, 0, 16, 16);
		}
		wl_surface_commit(surface);
		/* Shown again without being attached again, and with new contents. */
		test_client_sync(client);
		memset(pool.bytes, (int)i + 100, pool.size);
		wl_surface_damage_buffer(surface, 0, 0, 16, 16);
		wl_surface_commit(surface);
		test_client_sync(client);
		wl_buffer_destroy(buffer);
		if (i % 3 == 1)
			wl_shm_pool_destroy(pool.pool);
		close(pool.fd);
	}
	wl_surface_attach(surface, NULL, 0, 0);
	wl_surface_commit(surface);
	test_client_sync(client);
}

/* From one pixel to more than a message holds, in a pool that grows, in all kinds of formats. */
void scenario_sizes(struct test_client *client)
{
	static const int32_t sizes[][3] = {{1, 1, 4}, {3, 7, 12}, {640, 480, 640 * 4},
		{9000, 3, 9000 * 4}, {700, 900, 3000}, {9000, 9, 40000}};
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);
	struct test_pool pool;
	int32_t end = 64;

	test_pool_init(&pool, client, 4 << 20);
	/* The test's pool has its size from the first; Wayland's grows. */
	wl_shm_pool_destroy(pool.pool);
	pool.pool = wl_shm_create_pool(client->shm, pool.fd, 64);
	for (size_t i = 0; i < pool.size; i++)
		pool.bytes[i] = (uint8_t)next_random();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const int32_t offset = (int32_t)i * 8;
		const int32_t size = offset + sizes[i][1] * sizes[i][2];

		end = size > end ? size : end;
		wl_shm_pool_resize(pool.pool, end);
		struct wl_buffer *buffer = wl_shm_pool_create_buffer(pool.pool, offset, sizes[i][0],
			sizes[i][1], sizes[i][2], WL_SHM_FORMAT_ARGB8888);
		wl_surface_attach(surface, buffer, 0, 0);
		wl_surface_damage(surface, 0, 0, INT32_MAX, INT32_MAX);
		wl_surface_commit(surface);
		test_client_sync(client);
		pool.bytes[offset + 4 * (sizes[i][0] - 1)] ^= 0xff;
		wl_surface_damage_buffer(surface, sizes[i][0] - 1, 0, 1, 1);
		wl_surface_commit(surface);
		test_client_sync(client);
		wl_buffer_destroy(buffer);
	}
}

/* The file behind a pool becomes shorter: nobody but this application may suffer. */
void scenario_shrunk_file(struct test_client *client)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);
	struct test_pool pool;

	test_pool_init(&pool, client, 1 << 16);
	struct wl_buffer *buffer =
		wl_shm_pool_create_buffer(pool.pool, 0, 128, 128, 512, WL_SHM_FORMAT_ARGB8888);
	test_require(ftruncate(pool.fd, 0) == 0, "ftruncate");
	wl_surface_attach(surface, buffer, 0, 0);
	wl_surface_damage(surface, 0, 0, 128, 128);
	wl_surface_commit(surface);
	wl_display_roundtrip(client->display);
}

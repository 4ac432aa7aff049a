/* SPDX-License-Identifier: MIT */
/* See shm.h. */
#include "shm.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include "app.h"

struct xg_app_pool *xg_app_pool_create(uint64_t number, int fd, int32_t size)
{
	struct xg_app_pool *pool = calloc(1, sizeof(*pool));

	if (!pool) {
		close(fd);
		return NULL;
	}
	pool->number = number;
	pool->references = 1;
	pool->fd = fd;
	pool->size_bytes = size > 0 ? (size_t)size : 0;
	return pool;
}

struct xg_app_pool *xg_app_pool_ref(struct xg_app_pool *pool)
{
	pool->references++;
	return pool;
}

void xg_app_pool_unref(struct xg_app_pool *pool)
{
	if (--pool->references > 0)
		return;
	close(pool->fd);
	free(pool);
}

void xg_app_pool_read(const struct xg_app_pool *pool, size_t offset, void *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		const ssize_t got = pread(
			pool->fd, (uint8_t *)bytes + done, size - done, (off_t)(offset + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	memset((uint8_t *)bytes + done, 0, size - done);
}

static bool contains(const struct xg_rectangle *outer, const struct xg_rectangle *inner)
{
	return outer->x1 <= inner->x1 && outer->y1 <= inner->y1 && outer->x2 >= inner->x2 &&
	       outer->y2 >= inner->y2;
}

static int32_t min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static struct xg_rectangle hull(struct xg_rectangle a, struct xg_rectangle b)
{
	return (struct xg_rectangle){
		min(a.x1, b.x1), min(a.y1, b.y1), max(a.x2, b.x2), max(a.y2, b.y2)};
}

void xg_region_add(struct xg_region *region, struct xg_rectangle rectangle)
{
	uint32_t kept = 0;

	if (rectangle.x1 >= rectangle.x2 || rectangle.y1 >= rectangle.y2)
		return;
	for (uint32_t i = 0; i < region->count; i++) {
		if (contains(&region->rectangles[i], &rectangle))
			return;
		if (!contains(&rectangle, &region->rectangles[i]))
			region->rectangles[kept++] = region->rectangles[i];
	}
	region->count = kept;
	if (region->count == XG_REGION_MAX) {
		for (uint32_t i = 0; i < region->count; i++)
			rectangle = hull(rectangle, region->rectangles[i]);
		region->count = 0;
	}
	region->rectangles[region->count++] = rectangle;
}

/* The bytes of a pixel in formats of one plane; 0 for others. */
static uint32_t pixel_size(uint32_t format)
{
	static const struct {
		uint32_t size;
		uint32_t formats[20];
	} table[] = {
		{1, {WL_SHM_FORMAT_C8, WL_SHM_FORMAT_R8, WL_SHM_FORMAT_RGB332}},
		{2, {WL_SHM_FORMAT_RGB565, WL_SHM_FORMAT_BGR565, WL_SHM_FORMAT_ARGB4444,
			    WL_SHM_FORMAT_XRGB4444, WL_SHM_FORMAT_ARGB1555, WL_SHM_FORMAT_XRGB1555,
			    WL_SHM_FORMAT_RGBA5551, WL_SHM_FORMAT_R16, WL_SHM_FORMAT_GR88,
			    WL_SHM_FORMAT_RG88}},
		{3, {WL_SHM_FORMAT_RGB888, WL_SHM_FORMAT_BGR888}},
		{4, {WL_SHM_FORMAT_XBGR8888, WL_SHM_FORMAT_ABGR8888, WL_SHM_FORMAT_RGBX8888,
			    WL_SHM_FORMAT_RGBA8888, WL_SHM_FORMAT_BGRX8888, WL_SHM_FORMAT_BGRA8888,
			    WL_SHM_FORMAT_XRGB2101010, WL_SHM_FORMAT_ARGB2101010,
			    WL_SHM_FORMAT_XBGR2101010, WL_SHM_FORMAT_ABGR2101010,
			    WL_SHM_FORMAT_RGBX1010102, WL_SHM_FORMAT_RGBA1010102,
			    WL_SHM_FORMAT_BGRX1010102, WL_SHM_FORMAT_BGRA1010102}},
		{8, {WL_SHM_FORMAT_XBGR16161616F, WL_SHM_FORMAT_ABGR16161616F,
			    WL_SHM_FORMAT_XRGB16161616F, WL_SHM_FORMAT_ARGB16161616F}},
	};

	/* These two have the numbers 0 and 1, unlike all others. */
	if (format == WL_SHM_FORMAT_ARGB8888 || format == WL_SHM_FORMAT_XRGB8888)
		return 4;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		for (size_t j = 0; j < 20; j++) {
			if (table[i].formats[j] == format)
				return table[i].size;
		}
	}
	return 0;
}

static const struct xg_rectangle everything = {0, 0, INT32_MAX, INT32_MAX};

struct xg_buffer *xg_buffer_create(
	struct xg_app_pool *pool, uint64_t number, const int32_t geometry[4], uint32_t format)
{
	struct xg_buffer *buffer = calloc(1, sizeof(*buffer));

	if (!buffer)
		return NULL;
	wl_list_init(&buffer->link);
	buffer->number = number;
	buffer->pool = xg_app_pool_ref(pool);
	buffer->offset = geometry[0];
	buffer->width = geometry[1];
	buffer->height = geometry[2];
	buffer->stride = geometry[3];
	buffer->pixel_size = pixel_size(format);
	xg_region_add(&buffer->stale, everything);
	return buffer;
}

void xg_buffer_destroy(struct xg_buffer *buffer)
{
	wl_list_remove(&buffer->link);
	xg_app_pool_unref(buffer->pool);
	free(buffer);
}

static int32_t clamp(int64_t value)
{
	return value < 0 ? 0 : value > INT32_MAX ? INT32_MAX : (int32_t)value;
}

void xg_surface_damage(struct xg_surface *surface, const int32_t rectangle[4], bool is_in_buffer)
{
	const int64_t scale = is_in_buffer ? 1 : surface->scale;

	if (!is_in_buffer && surface->has_viewport) {
		surface->is_all_damaged = true;
		return;
	}
	xg_region_add(
		&surface->damage, (struct xg_rectangle){
					  clamp(rectangle[0] * scale),
					  clamp(rectangle[1] * scale),
					  clamp(((int64_t)rectangle[0] + rectangle[2]) * scale),
					  clamp(((int64_t)rectangle[1] + rectangle[3]) * scale),
				  });
}

/* Queues one rectangle of a buffer. What lies outside the pool is the compositor's to complain of.
 */
static bool upload_rectangle(
	struct xg_app *app, const struct xg_buffer *buffer, struct xg_rectangle r)
{
	/* 64 bits hold what an application may ask for; what lies in its pool fits a size_t again.
	 */
	const uint64_t stride = (uint64_t)buffer->stride, first = (uint64_t)buffer->offset;
	uint64_t offset, row_size;

	r.x2 = min(r.x2, buffer->width);
	r.y2 = min(r.y2, buffer->height);
	if (r.x1 >= r.x2 || r.y1 >= r.y2)
		return true;
	const uint64_t rows = (uint64_t)(r.y2 - r.y1);

	offset = first + (uint64_t)r.y1 * stride + (uint64_t)r.x1 * buffer->pixel_size;
	row_size = (uint64_t)(r.x2 - r.x1) * buffer->pixel_size;
	/* Most of a row: the whole row costs less than a read for each. */
	if (row_size > stride / 2 && r.y2 < buffer->height) {
		offset = first + (uint64_t)r.y1 * stride;
		row_size = stride;
	}
	if (offset + (rows - 1) * stride + row_size > buffer->pool->size_bytes)
		return true;

	const struct xg_upload upload = {
		.pool = buffer->pool->number,
		.offset = (size_t)offset,
		.stride = (size_t)stride,
		.row_size = (size_t)row_size,
		.rows = (size_t)rows,
	};
	return xg_outbox_add_upload(&app->outbox, buffer->pool, &upload);
}

/* Queues a buffer of an unknown format: up to three planes follow its offset. */
static bool upload_everything(struct xg_app *app, const struct xg_buffer *buffer)
{
	const size_t offset = (size_t)buffer->offset;
	const uint64_t size = (uint64_t)buffer->stride * (uint64_t)buffer->height * 3;

	if (offset >= buffer->pool->size_bytes || size == 0)
		return true;
	const size_t left = buffer->pool->size_bytes - offset;
	const struct xg_upload upload = {
		.pool = buffer->pool->number,
		.offset = offset,
		.row_size = size < left ? (size_t)size : left,
		.rows = 1,
	};
	return xg_outbox_add_upload(&app->outbox, buffer->pool, &upload);
}

static bool upload_stale(struct xg_app *app, struct xg_buffer *buffer)
{
	bool is_queued = true;

	if (buffer->offset < 0 || buffer->width < 1 || buffer->height < 1 || buffer->stride < 1)
		return true;
	if (buffer->pixel_size) {
		for (uint32_t i = 0; i < buffer->stale.count; i++)
			is_queued &= upload_rectangle(app, buffer, buffer->stale.rectangles[i]);
	} else if (buffer->stale.count) {
		is_queued = upload_everything(app, buffer);
	}
	buffer->stale.count = 0;
	return is_queued;
}

bool xg_surface_commit(struct xg_app *app, struct xg_app_object *object)
{
	struct xg_surface *surface = object->surface;
	struct xg_buffer *other;

	if (surface->is_all_damaged)
		xg_region_add(&surface->damage, everything);
	surface->is_all_damaged = false;
	if (surface->pending_buffer)
		surface->buffer = surface->pending_buffer;
	surface->pending_buffer = 0;
	wl_list_for_each (other, &app->buffers, link) {
		for (uint32_t i = 0; other->surface == object->number && i < surface->damage.count;
			i++)
			xg_region_add(&other->stale, surface->damage.rectangles[i]);
	}
	surface->damage.count = 0;

	/* The number may be that of a buffer which is gone, or has no pool. */
	const struct xg_app_object *shown = xg_app_object_find(app, surface->buffer);
	if (!shown || !shown->buffer)
		return true;
	if (shown->buffer->surface != object->number)
		xg_region_add(&shown->buffer->stale, everything);
	shown->buffer->surface = object->number;
	return upload_stale(app, shown->buffer);
}

/* SPDX-License-Identifier: MIT */
/* See outbox.h. */
#include "outbox.h"

#include <stdlib.h>
#include <string.h>

#include "shm.h"
#include "wayland.h"
#include "xenglass/control_wayland.h"

/* What a message counts against the credit: with the channel's header. */
#define MESSAGE_HEADER 8

struct item {
	struct wl_list link;
	struct xg_app_pool *pool; /* an upload; NULL: a message */
	struct xg_upload upload;
	uint32_t type;
	uint32_t size;
	uint8_t payload[];
};

void xg_outbox_init(struct xg_outbox *outbox, uint32_t connection, uint32_t credit)
{
	wl_list_init(&outbox->queue);
	outbox->connection = connection;
	outbox->credit = credit;
}

static void item_destroy(struct item *item)
{
	wl_list_remove(&item->link);
	if (item->pool)
		xg_app_pool_unref(item->pool);
	free(item);
}

void xg_outbox_finish(struct xg_outbox *outbox)
{
	struct item *item, *next;

	wl_list_for_each_safe (item, next, &outbox->queue, link)
		item_destroy(item);
}

bool xg_outbox_add_message(struct xg_outbox *outbox, uint32_t type, const void *head,
	size_t head_size, const void *tail, size_t tail_size)
{
	struct item *item = calloc(1, sizeof(*item) + head_size + tail_size);

	if (!item)
		return false;
	item->type = type;
	item->size = (uint32_t)(head_size + tail_size);
	memcpy(item->payload, head, head_size);
	if (tail_size)
		memcpy(item->payload + head_size, tail, tail_size);
	wl_list_insert(outbox->queue.prev, &item->link);
	return true;
}

bool xg_outbox_add_upload(
	struct xg_outbox *outbox, struct xg_app_pool *pool, const struct xg_upload *upload)
{
	struct item *item = calloc(1, sizeof(*item));

	if (!item)
		return false;
	item->pool = xg_app_pool_ref(pool);
	item->upload = *upload;
	/* Rows without a gap are one long row; so are rows too long for a message. */
	if (upload->row_size == upload->stride || upload->row_size > XG_WL_CHUNK_MAX) {
		item->upload.row_size = (upload->rows - 1) * upload->stride + upload->row_size;
		item->upload.rows = 1;
	}
	wl_list_insert(outbox->queue.prev, &item->link);
	return true;
}

/* Sends the next part of an upload: as many rows as fit a message, or as much of one row. */
static bool send_part(
	struct xg_outbox *outbox, struct item *item, const struct xg_wayland_setup *setup)
{
	static uint8_t bytes[XG_WL_CHUNK_MAX];
	struct xg_upload *upload = &item->upload;
	const size_t row_size = upload->row_size < sizeof(bytes) ? upload->row_size : sizeof(bytes);
	const bool is_whole_row = row_size == upload->row_size;
	const size_t fitting = sizeof(bytes) / row_size;
	const size_t rows = !is_whole_row ? 1 : upload->rows < fitting ? upload->rows : fitting;
	const struct xg_wl_pool_write write = {
		.connection = outbox->connection,
		.row_size = (uint32_t)row_size,
		.pool = upload->pool,
		.offset = (uint32_t)upload->offset,
		.stride = (uint32_t)upload->stride,
		.rows = (uint32_t)rows,
	};
	const size_t size = row_size * rows;

	if (sizeof(write) + size + MESSAGE_HEADER > outbox->credit)
		return false;
	for (size_t i = 0; i < rows; i++)
		xg_app_pool_read(item->pool, upload->offset + i * upload->stride,
			bytes + i * row_size, row_size);
	outbox->credit -= (uint32_t)(sizeof(write) + size + MESSAGE_HEADER);
	setup->send(setup->data, XG_WL_POOL_WRITE, &write, sizeof(write), bytes, size);
	if (is_whole_row) {
		upload->rows -= rows;
		upload->offset += rows * upload->stride;
		return true;
	}
	/* Such an upload has this one row only. */
	upload->offset += row_size;
	upload->row_size -= row_size;
	return true;
}

static bool send_message(
	struct xg_outbox *outbox, const struct item *item, const struct xg_wayland_setup *setup)
{
	if (item->size + MESSAGE_HEADER > outbox->credit)
		return false;
	outbox->credit -= item->size + MESSAGE_HEADER;
	return setup->send(setup->data, item->type, item->payload, item->size, NULL, 0);
}

bool xg_outbox_flush(struct xg_outbox *outbox, const struct xg_wayland_setup *setup)
{
	while (!wl_list_empty(&outbox->queue)) {
		struct item *item = wl_container_of(outbox->queue.next, item, link);

		if (setup->is_congested(setup->data))
			return false;
		if (item->pool) {
			if (!send_part(outbox, item, setup))
				return false;
			if (item->upload.rows > 0 && item->upload.row_size > 0)
				continue;
		} else if (!send_message(outbox, item, setup)) {
			return false;
		}
		item_destroy(item);
	}
	return true;
}

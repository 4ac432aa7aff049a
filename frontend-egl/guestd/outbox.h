/* SPDX-License-Identifier: MIT */
/*
 * What an application's connection has still to send to the host, in order: messages, and uploads
 * of pool contents. An upload is read from the application's memory when it is sent, so that a slow
 * host costs no memory here. Sending is bounded by the credit that the host gives.
 */
#ifndef XG_GUESTD_OUTBOX_H
#define XG_GUESTD_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-util.h>

struct xg_app_pool;
struct xg_wayland_setup;

struct xg_outbox {
	struct wl_list queue;
	uint32_t connection;
	uint32_t credit; /* bytes that may still be sent */
};

/* Rows of a pool, as in struct xg_wl_pool_write. */
struct xg_upload {
	uint64_t pool; /* its object number */
	size_t offset;
	size_t stride;
	size_t row_size;
	size_t rows;
};

void xg_outbox_init(struct xg_outbox *outbox, uint32_t connection, uint32_t credit);

/* Drops what is left. */
void xg_outbox_finish(struct xg_outbox *outbox);

/* Queue at the end. False without memory. */
bool xg_outbox_add_message(struct xg_outbox *outbox, uint32_t type, const void *head,
	size_t head_size, const void *tail, size_t tail_size);
bool xg_outbox_add_upload(
	struct xg_outbox *outbox, struct xg_app_pool *pool, const struct xg_upload *upload);

/* Sends as far as the credit goes and the channel is not congested. True if nothing is left. */
bool xg_outbox_flush(struct xg_outbox *outbox, const struct xg_wayland_setup *setup);

#endif

/* SPDX-License-Identifier: MIT */
/* See gl_stream.h. */
#include "gl_stream.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "xenglass/rendezvous.h"
#include "xenglass/ring.h"

struct xg_gl_stream *xg_gl_stream_create(
	struct xg_link *link, const struct xg_limits *limits, uint32_t id, uint32_t *port)
{
	const size_t size = xg_stream_region_size(limits->ring_size, limits->reply_size);
	struct xg_gl_stream *stream = calloc(1, sizeof(*stream));

	if (!stream)
		return NULL;
	stream->id = id;
	stream->bulk.fd = -1;
	if (!xg_link_share(link, size, &stream->region))
		goto err_stream;
	if (!xg_link_port_create(link, &stream->port, port))
		goto err_region;
	return stream;

err_region:
	xg_region_finish(&stream->region);
err_stream:
	free(stream);
	return NULL;
}

void xg_gl_stream_destroy(struct xg_gl_stream *stream)
{
	xg_port_finish(&stream->port);
	xg_region_finish(&stream->region);
	xg_region_finish(&stream->bulk);
	free(stream);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void xg_gl_stream_hand_over(struct xg_gl_stream *stream)
{
	xg_port_finish(&stream->port);
	close_fd(&stream->region.fd);
	close_fd(&stream->bulk.fd);
}

void xg_gl_stream_mark_lost(const struct xg_gl_stream *stream)
{
	struct xg_stream_page *page = stream->region.memory;

	atomic_store(&page->lost, 1);
}

struct xg_gl_stream *xg_gl_stream_find(struct xg_gl_stream *list, uint32_t id)
{
	while (list && list->id != id)
		list = list->next;
	return list;
}

void xg_gl_stream_unlink(struct xg_gl_stream **list, const struct xg_gl_stream *stream)
{
	while (*list != stream)
		list = &(*list)->next;
	*list = stream->next;
}

static bool send_packet(int app_fd, const void *packet, size_t size, const int *fds, size_t count)
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(XG_APP_FDS_MAX * sizeof(int))];
	} control = {0};
	struct iovec iov = {(void *)(uintptr_t)packet, size};
	struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};

	if (count > 0) {
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(count * sizeof(int));
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(&control.header), fds, count * sizeof(int));
	}
	return sendmsg(app_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size;
}

bool xg_gl_stream_answer(int app_fd, uint32_t status, const struct xg_gl_stream *stream,
	const struct xg_limits *limits)
{
	const struct xg_app_stream packet = {
		.type = XG_APP_STREAM,
		.status = status,
		.stream = stream ? stream->id : 0,
		.ring_size = limits->ring_size,
		.reply_size = limits->reply_size,
		.event_channel = stream ? stream->port.event_channel : 0,
	};

	if (!stream)
		return send_packet(app_fd, &packet, sizeof(packet), NULL, 0);

	const int fds[] = {stream->region.fd, stream->port.wait_fd, stream->port.notify_fd};

	return send_packet(app_fd, &packet, sizeof(packet), fds, 3);
}

bool xg_gl_stream_answer_bulk(int app_fd, uint32_t status, const struct xg_gl_stream *stream)
{
	const struct xg_app_bulk packet = {
		.type = XG_APP_BULK,
		.status = status,
		.stream = stream ? stream->id : 0,
		.size = status == XG_APP_OK ? (uint32_t)stream->bulk.size : 0,
	};

	return send_packet(app_fd, &packet, sizeof(packet),
		status == XG_APP_OK ? &stream->bulk.fd : NULL, status == XG_APP_OK ? 1 : 0);
}

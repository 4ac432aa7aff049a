/* SPDX-License-Identifier: MIT */
/* See host.h. */
#include "host.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <EGL/egl.h>

#include "base/log.h"
#include "channel.h"
#include "client.h"
#include "relay/window.h"
#include "stream.h"
#include "thread.h"
#include "xenglass/control.h"

#define MODULE "host"

static void *get_proc(const char *name)
{
	return (void *)(uintptr_t)eglGetProcAddress(name);
}

bool xg_host_init(struct xg_host *host)
{
	const char *missing = NULL;

	if (!xg_gl_table_load(&host->gl, get_proc, &missing)) {
		xg_log(XG_LOG_ERROR, MODULE,
			"the driver has no %s: GLES 2.0 is needed; install the GL drivers",
			missing);
		return false;
	}
	host->exit_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (host->exit_fd < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "no event descriptor: %s", strerror(errno));
		return false;
	}
	xg_driver_displays_init(&host->displays);
	return true;
}

static struct xg_client *find_client(struct xg_host *host, uint32_t id)
{
	struct xg_client *client = host->clients;

	while (client && client->id != id)
		client = client->next;
	return client;
}

static struct xg_stream_thread *find_thread(
	struct xg_host *host, uint32_t client_id, uint32_t stream_id)
{
	struct xg_stream_thread *thread = host->threads;

	while (thread && (thread->stream_id != stream_id || thread->client_id != client_id))
		thread = thread->next;
	return thread;
}

static void send_stream(struct xg_host *host, uint32_t type, uint32_t client_id, uint32_t stream_id)
{
	const struct xg_control_stream message = {.client = client_id, .stream = stream_id};

	xg_channel_send(host->channel, type, &message, sizeof(message));
}

static bool open_client(struct xg_host *host, const struct xg_control_client_open *message)
{
	if (!message->client || find_client(host, message->client)) {
		xg_log(XG_LOG_ERROR, MODULE, "%s: a client has the number of another", host->name);
		return false;
	}

	struct xg_client *client =
		xg_client_create(host, message->client, message->pid, message->cookie);
	if (client && host->windows &&
		!xg_windows_client_open(host->windows, client->id, client->cookie)) {
		xg_client_unref(client);
		client = NULL;
	}
	if (!client) {
		xg_log(XG_LOG_WARNING, MODULE, "%s: no room for process %u", host->name,
			message->pid);
		return true;
	}
	client->next = host->clients;
	host->clients = client;
	return true;
}

static void close_client(struct xg_host *host, struct xg_client *client)
{
	struct xg_client **link = &host->clients;

	while (*link != client)
		link = &(*link)->next;
	*link = client->next;
	xg_stream_group_kill(client->group);
	if (host->windows)
		xg_windows_client_gone(host->windows, client->id);
	xg_client_unref(client);
}

/* A client that there was no room for is not known: its streams are refused. */
static void open_stream(struct xg_host *host, const struct xg_control_stream_open *message)
{
	struct xg_client *client = find_client(host, message->client);
	struct xg_stream_thread *thread = NULL;

	if (client && (!host->windows || xg_windows_stream_open(
						 host->windows, message->client, message->stream)))
		thread = xg_stream_thread_start(client, message);

	if (!thread) {
		const struct xg_control_stream_lost lost = {.client = message->client,
			.stream = message->stream,
			.loss = XG_STREAM_LOSS_QUOTA};

		xg_channel_send(host->channel, XG_CONTROL_STREAM_LOST, &lost, sizeof(lost));
		if (host->windows)
			xg_windows_stream_gone(host->windows, message->client, message->stream);
		return;
	}
	thread->next = host->threads;
	host->threads = thread;
	send_stream(host, XG_CONTROL_STREAM_READY, message->client, message->stream);
}

static void open_bulk(struct xg_host *host, const struct xg_control_bulk_open *message)
{
	struct xg_stream_thread *thread = find_thread(host, message->client, message->stream);
	const struct xg_control_bulk_ready ready = {.client = message->client,
		.stream = message->stream,
		.ok = thread && xg_stream_thread_set_bulk(thread, message->region, message->size)};

	xg_channel_send(host->channel, XG_CONTROL_BULK_READY, &ready, sizeof(ready));
}

/* The size that a message must have; 0 for those that a guest does not send. */
static size_t expected_size(uint32_t type)
{
	switch (type) {
	case XG_CONTROL_CLIENT_OPEN:
		return sizeof(struct xg_control_client_open);
	case XG_CONTROL_CLIENT_CLOSE:
		return sizeof(struct xg_control_client_close);
	case XG_CONTROL_STREAM_OPEN:
		return sizeof(struct xg_control_stream_open);
	case XG_CONTROL_STREAM_CLOSE:
		return sizeof(struct xg_control_stream);
	case XG_CONTROL_BULK_OPEN:
		return sizeof(struct xg_control_bulk_open);
	default:
		return 0;
	}
}

bool xg_host_receive(struct xg_host *host, const struct xg_message *message)
{
	struct xg_client *client;
	struct xg_stream_thread *thread;
	union {
		struct xg_control_client_open client_open;
		struct xg_control_client_close client_close;
		struct xg_control_stream_open stream_open;
		struct xg_control_stream stream;
		struct xg_control_bulk_open bulk_open;
	} untrusted;

	if (!message->size || message->size != expected_size(message->type)) {
		xg_log(XG_LOG_ERROR, MODULE,
			"%s: a control message of type %u must not have %u bytes", host->name,
			message->type, message->size);
		return false;
	}
	memcpy(&untrusted, message->payload, message->size);
	switch (message->type) {
	case XG_CONTROL_CLIENT_OPEN:
		return open_client(host, &untrusted.client_open);
	case XG_CONTROL_CLIENT_CLOSE:
		client = find_client(host, untrusted.client_close.client);
		if (client)
			close_client(host, client);
		return true;
	case XG_CONTROL_STREAM_OPEN:
		open_stream(host, &untrusted.stream_open);
		return true;
	case XG_CONTROL_STREAM_CLOSE:
		thread = find_thread(host, untrusted.stream.client, untrusted.stream.stream);
		if (thread)
			xg_host_stream_close(thread->stream);
		return true;
	default:
		open_bulk(host, &untrusted.bulk_open);
		return true;
	}
}

void xg_host_reap(struct xg_host *host)
{
	struct xg_stream_thread **link = &host->threads;
	uint64_t count;

	(void)!read(host->exit_fd, &count, sizeof(count));
	while (*link) {
		struct xg_stream_thread *thread = *link;

		if (!xg_stream_thread_has_ended(thread)) {
			link = &thread->next;
			continue;
		}
		const uint32_t client_id = thread->client_id, stream_id = thread->stream_id;

		*link = thread->next;
		xg_stream_thread_join(thread);
		/* Now that nothing is mapped any more. */
		send_stream(host, XG_CONTROL_STREAM_CLOSED, client_id, stream_id);
	}
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

bool xg_host_finish(struct xg_host *host, int timeout_ms)
{
	const int64_t end_ms = now_ms() + timeout_ms;

	while (host->clients)
		close_client(host, host->clients);
	while (host->threads) {
		struct pollfd ended = {.fd = host->exit_fd, .events = POLLIN};
		const int64_t left_ms = end_ms - now_ms();

		if (left_ms <= 0 || poll(&ended, 1, (int)left_ms) == 0) {
			xg_log(XG_LOG_WARNING, MODULE, "%s: a stream does not end", host->name);
			return false;
		}
		xg_host_reap(host);
	}
	xg_driver_displays_finish(&host->displays);
	close(host->exit_fd);
	return true;
}

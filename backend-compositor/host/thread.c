/* SPDX-License-Identifier: MIT */
/* See thread.h. */
#include "thread.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "channel.h"
#include "client.h"
#include "host.h"
#include "link/link.h"
#include "relay/window.h"
#include "replay.h"
#include "stream.h"
#include "xenglass/control.h"

#define MODULE "stream"

static void *run(void *data)
{
	struct xg_stream_thread *thread = data;
	struct xg_client *client = thread->client;
	struct xg_host *host = thread->host;
	const char *fault = xg_replay_run(client, thread->stream);

	if (fault) {
		const struct xg_control_stream_lost lost = {.client = thread->client_id,
			.stream = thread->stream_id,
			.loss = XG_STREAM_LOSS_FAULT};

		xg_log(XG_LOG_ERROR, MODULE, "%s: stream %u of process %u is ended: %s", host->name,
			thread->stream_id, client->pid, fault);
		xg_channel_send(host->channel, XG_CONTROL_STREAM_LOST, &lost, sizeof(lost));
		xg_channel_flush(host->channel);
	}
	xg_host_stream_mark_lost(thread->stream);
	if (host->windows)
		xg_windows_stream_gone(host->windows, thread->client_id, thread->stream_id);
	xg_quota_give(&client->quota, XG_QUOTA_STREAMS, 1);
	xg_client_unref(client);
	atomic_store(&thread->has_ended, true);
	(void)!write(host->exit_fd, &(uint64_t){1}, sizeof(uint64_t));
	return NULL;
}

static void close_bulk(struct xg_stream_thread *thread)
{
	if (thread->bulk)
		xg_link_unmap(thread->host->link, thread->bulk, thread->bulk_size);
	xg_quota_give(&thread->host->quota, XG_QUOTA_BULK_BYTES, thread->bulk_size);
	thread->bulk = NULL;
	thread->bulk_size = 0;
}

/* Takes apart what start has put together. */
static void free_thread(struct xg_stream_thread *thread)
{
	xg_host_stream_destroy(thread->stream);
	close_bulk(thread);
	if (thread->region)
		xg_link_unmap(thread->host->link, thread->region, thread->region_size);
	free(thread);
}

/* Maps and binds; NULL or the reason why not. */
static const char *open_stream(
	struct xg_stream_thread *thread, const struct xg_control_stream_open *untrusted)
{
	struct xg_host *host = thread->host;
	struct xg_port port = XG_PORT_NONE;
	const char *rule = NULL;

	if (untrusted->ring_size > XG_RING_SIZE_MAX || untrusted->reply_size > XG_REPLY_SIZE_MAX)
		return "the region is too large";
	thread->region_size = xg_stream_region_size(untrusted->ring_size, untrusted->reply_size);
	thread->region = xg_link_map(host->link, untrusted->region, thread->region_size);
	if (!thread->region)
		return "there is no such region";
	if (!xg_link_port_bind(host->link, untrusted->port, &port))
		return "there is no such port";

	const struct xg_host_stream_setup setup = {
		.group = thread->client->group,
		.id = untrusted->stream,
		.region = thread->region,
		.region_size = thread->region_size,
		.untrusted_ring_size = untrusted->ring_size,
		.untrusted_reply_size = untrusted->reply_size,
		.port = port,
		.limits = &host->limits,
	};
	thread->stream = xg_host_stream_create(&setup, &rule);
	if (!thread->stream)
		xg_port_finish(&port);
	return thread->stream ? NULL : rule;
}

struct xg_stream_thread *xg_stream_thread_start(
	struct xg_client *client, const struct xg_control_stream_open *untrusted)
{
	struct xg_host *host = client->host;
	struct xg_stream_thread *thread;
	const char *why = "the guest has as many as it may";

	if (!xg_quota_take(&client->quota, XG_QUOTA_STREAMS, 1))
		goto err_quota;
	thread = calloc(1, sizeof(*thread));
	if (!thread)
		abort();
	thread->host = host;
	thread->client = client;
	thread->client_id = client->id;
	thread->stream_id = untrusted->stream;
	why = open_stream(thread, untrusted);
	if (why)
		goto err_open;
	xg_client_ref(client);
	if (pthread_create(&thread->thread, NULL, run, thread) != 0) {
		xg_client_unref(client);
		why = "there can be no more threads";
		goto err_open;
	}
	return thread;

err_open:
	free_thread(thread);
	xg_quota_give(&client->quota, XG_QUOTA_STREAMS, 1);
err_quota:
	xg_log(XG_LOG_WARNING, MODULE, "%s: no stream %u for process %u: %s", host->name,
		untrusted->stream, client->pid, why);
	return NULL;
}

/* Maps a bulk region and gives it to the stream. NULL, or why that cannot be. */
static const char *open_bulk(struct xg_stream_thread *thread, uint32_t region, uint32_t size)
{
	struct xg_host *host = thread->host;

	if (thread->bulk)
		return "it has one";
	if (size > XG_BULK_SIZE_MAX)
		return "that is too large";
	if (!xg_quota_take(&host->quota, XG_QUOTA_BULK_BYTES, size))
		return "the guest has as much as it may";
	thread->bulk = xg_link_map(host->link, region, size);
	thread->bulk_size = size;
	if (thread->bulk && xg_host_stream_set_bulk(thread->stream, thread->bulk, size))
		return NULL;
	close_bulk(thread);
	return "there is no such region, or it is more than a process may have";
}

bool xg_stream_thread_set_bulk(
	struct xg_stream_thread *thread, uint32_t untrusted_region, uint32_t untrusted_size)
{
	const char *why = open_bulk(thread, untrusted_region, untrusted_size);

	if (why)
		xg_log(XG_LOG_WARNING, MODULE, "%s: no bulk region of %u bytes for stream %u: %s",
			thread->host->name, untrusted_size, thread->stream_id, why);
	return !why;
}

void xg_stream_thread_join(struct xg_stream_thread *thread)
{
	pthread_join(thread->thread, NULL);
	free_thread(thread);
}

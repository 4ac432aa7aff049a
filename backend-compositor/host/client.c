/* SPDX-License-Identifier: MIT */
/* See client.h. */
#include "client.h"

#include <stdlib.h>

#include "host.h"
#include "stream.h"

struct xg_client *xg_client_create(struct xg_host *host, uint32_t id, uint32_t pid, uint64_t cookie)
{
	if (!xg_quota_take(&host->quota, XG_QUOTA_CLIENTS, 1))
		return NULL;

	struct xg_client *client = calloc(1, sizeof(*client));
	if (!client)
		abort();
	client->group = xg_stream_group_create();
	if (!client->group) {
		xg_quota_give(&host->quota, XG_QUOTA_CLIENTS, 1);
		free(client);
		return NULL;
	}
	client->host = host;
	client->id = id;
	client->pid = pid;
	client->cookie = cookie;
	client->references = 1;
	xg_quota_init_part(&client->quota, &host->quota, &host->limits);
	xg_host_objects_init(&client->objects);
	return client;
}

struct xg_client *xg_client_ref(struct xg_client *client)
{
	atomic_fetch_add(&client->references, 1);
	return client;
}

void xg_client_unref(struct xg_client *client)
{
	if (atomic_fetch_sub(&client->references, 1) != 1)
		return;
	xg_host_objects_clear(&client->objects, NULL);
	xg_host_objects_finish(&client->objects);
	xg_stream_group_unref(client->group);
	xg_quota_give(&client->host->quota, XG_QUOTA_CLIENTS, 1);
	free(client);
}

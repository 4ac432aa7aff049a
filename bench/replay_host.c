/* SPDX-License-Identifier: MIT */
/* See replay_host.h. */
#include "replay_host.h"

#include "client.h"
#include "host.h"
#include "replay.h"
#include "stub_driver.h"

static struct xg_host host;
static struct xg_client *client;

struct xg_stream_group *bench_host_init(void)
{
	const struct xg_limits limits = XG_LIMITS_DEFAULT;

	host.name = "bench";
	host.limits = limits;
	xg_quota_init(&host.quota);
	xg_stub_init(&host.gl);
	xg_driver_displays_init(&host.displays);
	client = xg_client_create(&host, 1, 1, 1);
	return client->group;
}

const char *bench_host_run(struct xg_host_stream *stream)
{
	return xg_replay_run(client, stream);
}

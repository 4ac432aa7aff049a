/* SPDX-License-Identifier: MIT */
/* See stats.h. */
#include "stats.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host.h"
#include "link/port.h"
#include "relay/relay.h"

enum { TEXT_MAX = 4096 };

static uint64_t used(const struct xg_host *host, const struct xg_relay_limits *of_relay, int kind)
{
	switch (kind) {
	case XG_QUOTA_CACHE_BYTES:
		return xg_shader_cache_bytes(&host->shader_cache);
	case XG_QUOTA_CONNECTIONS:
		return of_relay->connections;
	case XG_QUOTA_WAYLAND_OBJECTS:
		return of_relay->objects;
	case XG_QUOTA_PIPES:
		return of_relay->pipes;
	case XG_QUOTA_SHM_BYTES:
		return of_relay->shm_size_bytes;
	default:
		return atomic_load_explicit(&host->quota.used[kind], memory_order_relaxed);
	}
}

static size_t write_text(const struct xg_host *host, struct xg_relay *relay, char *text)
{
	struct xg_relay_limits of_relay = {0};
	size_t size = 0;

	if (relay)
		xg_relay_usage(relay, &of_relay);
	for (int i = 0; i < XG_QUOTA_COUNT; i++)
		size += (size_t)snprintf(text + size, TEXT_MAX - size, "%s %llu %llu\n",
			xg_quota_name((enum xg_quota_kind)i),
			(unsigned long long)used(host, &of_relay, i),
			(unsigned long long)host->quota.limit[i]);
	size += (size_t)snprintf(text + size, TEXT_MAX - size,
		"swaps %llu -\nnotifications %llu -\n",
		(unsigned long long)atomic_load_explicit(&host->swaps, memory_order_relaxed),
		(unsigned long long)xg_port_notifications());
	return size;
}

bool xg_stats_answer(int fd, const struct xg_host *host, struct xg_relay *relay)
{
	char text[TEXT_MAX];
	const ssize_t asked = recv(fd, text, sizeof(text), MSG_DONTWAIT);

	if (asked > 0)
		send(fd, text, write_text(host, relay, text), MSG_NOSIGNAL | MSG_DONTWAIT);
	return asked > 0 || (asked < 0 && errno == EAGAIN);
}

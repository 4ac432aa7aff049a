/* SPDX-License-Identifier: MIT */
/* See pair.h. */
#include "pair.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "connection.h"

#define PAIRS_MAX 64u

struct xg_positions pair_positions;
struct xg_limits pair_limits = XG_LIMITS_DEFAULT;
int pair_hangup_fd = -1;

static struct pair *pairs[PAIRS_MAX];

void pair_init(struct pair *pair, struct xg_stream_group *group, uint32_t id, bool has_bulk)
{
	struct xg_port to_host = {.wait_fd = eventfd(0, EFD_NONBLOCK)};
	struct xg_port to_guest = {.wait_fd = eventfd(0, EFD_NONBLOCK)};
	const char *rule;

	assert(id > 0 && id < PAIRS_MAX);
	*pair = (struct pair){.limits = pair_limits};
	pair->region_size = xg_stream_region_size(pair->limits.ring_size, pair->limits.reply_size);
	pair->region = mmap(
		NULL, pair->region_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert(pair->region != MAP_FAILED);
	to_host.notify_fd = dup(to_guest.wait_fd);
	to_guest.notify_fd = dup(to_host.wait_fd);
	if (has_bulk)
		pair->bulk = mmap(NULL, pair->limits.bulk_size, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pairs[id] = pair;

	const struct xg_host_stream_setup host = {
		.group = group,
		.id = id,
		.region = pair->region,
		.region_size = pair->region_size,
		.untrusted_ring_size = pair->limits.ring_size,
		.untrusted_reply_size = pair->limits.reply_size,
		.port = to_host,
		.limits = &pair->limits,
	};
	pair->host = xg_host_stream_create(&host, &rule);
	assert(pair->host);

	const struct xg_stream_setup guest = {
		.connection = (void *)pair,
		.id = id,
		.region = pair->region,
		.ring_size = pair->limits.ring_size,
		.reply_size = pair->limits.reply_size,
		.staged_max = pair->limits.staged_bytes,
		.port = &to_guest,
		.position = &pair_positions.slots[id],
		.positions = &pair_positions,
		.hangup_fd = pair_hangup_fd,
	};
	if (atomic_load(&pair_positions.used) <= id)
		atomic_store(&pair_positions.used, id + 1);
	atomic_fetch_add(&pair_positions.streams, 1);
	pair->guest = xg_stream_create(&guest);
	assert(pair->guest);
	atomic_store(&pair_positions.slots[id].stream, id);
}

/* The stand-in for the daemon: the region is the host's at once. */
void *xg_connection_bulk_create(struct xg_connection *connection, uint32_t stream, uint32_t *size)
{
	struct pair *pair = pairs[stream];

	(void)connection;
	if (!pair->bulk || !xg_host_stream_set_bulk(pair->host, pair->bulk, pair->limits.bulk_size))
		return NULL;
	*size = pair->limits.bulk_size;
	return pair->bulk;
}

/* A guest's end unmaps what it has; here both have the same, so it keeps its hands off. */
void pair_finish(struct pair *pair)
{
	const uint32_t id = xg_host_stream_id(pair->host);

	if (pair->guest) {
		xg_stream_abandon(pair->guest);
		xg_stream_destroy(pair->guest);
	}
	atomic_store(&pair_positions.slots[id].stream, 0);
	atomic_fetch_sub(&pair_positions.streams, 1);
	xg_host_stream_destroy(pair->host);
	munmap(pair->region, pair->region_size);
	if (pair->bulk)
		munmap(pair->bulk, pair->limits.bulk_size);
	pairs[id] = NULL;
}

/* SPDX-License-Identifier: MIT */
/*
 * A client: one process of the guest, with its EGL objects and its share of the guest's quota.
 *
 * It is referenced by the host's table while the guest says that the process lives, and by each
 * replay thread; whoever drops the last reference destroys what is left of its objects. So a
 * driver that takes its time holds up a replay thread and rarely the main thread.
 */
#ifndef XG_HOST_CLIENT_H
#define XG_HOST_CLIENT_H

#include <stdatomic.h>
#include <stdint.h>

#include "object.h"
#include "quota.h"

struct xg_host;
struct xg_stream_group;

/* Immutable but for what has a lock. */
struct xg_client {
	struct xg_client *next; /* the host's table; the main thread's */
	struct xg_host *host;
	uint32_t id;
	uint32_t pid;
	uint64_t cookie;
	_Atomic uint32_t references;
	struct xg_quota quota; /* part of the host's */
	struct xg_host_objects objects;
	struct xg_stream_group *group;
};

/* NULL if the quota of clients is used up or a descriptor is lacking. One reference. */
struct xg_client *xg_client_create(
	struct xg_host *host, uint32_t id, uint32_t pid, uint64_t cookie);

/* Any thread. */
struct xg_client *xg_client_ref(struct xg_client *client);
void xg_client_unref(struct xg_client *client);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The guest, its processes, and their streams, as the host keeps them.
 *
 * A client is one process of the guest. It is referenced by the host's table while the guest says
 * that the process lives, and by each replay thread; the last reference destroys what is left of
 * its EGL objects. The table and the control channel belong to the main thread; replay threads use
 * what the comments below allow.
 */
#ifndef XG_HOST_CLIENT_H
#define XG_HOST_CLIENT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "display.h"
#include "object.h"
#include "quota.h"
#include "xenglass/limits.h"
#include "xg_gl_table.h"

struct xg_channel;
struct xg_link;
struct xg_stream_group;
struct xg_windows;

/* One guest: what all its clients have in common. */
struct xg_host {
	const char *name;
	struct xg_quota quota;
	struct xg_limits limits;
	struct xg_gl_table gl;
	struct xg_driver_displays displays;
	struct xg_windows *windows; /* NULL: no compositor, so no windows */
	struct xg_link *link;
	struct xg_channel *channel;
	struct xg_client *clients; /* the main thread's */
	int exit_fd;		   /* an eventfd: a replay thread has something to be joined */
};

/* Immutable but for what has a lock or is said to be the main thread's. */
struct xg_client {
	struct xg_client *next; /* the main thread's */
	struct xg_host *host;
	uint32_t id;
	uint32_t pid;
	uint64_t cookie;
	_Atomic uint32_t references;
	struct xg_quota quota; /* its parent is the host's */
	struct xg_host_objects objects;
	struct xg_stream_group *group;
	struct xg_replay_thread *threads; /* the main thread's */
	uint32_t thread_count;
};

/* NULL if the quota of clients is used up or a descriptor is lacking. One reference. */
struct xg_client *xg_client_create(struct xg_host *host, uint32_t id, uint32_t pid, uint64_t cookie);

/* Any thread. */
struct xg_client *xg_client_ref(struct xg_client *client);
void xg_client_unref(struct xg_client *client);

/* What a replay thread needs to start; region and bulk are unmapped at its end. */
struct xg_stream_open {
	uint32_t stream;
	uint32_t region;
	uint32_t port;
	uint32_t ring_size;
	uint32_t reply_size;
};

/*
 * The main thread's: starts a replay thread on a stream. False, with one log line, if it may not
 * be.
 */
bool xg_client_open_stream(struct xg_client *client, const struct xg_stream_open *untrusted_open);

/* The main thread's: gives a stream its bulk region. False, with one log line, if it may not. */
bool xg_client_open_bulk(
	struct xg_client *client, uint32_t untrusted_stream, uint32_t region, uint32_t size);

/* The main thread's: lets a stream end once it has replayed what was published. */
void xg_client_close_stream(struct xg_client *client, uint32_t untrusted_stream);

/* The main thread's: ends all streams at once; does not wait for them. */
void xg_client_kill(struct xg_client *client);

/*
 * The main thread's: joins the replay threads that have ended and tells the guest so. True if
 * none are left.
 */
bool xg_client_reap(struct xg_client *client);

#endif

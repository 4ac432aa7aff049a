/* SPDX-License-Identifier: MIT */
/*
 * The thread that replays one stream, with what the stream is made of. The main thread starts and
 * joins it; what it does meanwhile is replay.c's.
 */
#ifndef XG_HOST_THREAD_H
#define XG_HOST_THREAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_client;
struct xg_control_stream_open;
struct xg_host;
struct xg_host_stream;

struct xg_stream_thread {
	struct xg_stream_thread *next; /* the host's list */
	struct xg_host *host;
	struct xg_client *client; /* the thread's: a reference, dropped at its end */
	uint32_t client_id, stream_id;
	struct xg_host_stream *stream;
	pthread_t thread;
	_Atomic bool has_ended;
	void *region, *bulk; /* mapped; bulk is NULL without one */
	size_t region_size, bulk_size;
};

/*
 * Maps the stream's region, binds its port, and starts to replay. NULL, with one log line, if the
 * guest may have no more streams or the message describes none.
 */
struct xg_stream_thread *xg_stream_thread_start(
	struct xg_client *client, const struct xg_control_stream_open *untrusted);

/* Gives the stream a bulk region. False, with one log line, if that cannot be. */
bool xg_stream_thread_set_bulk(
	struct xg_stream_thread *thread, uint32_t untrusted_region, uint32_t untrusted_size);

static inline bool xg_stream_thread_has_ended(const struct xg_stream_thread *thread)
{
	return atomic_load(&thread->has_ended);
}

/* Joins a thread that has ended, unmaps what it had, and frees. */
void xg_stream_thread_join(struct xg_stream_thread *thread);

#endif

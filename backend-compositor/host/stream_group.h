/* SPDX-License-Identifier: MIT */
/*
 * The streams of one client, and the waits between them. Private to stream.c and stream_group.c.
 *
 * A stream that must wait for another's position writes that position into the other's wake_at,
 * reads its done again, and sleeps on the group's condition; a stream that has come further writes
 * done, reads wake_at, and wakes the group if it has passed it. The store of each comes before its
 * load, so one of them sees the other: who waits makes all threads of the process see that by a
 * membarrier, so that who goes on, which is at each record, needs none.
 */
#ifndef XG_HOST_STREAM_GROUP_H
#define XG_HOST_STREAM_GROUP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "stream.h"

/* A stream as the group sees it; embedded in struct xg_host_stream. */
struct xg_group_member {
	struct xg_stream_group *group;
	struct xg_group_member *next; /* group's lock */
	uint32_t id;
	int wake_fd; /* readable: the replay thread shall look at its ring and flags */
	_Atomic bool is_killed;
	_Atomic uint64_t done;	  /* replayed up to here */
	_Atomic uint64_t wake_at; /* somebody waits for done to get here */
	bool must_fence;	  /* the kernel has no membarrier */
	/* What it waits for now; group's lock. */
	uint32_t awaited_stream;
	uint64_t awaited_position;
};

/* Adds the member: false if there are limit members already, or one of that id, or it has no fds;
 * *rule says which. Takes a reference to the group. */
bool xg_group_join(struct xg_stream_group *group, struct xg_group_member *member, uint32_t limit,
	const char **rule);

/* Whoever waits for it goes on. Drops the reference. */
void xg_group_leave(struct xg_group_member *member);

enum xg_group_wait {
	XG_GROUP_REACHED, /* or the other stream has ended, or never was */
	XG_GROUP_KILLED,
	XG_GROUP_CIRCLE,
};

/* Waits until stream has been replayed up to position. */
enum xg_group_wait xg_group_wait(
	struct xg_group_member *member, uint32_t untrusted_stream, uint64_t untrusted_position);

/* Wakes those for whom done is far enough. */
void xg_group_wake(struct xg_group_member *member);

/* On the member's thread, at each record: it is now replayed up to position. */
static inline void xg_group_reached(struct xg_group_member *member, uint64_t position)
{
	/* Release: what was replayed comes before it. */
	atomic_store_explicit(&member->done, position, memory_order_release);
	/* Partner: the membarrier in xg_group_wait, after a store of wake_at and before a load of
	 * done. */
	if (__builtin_expect(member->must_fence, 0))
		atomic_thread_fence(memory_order_seq_cst);
	else
		atomic_signal_fence(memory_order_seq_cst);
	if (__builtin_expect(
		    atomic_load_explicit(&member->wake_at, memory_order_relaxed) <= position, 0))
		xg_group_wake(member);
}

/* What the group's streams hold together, in bytes. */
enum xg_group_account {
	XG_GROUP_STAGED, /* on the host, for payloads in pieces */
	XG_GROUP_BULK,	 /* of the guest's memory */
	XG_GROUP_ACCOUNTS,
};

/* False if that would be above limit; nothing is accounted then. Any thread. */
bool xg_group_reserve(struct xg_stream_group *group, enum xg_group_account account, uint64_t bytes,
	uint64_t limit);
void xg_group_release(struct xg_stream_group *group, enum xg_group_account account, uint64_t bytes);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A share group: contexts whose objects are common. A guest need not order what its threads do
 * with those, and no driver is proof against all of it (an image made of a texture that another
 * thread deletes). So the group's contexts take turns: one holds the group for the length of one
 * command. Contexts that do not share never meet here.
 *
 * A group of one context takes no lock: only its own thread plays in it. Before another thread may,
 * the group is marked as shared and every thread of the process made to see that.
 *
 * Who finds a shared group taken queues. Who has it keeps it from command to command for a slice of
 * time, so that two busy threads do not change places at each command, and then lets the queue go
 * first.
 */
#ifndef XG_HOST_SHARE_H
#define XG_HOST_SHARE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "texture_stores.h"

struct xg_holds;

/* Sync objects, which the driver knows by pointers: a slot's number + 1 is its name here. Who has
 * the turn may look. */
struct xg_syncs {
	struct xg_sync_slot {
		void *sync; /* NULL: free */
		uint32_t next_free;
	} * slots;
	uint32_t count, free; /* free: the first's number + 1; 0: none is */
};

struct xg_share {
	_Atomic uint32_t references;
	_Atomic bool is_shared; /* never reset, nor the next one */
	_Atomic bool is_locked; /* all threads have seen that it is shared */
	_Atomic bool is_inside; /* the only context's thread has a turn without the lock */
	pthread_mutex_t lock;
	pthread_mutex_t queue;	     /* held by the first of those who wait */
	_Atomic uint32_t waiting;    /* how many queue */
	_Atomic(const void *) owner; /* who had the last turn */
	_Atomic int64_t since_ns;    /* when the owner's slice began */
	struct xg_holds *holds;	     /* of each context; who has the turn may look */
	struct xg_syncs syncs;
	struct xg_texture_stores texture_stores;
};

struct xg_share *xg_share_create(void);
struct xg_share *xg_share_ref(struct xg_share *share);
void xg_share_unref(struct xg_share *share);

/*
 * Waits for a turn, which must be given back before the thread may wait for anything else of the
 * guest's. who is any address that stands for the context. Not recursive. Any thread; the group
 * is shared from then on.
 */
void xg_share_enter(struct xg_share *share, const void *who);

/* The same where no context of the group is current, or the group is known to be shared. */
void xg_share_lock(struct xg_share *share, const void *who);

/* After both. */
void xg_share_leave(struct xg_share *share);

/* A context's own turn, on the thread on which it is current. */
struct xg_turn {
	struct xg_share *share;
	bool is_alone; /* within it: without the lock */
};

static inline void xg_turn_enter(struct xg_turn *turn, const void *who)
{
	struct xg_share *share = turn->share;

	if (!atomic_load_explicit(&share->is_shared, memory_order_acquire)) {
		atomic_store_explicit(&share->is_inside, true, memory_order_relaxed);
		/* Partner: the membarrier in share.c. Who shares sees us inside, or we see it. */
		atomic_signal_fence(memory_order_seq_cst);
		turn->is_alone = !atomic_load_explicit(&share->is_shared, memory_order_acquire);
		if (turn->is_alone)
			return;
		atomic_store_explicit(&share->is_inside, false, memory_order_release);
	}
	turn->is_alone = false;
	xg_share_lock(share, who);
}

/* Within a turn: whether other contexts may want theirs. */
static inline bool xg_turn_is_shared(const struct xg_turn *turn)
{
	return atomic_load_explicit(&turn->share->is_shared, memory_order_relaxed);
}

static inline void xg_turn_leave(struct xg_turn *turn)
{
	if (turn->is_alone)
		atomic_store_explicit(&turn->share->is_inside, false, memory_order_release);
	else
		xg_share_leave(turn->share);
}

#endif

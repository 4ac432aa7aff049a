/* SPDX-License-Identifier: MIT */
/* See share.h. */
#include "share.h"

#include <linux/membarrier.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SLICE_NS INT64_C(1000000)

struct xg_share *xg_share_create(void)
{
	struct xg_share *share = calloc(1, sizeof(*share));

	if (!share)
		abort();
	share->references = 1;
	/* A kernel without it: everyone locks. */
	share->is_shared = share->is_locked =
		syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) != 0;
	pthread_mutex_init(&share->lock, NULL);
	pthread_mutex_init(&share->queue, NULL);
	return share;
}

struct xg_share *xg_share_ref(struct xg_share *share)
{
	atomic_fetch_add(&share->references, 1);
	return share;
}

void xg_share_unref(struct xg_share *share)
{
	if (atomic_fetch_sub(&share->references, 1) != 1)
		return;
	free(share->syncs.slots);
	xg_texture_stores_finish(&share->texture_stores);
	pthread_mutex_destroy(&share->queue);
	pthread_mutex_destroy(&share->lock);
	free(share);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Whether a new turn may come before those who queue. Only its owner finds itself the owner. */
static bool may_go_on(const struct xg_share *share, const void *who)
{
	if (!atomic_load_explicit(&share->waiting, memory_order_relaxed))
		return true;
	return atomic_load_explicit(&share->owner, memory_order_relaxed) == who &&
	       now_ns() - share->since_ns < SLICE_NS;
}

void xg_share_lock(struct xg_share *share, const void *who)
{
	if (!may_go_on(share, who) || pthread_mutex_trylock(&share->lock) != 0) {
		atomic_fetch_add(&share->waiting, 1);
		pthread_mutex_lock(&share->queue);
		pthread_mutex_lock(&share->lock);
		pthread_mutex_unlock(&share->queue);
		atomic_fetch_sub(&share->waiting, 1);
		atomic_store_explicit(&share->owner, NULL, memory_order_relaxed);
	}
	if (atomic_load_explicit(&share->owner, memory_order_relaxed) == who)
		return;
	atomic_store_explicit(&share->owner, who, memory_order_relaxed);
	share->since_ns = now_ns();
}

/* From now on everyone locks; who is inside without the lock is waited for. */
static void start_sharing(struct xg_share *share)
{
	pthread_mutex_lock(&share->queue);
	if (!atomic_load(&share->is_locked)) {
		atomic_store(&share->is_shared, true);
		/* Partner: xg_turn_enter. */
		syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
		while (atomic_load_explicit(&share->is_inside, memory_order_acquire))
			sched_yield();
		atomic_store(&share->is_locked, true);
	}
	pthread_mutex_unlock(&share->queue);
}

void xg_share_enter(struct xg_share *share, const void *who)
{
	if (!atomic_load(&share->is_locked))
		start_sharing(share);
	xg_share_lock(share, who);
}

void xg_share_leave(struct xg_share *share)
{
	pthread_mutex_unlock(&share->lock);
}

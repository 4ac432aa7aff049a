/* SPDX-License-Identifier: MIT */
/*
 * The spinning before a sleep. A sleep and its wake-up cost as much as some thousand commands, so
 * who waits first looks whether the wait is over: at a glance, or for as long as a sleep costs. How
 * often it tries the latter is learnt, because on busy processors spinning keeps the other end from
 * running: each failure in a row makes the next try rarer, and a success makes every wait one.
 *
 * What is learnt of waits for a peer that is awake says nothing of those for one that has to be
 * woken first: they are told apart. An end that was awake in time for the other's answer is what
 * the other sees next, so that two ends that answer each other at once soon both stay awake.
 */
#ifndef XG_PROTOCOL_SPIN_H
#define XG_PROTOCOL_SPIN_H

#include <stdbool.h>
#include <stdint.h>

enum xg_peer {
	XG_PEER_AWAKE,
	XG_PEER_WOKEN, /* just now, out of a sleep */
};

struct xg_spin {
	bool is_allowed;
	struct xg_spin_way {
		uint16_t failures; /* in a row, as far as they count */
		uint16_t probes;   /* of a peer that was woken, that helped */
		uint16_t skips;	   /* waits with but a glance before the next try */
	} ways[2];		   /* by enum xg_peer */
};

/*
 * Looks how many CPUs the calling thread may use: on one, nobody spins. Nor does anybody with
 * XENGLASS_SLEEP_AT_ONCE in the environment, unless the process has other rights than its user.
 */
void xg_spin_init(struct xg_spin *spin);

/* Spins until done(argument) is true, or it does not pay any more; the last value of done. */
bool xg_spin_until(
	struct xg_spin *spin, enum xg_peer peer, bool (*done)(void *argument), void *argument);

/* The monotonic clock. */
uint64_t xg_spin_now_ns(void);

#endif

/* SPDX-License-Identifier: MIT */
/* See spin.h. */
#include "spin.h"

#include <sched.h>
#include <stdlib.h>
#include <time.h>

/* Far less than a sleep costs at the least: so long everybody looks, each time. */
#define GLANCE_NS 1500u
/* A sleep and its wake-up cost about this much at the most, so that longer spinning hardly pays. */
#define SPIN_NS 50000u
/*
 * Two ends that both sleep never answer each other fast enough to find out that spinning would do.
 * So the rare try with a peer that was woken lasts for longer than any wake-up, a few times in a
 * row, so that the peer can learn from it.
 */
#define PROBE_NS     150000u
#define PROBES_A_TRY 4
#define SPINS_A_LOOK 16

/* Each failure after these doubles the waits between two tries, up to so many doublings. */
#define FREE_FAILURES 2u
static const uint16_t doublings_max[] = {
	[XG_PEER_AWAKE] = 3,
	[XG_PEER_WOKEN] = 6,
};

static inline void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield" ::: "memory");
#endif
}

uint64_t xg_spin_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void xg_spin_init(struct xg_spin *spin)
{
	cpu_set_t cpus;

	*spin = (struct xg_spin){
		.is_allowed = sched_getaffinity(0, sizeof(cpus), &cpus) == 0 &&
			      CPU_COUNT(&cpus) > 1 && !secure_getenv("XENGLASS_SLEEP_AT_ONCE"),
	};
}

/* Looks again and again until the end; the last value of done. */
static bool look_until(uint64_t end_ns, bool (*done)(void *argument), void *argument)
{
	do {
		for (int i = 0; i < SPINS_A_LOOK; i++) {
			relax();
			if (done(argument))
				return true;
		}
	} while (xg_spin_now_ns() < end_ns);
	return false;
}

static void learn(struct xg_spin_way *way, bool helped, uint16_t failures_max)
{
	if (helped)
		way->failures = 0;
	else if (way->failures < failures_max)
		way->failures++;
	if (way->failures >= FREE_FAILURES)
		way->skips = (uint16_t)((1u << (way->failures - FREE_FAILURES)) - 1);
}

bool xg_spin_until(
	struct xg_spin *spin, enum xg_peer peer, bool (*done)(void *argument), void *argument)
{
	struct xg_spin_way *way = &spin->ways[peer];
	const uint16_t failures_max = FREE_FAILURES + doublings_max[peer];

	if (done(argument))
		return true;
	if (!spin->is_allowed)
		return false;

	const uint64_t start_ns = xg_spin_now_ns();

	/* What a glance sees says nothing of longer waits. */
	if (look_until(start_ns + GLANCE_NS, done, argument))
		return true;
	if (way->skips > 0) {
		way->skips--;
		return false;
	}

	const bool is_probe = peer == XG_PEER_WOKEN && way->failures == failures_max;
	const bool is_done = look_until(start_ns + (is_probe ? PROBE_NS : SPIN_NS), done, argument);

	if (!is_probe || !is_done || ++way->probes % PROBES_A_TRY == 0)
		learn(way, is_done && !is_probe, failures_max);
	return is_done;
}

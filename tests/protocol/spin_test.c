/* SPDX-License-Identifier: MIT */
/* Who spins, and how often. The clock is the test's own, so that no machine is too busy for it. */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "spin.h"

/* In the place of the C library's: a look at it takes a tenth of a microsecond. */
int clock_gettime(clockid_t clock, struct timespec *time)
{
	static uint64_t now_ns;

	(void)clock;
	now_ns += 100;
	*time = (struct timespec){
		.tv_sec = (time_t)(now_ns / 1000000000u),
		.tv_nsec = (long)(now_ns % 1000000000u),
	};
	return 0;
}

/* As on many CPUs, whatever this machine has. */
static struct xg_spin make_spin(void)
{
	return (struct xg_spin){.is_allowed = true};
}

static bool never(void *looks)
{
	++*(unsigned *)looks;
	return false;
}

/* How many of so many waits in vain try for longer than a glance. */
static unsigned count_tries(struct xg_spin *spin, enum xg_peer peer, unsigned waits)
{
	unsigned tries = 0, looks = 0;

	for (unsigned i = 0; i < waits; i++) {
		tries += spin->ways[peer].skips == 0;
		assert_false(xg_spin_until(spin, peer, never, &looks));
	}
	return tries;
}

static void waits_in_vain_hardly_spin(void **state)
{
	struct xg_spin spin = make_spin();

	(void)state;
	assert_int_equal(count_tries(&spin, XG_PEER_AWAKE, 2), 2);
	count_tries(&spin, XG_PEER_AWAKE, 30);
	assert_in_range(count_tries(&spin, XG_PEER_AWAKE, 800), 99, 101);
	/* The other way has learnt nothing of that. */
	assert_int_equal(count_tries(&spin, XG_PEER_WOKEN, 2), 2);
	count_tries(&spin, XG_PEER_WOKEN, 200);
	assert_in_range(count_tries(&spin, XG_PEER_WOKEN, 640), 9, 11);
}

/* Later than a glance, and sooner than any try's end. */
static bool after_a_while(void *looks)
{
	return ++*(unsigned *)looks > 1000;
}

static void a_try_that_helps_makes_each_wait_one(void **state)
{
	struct xg_spin spin = make_spin();

	(void)state;
	count_tries(&spin, XG_PEER_AWAKE, 100);
	/* The next try is among these. */
	for (int i = 0; i < 8; i++) {
		unsigned looks = 0;

		xg_spin_until(&spin, XG_PEER_AWAKE, after_a_while, &looks);
	}
	assert_int_equal(spin.ways[XG_PEER_AWAKE].failures, 0);
	assert_int_equal(spin.ways[XG_PEER_AWAKE].skips, 0);
}

static void nobody_spins_on_one_processor_or_if_told_not_to(void **state)
{
	struct xg_spin spin;
	cpu_set_t before, one;
	unsigned looks = 0;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	xg_spin_init(&spin);
	assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
	assert_false(xg_spin_until(&spin, XG_PEER_AWAKE, never, &looks));
	assert_int_equal(looks, 1);

	setenv("XENGLASS_SLEEP_AT_ONCE", "1", true);
	xg_spin_init(&spin);
	unsetenv("XENGLASS_SLEEP_AT_ONCE");
	assert_false(xg_spin_until(&spin, XG_PEER_AWAKE, never, &looks));
	assert_int_equal(looks, 2);

	xg_spin_init(&spin);
	assert_int_equal(spin.is_allowed, CPU_COUNT(&before) > 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_in_vain_hardly_spin),
		cmocka_unit_test(a_try_that_helps_makes_each_wait_one),
		cmocka_unit_test(nobody_spins_on_one_processor_or_if_told_not_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

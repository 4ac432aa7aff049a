/* SPDX-License-Identifier: MIT */
/*
 * When a guest wakes its host: a wake-up costs more than a thousand commands. There is no thread
 * for the host's end here; the test says for it that it sleeps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pair.h"

struct fixture {
	struct xg_stream_group *group;
	struct pair pair;
	_Atomic uint32_t *host_sleeps;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	memset(&pair_positions, 0, sizeof(pair_positions));
	f->group = xg_stream_group_create();
	pair_init(&f->pair, f->group, 1, true);
	f->host_sleeps = &((struct xg_stream_page *)(void *)f->pair.region)->ring.consumer_waits;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	pair_finish(&f->pair);
	xg_stream_group_unref(f->group);
	free(f);
	return 0;
}

static void encode(struct fixture *f)
{
	struct xg_record *record = xg_stream_begin(f->pair.guest, sizeof(*record));

	*record = (struct xg_record){.opcode = 1, .size = sizeof(*record)};
	xg_stream_end(f->pair.guest, sizeof(*record));
}

static void few_commands_wake_nobody_before_a_flush(void **state)
{
	struct fixture *f = *state;

	atomic_store(f->host_sleeps, 1);
	for (int i = 0; i < 100; i++)
		encode(f);
	assert_int_equal(atomic_load(f->host_sleeps), 1);
	xg_stream_flush(f->pair.guest);
	assert_int_equal(atomic_load(f->host_sleeps), 0);
}

static void many_commands_do_not_wait_for_a_flush(void **state)
{
	struct fixture *f = *state;

	atomic_store(f->host_sleeps, 1);
	for (uint32_t i = 0; i < XG_NOTIFY_BYTES / sizeof(struct xg_record); i++)
		encode(f);
	assert_int_equal(atomic_load(f->host_sleeps), 0);
}

static void a_wait_for_what_is_done_wakes_nobody(void **state)
{
	struct fixture *f = *state;

	xg_host_stream_swap_done(f->pair.host, 1, 0, -1);
	encode(f);
	atomic_store(f->host_sleeps, 1);
	assert_true(xg_stream_wait_swaps(f->pair.guest, 1));
	assert_int_equal(atomic_load(f->host_sleeps), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			few_commands_wake_nobody_before_a_flush, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			many_commands_do_not_wait_for_a_flush, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_wait_for_what_is_done_wakes_nobody, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

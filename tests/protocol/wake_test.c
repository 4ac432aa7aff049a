/* SPDX-License-Identifier: MIT */
/*
 * When a guest wakes its host: a wake-up costs more than a thousand commands. There is no thread
 * for the host's end there; the test says for it that it sleeps. And how a guest sleeps, and what
 * it has published then.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "link/word.h"
#include "pair.h"

struct fixture {
	struct xg_stream_group *group;
	struct pair pair;
	struct xg_stream_page *page;
	_Atomic uint32_t *host_sleeps;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	memset(&pair_positions, 0, sizeof(pair_positions));
	unsetenv("XENGLASS_SLEEP_AT_PORT");
	f->group = xg_stream_group_create();
	pair_init(&f->pair, f->group, 1, true);
	f->page = (void *)f->pair.region;
	f->host_sleeps = &f->page->ring.consumer_waits;
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
	for (uint32_t i = 0; i < (XG_NOTIFY_BYTES + XG_PUBLISH_BYTES) / sizeof(struct xg_record);
		i++)
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

static void *swap_when_the_guest_sleeps(void *argument)
{
	struct fixture *f = argument;
	uint32_t waits;

	do {
		waits = atomic_load(&f->page->ring.producer_waits);
	} while (waits == 0);
	xg_host_stream_swap_done(f->pair.host, 1, 0, -1);
	return (void *)(uintptr_t)waits;
}

/* How it has announced its sleep. */
static uint32_t sleep_for_a_swap(struct fixture *f)
{
	pthread_t thread;
	void *waits;

	pthread_create(&thread, NULL, swap_when_the_guest_sleeps, f);
	assert_true(xg_stream_wait_swaps(f->pair.guest, 1));
	pthread_join(thread, &waits);
	return (uint32_t)(uintptr_t)waits;
}

static void a_guest_sleeps_at_a_word_under_its_hosts_kernel(void **state)
{
	const uint64_t before = xg_port_notifications();

	assert_int_equal(sleep_for_a_swap(*state), XG_WAITS_AT_WORD);
	assert_int_equal(xg_port_notifications() - before, 0);
}

static void a_guest_sleeps_at_its_port_where_no_word_is_woken(void **state)
{
	struct fixture *f = *state;
	const uint64_t before = xg_port_notifications();

	atomic_store(&f->page->wakes_word, 0);
	assert_int_equal(sleep_for_a_swap(f), XG_WAITS_AT_PORT);
	assert_int_equal(xg_port_notifications() - before, 1);
}

static void *see_what_a_sleeping_guest_has_published(void *argument)
{
	struct fixture *f = argument;

	while (atomic_load(&f->page->ring.producer_waits) == 0)
		;
	const uint32_t tail = atomic_load(&f->page->ring.tail);
	xg_host_stream_mark_lost(f->pair.host);
	return (void *)(uintptr_t)tail;
}

static void padding_stays_published_while_a_guest_waits_for_room(void **state)
{
	struct fixture *f = *state;
	const uint32_t size = f->pair.limits.ring_size;
	pthread_t thread;
	void *tail;

	for (uint32_t at = 0; at < size - 2 * sizeof(struct xg_record);
		at += (uint32_t)sizeof(struct xg_record))
		encode(f);
	pthread_create(&thread, NULL, see_what_a_sleeping_guest_has_published, f);
	xg_stream_begin(f->pair.guest, XG_STREAM_ROOM + XG_RECORD_ALIGNMENT);
	pthread_join(thread, &tail);
	assert_int_equal((uintptr_t)tail, size);
}

static int set_up_without_a_daemon(void **state)
{
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
	close(fds[1]);
	pair_hangup_fd = fds[0];
	return set_up(state);
}

static int tear_down_without_a_daemon(void **state)
{
	close(pair_hangup_fd);
	pair_hangup_fd = -1;
	return tear_down(state);
}

static void a_guest_asleep_hears_that_its_daemon_is_gone(void **state)
{
	struct fixture *f = *state;

	assert_false(xg_stream_wait_swaps(f->pair.guest, 1));
	assert_true(xg_stream_is_lost(f->pair.guest));
}

static void *change_word(void *word)
{
	atomic_store((_Atomic uint32_t *)word, 2);
	xg_word_wake(word);
	return NULL;
}

static void a_word_wakes_its_sleeper(void **state)
{
	_Atomic uint32_t word = 1;
	pthread_t thread;

	(void)state;
	assert_false(xg_word_sleep(&word, 1, 1));
	pthread_create(&thread, NULL, change_word, &word);
	/* No look at the clock: it hangs, or it does not. */
	while (atomic_load(&word) == 1)
		assert_true(xg_word_sleep(&word, 1, 1000 * 1000 * 1000));
	pthread_join(thread, NULL);
	assert_true(xg_word_sleep(&word, 1, 1000 * 1000 * 1000));
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
		cmocka_unit_test_setup_teardown(
			a_guest_sleeps_at_a_word_under_its_hosts_kernel, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_guest_sleeps_at_its_port_where_no_word_is_woken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			padding_stays_published_while_a_guest_waits_for_room, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_guest_asleep_hears_that_its_daemon_is_gone,
			set_up_without_a_daemon, tear_down_without_a_daemon),
		cmocka_unit_test(a_word_wakes_its_sleeper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * The end of a link over Xen, of either side and by all ways: the other misses it, and what was
 * mapped and granted goes.
 */
#include "link_fixture.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "link/xen_link.h"

/* Waits until the peer's end is told. */
static void wait_for_end(struct xg_link *link)
{
	struct pollfd fd = {xg_link_fd(link), POLLIN, 0};

	do {
		assert_int_equal(poll(&fd, 1, -1), 1);
	} while (xg_link_dispatch(link));
	assert_false(xg_link_dispatch(link));
}

static void an_end_that_is_destroyed_is_missed_by_the_other(void **state)
{
	struct xg_link *guest = links_make_guest(100);
	struct xg_link *host = links_join(guest);

	assert_true(xg_link_dispatch(guest));
	xg_link_destroy(host);
	wait_for_end(guest);
	xg_link_destroy(guest);
	guest = links_make_guest(100);
	host = links_join(guest);
	assert_true(xg_link_dispatch(host));
	xg_link_destroy(guest);
	wait_for_end(host);
	xg_link_destroy(host);
}

/* A guest before its host has come, and one whose host never lived, are not over. */
static void a_guest_waits_for_its_host(void **state)
{
	struct xg_link *guest = links_make_guest(100);

	assert_true(xg_link_dispatch(guest));
	assert_true(xg_link_dispatch(guest));

	struct xg_link *host = links_join(guest);

	assert_true(xg_link_dispatch(guest));
	xg_link_destroy(host);
	wait_for_end(guest);
	xg_link_destroy(guest);
}

static void a_host_that_came_and_went_unnoticed_is_missed(void **state)
{
	struct xg_link *guest = links_make_guest(100);

	xg_link_destroy(links_join(guest));
	fake_xen_count();
	assert_false(xg_link_dispatch(guest));
	xg_link_destroy(guest);
}

struct server {
	struct xg_link *host;
	void *memory;
};

static void *run_until_the_end(void *argument)
{
	struct server *server = argument;

	wait_for_end(server->host);
	xg_link_unmap(server->host, server->memory, 100 * PAGE);
	xg_link_destroy(server->host);
	return NULL;
}

/* Ten a second is what a kernel takes back of those. */
static void a_guest_that_ends_lets_the_host_unmap_first(void **state)
{
	const uint32_t before = fake_xen_count().ended_mapped;
	struct xg_link *guest = links_make_guest(200);
	struct server server = {.host = links_join(guest)};
	struct xg_region region;
	pthread_t thread;

	assert_true(xg_link_share(guest, 100 * PAGE, &region));
	server.memory = xg_link_map(server.host, region.number, 100 * PAGE);
	pthread_create(&thread, NULL, run_until_the_end, &server);
	xg_link_end(guest, -1);
	xg_region_finish(&region);
	xg_link_destroy(guest);
	pthread_join(thread, NULL);
	assert_int_equal(fake_xen_count().ended_mapped, before);
}

static void a_guest_without_a_host_ends_at_once(void **state)
{
	struct xg_link *guest = links_make_guest(200);

	xg_link_end(guest, -1);
	xg_link_destroy(guest);
	guest = links_make_guest(200);
	xg_link_destroy(links_join(guest));
	xg_link_end(guest, -1);
	xg_link_destroy(guest);
}

static void wait_for_death(pid_t child)
{
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

/* A guest's end in a process of its own, that does nothing more. */
static pid_t start_guest(uint32_t *ring_ref, uint32_t *event_channel)
{
	uint32_t numbers[2];
	int ends[2];

	assert_int_equal(pipe(ends), 0);

	const pid_t child = fork();

	if (child == 0) {
		struct xg_link *guest = links_make_guest(1000);
		struct xg_region region;

		if (!guest || !xg_link_share(guest, 8 * PAGE, &region))
			_exit(1);
		xg_link_publish(guest, region.number, 0);
		xg_link_xen_address(guest, &numbers[0], &numbers[1]);
		if (write(ends[1], numbers, sizeof(numbers)) != sizeof(numbers))
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ends[0], numbers, sizeof(numbers)), sizeof(numbers));
	close(ends[0]);
	close(ends[1]);
	*ring_ref = numbers[0];
	*event_channel = numbers[1];
	return child;
}

static void a_guest_that_is_killed_is_missed(void **state)
{
	const struct held before = count_held();
	uint32_t ring_ref, event_channel, region, port;
	const pid_t child = start_guest(&ring_ref, &event_channel);
	struct xg_link *host = links_make_host(ring_ref, event_channel, 100);

	assert_non_null(host);
	xg_link_root(host, &region, &port);

	uint32_t *memory = xg_link_map(host, region, 8 * PAGE);

	assert_non_null(memory);
	assert_true(xg_link_dispatch(host));
	wait_for_death(child);
	wait_for_end(host);
	/* What is mapped stays, and nothing new comes. */
	memory[2 * PAGE / sizeof(*memory)] = 1;
	assert_null(xg_link_map(host, region, 8 * PAGE));
	xg_link_unmap(host, memory, 8 * PAGE);
	xg_link_destroy(host);
	assert_held(&before);
}

static void a_host_that_is_killed_is_missed(void **state)
{
	struct xg_link *guest = links_make_guest(100);
	struct xg_region region;

	assert_true(xg_link_share(guest, 8 * PAGE, &region));

	const struct held before = count_held();
	const pid_t child = fork();

	if (child == 0) {
		struct xg_link *host = links_join(guest);

		if (!host || !xg_link_map(host, region.number, 8 * PAGE))
			_exit(1);
		for (;;)
			pause();
	}

	struct pollfd fd = {xg_link_fd(guest), POLLIN, 0};

	assert_int_equal(poll(&fd, 1, -1), 1);
	assert_true(xg_link_dispatch(guest));
	while (fake_xen_count().mapped < before.counts.mapped + 9)
		;
	wait_for_death(child);
	wait_for_end(guest);
	assert_held(&before);
	/* Nothing was revoked behind anybody's back. */
	xg_region_finish(&region);
	xg_link_destroy(guest);
}

static void pages_live_as_long_as_any_process_has_them(void **state)
{
	struct fixture *f = *state;
	const struct held before = count_held();
	struct xg_region region;

	assert_true(xg_link_share(f->guest, 8 * PAGE, &region));

	const pid_t child = fork();

	if (child == 0) {
		for (;;)
			pause();
	}
	xg_region_finish(&region);
	assert_int_equal(fake_xen_count().grants, before.counts.grants + 9);
	wait_for_death(child);
	assert_held(&before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_end_that_is_destroyed_is_missed_by_the_other),
		TEST(a_guest_waits_for_its_host),
		TEST(a_host_that_came_and_went_unnoticed_is_missed),
		TEST(a_guest_that_ends_lets_the_host_unmap_first),
		TEST(a_guest_without_a_host_ends_at_once),
		TEST(a_guest_that_is_killed_is_missed),
		TEST(a_host_that_is_killed_is_missed),
		TEST(pages_live_as_long_as_any_process_has_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

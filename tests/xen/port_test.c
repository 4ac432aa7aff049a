/* SPDX-License-Identifier: MIT */
/*
 * Ports that are event channels: what was notified is seen, nothing else can be bound, and numbers
 * come back.
 */
#include "link_fixture.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#include "link/xen_event_channel.h"

static void a_port_that_was_notified_twice_fires_at_most_twice(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest, &guest, &number));
	assert_true(xg_link_port_bind(f->host, number, &host));
	for (int i = 0; i < 1000; i++)
		xg_port_notify(&host);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_NOTIFIED);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_NOTIFIED);
	fake_xen_count();
	assert_int_equal(xg_port_wait(&guest, -1, 0, 0), XG_PORT_TIMEOUT);
	xg_port_clear(&guest);
	xg_port_finish(&guest);
	xg_port_finish(&host);
}

static void a_port_whose_peer_is_gone_is_silent(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest, &guest, &number));
	xg_port_notify(&guest);
	assert_true(xg_link_port_bind(f->host, number, &host));
	xg_port_finish(&host);
	fake_xen_count();
	xg_port_notify(&guest);
	/* The next host can have it. */
	assert_true(xg_link_port_bind(f->host, number, &host));
	xg_port_notify(&host);
	assert_int_equal(xg_port_wait(&guest, -1, 0, -1), XG_PORT_NOTIFIED);
	xg_port_finish(&guest);
	fake_xen_count();
	xg_port_clear(&host);
	fake_xen_count();
	xg_port_notify(&host);
	assert_int_equal(xg_port_wait(&host, -1, 0, 0), XG_PORT_TIMEOUT);
	xg_port_finish(&host);
}

static void a_ports_number_may_be_used_again_at_once(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, second, host, other;
	uint32_t number, again;

	assert_true(xg_link_port_create(f->guest, &guest, &number));
	assert_true(xg_link_port_bind(f->host, number, &host));
	xg_port_finish(&guest);
	assert_true(xg_link_port_create(f->guest, &second, &again));
	assert_int_equal(again, number);
	assert_true(xg_link_port_bind(f->host, again, &other));
	assert_int_equal(xg_port_wait(&other, -1, 0, -1), XG_PORT_NOTIFIED);
	xg_port_notify(&host);
	fake_xen_count();
	assert_int_equal(xg_port_wait(&second, -1, 0, 0), XG_PORT_TIMEOUT);
	xg_port_notify(&other);
	assert_int_equal(xg_port_wait(&second, -1, 0, -1), XG_PORT_NOTIFIED);
	xg_port_finish(&second);
	xg_port_finish(&host);
	xg_port_finish(&other);
}

/* An application has the guest's port, a host process the one that its door has opened. */
static void through_a_port_nothing_else_is_bound(void **state)
{
	struct fixture *f = *state;
	struct xg_port guest, host;
	uint32_t number, other;

	assert_true(xg_link_port_create(f->guest, &guest, &number));
	assert_true(xg_link_port_bind(f->host, number, &host));
	assert_int_equal(xg_event_channel_offer(guest.wait_fd, FAKE_XEN_HOST), 0);
	assert_int_equal(errno, EACCES);
	assert_int_equal(xg_event_channel_bind(guest.wait_fd, FAKE_XEN_HOST, 1), 0);
	assert_int_equal(errno, EACCES);
	assert_false(xg_event_channel_restrict(guest.wait_fd, FAKE_XEN_HOST));
	assert_int_equal(xg_event_channel_offer(host.wait_fd, FAKE_XEN_GUEST), 0);
	assert_int_equal(xg_event_channel_bind(host.wait_fd, 3, 1), 0);
	assert_int_equal(errno, EACCES);

	/* One that is offered to another domain. */
	const int fd = xg_event_channel_open();

	other = xg_event_channel_offer(fd, 3);
	assert_int_not_equal(other, 0);
	assert_int_equal(xg_event_channel_bind(host.wait_fd, FAKE_XEN_GUEST, other), 0);
	assert_int_equal(errno, EINVAL);
	close(fd);
	xg_port_finish(&guest);
	xg_port_finish(&host);
}

static void *run_storm(void *argument)
{
	struct fixture *f = argument;
	struct xg_port port;
	uint32_t number;

	assert_true(xg_link_port_create(f->guest, &port, &number));
	xg_link_publish(f->guest, 0, number);
	for (int i = 0; i < 2000; i++)
		xg_port_notify(&port);
	xg_port_finish(&port);
	return NULL;
}

static void a_storm_ends(void **state)
{
	struct fixture *f = *state;
	struct xg_port port = XG_PORT_NONE;
	uint32_t region, number, seen = 0;
	pthread_t thread;

	pthread_create(&thread, NULL, run_storm, f);
	while (xg_link_root(f->host, &region, &number), number == 0)
		;
	if (xg_link_port_bind(f->host, number, &port)) {
		while (xg_port_wait(&port, -1, 0, 1) == XG_PORT_NOTIFIED && seen < 10000)
			seen++;
		assert_in_range(seen, 1, 2001);
	}
	pthread_join(thread, NULL);
	xg_port_finish(&port);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_port_that_was_notified_twice_fires_at_most_twice),
		TEST(a_port_whose_peer_is_gone_is_silent),
		TEST(a_ports_number_may_be_used_again_at_once),
		TEST(through_a_port_nothing_else_is_bound),
		TEST(a_storm_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

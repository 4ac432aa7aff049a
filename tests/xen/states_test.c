/* SPDX-License-Identifier: MIT */
/* The two ends of a device in xenstore, through every change of state. */
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "fake_store.h"
#include "fixture.h"
#include "frontend.h"

static void frontend_that_calls_gets_a_host(void **state)
{
	struct fixture *f = *state;
	const char *problem;

	fixture_call(f);
	assert_int_equal(f->starts, 1);
	assert_int_equal(f->call.number, 5);
	assert_int_equal(f->call.untrusted_ring_ref, 77);
	assert_int_equal(f->call.untrusted_event_channel, 9);
	assert_string_equal(f->call.policy->label, "Work");
	assert_string_equal(f->call.policy->clipboard, "copy");
	assert_string_equal(f->call.policy->quotas[0], "contexts=3");
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	fixture_write_frontend(f, "state", "4");
	assert_int_equal(f->starts, 1);
	assert_int_equal(f->stops, 0);
	assert_int_equal(xg_domains_host(f->domains, "work", &problem), 1234);
}

static void host_that_cannot_start_closes_the_device(void **state)
{
	struct fixture *f = *state;

	f->host = 0;
	fixture_call(f);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
}

static void nodes_without_sense_close_the_device(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *node, *text;
	} wrong[] = {
		{"version", "2"},
		{"version", ""},
		{"version", NULL},
		{"ring-ref", "-1"},
		{"ring-ref", "77x"},
		{"ring-ref", "4294967296"},
		{"ring-ref", NULL},
		{"event-channel", "99999999999999999999999"},
		{"event-channel", " 9"},
		{"event-channel", NULL},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		fixture_write_frontend(f, "version", "1");
		fixture_write_frontend(f, "ring-ref", "77");
		fixture_write_frontend(f, "event-channel", "9");
		fixture_write_frontend(f, wrong[i].node, wrong[i].text);
		fixture_write_frontend(f, "state", "3");
		assert_string_equal(fake_store_get(BACKEND "/state"), "6");
		fixture_write_frontend(f, "state", "1");
		assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	}
	assert_int_equal(f->starts, 0);
}

static void states_without_sense_start_and_end_nothing(void **state)
{
	struct fixture *f = *state;
	static const char *const wrong[] = {"", "0", "2", "4", "5", "6", "7", "8", "-3", "3 ", "x"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		fixture_write_frontend(f, "state", wrong[i]);
	fixture_write_frontend(f, "state", NULL);
	assert_int_equal(f->starts, 0);
	assert_int_equal(f->stops, 0);
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

static void frontend_that_goes_can_come_again(void **state)
{
	static const char *const leaves[] = {"5", "6", "1", "", NULL};
	struct fixture *f = *state;

	for (int i = 0; i < (int)(sizeof(leaves) / sizeof(leaves[0])); i++) {
		fixture_call(f);
		fixture_write_frontend(f, "state", "4");
		assert_int_equal(f->starts, i + 1);
		fixture_write_frontend(f, "state", leaves[i]);
		assert_int_equal(f->stops, i + 1);
		assert_string_equal(fake_store_get(BACKEND "/state"), "5");
		xg_domains_dispatch(f->domains);
		assert_int_equal(f->stops, i + 1);
		xg_domains_host_gone(f->domains, 1234);
		fixture_write_frontend(f, "state", "1");
		assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	}
}

static void host_that_dies_closes_the_device(void **state)
{
	struct fixture *f = *state;

	fixture_call(f);
	fixture_write_frontend(f, "state", "4");
	xg_domains_host_gone(f->domains, 1234);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	assert_int_equal(f->stops, 0);
	fixture_write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
	fixture_call(f);
	assert_int_equal(f->starts, 2);
}

static void nothing_is_offered_without_a_compositor(void **state)
{
	struct fixture *f = *state;

	/* It goes, and who was about to come is told so. */
	xg_domains_set_ready(f->domains, false);
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	fixture_call(f);
	assert_int_equal(f->starts, 0);
	fixture_write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	xg_domains_set_ready(f->domains, true);
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");

	/* It goes with a guest, whose host process goes too. */
	fixture_call(f);
	assert_int_equal(f->starts, 1);
	xg_domains_set_ready(f->domains, false);
	assert_string_equal(fake_store_get(BACKEND "/state"), "4");
	xg_domains_host_gone(f->domains, 1234);
	fixture_write_frontend(f, "state", "1");
	assert_string_equal(fake_store_get(BACKEND "/state"), "6");

	/* A device that is made meanwhile is not offered either. */
	fake_store_set("/local/domain/7/name", "late");
	xg_domains_dispatch(f->domains);
	assert_null(xg_domains_attach(f->domains, "late"));
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/7/0/state"), "1");
	xg_domains_set_ready(f->domains, true);
	assert_string_equal(fake_store_get("/local/domain/0/backend/xenglass/7/0/state"), "2");
	assert_string_equal(fake_store_get(BACKEND "/state"), "2");
}

/* The daemon again, which is kept to other times. */
static void begin_anew(struct fixture *f, uint32_t look_ms, uint32_t pause_ms, uint32_t patience_ms)
{
	xg_domains_destroy(f->domains);
	f->look_ms = look_ms;
	f->pause_ms = pause_ms;
	f->patience_ms = patience_ms;
	fixture_begin(f);
}

static void wait_readable(struct fixture *f)
{
	struct pollfd changed = {.fd = xg_domains_fd(f->domains), .events = POLLIN};

	assert_int_equal(poll(&changed, 1, -1), 1);
	xg_domains_dispatch(f->domains);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static void frontend_that_comes_again_and_again_is_slowed_down(void **state)
{
	enum { PAUSE_MS = 50 };
	static const char *const refs[] = {"77", "no number"};
	struct fixture *f = *state;
	const int64_t begin_ms = now_ms();

	begin_anew(f, 0, PAUSE_MS, 0);
	for (int i = 1; i <= 4; i++) {
		fixture_write_frontend(f, "state", "1");
		while (strcmp(fake_store_get(BACKEND "/state"), "2") != 0)
			wait_readable(f);
		fixture_write_frontend(f, "version", "1");
		fixture_write_frontend(f, "event-channel", "9");
		fixture_write_frontend(f, "ring-ref", refs[i % 2]);
		fixture_write_frontend(f, "state", "3");
		xg_domains_host_gone(f->domains, 1234);
		assert_string_equal(fake_store_get(BACKEND "/state"), "6");
	}
	assert_int_equal(f->starts, 2);
	assert_true(now_ms() - begin_ms >= 3 * PAUSE_MS);
}

static void changes_are_looked_at_now_and_then(void **state)
{
	enum { LOOK_MS = 20 };
	struct fixture *f = *state;

	begin_anew(f, LOOK_MS, 0, 0);

	const int64_t begin_ms = now_ms();

	for (int i = 0; i < 10; i++)
		fixture_write_frontend(f, "state", "1");
	assert_true(now_ms() - begin_ms >= 9 * LOOK_MS);
}

static void host_that_does_not_end_is_made_to(void **state)
{
	struct fixture *f = *state;

	begin_anew(f, 0, 0, 20);
	fixture_write_frontend(f, "state", "1");
	fixture_call(f);
	fixture_write_frontend(f, "state", "5");
	assert_int_equal(f->stops, 1);
	while (f->kills == 0)
		wait_readable(f);
	assert_int_equal(f->stops, 1);
	/* The same when the domain has gone. */
	fake_store_set("/local/domain/5", NULL);
	while (f->kills < 3)
		wait_readable(f);
	xg_domains_host_gone(f->domains, 1234);
}

/* The guest's daemon, in a thread of its own. */
struct guest {
	int signal_fd;
	struct xg_frontend *frontend;
	bool is_connected;
};

static void *run_frontend(void *data)
{
	struct guest *guest = data;

	guest->frontend = xg_frontend_open(guest->signal_fd);
	if (guest->frontend)
		guest->is_connected = xg_frontend_connect(
			guest->frontend, xg_frontend_link(guest->frontend, 16), guest->signal_fd);
	return NULL;
}

static pthread_t start_guest(struct guest *guest)
{
	pthread_t thread;

	*guest = (struct guest){.signal_fd = eventfd(0, EFD_CLOEXEC)};
	fake_store_become(5);
	assert_int_equal(pthread_create(&thread, NULL, run_frontend, guest), 0);
	return thread;
}

static void finish_guest(struct guest *guest, pthread_t thread)
{
	pthread_join(thread, NULL);
	xg_frontend_close(guest->frontend);
	close(guest->signal_fd);
}

static void both_ends_find_each_other_again_and_again(void **state)
{
	struct fixture *f = *state;
	struct guest guest;

	for (int i = 0; i < 3; i++) {
		const pthread_t thread = start_guest(&guest);

		while (f->starts == i)
			xg_domains_dispatch(f->domains);
		pthread_join(thread, NULL);
		assert_true(guest.is_connected);
		assert_true(xg_frontend_is_served(guest.frontend));
		assert_int_equal(f->call.untrusted_ring_ref, 77);
		assert_string_equal(fake_store_get(FRONTEND "/state"), "4");
		xg_frontend_close(guest.frontend);
		close(guest.signal_fd);
		assert_string_equal(fake_store_get(FRONTEND "/state"), "6");
		xg_domains_dispatch(f->domains);
		assert_int_equal(f->stops, i + 1);
		xg_domains_host_gone(f->domains, 1234);
	}
}

static void frontend_sees_that_its_device_is_gone(void **state)
{
	struct fixture *f = *state;
	struct guest guest;
	const pthread_t thread = start_guest(&guest);

	while (f->starts == 0)
		xg_domains_dispatch(f->domains);
	pthread_join(thread, NULL);
	assert_true(xg_frontend_is_served(guest.frontend));

	struct pollfd change = {xg_frontend_fd(guest.frontend), POLLIN, 0};

	assert_int_equal(poll(&change, 1, 0), 0);
	fake_store_set(BACKEND, NULL);
	assert_int_equal(poll(&change, 1, 0), 1);
	assert_false(xg_frontend_is_served(guest.frontend));
	xg_frontend_close(guest.frontend);
	close(guest.signal_fd);
	xg_domains_dispatch(f->domains);
	xg_domains_host_gone(f->domains, 1234);
}

static void frontend_that_waits_goes_on_with_a_device_made_anew(void **state)
{
	struct fixture *f = *state;
	struct guest guest;

	/* Its backend waits for a compositor, and is then another, as when a driver domain goes. */
	xg_domains_set_ready(f->domains, false);
	fake_store_set(FRONTEND "/backend", "/local/domain/7/backend/xenglass/5/0");

	const pthread_t thread = start_guest(&guest);

	while (!fake_store_is_watched("/local/domain/7/backend/xenglass/5/0/state"))
		usleep(1000);
	fake_store_set(FRONTEND "/backend", BACKEND);
	xg_domains_set_ready(f->domains, true);
	while (f->starts == 0)
		xg_domains_dispatch(f->domains);
	pthread_join(thread, NULL);
	assert_true(guest.is_connected);
	xg_frontend_close(guest.frontend);
	close(guest.signal_fd);
	xg_domains_dispatch(f->domains);
	xg_domains_host_gone(f->domains, 1234);
}

static void frontend_that_is_refused_says_so(void **state)
{
	struct fixture *f = *state;
	struct guest guest;

	f->host = 0;

	const pthread_t thread = start_guest(&guest);

	while (f->starts == 0)
		xg_domains_dispatch(f->domains);
	finish_guest(&guest, thread);
	assert_false(guest.is_connected);
}

static void frontend_speaks_no_other_version(void **state)
{
	struct guest guest;

	fake_store_set(BACKEND "/versions", "2,31");
	finish_guest(&guest, start_guest(&guest));
	assert_null(guest.frontend);
}

static void frontend_that_waits_can_be_ended(void **state)
{
	struct guest guest;

	fake_store_set(FRONTEND, NULL);

	const pthread_t thread = start_guest(&guest);

	eventfd_write(guest.signal_fd, 1);
	finish_guest(&guest, thread);
	assert_null(guest.frontend);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(frontend_that_calls_gets_a_host),
		TEST(host_that_cannot_start_closes_the_device),
		TEST(nodes_without_sense_close_the_device),
		TEST(states_without_sense_start_and_end_nothing),
		TEST(frontend_that_goes_can_come_again),
		TEST(host_that_dies_closes_the_device),
		TEST(nothing_is_offered_without_a_compositor),
		TEST(frontend_that_comes_again_and_again_is_slowed_down),
		TEST(changes_are_looked_at_now_and_then),
		TEST(host_that_does_not_end_is_made_to),
		TEST(both_ends_find_each_other_again_and_again),
		TEST(frontend_sees_that_its_device_is_gone),
		TEST(frontend_that_waits_goes_on_with_a_device_made_anew),
		TEST(frontend_that_is_refused_says_so),
		TEST(frontend_speaks_no_other_version),
		TEST(frontend_that_waits_can_be_ended),
	};

	xg_log_init("states-test", XG_LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

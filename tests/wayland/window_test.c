/* SPDX-License-Identifier: MIT */
/*
 * Where the relay and the replay threads meet: a swap has its place among the requests, a surface
 * outlives the swap on it, and no wait outlives what it waits for. The test's main thread is the
 * relay's; a second one plays the replay thread.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <stdlib.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <cmocka.h>
#include <wayland-client-core.h>

#include "base/log.h"
#include "guest.h"
#include "relay/interface.h"
#include "relay/window.h"

/* Objects of connection 1; see test_guest_open(). */
#define REGISTRY   UINT64_C(2)
#define COMPOSITOR UINT64_C(3)
#define SWAP	   UINT64_C(5)
#define SURFACE	   UINT64_C(6)

#define CLIENT	7
#define STREAM	8
#define WINDOW	9
#define DISPLAY 1
#define COOKIE	UINT64_C(0x1234500006789)

struct fixture {
	struct test_guest guest;
	struct xg_windows *windows;
	pthread_t thread;
	sem_t swapping; /* the thread has begun a swap, or failed to */
	sem_t go_on;	/* it may end the swap */
	/* What the thread found. */
	struct wl_display *display;
	struct xg_window *window;
	bool has_swapped;
	bool was_sound;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	test_guest_init(
		&fixture->guest, &(struct xg_relay_limits){.connections = 1, .objects = 64});
	fixture->windows = xg_relay_windows(fixture->guest.relay);
	sem_init(&fixture->swapping, 0, 0);
	sem_init(&fixture->go_on, 0, 0);
	assert_true(xg_windows_client_open(fixture->windows, CLIENT, COOKIE));
	assert_true(xg_windows_stream_open(fixture->windows, CLIENT, STREAM));
	test_guest_open(&fixture->guest, 1);
	test_guest_request(&fixture->guest, 1, REGISTRY, XG_REQUEST_wl_registry_bind, "usuo",
		XG_WL_SWAP_GLOBAL, "xg_swap_v1", 1, SWAP);
	test_guest_request(&fixture->guest, 1, COMPOSITOR, XG_REQUEST_wl_compositor_create_surface,
		"o", SURFACE);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	test_guest_finish(&fixture->guest);
	sem_destroy(&fixture->swapping);
	sem_destroy(&fixture->go_on);
	free(fixture);
	return 0;
}

static void introduce(struct fixture *fixture)
{
	test_guest_request(&fixture->guest, 1, SWAP, XG_REQUEST_xg_swap_v1_introduce, "uuu",
		(uint32_t)(COOKIE >> 32), (uint32_t)COOKIE, DISPLAY);
	test_guest_request(
		&fixture->guest, 1, SWAP, XG_REQUEST_xg_swap_v1_window, "ou", SURFACE, WINDOW);
}

static void swap(struct fixture *fixture, uint32_t sequence)
{
	test_guest_request(&fixture->guest, 1, SWAP, XG_REQUEST_xg_swap_v1_swap, "ouu", SURFACE,
		STREAM, sequence);
}

static void commit(struct fixture *fixture, uint32_t times)
{
	for (uint32_t i = 0; i < times; i++)
		test_guest_request(&fixture->guest, 1, SURFACE, XG_REQUEST_wl_surface_commit, "");
}

static void take_window(struct fixture *fixture)
{
	fixture->display =
		xg_windows_wait_display(fixture->windows, CLIENT, STREAM, COOKIE, DISPLAY);
	if (fixture->display)
		fixture->window = xg_windows_wait_window(
			fixture->windows, CLIENT, STREAM, fixture->display, WINDOW);
}

static void give_window_back(struct fixture *fixture)
{
	xg_window_unref(fixture->window);
	xg_windows_release_display(fixture->windows, fixture->display);
}

/* The replay thread: one swap, with sequence 1. */
static void *replay(void *data)
{
	struct fixture *fixture = data;

	take_window(fixture);
	fixture->has_swapped = fixture->window && xg_window_begin_swap(fixture->window, STREAM, 1);
	sem_post(&fixture->swapping);
	if (fixture->has_swapped) {
		sem_wait(&fixture->go_on);
		fixture->was_sound = xg_window_end_swap(fixture->window);
	}
	return NULL;
}

static void start(struct fixture *fixture)
{
	assert_int_equal(pthread_create(&fixture->thread, NULL, replay, fixture), 0);
}

static void finish(struct fixture *fixture)
{
	assert_int_equal(pthread_join(fixture->thread, NULL), 0);
	give_window_back(fixture);
	test_guest_pump(&fixture->guest);
}

static void a_swap_stands_at_its_place_among_the_requests(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	start(fixture);
	commit(fixture, 3);
	swap(fixture, 1);
	commit(fixture, 2);
	sem_wait(&fixture->swapping);
	test_guest_pump(&fixture->guest);
	assert_true(fixture->has_swapped);
	assert_int_equal(fixture->guest.server.commits, 3);
	sem_post(&fixture->go_on);
	pthread_join(fixture->thread, NULL);
	test_guest_pump(&fixture->guest);
	assert_int_equal(fixture->guest.server.commits, 5);
	assert_true(fixture->was_sound);
	assert_non_null(xg_window_surface(fixture->window));
	give_window_back(fixture);
}

/* The relay's thread does nothing from the swap's begin on. */
static void who_has_swapped_goes_on_with_what_waited(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	take_window(fixture);
	swap(fixture, 1);
	commit(fixture, 2);
	assert_true(xg_window_begin_swap(fixture->window, STREAM, 1));
	assert_int_equal(fixture->guest.server.commits, 0);
	assert_true(xg_window_end_swap(fixture->window));
	test_server_pump(&fixture->guest.server);
	assert_int_equal(fixture->guest.server.commits, 2);
	give_window_back(fixture);
}

static void a_swap_that_nothing_waits_for_wakes_nobody(void **state)
{
	struct fixture *fixture = *state;
	struct pollfd fd = {fixture->guest.epoll, POLLIN, 0};

	introduce(fixture);
	take_window(fixture);
	test_guest_pump(&fixture->guest);
	swap(fixture, 1);
	assert_true(xg_window_begin_swap(fixture->window, STREAM, 1));
	assert_true(xg_window_end_swap(fixture->window));
	assert_int_equal(poll(&fd, 1, 0), 0);
	give_window_back(fixture);
}

static void a_thread_can_see_that_it_would_wait(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	take_window(fixture);
	assert_false(xg_window_is_at_swap(fixture->window, STREAM, 1));
	swap(fixture, 1);
	assert_true(xg_window_is_at_swap(fixture->window, STREAM, 1));
	assert_false(xg_window_is_at_swap(fixture->window, STREAM, 2));
	assert_true(xg_window_begin_swap(fixture->window, STREAM, 1));
	assert_true(xg_window_end_swap(fixture->window));
	assert_false(xg_window_is_at_swap(fixture->window, STREAM, 1));
	give_window_back(fixture);
}

static void events_go_on_while_a_swap_waits(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	test_guest_request(
		&fixture->guest, 1, SURFACE, XG_REQUEST_wl_surface_frame, "o", UINT64_C(7));
	swap(fixture, 1);
	commit(fixture, 1);
	const uint32_t before = fixture->guest.events;
	test_server_frame(&fixture->guest.server);
	test_guest_pump(&fixture->guest);
	assert_int_equal(fixture->guest.events, before + 1);
	assert_int_equal(fixture->guest.server.commits, 0);
}

static void a_surface_outlives_the_swap_on_it(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	start(fixture);
	swap(fixture, 1);
	sem_wait(&fixture->swapping);
	test_guest_request(&fixture->guest, 1, SURFACE, XG_REQUEST_wl_surface_destroy, "");
	test_guest_pump(&fixture->guest);
	assert_int_equal(fixture->guest.server.surfaces, 1);
	sem_post(&fixture->go_on);
	pthread_join(fixture->thread, NULL);
	test_guest_pump(&fixture->guest);
	assert_int_equal(fixture->guest.server.surfaces, 0);
	assert_null(xg_window_surface(fixture->window));
	assert_false(xg_window_begin_swap(fixture->window, STREAM, 2));
	give_window_back(fixture);
}

static void a_surface_outlives_other_work_on_it(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	take_window(fixture);
	assert_true(xg_window_begin(fixture->window));
	assert_non_null(xg_window_surface(fixture->window));
	test_guest_request(&fixture->guest, 1, SURFACE, XG_REQUEST_wl_surface_destroy, "");
	assert_int_equal(fixture->guest.server.surfaces, 1);
	xg_window_end(fixture->window);
	test_guest_pump(&fixture->guest);
	assert_int_equal(fixture->guest.server.surfaces, 0);
	assert_false(xg_window_begin(fixture->window));
	give_window_back(fixture);
}

static void a_stream_that_ends_releases_the_relay_and_the_thread(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	start(fixture);
	/* The thread waits for sequence 1, the relay stands at 2 of the same stream. */
	swap(fixture, 2);
	commit(fixture, 1);
	xg_windows_stream_gone(fixture->windows, CLIENT, STREAM);
	finish(fixture);
	assert_false(fixture->has_swapped);
	assert_int_equal(fixture->guest.server.commits, 1);
	/* A swap of a stream that is gone holds nothing up. */
	swap(fixture, 3);
	commit(fixture, 1);
	assert_int_equal(fixture->guest.server.commits, 2);
}

static void a_later_swap_releases_the_one_that_was_given_up(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	swap(fixture, (uint32_t)-2);
	swap(fixture, 0);
	swap(fixture, 1);
	commit(fixture, 1);
	assert_int_equal(fixture->guest.server.commits, 0);
	start(fixture);
	/* Each release is one turn of the relay. */
	while (sem_trywait(&fixture->swapping) < 0)
		test_guest_pump(&fixture->guest);
	assert_true(fixture->has_swapped);
	sem_post(&fixture->go_on);
	finish(fixture);
	assert_int_equal(fixture->guest.server.commits, 1);
}

static void a_client_that_is_gone_ends_the_wait_for_a_display(void **state)
{
	struct fixture *fixture = *state;

	start(fixture);
	xg_windows_client_gone(fixture->windows, CLIENT);
	finish(fixture);
	assert_null(fixture->display);
}

static void a_wrong_cookie_gives_no_display(void **state)
{
	struct fixture *fixture = *state;

	introduce(fixture);
	assert_null(xg_windows_wait_display(fixture->windows, CLIENT, STREAM, COOKIE + 1, DISPLAY));
	assert_null(xg_windows_wait_display(fixture->windows, CLIENT + 1, STREAM, COOKIE, DISPLAY));
	assert_null(xg_windows_wait_display(fixture->windows, CLIENT, STREAM + 1, COOKIE, DISPLAY));
}

static void the_death_of_the_application_ends_a_swap_but_not_its_display(void **state)
{
	struct fixture *fixture = *state;
	const struct xg_wl_close close = {1};

	introduce(fixture);
	start(fixture);
	swap(fixture, 1);
	sem_wait(&fixture->swapping);
	test_guest_send(&fixture->guest, XG_WL_CLOSE, &close, sizeof(close));
	test_guest_pump(&fixture->guest);
	assert_int_equal(fixture->guest.server.clients, 0);
	assert_null(xg_window_surface(fixture->window));
	/* EGL may still touch the connection; it only finds that it is broken. */
	while (wl_display_dispatch(fixture->display) >= 0)
		;
	sem_post(&fixture->go_on);
	pthread_join(fixture->thread, NULL);
	assert_false(fixture->was_sound);
	assert_null(xg_windows_wait_window(
		fixture->windows, CLIENT, STREAM, fixture->display, WINDOW + 1));
	give_window_back(fixture);
	test_guest_pump(&fixture->guest);
}

static void frame_callbacks_die_with_their_surface(void **state)
{
	struct fixture *fixture = *state;
	struct test_guest *guest = &fixture->guest;
	uint64_t next = SURFACE + 1;

	/* More than the limit of objects, if any of them stayed. */
	for (int i = 0; i < 100; i++) {
		const uint64_t surface = next++;

		test_guest_request(guest, 1, COMPOSITOR, XG_REQUEST_wl_compositor_create_surface,
			"o", surface);
		test_guest_request(guest, 1, surface, XG_REQUEST_wl_surface_frame, "o", next++);
		test_guest_request(guest, 1, surface, XG_REQUEST_wl_surface_destroy, "");
	}
	assert_int_equal(guest->closed, 0);
	assert_int_equal(guest->server.callbacks, 0);
	assert_int_equal(guest->server.surfaces, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_swap_stands_at_its_place_among_the_requests),
		TEST(who_has_swapped_goes_on_with_what_waited),
		TEST(a_swap_that_nothing_waits_for_wakes_nobody),
		TEST(a_thread_can_see_that_it_would_wait),
		TEST(events_go_on_while_a_swap_waits),
		TEST(a_surface_outlives_the_swap_on_it),
		TEST(a_surface_outlives_other_work_on_it),
		TEST(a_stream_that_ends_releases_the_relay_and_the_thread),
		TEST(a_later_swap_releases_the_one_that_was_given_up),
		TEST(a_client_that_is_gone_ends_the_wait_for_a_display),
		TEST(a_wrong_cookie_gives_no_display),
		TEST(the_death_of_the_application_ends_a_swap_but_not_its_display),
		TEST(frame_callbacks_die_with_their_surface),
	};

	xg_log_init("test", XG_LOG_WARNING);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

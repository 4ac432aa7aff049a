/* SPDX-License-Identifier: MIT */
/* When frames are made, and who hears of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"

#define GREEN  0xff00ff00
#define YELLOW 0xffffff00
#define LEFT   11
#define TOP    34

static void handle_done(void *data, struct wl_callback *callback, uint32_t time)
{
	int *count = data;

	*count += 1;
	wl_callback_destroy(callback);
}

static const struct wl_callback_listener done_listener = {.done = handle_done};

/* Asks for a frame callback, to be counted. */
static void ask(struct window *window, int *count)
{
	wl_callback_add_listener(wl_surface_frame(window->surface), &done_listener, count);
	wl_surface_commit(window->surface);
}

/* Opens a window over the whole screen that nothing shows through. */
static void cover(struct window *window, struct client *client)
{
	struct wl_region *region = wl_compositor_create_region(client->compositor);

	window_create(window, client);
	xdg_toplevel_set_maximized(window->toplevel);
	client_sync(client);
	client_sync(client);
	wl_region_add(region, 0, 0, 794, 571);
	wl_surface_set_opaque_region(window->surface, region);
	window_draw(window, 794, 571, YELLOW);
}

static void a_covered_window_gets_no_frames(void **state)
{
	const struct server *server = *state;
	struct client red, blue;
	struct window below, above;
	int count = 0;

	client_connect(&red, server, server->red);
	client_connect(&blue, server, server->blue);
	window_open(&below, &red, 200, 100, GREEN);
	cover(&above, &blue);
	xdg_toplevel_set_minimized(below.toplevel);
	surface_show(&blue, above.surface);

	ask(&below, &count);
	client_sync(&red);
	for (int i = 0; i < 5; i++)
		surface_show(&blue, above.surface);
	client_sync(&red);
	assert_int_equal(count, 0);

	/* It is owed them when it can be seen again. */
	window_close(&above);
	while (count == 0)
		assert_true(wl_display_dispatch(red.display) >= 0);
	client_disconnect(&red);
	client_disconnect(&blue);
}

static void a_covered_window_is_not_starved(void **state)
{
	const struct server *server = *state;
	struct client client;
	struct window below, above;

	client_connect(&client, server, NULL);
	window_open(&below, &client, 200, 100, GREEN);
	cover(&above, &client);
	surface_show(&client, below.surface);
	client_disconnect(&client);
}

/* How often the compositor has gone to sleep until now. */
static long sleeps(const struct server *server)
{
	char path[64], line[128];
	long count = -1;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)server->pid);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		sscanf(line, "voluntary_ctxt_switches: %ld", &count);
	fclose(file);
	return count;
}

static void nothing_wakes_it_while_nothing_happens(void **state)
{
	const struct server *server = *state;
	struct client client;
	struct window window;

	client_connect(&client, server, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 10, TOP + 10);
	screen_at(&client, 0, 0);
	client_sync(&client);
	/* Some last frames may be due, and late; after them there is nothing to do. */
	long before, after = sleeps(server);
	unsigned tries = 0;

	do {
		assert_true(++tries < 50);
		before = after;
		/* Longer than any clock of the compositor. */
		usleep(1200000);
		after = sleeps(server);
	} while (after != before);
	client_disconnect(&client);
}

struct feedback {
	int presented, discarded, outputs;
	uint32_t refresh;
};

static void handle_sync_output(
	void *data, struct wp_presentation_feedback *feedback, struct wl_output *output)
{
	struct feedback *kept = data;

	kept->outputs++;
}

static void handle_presented(void *data, struct wp_presentation_feedback *feedback,
	uint32_t second_high, uint32_t second_low, uint32_t nanosecond, uint32_t refresh,
	uint32_t sequence_high, uint32_t sequence_low, uint32_t flags)
{
	struct feedback *kept = data;

	kept->presented++;
	kept->refresh = refresh;
	wp_presentation_feedback_destroy(feedback);
}

static void handle_discarded(void *data, struct wp_presentation_feedback *feedback)
{
	struct feedback *kept = data;

	kept->discarded++;
	wp_presentation_feedback_destroy(feedback);
}

static const struct wp_presentation_feedback_listener feedback_listener = {
	.sync_output = handle_sync_output,
	.presented = handle_presented,
	.discarded = handle_discarded,
};

static void present(struct window *window, struct feedback *feedback, uint32_t colour)
{
	struct client *client = window->client;

	wp_presentation_feedback_add_listener(
		wp_presentation_feedback(client->presentation, window->surface), &feedback_listener,
		feedback);
	wl_surface_attach(window->surface, client_buffer(client, 200, 100, colour), 0, 0);
	wl_surface_damage(window->surface, 0, 0, 200, 100);
	wl_surface_commit(window->surface);
}

static void what_is_seen_is_presented_and_what_is_replaced_is_not(void **state)
{
	struct client client;
	struct window window;
	struct feedback replaced = {0}, seen = {0};

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	/* Both arrive in one go, so no frame can come between them. */
	present(&window, &replaced, YELLOW);
	present(&window, &seen, GREEN);
	while (!seen.presented)
		assert_true(wl_display_dispatch(client.display) >= 0);
	assert_int_equal(seen.outputs, 1);
	assert_int_equal(seen.refresh, 1000000000 / 60);
	assert_int_equal(replaced.discarded, 1);
	assert_int_equal(replaced.presented, 0);
	client_disconnect(&client);
}

static void handle_release(void *data, struct wl_buffer *buffer)
{
	int *count = data;

	*count += 1;
}

static const struct wl_buffer_listener buffer_listener = {.release = handle_release};

static struct wl_buffer *counted_buffer(struct client *client, int *releases)
{
	struct wl_buffer *buffer = client_buffer(client, 200, 100, YELLOW);

	wl_buffer_add_listener(buffer, &buffer_listener, releases);
	return buffer;
}

static void a_buffer_comes_back_when_it_is_on_show(void **state)
{
	struct client client;
	struct window window;
	int releases = 0;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	wl_surface_attach(window.surface, counted_buffer(&client, &releases), 0, 0);
	surface_show(&client, window.surface);
	assert_int_equal(releases, 1);
	client_disconnect(&client);
}

static void a_buffer_comes_back_when_another_replaces_it(void **state)
{
	const struct server *server = *state;
	struct client client;
	struct window below, above;
	int first = 0, second = 0;

	client_connect(&client, server, NULL);
	window_open(&below, &client, 200, 100, GREEN);
	cover(&above, &client);
	wl_surface_attach(below.surface, counted_buffer(&client, &first), 0, 0);
	wl_surface_commit(below.surface);
	wl_surface_attach(below.surface, counted_buffer(&client, &second), 0, 0);
	wl_surface_commit(below.surface);
	client_sync(&client);
	assert_int_equal(first, 1);
	/* The second when the surface has nothing to show any more. */
	wl_surface_attach(below.surface, NULL, 0, 0);
	wl_surface_commit(below.surface);
	client_sync(&client);
	assert_int_equal(second, 1);
	client_disconnect(&client);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(a_covered_window_gets_no_frames),
		ON_A_SERVER(a_covered_window_is_not_starved),
		ON_A_SERVER(nothing_wakes_it_while_nothing_happens),
		ON_A_SERVER(what_is_seen_is_presented_and_what_is_replaced_is_not),
		ON_A_SERVER(a_buffer_comes_back_when_it_is_on_show),
		ON_A_SERVER(a_buffer_comes_back_when_another_replaces_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

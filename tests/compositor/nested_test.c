/* SPDX-License-Identifier: MIT */
/* A compositor in a window of another: its picture goes out, input comes in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"

#define GREEN  0xff00ff00
#define YELLOW 0xffffff00
/* Where the inner screen is on the outer one, and a window's content on a screen. */
#define LEFT 11
#define TOP  34

/* Waits until the outer screen shows so many pixels of a colour. */
static struct area wait_for(struct client *watcher, uint32_t colour, int count)
{
	struct area area;

	do
		area = screen_find(watcher, colour);
	while (area.count != count);
	return area;
}

static void its_windows_are_seen_in_the_outer_one(void **state)
{
	struct server inner;
	struct client outer_client, inner_client;
	struct window window;
	struct area area;

	server_start_nested(&inner, *state);
	client_connect(&outer_client, *state, NULL);
	client_connect(&inner_client, &inner, NULL);
	window_open(&window, &inner_client, 200, 100, GREEN);
	area = wait_for(&outer_client, GREEN, 200 * 100);
	assert_int_equal(area.x, LEFT + LEFT);
	assert_int_equal(area.y, TOP + TOP);
	window_draw(&window, 200, 100, YELLOW);
	wait_for(&outer_client, YELLOW, 200 * 100);
	client_disconnect(&inner_client);
	wait_for(&outer_client, YELLOW, 0);
	server_stop(&inner);
	client_disconnect(&outer_client);
}

static void input_is_passed_on(void **state)
{
	struct server inner;
	struct client outer_client, inner_client;
	struct window window;

	server_start_nested(&inner, *state);
	client_connect(&outer_client, *state, NULL);
	client_connect(&inner_client, &inner, NULL);
	window_open(&window, &inner_client, 200, 100, GREEN);
	wait_for(&outer_client, GREEN, 200 * 100);
	client_move(&outer_client, LEFT + LEFT + 15, TOP + TOP + 25);
	client_button(&outer_client, true);
	while (inner_client.button_events == 0)
		assert_true(wl_display_dispatch(inner_client.display) >= 0);
	assert_ptr_equal(inner_client.pointer_focus, window.surface);
	assert_true(inner_client.pointer_x == 15 && inner_client.pointer_y == 25);
	client_button(&outer_client, false);
	client_key(&outer_client, KEY_A, true);
	while (inner_client.key == 0)
		assert_true(wl_display_dispatch(inner_client.display) >= 0);
	assert_int_equal(inner_client.key, KEY_A);
	client_key(&outer_client, KEY_A, false);

	xg_test_input_v1_touch_down(outer_client.input, 0, 3, wl_fixed_from_int(LEFT + LEFT + 5),
		wl_fixed_from_int(TOP + TOP + 6));
	client_sync(&outer_client);
	while (!inner_client.touch_focus)
		assert_true(wl_display_dispatch(inner_client.display) >= 0);
	assert_true(inner_client.touch_x == 5 && inner_client.touch_y == 6);
	client_disconnect(&inner_client);
	server_stop(&inner);
	client_disconnect(&outer_client);
}

/* An inner window that fills its screen shows that the screen is as large as the outer window. */
static void its_screen_follows_the_outer_windows_size(void **state)
{
	static const struct {
		int32_t x, y;
	} steps[] = {{130, 70}, {-150, -90}, {40, -1}, {130, 70}};
	struct server inner;
	struct client outer_client, inner_client;
	struct window window;

	server_start_nested(&inner, *state);
	client_connect(&outer_client, *state, NULL);
	client_connect(&inner_client, &inner, NULL);
	/* The inner cursor is not in the way. */
	client_move(&outer_client, 700, 550);
	window_open(&window, &inner_client, 200, 100, GREEN);
	window.follows = true;
	xdg_toplevel_set_maximized(window.toplevel);
	while (!window.is_maximized)
		assert_true(wl_display_dispatch(inner_client.display) >= 0);
	client_sync(&inner_client);
	const int32_t width = window.width, height = window.height;
	assert_true(width > 200 && height > 100);
	wait_for(&outer_client, GREEN, width * height);

	client_move(&outer_client, LEFT + 401, TOP + 301);
	client_button(&outer_client, true);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const int32_t x = steps[i].x, y = steps[i].y;
		struct area area;

		client_move(&outer_client, LEFT + 401 + x, TOP + 301 + y);
		while (window.width != width + x || window.height != height + y)
			assert_true(wl_display_dispatch(inner_client.display) >= 0);
		client_sync(&inner_client);
		do {
			area = screen_find(&outer_client, GREEN);
			/* In no picture is the screen empty, or the window torn. */
			assert_true(area.count > 0);
			assert_int_equal(area.count, area.width * area.height);
		} while (area.width != width + x || area.height != height + y);
	}
	client_button(&outer_client, false);
	client_disconnect(&inner_client);
	server_stop(&inner);
	client_disconnect(&outer_client);
}

static void the_button_in_the_outer_bar_ends_it(void **state)
{
	struct server inner;
	struct client outer_client;
	int status;

	server_start_nested(&inner, *state);
	client_connect(&outer_client, *state, NULL);
	/* It has drawn once its window is on the screen. */
	while (screen_find(&outer_client, 0xff9aa5b1).count == 0)
		continue;
	client_click(&outer_client, LEFT + 400 - 8, TOP - 13);
	assert_int_equal(waitpid(inner.pid, &status, 0), inner.pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(rmdir(inner.folder), 0);
	client_disconnect(&outer_client);
}

static void it_ends_when_the_outer_one_does(void **state)
{
	struct server inner, outer;
	int status;

	server_start(&outer);
	server_start_nested(&inner, &outer);
	server_stop(&outer);
	assert_int_equal(waitpid(inner.pid, &status, 0), inner.pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_FAILURE);
	assert_int_equal(rmdir(inner.folder), 0);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(its_windows_are_seen_in_the_outer_one),
		ON_A_SERVER(input_is_passed_on),
		ON_A_SERVER(its_screen_follows_the_outer_windows_size),
		ON_A_SERVER(the_button_in_the_outer_bar_ends_it),
		cmocka_unit_test(it_ends_when_the_outer_one_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

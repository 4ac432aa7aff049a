/* SPDX-License-Identifier: MIT */
/* Where the seat's events go, and what they do to windows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "client.h"
#include "popup.h"

#define GREEN  0xff00ff00
#define YELLOW 0xffffff00
#define LEFT   11
#define TOP    34
/* A second window of 200 × 100 stands to the right of the first. */
#define SECOND (LEFT + 200 + 3 + 8 + 3)

#define KEY_LEFTSHIFT 42

static void the_pointer_enters_a_surface_in_its_own_coordinates(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 20.5, TOP + 30.25);
	assert_ptr_equal(client.pointer_focus, window.surface);
	assert_true(client.pointer_x == 20.5 && client.pointer_y == 30.25);
	client_move(&client, LEFT + 21, TOP + 31);
	assert_true(client.pointer_x == 21 && client.pointer_y == 31);
	client_move(&client, 600, 500);
	assert_null(client.pointer_focus);
	client_disconnect(&client);
}

static void an_input_region_lets_the_pointer_through(void **state)
{
	struct client client;
	struct window window;
	struct wl_region *region;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	region = wl_compositor_create_region(client.compositor);
	wl_region_add(region, 0, 0, 50, 50);
	wl_surface_set_input_region(window.surface, region);
	surface_show(&client, window.surface);
	client_move(&client, LEFT + 60, TOP + 20);
	assert_null(client.pointer_focus);
	client_move(&client, LEFT + 40, TOP + 20);
	assert_ptr_equal(client.pointer_focus, window.surface);
	client_disconnect(&client);
}

static void a_pressed_button_keeps_the_pointer(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 20, TOP + 30);
	client_button(&client, true);
	assert_int_equal(client.button, BUTTON_LEFT);
	assert_int_equal(client.button_state, 1);
	client_move(&client, LEFT + 700, TOP + 500);
	assert_ptr_equal(client.pointer_focus, window.surface);
	assert_true(client.pointer_x == 700 && client.pointer_y == 500);
	client_button(&client, false);
	assert_int_equal(client.button_state, 0);
	assert_null(client.pointer_focus);
	client_disconnect(&client);
}

static void a_wheel_turns_under_the_pointer(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 20, TOP + 30);
	xg_test_input_v1_pointer_axis(
		client.input, 0, WL_POINTER_AXIS_VERTICAL_SCROLL, wl_fixed_from_int(15), 1);
	client_sync(&client);
	assert_true(client.axis_value == 15);
	assert_int_equal(client.axis_discrete, 1);
	client_disconnect(&client);
}

/* Two guests with a window each, red's first, and a client of the host's that moves the seat. */
struct guests {
	struct client user, red, blue;
	struct window first, second;
};

static void guests_connect(struct guests *g, const struct server *server)
{
	client_connect(&g->user, server, NULL);
	client_connect(&g->red, server, server->red);
	client_connect(&g->blue, server, server->blue);
	window_open(&g->first, &g->red, 200, 100, GREEN);
	window_open(&g->second, &g->blue, 200, 100, YELLOW);
}

static void guests_disconnect(struct guests *g)
{
	client_disconnect(&g->red);
	client_disconnect(&g->blue);
	client_disconnect(&g->user);
}

static void a_click_raises_and_activates(void **state)
{
	struct guests g;

	guests_connect(&g, *state);
	client_sync(&g.red);
	assert_true(g.first.is_active);
	assert_false(g.second.is_active);
	assert_ptr_equal(g.red.keyboard_focus, g.first.surface);
	assert_null(g.blue.keyboard_focus);

	client_click(&g.user, SECOND + 10, TOP + 10);
	client_sync(&g.red);
	client_sync(&g.blue);
	assert_false(g.first.is_active);
	assert_true(g.second.is_active);
	assert_ptr_equal(g.blue.keyboard_focus, g.second.surface);
	assert_null(g.red.keyboard_focus);
	assert_int_equal(g.red.button_events, 0);
	guests_disconnect(&g);
}

static void the_window_below_is_hidden_until_it_is_raised(void **state)
{
	struct client client;
	struct window first, second;

	client_connect(&client, *state, NULL);
	window_open(&first, &client, 200, 100, GREEN);
	window_open(&second, &client, 200, 100, YELLOW);
	/* Drag the second half over the first. */
	client_move(&client, SECOND + 50, TOP - 12);
	client_button(&client, true);
	client_move(&client, SECOND - 64, TOP - 12);
	client_button(&client, false);
	assert_int_equal(screen_find(&client, YELLOW).count, 200 * 100);
	assert_in_range(screen_find(&client, GREEN).count, 1, 150 * 100);
	client_click(&client, LEFT + 10, TOP + 10);
	assert_int_equal(screen_find(&client, GREEN).count, 200 * 100);
	assert_in_range(screen_find(&client, YELLOW).count, 1, 150 * 100);
	client_disconnect(&client);
}

static void keys_go_to_the_active_window_alone(void **state)
{
	struct guests g;

	guests_connect(&g, *state);
	client_click(&g.user, SECOND + 10, TOP + 10);
	assert_true(g.blue.keymap_bytes > 1000);
	client_key(&g.user, KEY_LEFTSHIFT, true);
	client_key(&g.user, KEY_A, true);
	client_sync(&g.red);
	client_sync(&g.blue);
	assert_int_equal(g.blue.key, KEY_A);
	assert_int_equal(g.blue.key_state, 1);
	assert_int_equal(g.blue.modifiers, 1);
	assert_int_equal(g.red.key, 0);
	client_key(&g.user, KEY_A, false);
	client_key(&g.user, KEY_LEFTSHIFT, false);
	client_sync(&g.blue);
	assert_int_equal(g.blue.key_state, 0);
	assert_int_equal(g.blue.modifiers, 0);
	guests_disconnect(&g);
}

static void an_edge_resizes_and_the_other_stays(void **state)
{
	struct client client;
	struct window window;
	struct area area;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	/* Away from the screen's corner first. */
	client_move(&client, LEFT + 50, TOP - 12);
	client_button(&client, true);
	client_move(&client, LEFT + 250, TOP + 188);
	client_button(&client, false);

	window.follows = true;
	client_move(&client, LEFT + 199, TOP + 250);
	client_button(&client, true);
	client_move(&client, LEFT + 159, TOP + 250);
	client_sync(&client);
	assert_true(window.is_resizing);
	assert_int_equal(window.wanted_width, 240);
	assert_int_equal(window.wanted_height, 100);
	surface_show(&client, window.surface);
	area = screen_find(&client, GREEN);
	assert_int_equal(area.x, LEFT + 160);
	assert_int_equal(area.width, 240);
	client_button(&client, false);
	client_sync(&client);
	assert_false(window.is_resizing);
	client_disconnect(&client);
}

static void a_resize_stays_within_the_clients_limits(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_create(&window, &client);
	xdg_toplevel_set_min_size(window.toplevel, 150, 80);
	xdg_toplevel_set_max_size(window.toplevel, 300, 120);
	window_draw(&window, 200, 100, GREEN);
	client_move(&client, LEFT + 201, TOP + 101);
	client_button(&client, true);
	client_move(&client, 780, 580);
	client_sync(&client);
	assert_int_equal(window.wanted_width, 300);
	assert_int_equal(window.wanted_height, 120);
	client_move(&client, 1, 1);
	client_sync(&client);
	assert_int_equal(window.wanted_width, 150);
	assert_int_equal(window.wanted_height, 80);
	client_button(&client, false);
	client_disconnect(&client);
}

static void the_button_in_the_bar_asks_to_close(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 200 - 8, TOP - 13);
	client_button(&client, true);
	assert_int_equal(window.closes, 0);
	client_button(&client, false);
	assert_int_equal(window.closes, 1);
	/* Released elsewhere, it was a mistake. */
	client_move(&client, LEFT + 200 - 8, TOP - 13);
	client_button(&client, true);
	client_move(&client, LEFT + 20, TOP + 20);
	client_button(&client, false);
	assert_int_equal(window.closes, 1);
	client_disconnect(&client);
}

static void a_client_can_have_its_window_moved(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 20, TOP + 20);
	client_button(&client, true);
	xdg_toplevel_move(window.toplevel, client.seat, client.button_serial);
	client_sync(&client);
	client_move(&client, LEFT + 120, TOP + 70);
	client_button(&client, false);
	assert_int_equal(screen_find(&client, GREEN).x, LEFT + 100);

	/* With no button pressed, or another's serial, nothing moves. */
	xdg_toplevel_move(window.toplevel, client.seat, client.button_serial);
	client_move(&client, 10, 500);
	assert_int_equal(screen_find(&client, GREEN).x, LEFT + 100);
	client_disconnect(&client);
}

static void a_maximized_window_fills_the_screen_and_comes_back(void **state)
{
	struct client client;
	struct window window;
	struct area area;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	window.follows = true;
	xdg_toplevel_set_maximized(window.toplevel);
	client_sync(&client);
	client_sync(&client);
	assert_true(window.is_maximized);
	surface_show(&client, window.surface);
	area = screen_find(&client, GREEN);
	assert_int_equal(area.x, 3);
	assert_int_equal(area.y, 26);
	assert_int_equal(area.width, 794);
	assert_int_equal(area.height, 571);
	xdg_toplevel_unset_maximized(window.toplevel);
	client_sync(&client);
	client_sync(&client);
	surface_show(&client, window.surface);
	area = screen_find(&client, GREEN);
	assert_int_equal(area.x, LEFT);
	assert_int_equal(area.width, 200);
	client_disconnect(&client);
}

static void a_finger_belongs_to_the_surface_it_came_down_on(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	xg_test_input_v1_touch_down(
		client.input, 0, 7, wl_fixed_from_int(LEFT + 5), wl_fixed_from_int(TOP + 6));
	client_sync(&client);
	assert_ptr_equal(client.touch_focus, window.surface);
	assert_true(client.touch_x == 5 && client.touch_y == 6);
	xg_test_input_v1_touch_motion(
		client.input, 0, 7, wl_fixed_from_int(LEFT + 500), wl_fixed_from_int(TOP + 6));
	client_sync(&client);
	assert_true(client.touch_x == 500);
	xg_test_input_v1_touch_up(client.input, 0, 7);
	client_sync(&client);
	assert_int_equal(client.touch_ups, 1);
	xg_test_input_v1_touch_down(
		client.input, 0, 8, wl_fixed_from_int(LEFT + 5), wl_fixed_from_int(TOP + 6));
	xg_test_input_v1_touch_cancel(client.input);
	client_sync(&client);
	assert_int_equal(client.touch_cancels, 1);
	client_disconnect(&client);
}

static void a_finger_on_the_bar_moves_the_window(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	xg_test_input_v1_touch_down(
		client.input, 0, 1, wl_fixed_from_int(LEFT + 50), wl_fixed_from_int(TOP - 12));
	xg_test_input_v1_touch_motion(
		client.input, 0, 1, wl_fixed_from_int(LEFT + 150), wl_fixed_from_int(TOP + 88));
	xg_test_input_v1_touch_up(client.input, 0, 1);
	client_sync(&client);
	assert_int_equal(screen_find(&client, GREEN).x, LEFT + 100);
	assert_null(client.touch_focus);
	client_disconnect(&client);
}

static void a_press_elsewhere_dismisses_a_popup_that_grabs(void **state)
{
	const struct server *server = *state;
	struct client user, red;
	struct window window;
	struct popup popup;

	client_connect(&user, server, NULL);
	client_connect(&red, server, server->red);
	window_open(&window, &red, 200, 100, GREEN);
	client_move(&user, LEFT + 20, TOP + 20);
	client_button(&user, true);
	client_sync(&red);
	popup_open(&popup, &red, window.xdg_surface, popup_positioner(&red, 60, 40, 10, 10),
		red.button_serial);
	assert_false(popup.is_done);
	popup_draw(&popup, YELLOW);
	client_button(&user, false);
	client_sync(&red);
	assert_ptr_equal(red.keyboard_focus, popup.surface);
	/* On the client's own surfaces it is for the client to say. */
	client_click(&user, LEFT + 150, TOP + 80);
	client_sync(&red);
	assert_false(popup.is_done);
	client_click(&user, 600, 500);
	client_sync(&red);
	assert_true(popup.is_done);
	assert_ptr_equal(red.keyboard_focus, window.surface);
	assert_int_equal(screen_find(&user, YELLOW).count, 0);
	client_disconnect(&red);
	client_disconnect(&user);
}

static void the_press_that_dismisses_a_popup_is_spent(void **state)
{
	const struct server *server = *state;
	struct client user, red, blue;
	struct window first, second;
	struct popup popup;

	client_connect(&user, server, NULL);
	client_connect(&red, server, server->red);
	client_connect(&blue, server, server->blue);
	window_open(&first, &red, 200, 100, GREEN);
	window_open(&second, &blue, 200, 100, YELLOW);
	client_click(&user, LEFT + 20, TOP + 20);
	client_sync(&red);
	popup_open(&popup, &red, first.xdg_surface, popup_positioner(&red, 60, 40, 10, 10),
		red.button_serial);
	popup_draw(&popup, YELLOW);
	client_click(&user, SECOND + 50, TOP + 50);
	client_sync(&red);
	client_sync(&blue);
	assert_true(popup.is_done);
	assert_int_equal(blue.button_events, 0);
	assert_null(blue.keyboard_focus);
	client_click(&user, SECOND + 50, TOP + 50);
	client_sync(&blue);
	assert_int_equal(blue.button_events, 2);
	assert_ptr_equal(blue.keyboard_focus, second.surface);
	client_disconnect(&red);
	client_disconnect(&blue);
	client_disconnect(&user);
}

static void a_grab_without_a_press_is_dismissed_at_once(void **state)
{
	struct client client;
	struct window window;
	struct popup popup;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	popup_open(&popup, &client, window.xdg_surface, popup_positioner(&client, 60, 40, 10, 10),
		12345);
	assert_true(popup.is_done);
	client_disconnect(&client);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(the_pointer_enters_a_surface_in_its_own_coordinates),
		ON_A_SERVER(an_input_region_lets_the_pointer_through),
		ON_A_SERVER(a_pressed_button_keeps_the_pointer),
		ON_A_SERVER(a_wheel_turns_under_the_pointer),
		ON_A_SERVER(a_click_raises_and_activates),
		ON_A_SERVER(the_window_below_is_hidden_until_it_is_raised),
		ON_A_SERVER(keys_go_to_the_active_window_alone),
		ON_A_SERVER(an_edge_resizes_and_the_other_stays),
		ON_A_SERVER(a_resize_stays_within_the_clients_limits),
		ON_A_SERVER(the_button_in_the_bar_asks_to_close),
		ON_A_SERVER(a_client_can_have_its_window_moved),
		ON_A_SERVER(a_maximized_window_fills_the_screen_and_comes_back),
		ON_A_SERVER(a_finger_belongs_to_the_surface_it_came_down_on),
		ON_A_SERVER(a_finger_on_the_bar_moves_the_window),
		ON_A_SERVER(a_press_elsewhere_dismisses_a_popup_that_grabs),
		ON_A_SERVER(the_press_that_dismisses_a_popup_is_spent),
		ON_A_SERVER(a_grab_without_a_press_is_dismissed_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

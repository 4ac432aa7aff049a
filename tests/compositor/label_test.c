/* SPDX-License-Identifier: MIT */
/*
 * Whose pixels are these? Each test is a guest that tries to hide its own label, to draw on
 * another's window, or to get what is meant for another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "client.h"
#include "popup.h"

#define GREEN	   0xff00ff00
#define YELLOW	   0xffffff00
#define MAGENTA	   0xffff00ff
#define RED_FRAME  (0xff000000 | RED_RGB)
#define BLUE_FRAME (0xff000000 | BLUE_RGB)
#define LEFT	   11
#define TOP	   34
#define BAR	   26
#define SECOND	   (LEFT + 200 + 3 + 8 + 3)

/* The user, and a window of each guest: red's at LEFT, blue's at SECOND. */
struct scene {
	struct client user, red, blue;
	struct window red_window, blue_window;
};

static void begin(struct scene *scene, void **state)
{
	const struct server *server = *state;

	client_connect(&scene->user, server, NULL);
	client_connect(&scene->red, server, server->red);
	client_connect(&scene->blue, server, server->blue);
	window_open(&scene->red_window, &scene->red, 200, 100, GREEN);
	window_open(&scene->blue_window, &scene->blue, 200, 100, YELLOW);
}

static void end(struct scene *scene)
{
	client_disconnect(&scene->red);
	client_disconnect(&scene->blue);
	client_disconnect(&scene->user);
}

static void expect_box(const struct area *area, int32_t x, int32_t y, int32_t width, int32_t height)
{
	assert_int_equal(area->x, x);
	assert_int_equal(area->y, y);
	assert_int_equal(area->width, width);
	assert_int_equal(area->height, height);
}

static void fill(struct client *client, struct wl_surface *surface, int32_t width, int32_t height,
	uint32_t colour)
{
	wl_surface_attach(surface, client_buffer(client, width, height, colour), 0, 0);
	wl_surface_damage(surface, 0, 0, width, height);
	wl_surface_commit(surface);
}

/* Where the colour is on the screen, the cursor included. */
static struct area find_with_cursor(struct client *client, uint32_t colour)
{
	struct picture picture;

	picture_take(&picture, client, true);
	const struct area area = picture_find(&picture, colour);
	picture_free(&picture);
	return area;
}

static void a_cursor_is_cut_to_the_window_it_is_in(void **state)
{
	struct scene scene;

	begin(&scene, state);
	const uint32_t bar = screen_at(&scene.user, SECOND + 150, TOP - 12);
	client_move(&scene.user, LEFT + 190, TOP + 10);
	client_sync(&scene.red);
	struct wl_surface *cursor = wl_compositor_create_surface(scene.red.compositor);
	wl_pointer_set_cursor(scene.red.pointer, scene.red.enter_serial, cursor, 200, 200);
	fill(&scene.red, cursor, 400, 400, MAGENTA);
	client_sync(&scene.red);

	const struct area inside = find_with_cursor(&scene.user, MAGENTA);
	expect_box(&inside, LEFT, TOP, 200, 100);
	/* While a button is pressed the pointer is still red's, wherever it goes. */
	client_button(&scene.user, true);
	client_move(&scene.user, SECOND + 100, TOP - 12);
	client_sync(&scene.red);
	assert_int_equal(find_with_cursor(&scene.user, MAGENTA).count, 0);
	assert_int_equal(screen_at(&scene.user, SECOND + 150, TOP - 12), bar);
	client_button(&scene.user, false);
	end(&scene);
}

static void what_is_dragged_is_cut_to_its_guests_window(void **state)
{
	struct scene scene;

	begin(&scene, state);
	client_move(&scene.user, LEFT + 190, TOP + 10);
	client_button(&scene.user, true);
	client_sync(&scene.red);
	struct wl_surface *icon = wl_compositor_create_surface(scene.red.compositor);
	wl_data_device_start_drag(scene.red.data_device, NULL, scene.red_window.surface, icon,
		scene.red.button_serial);
	wl_surface_attach(icon, client_buffer(&scene.red, 900, 900, MAGENTA), -450, -450);
	wl_surface_commit(icon);
	client_sync(&scene.red);

	const struct area inside = find_with_cursor(&scene.user, MAGENTA);
	expect_box(&inside, LEFT, TOP, 200, 100);
	client_move(&scene.user, SECOND + 100, TOP + 20);
	assert_int_equal(find_with_cursor(&scene.user, MAGENTA).count, 0);
	client_button(&scene.user, false);
	end(&scene);
}

/* Moves the frame's corner by making the box around its surfaces grow up and to the left. */
static void a_window_cannot_carry_its_bar_off_the_screen(void **state)
{
	struct scene scene;

	begin(&scene, state);
	struct wl_surface *tail = wl_compositor_create_surface(scene.red.compositor);
	struct wl_subsurface *subsurface = wl_subcompositor_get_subsurface(
		scene.red.subcompositor, tail, scene.red_window.surface);
	wl_subsurface_set_position(subsurface, -5000, -5000);
	fill(&scene.red, tail, 10, 10, MAGENTA);
	surface_show(&scene.red, scene.red_window.surface);

	const struct area frame = screen_find(&scene.user, RED_FRAME);
	assert_int_equal(frame.x, 0);
	assert_int_equal(frame.y, 0);
	assert_int_equal(screen_at(&scene.user, 150, 2), RED_FRAME);
	end(&scene);
}

static void a_window_wider_than_any_picture_keeps_its_name(void **state)
{
	struct scene scene;
	struct picture before, after;

	begin(&scene, state);
	picture_take(&before, &scene.user, false);
	struct wp_viewport *viewport =
		wp_viewporter_get_viewport(scene.red.viewporter, scene.red_window.surface);
	wp_viewport_set_destination(viewport, 32767, 32767);
	surface_show(&scene.red, scene.red_window.surface);
	/* The field with the name stands where it stood. */
	picture_take(&after, &scene.user, false);
	assert_in_range(picture_find(&after, GREEN).count, 400 * 400, 800 * 600);
	for (int32_t y = TOP - BAR; y < TOP; y++) {
		for (int32_t x = LEFT - 3; x < LEFT + 40; x++)
			assert_int_equal(picture_at(&after, x, y), picture_at(&before, x, y));
	}
	picture_free(&before);
	picture_free(&after);
	end(&scene);
}

static void a_popup_larger_than_the_screen_keeps_its_border(void **state)
{
	struct scene scene;
	struct picture picture;
	struct popup popup;

	begin(&scene, state);
	client_click(&scene.user, LEFT + 10, TOP + 10);
	popup_open(&popup, &scene.red, scene.red_window.xdg_surface,
		popup_positioner(&scene.red, 2000, 2000, -600, -600), 0);
	popup_draw(&popup, MAGENTA);
	picture_take(&picture, &scene.user, false);
	assert_int_equal(picture_at(&picture, 400, 300), MAGENTA);
	for (int32_t x = 0; x < 800; x++)
		assert_int_equal(picture_at(&picture, x, 599), RED_FRAME);
	for (int32_t y = 0; y < 600; y++) {
		assert_int_equal(picture_at(&picture, 0, y), RED_FRAME);
		assert_int_equal(picture_at(&picture, 799, y), RED_FRAME);
	}
	/* Its window's bar stands above it. */
	assert_int_equal(picture_at(&picture, LEFT + 150, TOP - 12), RED_FRAME);
	picture_free(&picture);
	end(&scene);
}

static void nothing_of_another_guest_shows_through_a_window(void **state)
{
	struct scene scene;
	struct popup popup;

	begin(&scene, state);
	client_click(&scene.user, LEFT + 10, TOP + 10);
	wl_surface_attach(scene.red_window.surface, client_buffer(&scene.red, 600, 300, 0), 0, 0);
	wl_surface_damage(scene.red_window.surface, 0, 0, 600, 300);
	surface_show(&scene.red, scene.red_window.surface);
	assert_int_equal(screen_find(&scene.user, YELLOW).count, 0);
	assert_int_equal(screen_find(&scene.user, BLUE_FRAME).count, 0);

	wl_surface_attach(
		scene.red_window.surface, client_buffer(&scene.red, 200, 100, GREEN), 0, 0);
	wl_surface_commit(scene.red_window.surface);
	popup_open(&popup, &scene.red, scene.red_window.xdg_surface,
		popup_positioner(&scene.red, 500, 300, 150, 0), 0);
	popup_draw(&popup, 0);
	const struct area left = screen_find(&scene.user, YELLOW);
	assert_int_equal(left.count, 0);
	end(&scene);
}

static void a_click_does_not_fall_through_to_another_guest(void **state)
{
	struct scene scene;

	begin(&scene, state);
	client_click(&scene.user, LEFT + 10, TOP + 10);
	/* Red covers blue's window, and takes no input. */
	struct wl_region *nothing = wl_compositor_create_region(scene.red.compositor);
	wl_surface_set_input_region(scene.red_window.surface, nothing);
	wl_surface_attach(
		scene.red_window.surface, client_buffer(&scene.red, 600, 300, GREEN), 0, 0);
	surface_show(&scene.red, scene.red_window.surface);
	client_sync(&scene.blue);
	const int before = scene.blue.button_events;
	client_click(&scene.user, SECOND + 50, TOP + 50);
	client_sync(&scene.blue);
	assert_int_equal(scene.blue.button_events, before);
	assert_null(scene.blue.pointer_focus);
	end(&scene);
}

static void a_new_window_takes_no_keyboard_from_another_guest(void **state)
{
	struct scene scene;

	begin(&scene, state);
	client_sync(&scene.red);
	assert_ptr_equal(scene.red.keyboard_focus, scene.red_window.surface);
	assert_null(scene.blue.keyboard_focus);
	assert_false(scene.blue_window.is_active);

	/* Nor does one over the whole screen hide what is in use. */
	struct window large;
	window_create(&large, &scene.blue);
	xdg_toplevel_set_fullscreen(large.toplevel, NULL);
	client_sync(&scene.blue);
	window_draw(&large, 800, 584, MAGENTA);
	client_sync(&scene.blue);
	assert_null(scene.blue.keyboard_focus);
	assert_int_equal(screen_find(&scene.user, GREEN).count, 200 * 100);
	/* The user can go over to it. */
	client_click(&scene.user, 600, 500);
	client_sync(&scene.blue);
	assert_ptr_equal(scene.blue.keyboard_focus, large.surface);
	end(&scene);
}

static void the_serial_of_anothers_click_grabs_nothing(void **state)
{
	struct scene scene;
	struct popup popup;

	begin(&scene, state);
	client_click(&scene.user, SECOND + 10, TOP + 10);
	client_sync(&scene.blue);
	client_move(&scene.user, LEFT + 10, TOP + 10);
	client_sync(&scene.red);
	assert_non_null(scene.red.pointer_focus);
	popup_open(&popup, &scene.red, scene.red_window.xdg_surface,
		popup_positioner(&scene.red, 60, 40, 10, 10), scene.blue.button_serial);
	assert_true(popup.is_done);
	client_sync(&scene.blue);
	assert_ptr_equal(scene.blue.keyboard_focus, scene.blue_window.surface);

	/* Nor does that of a key. */
	client_key(&scene.user, KEY_A, true);
	client_key(&scene.user, KEY_A, false);
	client_sync(&scene.blue);
	assert_int_equal(scene.blue.key, KEY_A);
	end(&scene);
}

static void a_minimized_window_goes_below_the_others(void **state)
{
	struct scene scene;

	begin(&scene, state);
	xdg_toplevel_set_minimized(scene.red_window.toplevel);
	client_sync(&scene.red);
	client_sync(&scene.blue);
	assert_ptr_equal(scene.blue.keyboard_focus, scene.blue_window.surface);
	assert_null(scene.red.keyboard_focus);
	client_click(&scene.user, LEFT + 10, TOP + 10);
	client_sync(&scene.red);
	assert_ptr_equal(scene.red.keyboard_focus, scene.red_window.surface);
	end(&scene);
}

static void the_right_button_gets_a_full_screen_out_of_the_way(void **state)
{
	struct scene scene;

	begin(&scene, state);
	scene.red_window.follows = true;
	xdg_toplevel_set_fullscreen(scene.red_window.toplevel, NULL);
	client_sync(&scene.red);
	client_sync(&scene.red);
	surface_show(&scene.red, scene.red_window.surface);
	assert_int_equal(screen_find(&scene.user, YELLOW).count, 0);
	client_move(&scene.user, 300, 5);
	xg_test_input_v1_pointer_button(scene.user.input, 1, BUTTON_RIGHT, 1);
	xg_test_input_v1_pointer_button(scene.user.input, 2, BUTTON_RIGHT, 0);
	client_sync(&scene.user);
	client_sync(&scene.blue);
	assert_int_equal(screen_find(&scene.user, YELLOW).count, 200 * 100);
	assert_ptr_equal(scene.blue.keyboard_focus, scene.blue_window.surface);
	end(&scene);
}

static bool has_changed(struct client *user, const struct picture *before)
{
	struct picture now;
	bool is_same = true;

	picture_take(&now, user, false);
	for (int32_t y = TOP - BAR; y < TOP; y++) {
		for (int32_t x = LEFT; x < LEFT + 200; x++)
			is_same &= picture_at(&now, x, y) == picture_at(before, x, y);
	}
	picture_free(&now);
	return !is_same;
}

static void who_does_not_answer_is_marked_until_it_does(void **state)
{
	struct scene scene;
	struct picture before;

	begin(&scene, state);
	xdg_toplevel_set_title(scene.red_window.toplevel, "title");
	client_click(&scene.user, LEFT + 10, TOP + 10);
	client_sync(&scene.red);
	surface_show(&scene.red, scene.red_window.surface);
	picture_take(&before, &scene.user, false);
	assert_false(has_changed(&scene.user, &before));
	client_click(&scene.user, LEFT + 10, TOP + 10);
	while (!has_changed(&scene.user, &before))
		continue;
	/* The user can go on elsewhere meanwhile. */
	client_click(&scene.user, SECOND + 10, TOP + 10);
	client_sync(&scene.blue);
	assert_ptr_equal(scene.blue.keyboard_focus, scene.blue_window.surface);
	client_click(&scene.user, LEFT + 10, TOP + 10);
	while (has_changed(&scene.user, &before))
		client_sync(&scene.red);
	picture_free(&before);
	end(&scene);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(a_cursor_is_cut_to_the_window_it_is_in),
		ON_A_SERVER(what_is_dragged_is_cut_to_its_guests_window),
		ON_A_SERVER(a_window_cannot_carry_its_bar_off_the_screen),
		ON_A_SERVER(a_window_wider_than_any_picture_keeps_its_name),
		ON_A_SERVER(a_popup_larger_than_the_screen_keeps_its_border),
		ON_A_SERVER(nothing_of_another_guest_shows_through_a_window),
		ON_A_SERVER(a_click_does_not_fall_through_to_another_guest),
		ON_A_SERVER(a_new_window_takes_no_keyboard_from_another_guest),
		ON_A_SERVER(the_serial_of_anothers_click_grabs_nothing),
		ON_A_SERVER(a_minimized_window_goes_below_the_others),
		ON_A_SERVER(the_right_button_gets_a_full_screen_out_of_the_way),
		ON_A_SERVER(who_does_not_answer_is_marked_until_it_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

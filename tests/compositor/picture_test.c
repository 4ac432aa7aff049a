/* SPDX-License-Identifier: MIT */
/* What stands on the screen, looked at pixel by pixel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "client.h"
#include "popup.h"

#define GREEN	  0xff00ff00
#define YELLOW	  0xffffff00
#define MAGENTA	  0xffff00ff
#define WHITE	  0xffffffff
#define RED_FRAME (0xff000000 | RED_RGB)

/* Where the first window's content is, and what is around it. */
#define LEFT	     11
#define TOP	     34
#define BORDER	     3
#define BAR	     26
#define STRIP	     16
#define POPUP_BORDER 2

static void expect_area(struct client *watcher, uint32_t colour, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	const struct area area = screen_find(watcher, colour);

	assert_int_equal(area.x, x);
	assert_int_equal(area.y, y);
	assert_int_equal(area.width, width);
	assert_int_equal(area.height, height);
	assert_int_equal(area.count, width * height);
}

static void expect_picture(struct client *watcher, const struct picture *wanted)
{
	struct picture picture;

	picture_take(&picture, watcher, false);
	assert_memory_equal(picture.pixels, wanted->pixels, 800 * 600 * sizeof(uint32_t));
	picture_free(&picture);
}

/* Lighter in the middle than at the edges, and the same on both sides. */
static void an_empty_screen_shows_the_background(void **state)
{
	struct client watcher;
	struct picture picture;

	client_connect(&watcher, *state, NULL);
	picture_take(&picture, &watcher, false);
	assert_in_range(picture_at(&picture, 400, 210), 0xff2a343f, 0xff363f52);
	assert_in_range(picture_at(&picture, 0, 599), 0xff101010, 0xff171d24);
	assert_int_equal(picture_at(&picture, 0, 599), picture_at(&picture, 799, 599));
	picture_free(&picture);
	client_disconnect(&watcher);
}

static void a_window_stands_in_a_frame_of_its_guests_colour(void **state)
{
	const struct server *server = *state;
	struct client watcher, red;
	struct window window;
	struct picture picture;
	struct area frame;

	client_connect(&watcher, server, NULL);
	client_connect(&red, server, server->red);
	window_open(&window, &red, 200, 100, GREEN);
	expect_area(&watcher, GREEN, LEFT, TOP, 200, 100);

	picture_take(&picture, &watcher, false);
	frame = picture_find(&picture, RED_FRAME);
	assert_int_equal(frame.x, LEFT - BORDER);
	assert_int_equal(frame.y, TOP - BAR);
	assert_int_equal(frame.width, 200 + 2 * BORDER);
	assert_int_equal(frame.height, 100 + BAR + BORDER);
	/* The guest's name and the button's cross are drawn upon it. */
	assert_in_range(frame.count, 200 * BAR / 2 + 2 * 100 * BORDER,
		(200 + 2 * BORDER) * BAR + 2 * 100 * BORDER + (200 + 2 * BORDER) * BORDER - 50);
	picture_free(&picture);
	client_disconnect(&red);
	client_disconnect(&watcher);
}

static void guests_windows_stand_side_by_side(void **state)
{
	const struct server *server = *state;
	struct client watcher, red, blue;
	struct window windows[3];

	client_connect(&watcher, server, NULL);
	client_connect(&red, server, server->red);
	client_connect(&blue, server, server->blue);
	window_open(&windows[0], &red, 300, 200, GREEN);
	window_open(&windows[1], &blue, 300, 200, YELLOW);
	window_open(&windows[2], &red, 300, 200, MAGENTA);
	assert_int_equal(screen_find(&watcher, GREEN).count, 300 * 200);
	assert_int_equal(screen_find(&watcher, YELLOW).count, 300 * 200);
	assert_int_equal(screen_find(&watcher, MAGENTA).count, 300 * 200);
	client_disconnect(&red);
	client_disconnect(&blue);
	client_disconnect(&watcher);
}

static void a_window_is_gone_when_its_client_is(void **state)
{
	const struct server *server = *state;
	struct client watcher, red;
	struct window window;
	struct picture empty;

	client_connect(&watcher, server, NULL);
	client_connect(&red, server, server->red);
	picture_take(&empty, &watcher, false);
	window_open(&window, &red, 200, 100, GREEN);
	client_disconnect(&red);
	client_sync(&watcher);
	expect_picture(&watcher, &empty);
	picture_free(&empty);
	client_disconnect(&watcher);
}

static void a_null_buffer_unmaps_and_another_maps_again(void **state)
{
	const struct server *server = *state;
	struct client client;
	struct window window;
	struct picture empty;

	client_connect(&client, server, NULL);
	picture_take(&empty, &client, false);
	window_open(&window, &client, 200, 100, GREEN);
	wl_surface_attach(window.surface, NULL, 0, 0);
	wl_surface_commit(window.surface);
	client_sync(&client);
	expect_picture(&client, &empty);
	picture_free(&empty);

	window.is_configured = false;
	wl_surface_commit(window.surface);
	client_sync(&client);
	client_sync(&client);
	assert_true(window.is_configured);
	window_draw(&window, 120, 60, YELLOW);
	assert_int_equal(screen_find(&client, YELLOW).count, 120 * 60);
	client_disconnect(&client);
}

static struct wl_surface *add_subsurface(struct client *client, struct wl_surface *parent,
	struct wl_subsurface **subsurface, int32_t x, int32_t y)
{
	struct wl_surface *surface = wl_compositor_create_surface(client->compositor);

	*subsurface = wl_subcompositor_get_subsurface(client->subcompositor, surface, parent);
	wl_subsurface_set_position(*subsurface, x, y);
	return surface;
}

static void fill(struct client *client, struct wl_surface *surface, int32_t width, int32_t height,
	uint32_t colour)
{
	wl_surface_attach(surface, client_buffer(client, width, height, colour), 0, 0);
	wl_surface_damage(surface, 0, 0, width, height);
	wl_surface_commit(surface);
}

static void a_guest_cannot_draw_over_its_frame(void **state)
{
	const struct server *server = *state;
	struct client watcher, red;
	struct window window;
	struct wl_subsurface *subsurface;
	struct area bar;

	client_connect(&watcher, server, NULL);
	client_connect(&red, server, server->red);
	window_create(&window, &red);
	xdg_surface_set_window_geometry(window.xdg_surface, 0, 0, 200, 100);
	window_draw(&window, 200, 100, GREEN);
	bar = screen_find(&watcher, RED_FRAME);

	struct wl_surface *cover = add_subsurface(&red, window.surface, &subsurface, -400, -400);
	fill(&red, cover, 1000, 1000, MAGENTA);
	surface_show(&red, window.surface);
	expect_area(&watcher, MAGENTA, LEFT, TOP, 200, 100);
	assert_int_equal(screen_find(&watcher, RED_FRAME).count, bar.count);
	client_disconnect(&red);
	client_disconnect(&watcher);
}

static void a_full_screen_keeps_a_strip_of_the_guests_colour(void **state)
{
	const struct server *server = *state;
	struct client watcher, red;
	struct window window;

	client_connect(&watcher, server, NULL);
	client_connect(&red, server, server->red);
	window_open(&window, &red, 200, 100, GREEN);
	window.follows = true;
	xdg_toplevel_set_fullscreen(window.toplevel, NULL);
	client_sync(&red);
	client_sync(&red);
	assert_true(window.is_fullscreen);
	assert_int_equal(window.wanted_width, 800);
	assert_int_equal(window.wanted_height, 600 - STRIP);
	surface_show(&red, window.surface);
	/* The guest's name is drawn upon it. */
	const struct area strip = screen_find(&watcher, RED_FRAME);
	assert_int_equal(strip.width, 800);
	assert_int_equal(strip.height, STRIP);
	assert_in_range(strip.count, 700 * STRIP, 800 * STRIP - 20);
	expect_area(&watcher, GREEN, 0, STRIP, 800, 600 - STRIP);

	xdg_toplevel_unset_fullscreen(window.toplevel);
	client_sync(&red);
	client_sync(&red);
	assert_int_equal(window.wanted_width, 200);
	surface_show(&red, window.surface);
	expect_area(&watcher, GREEN, LEFT, TOP, 200, 100);
	client_disconnect(&red);
	client_disconnect(&watcher);
}

static void subsurfaces_follow_their_order_and_their_parent(void **state)
{
	struct client client;
	struct window window;
	struct wl_subsurface *upper_role, *lower_role;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);

	struct wl_surface *lower = add_subsurface(&client, window.surface, &lower_role, 10, 10);
	struct wl_surface *upper = add_subsurface(&client, window.surface, &upper_role, 20, 10);
	fill(&client, lower, 20, 20, YELLOW);
	fill(&client, upper, 20, 20, MAGENTA);
	client_sync(&client);
	/* Nothing of a synchronized subsurface is shown before the parent's commit. */
	assert_int_equal(screen_find(&client, YELLOW).count, 0);
	surface_show(&client, window.surface);
	expect_area(&client, YELLOW, LEFT + 10, TOP + 10, 10, 20);
	expect_area(&client, MAGENTA, LEFT + 20, TOP + 10, 20, 20);

	wl_subsurface_place_below(upper_role, lower);
	wl_subsurface_set_position(upper_role, 25, 10);
	client_sync(&client);
	expect_area(&client, MAGENTA, LEFT + 20, TOP + 10, 20, 20);
	surface_show(&client, window.surface);
	expect_area(&client, YELLOW, LEFT + 10, TOP + 10, 20, 20);
	expect_area(&client, MAGENTA, LEFT + 30, TOP + 10, 15, 20);

	/* Desynchronized, it shows at its own commit. */
	wl_subsurface_set_desync(lower_role);
	fill(&client, lower, 20, 20, WHITE);
	surface_show(&client, lower);
	assert_int_equal(screen_at(&client, LEFT + 12, TOP + 12), WHITE);
	client_disconnect(&client);
}

static void a_viewport_crops_and_scales(void **state)
{
	struct client client;
	struct window window;
	struct wp_viewport *viewport;
	const uint32_t pixels[] = {GREEN, YELLOW, MAGENTA, WHITE};

	client_connect(&client, *state, NULL);
	window_create(&window, &client);
	viewport = wp_viewporter_get_viewport(client.viewporter, window.surface);
	wp_viewport_set_source(viewport, wl_fixed_from_int(1), wl_fixed_from_int(0),
		wl_fixed_from_int(1), wl_fixed_from_int(1));
	wp_viewport_set_destination(viewport, 151, 71);
	wl_surface_attach(window.surface, client_buffer_of(&client, 2, 2, pixels), 0, 0);
	surface_show(&client, window.surface);

	struct picture picture;
	picture_take(&picture, &client, false);
	/* Scaled pictures are filtered, so look at the pixel's middle; and beyond the edge. */
	assert_int_equal(picture_at(&picture, LEFT + 75, TOP + 35), YELLOW);
	assert_int_equal(picture_at(&picture, LEFT + 151, TOP + 35), 0xff9aa5b1);
	assert_int_equal(picture_at(&picture, LEFT + 75, TOP + 71), 0xff9aa5b1);
	picture_free(&picture);
	client_disconnect(&client);
}

static void every_buffer_transform_is_undone(void **state)
{
	/*
	 * What the user is to see is   G Y   The rows below are this picture after each of the
	 *                              M W   changes that enum wl_output_transform names.
	 */
	static const uint32_t turned[8][4] = {
		{GREEN, YELLOW, MAGENTA, WHITE},
		{YELLOW, WHITE, GREEN, MAGENTA},
		{WHITE, MAGENTA, YELLOW, GREEN},
		{MAGENTA, GREEN, WHITE, YELLOW},
		{YELLOW, GREEN, WHITE, MAGENTA},
		{GREEN, MAGENTA, YELLOW, WHITE},
		{MAGENTA, WHITE, GREEN, YELLOW},
		{WHITE, YELLOW, MAGENTA, GREEN},
	};
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 120, 60, GREEN);
	for (int transform = 0; transform < 8; transform++) {
		struct picture picture;

		wl_surface_set_buffer_transform(window.surface, transform);
		wl_surface_attach(
			window.surface, client_buffer_of(&client, 2, 2, turned[transform]), 0, 0);
		wl_surface_damage(window.surface, 0, 0, 2, 2);
		surface_show(&client, window.surface);
		picture_take(&picture, &client, false);
		assert_int_equal(picture_at(&picture, LEFT, TOP), GREEN);
		assert_int_equal(picture_at(&picture, LEFT + 1, TOP), YELLOW);
		assert_int_equal(picture_at(&picture, LEFT, TOP + 1), MAGENTA);
		assert_int_equal(picture_at(&picture, LEFT + 1, TOP + 1), WHITE);
		picture_free(&picture);
	}
	client_disconnect(&client);
}

static void a_buffer_scale_makes_the_surface_smaller(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_create(&window, &client);
	wl_surface_set_buffer_scale(window.surface, 2);
	window_draw(&window, 400, 200, GREEN);
	expect_area(&client, GREEN, LEFT, TOP, 200, 100);
	client_disconnect(&client);
}

static void only_what_is_damaged_is_copied(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	wl_surface_attach(window.surface, client_buffer(&client, 200, 100, YELLOW), 0, 0);
	wl_surface_damage_buffer(window.surface, 20, 30, 40, 50);
	surface_show(&client, window.surface);
	expect_area(&client, YELLOW, LEFT + 20, TOP + 30, 40, 50);

	wl_surface_attach(window.surface, client_buffer(&client, 200, 100, MAGENTA), 0, 0);
	wl_surface_damage(window.surface, 100, 10, 10, 10);
	surface_show(&client, window.surface);
	expect_area(&client, MAGENTA, LEFT + 100, TOP + 10, 10, 10);
	expect_area(&client, YELLOW, LEFT + 20, TOP + 30, 40, 50);
	client_disconnect(&client);
}

/* Its opaque part may come to the screen in another way than the rest. */
static void what_is_opaque_in_part_is_seen_as_a_whole(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	struct wl_region *region = wl_compositor_create_region(client.compositor);
	wl_region_add(region, 10, 0, 30, 60);
	wl_surface_set_opaque_region(window.surface, region);
	wl_region_destroy(region);
	wl_surface_attach(window.surface, client_buffer(&client, 200, 100, YELLOW), 0, 0);
	wl_surface_damage_buffer(window.surface, 20, 30, 40, 50);
	surface_show(&client, window.surface);
	expect_area(&client, YELLOW, LEFT + 20, TOP + 30, 40, 50);
	const struct area around = screen_find(&client, GREEN);
	assert_int_equal(around.count, 200 * 100 - 40 * 50);
	client_disconnect(&client);
}

static void translucent_pixels_blend_with_what_is_below(void **state)
{
	struct client client;
	struct window window;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, 0x80800000);
	struct wl_subsurface *subsurface;
	struct wl_surface *below = add_subsurface(&client, window.surface, &subsurface, 0, 0);
	wl_subsurface_place_below(subsurface, window.surface);
	fill(&client, below, 100, 100, WHITE);
	surface_show(&client, window.surface);
	/* Half red over white, and over the window's own black. */
	const uint32_t seen = screen_at(&client, LEFT + 50, TOP + 50);
	assert_in_range(seen >> 16 & 0xff, 0xfe, 0xff);
	assert_in_range(seen >> 8 & 0xff, 0x7e, 0x80);
	assert_int_equal(screen_at(&client, LEFT + 150, TOP + 50), 0xff800000);
	client_disconnect(&client);
}

static void a_popup_stands_above_the_content_but_below_the_bar(void **state)
{
	const struct server *server = *state;
	struct client watcher, red;
	struct window window;
	struct popup popup;
	struct xdg_positioner *positioner;

	client_connect(&watcher, server, NULL);
	client_connect(&red, server, server->red);
	window_open(&window, &red, 200, 100, GREEN);
	positioner = popup_positioner(&red, 60, 160, 50, -20);
	popup_open(&popup, &red, window.xdg_surface, positioner, 0);
	assert_int_equal(popup.x, 50);
	assert_int_equal(popup.y, -20);
	popup_draw(&popup, MAGENTA);
	/* It reaches over the content's bottom, but its top is under the title bar. */
	expect_area(&watcher, MAGENTA, LEFT + 50, TOP, 60, 140);
	/* Where it leaves the window it has a border of the guest's colour. */
	assert_int_equal(screen_at(&watcher, LEFT + 49, TOP + 120), RED_FRAME);
	client_disconnect(&red);
	client_disconnect(&watcher);
}

static void a_popup_flips_and_slides_to_stay_on_the_screen(void **state)
{
	struct client client;
	struct window window;
	struct popup popup;
	struct xdg_positioner *positioner;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);

	/* To the left of the left side there is no room: it flips to the right of it. */
	positioner = popup_positioner(&client, 60, 40, 0, 0);
	xdg_positioner_set_anchor(positioner, XDG_POSITIONER_ANCHOR_TOP_LEFT);
	xdg_positioner_set_gravity(positioner, XDG_POSITIONER_GRAVITY_BOTTOM_LEFT);
	xdg_positioner_set_constraint_adjustment(
		positioner, XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_X);
	popup_open(&popup, &client, window.xdg_surface, positioner, 0);
	assert_int_equal(popup.x, 1);
	popup_close(&popup, &client);

	/* Too far down: it slides up to the screen's end. */
	positioner = popup_positioner(&client, 60, 400, 10, 300);
	xdg_positioner_set_constraint_adjustment(
		positioner, XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y);
	popup_open(&popup, &client, window.xdg_surface, positioner, 0);
	assert_int_equal(popup.y, 600 - 400 - TOP - POPUP_BORDER);
	client_disconnect(&client);
}

static void the_cursor_is_the_clients_or_an_arrow(void **state)
{
	struct client client;
	struct window window;
	struct picture with, without;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 50, TOP + 50);
	picture_take(&with, &client, true);
	picture_take(&without, &client, false);
	assert_int_equal(picture_find(&without, GREEN).count, 200 * 100);
	assert_in_range(picture_find(&with, GREEN).count, 200 * 100 - 14 * 20, 200 * 100 - 50);
	picture_free(&with);
	picture_free(&without);

	struct wl_surface *cursor = wl_compositor_create_surface(client.compositor);
	wl_pointer_set_cursor(client.pointer, client.enter_serial, cursor, 3, 4);
	fill(&client, cursor, 10, 10, MAGENTA);
	client_sync(&client);
	picture_take(&with, &client, true);
	const struct area area = picture_find(&with, MAGENTA);
	assert_int_equal(area.x, LEFT + 47);
	assert_int_equal(area.y, TOP + 46);
	assert_int_equal(area.count, 100);
	picture_free(&with);
	client_disconnect(&client);
}

static void what_came_while_it_was_hidden_is_seen_later(void **state)
{
	struct client client;
	struct window window, above;

	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	window_create(&above, &client);
	xdg_toplevel_set_fullscreen(above.toplevel, NULL);
	client_sync(&client);
	client_sync(&client);
	window_draw(&above, 800, 600 - STRIP, WHITE);

	struct wl_buffer *gone = client_buffer(&client, 200, 100, YELLOW);
	wl_surface_attach(window.surface, gone, 0, 0);
	wl_surface_damage_buffer(window.surface, 20, 30, 40, 50);
	wl_surface_commit(window.surface);
	wl_buffer_destroy(gone);
	wl_surface_attach(window.surface, client_buffer(&client, 200, 100, MAGENTA), 0, 0);
	wl_surface_damage_buffer(window.surface, 100, 10, 10, 10);
	wl_surface_commit(window.surface);
	wl_surface_attach(window.surface, client_buffer(&client, 200, 100, MAGENTA), 0, 0);
	wl_surface_damage_buffer(window.surface, 110, 10, 10, 10);
	wl_surface_commit(window.surface);

	window_close(&above);
	surface_show(&client, window.surface);
	expect_area(&client, YELLOW, LEFT + 20, TOP + 30, 40, 50);
	expect_area(&client, MAGENTA, LEFT + 100, TOP + 10, 20, 10);
	client_disconnect(&client);
}

static void moving_a_window_leaves_no_trace(void **state)
{
	struct client client;
	struct window window;
	struct picture empty;

	client_connect(&client, *state, NULL);
	picture_take(&empty, &client, false);
	window_open(&window, &client, 200, 100, GREEN);
	client_move(&client, LEFT + 50, TOP - 12);
	client_button(&client, true);
	client_move(&client, LEFT + 350, TOP + 188);
	client_button(&client, false);
	/* Away from the window, so that nothing of it is hidden by the arrow. */
	client_move(&client, 790, 590);

	struct picture picture;
	picture_take(&picture, &client, true);
	const struct area area = picture_find(&picture, GREEN);
	assert_int_equal(area.x, LEFT + 300);
	assert_int_equal(area.y, TOP + 200);
	assert_int_equal(area.count, 200 * 100);
	for (int32_t y = 0; y < 160; y++)
		assert_memory_equal(picture.pixels + y * 800, empty.pixels + y * 800, 300 * 4);
	picture_free(&picture);
	picture_free(&empty);
	client_disconnect(&client);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(an_empty_screen_shows_the_background),
		ON_A_SERVER(a_window_stands_in_a_frame_of_its_guests_colour),
		ON_A_SERVER(guests_windows_stand_side_by_side),
		ON_A_SERVER(a_window_is_gone_when_its_client_is),
		ON_A_SERVER(a_null_buffer_unmaps_and_another_maps_again),
		ON_A_SERVER(a_guest_cannot_draw_over_its_frame),
		ON_A_SERVER(a_full_screen_keeps_a_strip_of_the_guests_colour),
		ON_A_SERVER(subsurfaces_follow_their_order_and_their_parent),
		ON_A_SERVER(a_viewport_crops_and_scales),
		ON_A_SERVER(every_buffer_transform_is_undone),
		ON_A_SERVER(a_buffer_scale_makes_the_surface_smaller),
		ON_A_SERVER(only_what_is_damaged_is_copied),
		ON_A_SERVER(what_is_opaque_in_part_is_seen_as_a_whole),
		ON_A_SERVER(translucent_pixels_blend_with_what_is_below),
		ON_A_SERVER(a_popup_stands_above_the_content_but_below_the_bar),
		ON_A_SERVER(a_popup_flips_and_slides_to_stay_on_the_screen),
		ON_A_SERVER(the_cursor_is_the_clients_or_an_arrow),
		ON_A_SERVER(what_came_while_it_was_hidden_is_seen_later),
		ON_A_SERVER(moving_a_window_leaves_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

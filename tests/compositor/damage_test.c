/* SPDX-License-Identifier: MIT */
/*
 * What is repainted in parts must look, to the byte, like the whole painted anew. A capture with
 * the cursor is the canvas that has been repainted in parts; one without it is painted anew; and
 * while the user has touch alone, both show the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "client.h"
#include "popup.h"

#define WINDOWS 5
#define STEPS	80

struct subject {
	struct window window;
	struct wl_surface *child;
	struct wl_subsurface *subsurface;
	struct wp_viewport *viewport;
	struct popup popup;
	bool has_popup, is_maximized;
};

struct screen {
	struct client user, guests[2];
	struct subject subjects[WINDOWS];
	unsigned seed;
};

static int32_t pick(struct screen *screen, int32_t low, int32_t high)
{
	return low + (int32_t)(rand_r(&screen->seed) % (unsigned)(high - low + 1));
}

/* Noise, some of it translucent. */
static struct wl_buffer *noise(
	struct screen *screen, struct client *client, int32_t width, int32_t height)
{
	uint32_t *pixels = malloc((size_t)width * (size_t)height * 4);

	assert_non_null(pixels);
	for (int32_t i = 0; i < width * height; i++) {
		const uint32_t alpha = i % 3 ? 0xff : (uint32_t)pick(screen, 0, 255);
		const uint32_t value = (uint32_t)pick(screen, 0, (int32_t)alpha);

		pixels[i] = alpha << 24 | value << 16 | (value / 2) << 8 | (alpha - value);
	}
	struct wl_buffer *buffer = client_buffer_of(client, width, height, pixels);
	free(pixels);
	return buffer;
}

static void draw_part(struct screen *screen, struct subject *subject)
{
	struct window *window = &subject->window;
	const int32_t x = pick(screen, -10, window->width), y = pick(screen, -10, window->height);

	wl_surface_attach(window->surface,
		noise(screen, window->client, window->width, window->height), 0, 0);
	wl_surface_damage_buffer(window->surface, x, y, pick(screen, 1, 60), pick(screen, 1, 60));
	wl_surface_damage(window->surface, y, x, pick(screen, 1, 30), pick(screen, 1, 30));
}

static void draw_whole(struct screen *screen, struct subject *subject)
{
	struct window *window = &subject->window;

	window->width = pick(screen, 30, 300);
	window->height = pick(screen, 30, 200);
	wl_surface_attach(window->surface,
		noise(screen, window->client, window->width, window->height), 0, 0);
	wl_surface_damage(window->surface, 0, 0, INT32_MAX, INT32_MAX);
}

static void move_child(struct screen *screen, struct subject *subject)
{
	wl_subsurface_set_position(
		subject->subsurface, pick(screen, -20, 200), pick(screen, -20, 150));
	if (pick(screen, 0, 1))
		wl_subsurface_place_below(subject->subsurface, subject->window.surface);
	else
		wl_subsurface_place_above(subject->subsurface, subject->window.surface);
	wl_surface_attach(subject->child, noise(screen, subject->window.client, 40, 30), 0, 0);
	wl_surface_damage(subject->child, 0, 0, 40, 30);
	wl_surface_commit(subject->child);
}

static void scale(struct screen *screen, struct subject *subject)
{
	if (pick(screen, 0, 2))
		wp_viewport_set_destination(
			subject->viewport, pick(screen, 20, 300), pick(screen, 20, 200));
	else
		wp_viewport_set_destination(subject->viewport, -1, -1);
}

static void toggle_maximized(struct screen *screen, struct subject *subject)
{
	subject->is_maximized = !subject->is_maximized;
	if (subject->is_maximized)
		xdg_toplevel_set_maximized(subject->window.toplevel);
	else
		xdg_toplevel_unset_maximized(subject->window.toplevel);
}

static void toggle_popup(struct screen *screen, struct subject *subject)
{
	struct client *client = subject->window.client;

	if (subject->has_popup) {
		popup_close(&subject->popup, client);
		subject->has_popup = false;
		return;
	}
	popup_open(&subject->popup, client, subject->window.xdg_surface,
		popup_positioner(client, pick(screen, 10, 900), pick(screen, 10, 200),
			pick(screen, 0, 100), pick(screen, 0, 100)),
		0);
	wl_surface_attach(subject->popup.surface, noise(screen, client, 50, 70), 0, 0);
	wl_surface_commit(subject->popup.surface);
	client_sync(client);
	subject->has_popup = true;
}

static void rename_window(struct screen *screen, struct subject *subject)
{
	const char *const titles[] = {"a", "a much longer title than before", "Äöü — ∀x"};

	xdg_toplevel_set_title(subject->window.toplevel, titles[pick(screen, 0, 2)]);
}

static void lower(struct screen *screen, struct subject *subject)
{
	xdg_toplevel_set_minimized(subject->window.toplevel);
}

/* A finger drags whatever it finds: a bar, and with that a window, or nothing. */
static void drag(struct screen *screen, struct subject *subject)
{
	struct xg_test_input_v1 *input = screen->user.input;

	xg_test_input_v1_touch_down(input, 1, 0, wl_fixed_from_int(pick(screen, 0, 799)),
		wl_fixed_from_int(pick(screen, 0, 599)));
	xg_test_input_v1_touch_motion(input, 2, 0, wl_fixed_from_int(pick(screen, 0, 799)),
		wl_fixed_from_int(pick(screen, 0, 599)));
	xg_test_input_v1_touch_up(input, 3, 0);
	client_sync(&screen->user);
}

typedef void (*step)(struct screen *screen, struct subject *subject);
static const step steps[] = {draw_part, draw_part, draw_whole, move_child, scale, toggle_maximized,
	toggle_popup, rename_window, lower, drag, drag, drag};

static void begin(struct screen *screen, const struct server *server)
{
	client_connect(&screen->user, server, NULL);
	client_connect(&screen->guests[0], server, server->red);
	client_connect(&screen->guests[1], server, server->blue);
	for (int i = 0; i < WINDOWS; i++) {
		struct subject *subject = &screen->subjects[i];
		struct client *client = &screen->guests[i % 2];

		window_create(&subject->window, client);
		subject->child = wl_compositor_create_surface(client->compositor);
		subject->subsurface = wl_subcompositor_get_subsurface(
			client->subcompositor, subject->child, subject->window.surface);
		subject->viewport =
			wp_viewporter_get_viewport(client->viewporter, subject->window.surface);
		draw_whole(screen, subject);
		wl_surface_commit(subject->window.surface);
		client_sync(client);
	}
}

static void expect_no_difference(struct screen *screen)
{
	struct picture parts, whole;

	picture_take(&parts, &screen->user, true);
	picture_take(&whole, &screen->user, false);
	for (int32_t y = 0; y < whole.height; y++) {
		for (int32_t x = 0; x < whole.width; x++) {
			if (picture_at(&parts, x, y) == picture_at(&whole, x, y))
				continue;
			fail_msg("at %d, %d: 0x%08x instead of 0x%08x", x, y,
				picture_at(&parts, x, y), picture_at(&whole, x, y));
		}
	}
	picture_free(&parts);
	picture_free(&whole);
}

static void parts_repainted_look_like_the_whole(void **state)
{
	struct screen screen = {.seed = 1};

	begin(&screen, *state);
	for (int i = 0; i < STEPS; i++) {
		struct subject *subject = &screen.subjects[pick(&screen, 0, WINDOWS - 1)];

		const int32_t kind = pick(&screen, 0, sizeof(steps) / sizeof(steps[0]) - 1);
		print_message(
			"step %d: %d on window %d\n", i, kind, (int)(subject - screen.subjects));
		steps[kind](&screen, subject);
		wl_surface_commit(subject->window.surface);
		client_sync(subject->window.client);
		expect_no_difference(&screen);
	}
	client_disconnect(&screen.guests[0]);
	client_disconnect(&screen.guests[1]);
	client_disconnect(&screen.user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			parts_repainted_look_like_the_whole, server_setup, server_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

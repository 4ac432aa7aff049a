/* SPDX-License-Identifier: MIT */
/* The parts of the compositor that stand alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "affine.h"
#include "scene.h"
#include "title_text.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_positioner.h"

static void expect_clean(const char *title, const char *clean)
{
	char text[16];

	xg_title_clean(text, sizeof(text), title);
	assert_string_equal(text, clean);
}

static void a_title_is_made_fit_to_be_shown(void **state)
{
	expect_clean("plain", "plain");
	expect_clean("gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f");
	expect_clean("two\nlines\x7f", "two?lines?");
	/* Right-to-left override, zero-width space, byte order mark. */
	expect_clean("a\xe2\x80\xae"
		     "b",
		"a?b");
	expect_clean("a\xe2\x80\x8b"
		     "b",
		"a?b");
	expect_clean("\xef\xbb\xbf!", "?!");
	/* Not UTF-8: a stray byte, an overlong '/', a surrogate, a character cut short. */
	expect_clean("\xff!", "?!");
	expect_clean("\xc0\xaf", "?");
	expect_clean("\xed\xa0\x80", "?");
	expect_clean("a\xe2\x82", "a??");
	/* Cut between characters, not within one. */
	expect_clean("01234567890123\xc3\xbc", "01234567890123");
	expect_clean("0123456789abcdefgh", "0123456789abcde");
}

static void an_inverse_leads_back(void **state)
{
	for (int32_t transform = 0; transform < 8; transform++) {
		const struct xg_affine there = xg_affine_from_transform(transform, 30, 20);
		const struct xg_affine back = xg_affine_inverse(&there);
		const struct xg_affine both = xg_affine_then(&there, &back);

		assert_true(both.a == 1 && both.b == 0 && both.c == 0);
		assert_true(both.d == 0 && both.e == 1 && both.f == 0);
	}
}

static void damage_is_rounded_outwards_and_cut(void **state)
{
	const struct xg_affine half = {.a = 0.5, .e = 0.5};
	const struct xg_box bounds = {0, 0, 10, 10};
	pixman_region32_t source, target;

	pixman_region32_init_rect(&source, 3, 5, 40, 2);
	pixman_region32_init(&target);
	xg_affine_add_region(&half, &target, &source, 0, &bounds);
	const pixman_box32_t *box = pixman_region32_extents(&target);
	assert_int_equal(box->x1, 1);
	assert_int_equal(box->y1, 2);
	assert_int_equal(box->x2, 10);
	assert_int_equal(box->y2, 4);
	pixman_region32_fini(&source);
	pixman_region32_fini(&target);
}

static const struct xg_box everything = {0, 0, 100, 100};
static const float white[3] = {1, 1, 1}, black[3] = {0, 0, 0};

/* The damage between two scenes of plain boxes, as one box. */
static pixman_box32_t difference(const struct xg_scene *before, const struct xg_scene *now)
{
	pixman_region32_t damage;
	pixman_box32_t box;

	pixman_region32_init(&damage);
	xg_scene_difference(before, now, &damage);
	box = *pixman_region32_extents(&damage);
	pixman_region32_fini(&damage);
	return box;
}

static void expect_box(pixman_box32_t box, int x1, int y1, int x2, int y2)
{
	assert_int_equal(box.x1, x1);
	assert_int_equal(box.y1, y1);
	assert_int_equal(box.x2, x2);
	assert_int_equal(box.y2, y2);
}

static void two_equal_scenes_differ_in_nothing(void **state)
{
	struct xg_scene before, now;
	const struct xg_box box = {10, 10, 20, 20};

	xg_scene_init(&before);
	xg_scene_init(&now);
	xg_scene_add_colour(&before, 8, &box, white);
	xg_scene_add_colour(&now, 8, &box, white);
	expect_box(difference(&before, &now), 0, 0, 0, 0);
	xg_scene_clear(&now);
	xg_scene_add_colour(&now, 8, &box, black);
	expect_box(difference(&before, &now), 10, 10, 30, 30);
	xg_scene_finish(&before);
	xg_scene_finish(&now);
}

static void what_moves_damages_where_it_was_and_where_it_is(void **state)
{
	struct xg_scene before, now;
	const struct xg_box from = {10, 10, 20, 20}, to = {40, 10, 20, 20};

	xg_scene_init(&before);
	xg_scene_init(&now);
	xg_scene_add_colour(&before, 8, &from, white);
	xg_scene_add_colour(&now, 8, &to, white);
	expect_box(difference(&before, &now), 10, 10, 60, 30);
	xg_scene_finish(&before);
	xg_scene_finish(&now);
}

static void what_is_raised_damages_what_it_covers(void **state)
{
	struct xg_scene before, now;
	const struct xg_box left = {0, 0, 20, 20}, right = {10, 0, 20, 20}, far = {80, 80, 5, 5};

	xg_scene_init(&before);
	xg_scene_init(&now);
	xg_scene_add_colour(&before, 8, &left, white);
	xg_scene_add_colour(&before, 16, &right, black);
	xg_scene_add_colour(&before, 24, &far, black);
	xg_scene_add_colour(&now, 16, &right, black);
	xg_scene_add_colour(&now, 8, &left, white);
	xg_scene_add_colour(&now, 24, &far, black);
	const pixman_box32_t box = difference(&before, &now);
	assert_true(box.x1 <= 10 && box.x2 >= 20 && box.x2 <= 30 && box.y2 == 20);
	xg_scene_finish(&before);
	xg_scene_finish(&now);
}

static void what_is_covered_is_not_visible(void **state)
{
	struct xg_scene scene;
	const struct xg_box small = {10, 10, 20, 20}, large = {0, 0, 50, 50};

	xg_scene_init(&scene);
	xg_scene_add_colour(&scene, 8, &large, white);
	xg_scene_add_colour(&scene, 16, &small, black);
	xg_scene_add_colour(&scene, 0, &everything, black);
	xg_scene_occlude(&scene, &everything);
	assert_false(pixman_region32_not_empty(&scene.nodes[1].visible));
	assert_true(pixman_region32_not_empty(&scene.nodes[2].visible));
	assert_false(pixman_region32_contains_point(&scene.nodes[2].visible, 49, 49, NULL));
	xg_scene_finish(&scene);
}

static void what_is_outside_its_clip_is_left_out(void **state)
{
	struct xg_scene scene;
	const struct xg_box box = {10, 10, 20, 20}, clip = {30, 0, 10, 10};

	xg_scene_init(&scene);
	assert_null(xg_scene_add(&scene, 8, &box, &clip));
	assert_int_equal(scene.count, 0);
	xg_scene_finish(&scene);
}

static const struct xg_box bounds = {-100, -100, 400, 400};

static struct xg_positioner below_left_corner(void)
{
	return (struct xg_positioner){
		.width = 50,
		.height = 60,
		.has_anchor_rect = true,
		.anchor_rect = {10, 20, 30, 5},
		.anchor = XDG_POSITIONER_ANCHOR_BOTTOM_LEFT,
		.gravity = XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT,
	};
}

static void expect_place(
	const struct xg_positioner *positioner, int x, int y, int width, int height)
{
	const struct xg_box place = xg_positioner_place(positioner, &bounds);

	assert_int_equal(place.x, x);
	assert_int_equal(place.y, y);
	assert_int_equal(place.width, width);
	assert_int_equal(place.height, height);
}

static void a_popup_grows_from_its_anchor(void **state)
{
	struct xg_positioner positioner = below_left_corner();

	expect_place(&positioner, 10, 25, 50, 60);
	positioner.gravity = XDG_POSITIONER_GRAVITY_TOP_LEFT;
	expect_place(&positioner, -40, -35, 50, 60);
	positioner.anchor = XDG_POSITIONER_ANCHOR_NONE;
	positioner.gravity = XDG_POSITIONER_GRAVITY_NONE;
	expect_place(&positioner, 0, -8, 50, 60);
	positioner.dx = 7;
	expect_place(&positioner, 7, -8, 50, 60);
}

static void a_popup_flips_before_it_slides(void **state)
{
	struct xg_positioner positioner = below_left_corner();

	positioner.anchor_rect.y = 280;
	positioner.constraint_adjustment = XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_Y |
					   XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y;
	expect_place(&positioner, 10, 220, 50, 60);
	positioner.constraint_adjustment = XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y;
	expect_place(&positioner, 10, 240, 50, 60);
	positioner.constraint_adjustment = 0;
	expect_place(&positioner, 10, 285, 50, 60);
}

static void a_popup_is_cut_only_where_it_may_be(void **state)
{
	struct xg_positioner positioner = below_left_corner();

	positioner.height = 1000;
	positioner.constraint_adjustment = XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_Y;
	expect_place(&positioner, 10, 25, 50, 275);
	positioner.constraint_adjustment |= XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y;
	expect_place(&positioner, 10, -100, 50, 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_title_is_made_fit_to_be_shown),
		cmocka_unit_test(an_inverse_leads_back),
		cmocka_unit_test(damage_is_rounded_outwards_and_cut),
		cmocka_unit_test(two_equal_scenes_differ_in_nothing),
		cmocka_unit_test(what_moves_damages_where_it_was_and_where_it_is),
		cmocka_unit_test(what_is_raised_damages_what_it_covers),
		cmocka_unit_test(what_is_covered_is_not_visible),
		cmocka_unit_test(what_is_outside_its_clip_is_left_out),
		cmocka_unit_test(a_popup_grows_from_its_anchor),
		cmocka_unit_test(a_popup_flips_before_it_slides),
		cmocka_unit_test(a_popup_is_cut_only_where_it_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What the host does with EGL's commands of a guest, honest and otherwise, on the stub driver. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "guest.h"
#include "xenglass/driver.h"

enum { SURFACE = 20, OTHER = 21, SYNC = 30, IMAGE = 31, NOTHING = 99 };

static struct xg_data inline_data(uint32_t size)
{
	return (struct xg_data){.size = size, .place = XG_PLACE_INLINE};
}

static const struct xg_data integer = {.size = 4, .place = XG_PLACE_INLINE};

/* A command with words inline, which answers. */
#define ASK_WORDS(guest, name, words, ...)                                                         \
	do {                                                                                       \
		struct xg_cmd_##name command_ = {__VA_ARGS__};                                     \
		guest_send(guest, XG_OP_##name, true, &command_, sizeof(command_), words,          \
			sizeof(words));                                                            \
	} while (0)

static void create_surface(struct guest *guest, uint32_t id)
{
	static const int32_t size[] = {EGL_WIDTH, 8, EGL_HEIGHT, 8};

	ASK_WORDS(guest, xgCreatePbufferSurface, size, .display = GUEST_DISPLAY, .surface = id,
		.config = 1, .attrib_count = 4, .attribs = inline_data(sizeof(size)),
		.error = integer);
}

static void make_current(struct guest *guest, uint32_t surface)
{
	ASK(guest, xgMakeCurrent, .display = GUEST_DISPLAY, .draw = surface, .read = surface,
		.context = GUEST_CONTEXT, .error = integer);
}

static void ask_age(struct guest *guest, uint32_t surface)
{
	ASK(guest, xgQuerySurface, .display = GUEST_DISPLAY, .surface = surface,
		.attribute = EGL_BUFFER_AGE_EXT, .value = integer, .error = integer);
}

static void run(struct guest *guest)
{
	assert_null(guest_run(guest));
	guest_start(guest);
	make_current(guest, SURFACE);
}

static int setup(void **state)
{
	struct guest *guest = malloc(sizeof(*guest));

	guest_init(guest);
	guest_start(guest);
	create_surface(guest, SURFACE);
	create_surface(guest, OTHER);
	make_current(guest, SURFACE);
	*state = guest;
	return 0;
}

static int teardown(void **state)
{
	xg_stub.fails_silently = false;
	guest_finish(*state);
	free(*state);
	return 0;
}

static void rectangles_are_cut_to_what_a_surface_can_have(void **state)
{
	static const int32_t wild[] = {-5, 3, 10, 4, INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX,
		INT32_MAX, 1, INT32_MAX, 1, 7, 8, -1, INT32_MIN};
	static const int32_t cut[] = {0, 3, 5, 4, 0, 0, 0, 0, 16384, 1, 0, 1, 7, 8, 0, 0};
	struct guest *guest = *state;

	WORDS(guest, xgSwapBuffers, wild, .surface = SURFACE, .sequence = 1, .count = 4,
		.rects = inline_data(sizeof(wild)));
	run(guest);
	assert_int_equal(xg_stub.rect_count, 4);
	assert_memory_equal(xg_stub.rects, cut, sizeof(cut));
	memset(xg_stub.rects, 0xff, sizeof(cut));
	WORDS(guest, xgSetDamageRegion, wild, .surface = SURFACE, .count = 4,
		.rects = inline_data(sizeof(wild)));
	run(guest);
	assert_int_equal(xg_stub.region_count, 4);
	assert_memory_equal(xg_stub.rects, cut, sizeof(cut));
}

static void more_rectangles_than_are_told_mean_everything(void **state)
{
	static const int32_t many[65 * 4];
	struct guest *guest = *state;

	WORDS(guest, xgSwapBuffers, many, .surface = SURFACE, .sequence = 1, .count = 65,
		.rects = inline_data(sizeof(many)));
	WORDS(guest, xgSetDamageRegion, many, .surface = SURFACE, .count = 65,
		.rects = inline_data(sizeof(many)));
	run(guest);
	assert_int_equal(xg_stub.rect_count, -1);
	assert_int_equal(xg_stub.region_count, 0);
}

static void age_is_told_once_it_was_asked_for(void **state)
{
	struct guest *guest = *state;

	SEND(guest, xgSwapBuffers, .surface = SURFACE, .sequence = 1);
	run(guest);
	assert_int_equal(xg_fake_stream_age(guest->stream), -1);
	assert_int_equal(xg_stub.ages_asked, 0);
	ask_age(guest, SURFACE);
	SEND(guest, xgSwapBuffers, .surface = SURFACE, .sequence = 2);
	run(guest);
	assert_int_equal(xg_fake_stream_age(guest->stream), 3);
	assert_int_equal(xg_stub.ages_asked, 2);
}

/* Drivers look at what is current, and not all check that it is this one. */
static void surface_that_is_not_current_has_neither_age_nor_region(void **state)
{
	static const int32_t rect[] = {0, 0, 1, 1};
	struct guest *guest = *state;

	xg_stub.region_count = -1;
	ask_age(guest, OTHER);
	SEND(guest, xgSwapBuffers, .surface = OTHER, .sequence = 1);
	WORDS(guest, xgSetDamageRegion, rect, .surface = OTHER, .count = 1,
		.rects = inline_data(sizeof(rect)));
	WORDS(guest, xgSetDamageRegion, rect, .surface = NOTHING, .count = 1,
		.rects = inline_data(sizeof(rect)));
	WORDS(guest, xgSetDamageRegion, rect, .surface = GUEST_CONTEXT, .count = 1,
		.rects = inline_data(sizeof(rect)));
	run(guest);
	assert_int_equal(xg_fake_stream_age(guest->stream), -1);
	assert_int_equal(xg_stub.region_count, -1);
}

/* What was pending may still be checked by the driver as if it had no errors to find. */
static void context_without_checks_is_never_a_guests(void **state)
{
	static const int32_t wants[] = {EGL_CONTEXT_OPENGL_NO_ERROR_KHR, EGL_TRUE};
	struct guest *guest = *state;
	const int before = xg_stub.live;

	ASK_WORDS(guest, xgCreateContext, wants, .display = GUEST_DISPLAY, .context = 7,
		.config = 1, .attrib_count = 2, .attribs = inline_data(sizeof(wants)),
		.error = integer);
	run(guest);
	assert_false(xg_stub.checks_nothing);
	/* The display, two contexts and two surfaces: what was tried first is gone. */
	assert_int_equal(xg_stub.live - before, 5);
}

static int32_t create_context(struct guest *guest, const int32_t *attribs, uint32_t count)
{
	struct xg_cmd_xgCreateContext command = {.display = GUEST_DISPLAY,
		.context = 7,
		.config = 1,
		.attrib_count = count,
		.attribs = inline_data(count * 4),
		.error = integer};

	guest_send(
		guest, XG_OP_xgCreateContext, true, &command, sizeof(command), attribs, count * 4);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), 0);
	guest_start(guest);
	return guest->client->quota.used[XG_QUOTA_CONTEXTS];
}

static void list_that_is_too_long_or_ends_within_a_pair_makes_nothing(void **state)
{
	static int32_t list[4096];
	struct guest *guest = *state;

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		list[i] = EGL_CONTEXT_MAJOR_VERSION;
	assert_int_equal(create_context(guest, list, 4096), 1);
	assert_int_equal(create_context(guest, list, 129), 1);
	assert_int_equal(create_context(guest, list, 130), 1);
	assert_int_equal(create_context(guest, list, 1), 1);
}

static void unknown_names_do_nothing(void **state)
{
	struct guest *guest = *state;
	const int live = xg_stub.live;

	for (uint32_t id = 0; id < 2; id++) {
		const uint32_t none = id ? NOTHING : 0;

		SEND(guest, xgTerminate, .display = none);
		SEND(guest, xgDestroyContext, .display = GUEST_DISPLAY, .context = none);
		SEND(guest, xgDestroySurface, .display = GUEST_DISPLAY, .surface = none);
		SEND(guest, xgDestroyImage, .display = GUEST_DISPLAY, .image = none);
		SEND(guest, xgDestroySync, .display = GUEST_DISPLAY, .sync = none);
		SEND(guest, xgCreateSync, .display = none, .sync = SYNC);
		SEND(guest, xgWaitSync, .display = GUEST_DISPLAY, .sync = none);
		SEND(guest, xgResizeWindow, .surface = none, .width = 4, .height = 4);
		SEND(guest, xgSwapBuffers, .surface = none, .sequence = 1);
		ASK(guest, xgClientWaitSync, .display = GUEST_DISPLAY, .sync = none,
			.timeout = EGL_FOREVER, .error = integer);
		ASK(guest, xgQueryContext, .display = none, .context = GUEST_CONTEXT,
			.value = integer, .error = integer);
		ASK(guest, xgQuerySurface, .display = GUEST_DISPLAY, .surface = none,
			.value = integer, .error = integer);
		ASK(guest, xgSurfaceAttrib, .display = GUEST_DISPLAY, .surface = none,
			.error = integer);
		ASK(guest, xgBindTexImage, .display = none, .surface = SURFACE, .error = integer);
		ASK(guest, xgReleaseTexImage, .display = GUEST_DISPLAY, .surface = none,
			.error = integer);
		ASK(guest, xgCreateImage, .display = GUEST_DISPLAY, .image = IMAGE, .context = none,
			.target = EGL_GL_TEXTURE_2D, .error = integer);
		ASK(guest, xgQueryString, .display = NOTHING, .what = XG_STRING_DRIVER_NAME,
			.capacity = 8, .string = inline_data(8));
		assert_null(guest_run(guest));
		assert_int_equal(xg_fake_stream_result(guest->stream), 0);
		guest_start(guest);
	}
	assert_true(xg_stub.live >= live);
}

static void name_that_is_taken_stays_the_first_ones(void **state)
{
	struct guest *guest = *state;
	int live;

	SEND(guest, xgCreateSync, .display = GUEST_DISPLAY, .sync = SYNC);
	run(guest);
	live = xg_stub.live;
	SEND(guest, xgCreateSync, .display = GUEST_DISPLAY, .sync = SYNC);
	SEND(guest, xgCreateSync, .display = GUEST_DISPLAY, .sync = SURFACE);
	create_surface(guest, SURFACE);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), 0);
	assert_int_equal(xg_stub.live, live);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_SURFACES], 2);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_EGL_OBJECTS], 1);
}

static void syncs_and_images_end_with_the_quota(void **state)
{
	struct guest *guest = *state;

	guest->client->quota.limit[XG_QUOTA_EGL_OBJECTS] = 3;
	for (uint32_t i = 0; i < 10; i++)
		SEND(guest, xgCreateSync, .display = GUEST_DISPLAY, .sync = 100 + i);
	ASK(guest, xgCreateImage, .display = GUEST_DISPLAY, .image = IMAGE,
		.context = GUEST_CONTEXT, .target = EGL_GL_TEXTURE_2D, .error = integer);
	run(guest);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_EGL_OBJECTS], 3);
	SEND(guest, xgDestroySync, .display = GUEST_DISPLAY, .sync = 100);
	run(guest);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_EGL_OBJECTS], 2);
}

/* Mesa follows what it is given as a buffer of these; it must not be a guest's number. */
static void image_is_made_of_nothing_but_textures_and_renderbuffers(void **state)
{
	static const uint32_t targets[] = {EGL_WAYLAND_BUFFER_WL, EGL_DRM_BUFFER_MESA,
		EGL_LINUX_DMA_BUF_EXT, EGL_NATIVE_PIXMAP_KHR, EGL_NATIVE_BUFFER_ANDROID, 0};
	struct guest *guest = *state;

	run(guest);
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		ASK(guest, xgCreateImage, .display = GUEST_DISPLAY, .image = IMAGE,
			.context = GUEST_CONTEXT, .target = targets[i], .buffer = UINT64_MAX / 2,
			.error = integer);
		assert_null(guest_run(guest));
		assert_int_equal(xg_fake_stream_result(guest->stream), 0);
		assert_int_equal(
			*(const int32_t *)xg_fake_stream_answer(guest->stream), EGL_BAD_PARAMETER);
		guest_start(guest);
	}
	assert_int_equal(guest->client->quota.used[XG_QUOTA_EGL_OBJECTS], 0);
}

static void driver_that_fails_without_a_reason_gives_nothing(void **state)
{
	struct guest *guest = *state;

	run(guest);
	assert_null(guest_run(guest));
	xg_stub.fails_silently = true;
	create_surface(guest, 40);
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), 0);
	assert_int_equal(guest->client->quota.used[XG_QUOTA_SURFACES], 2);
}

static void drivers_strings_are_told_as_far_as_there_is_room(void **state)
{
	struct guest *guest = *state;

	ASK(guest, xgQueryString, .display = GUEST_DISPLAY, .what = XG_STRING_DRIVER_CONFIG,
		.capacity = 4, .string = inline_data(4));
	assert_null(guest_run(guest));
	assert_int_equal(xg_fake_stream_result(guest->stream), sizeof("<driver/>"));
	assert_memory_equal(xg_fake_stream_answer(guest->stream), "<dri", 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(rectangles_are_cut_to_what_a_surface_can_have),
		TEST(more_rectangles_than_are_told_mean_everything),
		TEST(age_is_told_once_it_was_asked_for),
		TEST(surface_that_is_not_current_has_neither_age_nor_region),
		TEST(context_without_checks_is_never_a_guests),
		TEST(list_that_is_too_long_or_ends_within_a_pair_makes_nothing),
		TEST(unknown_names_do_nothing),
		TEST(name_that_is_taken_stays_the_first_ones),
		TEST(syncs_and_images_end_with_the_quota),
		TEST(image_is_made_of_nothing_but_textures_and_renderbuffers),
		TEST(driver_that_fails_without_a_reason_gives_nothing),
		TEST(drivers_strings_are_told_as_far_as_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

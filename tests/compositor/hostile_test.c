/* SPDX-License-Identifier: MIT */
/* Each rule that a client can break ends that client, with the error that the protocol names. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"
#include "popup.h"

#define GREEN 0xff00ff00

/* A fault: done to a client that has a window open, it must cost the client its connection. */
struct fault {
	const char *name;
	void (*commit)(struct client *client, struct window *window);
	const struct wl_interface *interface;
	uint32_t code;
};

static struct wl_surface *new_surface(struct client *client)
{
	return wl_compositor_create_surface(client->compositor);
}

static struct xdg_surface *new_xdg_surface(struct client *client)
{
	return xdg_wm_base_get_xdg_surface(client->shell, new_surface(client));
}

static void buffer_before_configure(struct client *client, struct window *window)
{
	struct wl_surface *surface = new_surface(client);

	xdg_surface_get_toplevel(xdg_wm_base_get_xdg_surface(client->shell, surface));
	wl_surface_attach(surface, client_buffer(client, 10, 10, GREEN), 0, 0);
	wl_surface_commit(surface);
}

static void commit_without_a_role(struct client *client, struct window *window)
{
	struct wl_surface *surface = new_surface(client);

	xdg_wm_base_get_xdg_surface(client->shell, surface);
	wl_surface_commit(surface);
}

static void xdg_surface_with_a_buffer(struct client *client, struct window *window)
{
	struct wl_surface *surface = new_surface(client);

	wl_surface_attach(surface, client_buffer(client, 10, 10, GREEN), 0, 0);
	xdg_wm_base_get_xdg_surface(client->shell, surface);
}

static void two_xdg_surfaces(struct client *client, struct window *window)
{
	xdg_wm_base_get_xdg_surface(client->shell, window->surface);
}

static void a_cursor_that_is_a_window(struct client *client, struct window *window)
{
	wl_pointer_set_cursor(client->pointer, 0, window->surface, 0, 0);
}

static void two_toplevels(struct client *client, struct window *window)
{
	xdg_surface_get_toplevel(window->xdg_surface);
}

static void an_unknown_serial(struct client *client, struct window *window)
{
	xdg_surface_ack_configure(window->xdg_surface, 0x12345678);
}

static void an_empty_geometry(struct client *client, struct window *window)
{
	xdg_surface_set_window_geometry(window->xdg_surface, 0, 0, 0, 10);
}

static void xdg_surface_before_its_toplevel(struct client *client, struct window *window)
{
	xdg_surface_destroy(window->xdg_surface);
}

static void shell_before_its_surfaces(struct client *client, struct window *window)
{
	xdg_wm_base_destroy(client->shell);
}

static void minimum_above_maximum(struct client *client, struct window *window)
{
	xdg_toplevel_set_min_size(window->toplevel, 200, 0);
	xdg_toplevel_set_max_size(window->toplevel, 100, 0);
	wl_surface_commit(window->surface);
}

static void a_negative_limit(struct client *client, struct window *window)
{
	xdg_toplevel_set_min_size(window->toplevel, -1, 0);
}

static void no_such_edge(struct client *client, struct window *window)
{
	xdg_toplevel_resize(window->toplevel, client->seat, 0, 3);
}

static void a_subsurface_of_itself(struct client *client, struct window *window)
{
	struct wl_surface *surface = new_surface(client);

	wl_subcompositor_get_subsurface(client->subcompositor, surface, surface);
}

static void a_ring_of_subsurfaces(struct client *client, struct window *window)
{
	struct wl_surface *a = new_surface(client), *b = new_surface(client);

	wl_subcompositor_get_subsurface(client->subcompositor, a, b);
	wl_subcompositor_get_subsurface(client->subcompositor, b, a);
}

static void a_tower_of_subsurfaces(struct client *client, struct window *window)
{
	struct wl_surface *parent = window->surface;

	for (int i = 0; i < 100; i++) {
		struct wl_surface *surface = new_surface(client);

		wl_subcompositor_get_subsurface(client->subcompositor, surface, parent);
		parent = surface;
	}
}

static void a_stranger_for_a_sibling(struct client *client, struct window *window)
{
	struct wl_subsurface *subsurface = wl_subcompositor_get_subsurface(
		client->subcompositor, new_surface(client), window->surface);

	wl_subsurface_place_above(subsurface, new_surface(client));
}

static void no_such_transform(struct client *client, struct window *window)
{
	wl_surface_set_buffer_transform(window->surface, 8);
}

static void a_scale_of_nothing(struct client *client, struct window *window)
{
	wl_surface_set_buffer_scale(window->surface, 0);
}

static void a_size_that_the_scale_does_not_divide(struct client *client, struct window *window)
{
	wl_surface_set_buffer_scale(window->surface, 3);
	wl_surface_attach(window->surface, client_buffer(client, 10, 9, GREEN), 0, 0);
	wl_surface_commit(window->surface);
}

static void attach_memory(
	struct client *client, struct window *window, int32_t width, int32_t height, int32_t stride)
{
	const int32_t size = stride * height;
	const int fd = memfd_create("hostile", MFD_CLOEXEC);

	assert_int_equal(ftruncate(fd, size), 0);
	struct wl_shm_pool *pool = wl_shm_create_pool(client->shm, fd, size);
	struct wl_buffer *buffer =
		wl_shm_pool_create_buffer(pool, 0, width, height, stride, WL_SHM_FORMAT_ARGB8888);
	close(fd);
	wl_surface_attach(window->surface, buffer, 0, 0);
	wl_surface_damage(window->surface, 0, 0, INT32_MAX, INT32_MAX);
	wl_surface_commit(window->surface);
}

static void rows_shorter_than_the_picture(struct client *client, struct window *window)
{
	attach_memory(client, window, 64, 64, 64);
}

static void a_picture_wider_than_any_texture(struct client *client, struct window *window)
{
	attach_memory(client, window, 100000, 1, 400000);
}

static void a_popup_without_a_size(struct client *client, struct window *window)
{
	xdg_surface_get_popup(new_xdg_surface(client), window->xdg_surface,
		xdg_wm_base_create_positioner(client->shell));
}

static void a_popup_without_a_parent(struct client *client, struct window *window)
{
	xdg_surface_get_popup(
		new_xdg_surface(client), NULL, popup_positioner(client, 10, 10, 0, 0));
}

static void a_popup_on_itself(struct client *client, struct window *window)
{
	struct xdg_surface *xdg_surface = new_xdg_surface(client);

	xdg_surface_get_popup(xdg_surface, xdg_surface, popup_positioner(client, 10, 10, 0, 0));
}

static void a_popup_from_under_another(struct client *client, struct window *window)
{
	struct popup lower, upper;

	popup_open(&lower, client, window->xdg_surface, popup_positioner(client, 50, 50, 0, 0), 0);
	popup_draw(&lower, GREEN);
	popup_open(&upper, client, lower.xdg_surface, popup_positioner(client, 50, 50, 0, 0), 0);
	popup_draw(&upper, GREEN);
	xdg_popup_destroy(lower.popup);
	client_expect_error(
		client, &xdg_wm_base_interface, XDG_WM_BASE_ERROR_NOT_THE_TOPMOST_POPUP);
}

static void an_empty_positioner(struct client *client, struct window *window)
{
	xdg_positioner_set_size(xdg_wm_base_create_positioner(client->shell), 0, 10);
}

static void a_far_anchor(struct client *client, struct window *window)
{
	xdg_positioner_set_anchor_rect(
		xdg_wm_base_create_positioner(client->shell), INT32_MIN, INT32_MIN, 1, 1);
}

static void no_such_gravity(struct client *client, struct window *window)
{
	xdg_positioner_set_gravity(xdg_wm_base_create_positioner(client->shell), 9);
}

static void two_viewports(struct client *client, struct window *window)
{
	wp_viewporter_get_viewport(client->viewporter, window->surface);
	wp_viewporter_get_viewport(client->viewporter, window->surface);
}

static void a_source_out_of_the_buffer(struct client *client, struct window *window)
{
	struct wp_viewport *viewport =
		wp_viewporter_get_viewport(client->viewporter, window->surface);

	wp_viewport_set_source(
		viewport, wl_fixed_from_int(100), 0, wl_fixed_from_int(101), wl_fixed_from_int(10));
	wl_surface_commit(window->surface);
}

static void a_source_with_half_pixels(struct client *client, struct window *window)
{
	struct wp_viewport *viewport =
		wp_viewporter_get_viewport(client->viewporter, window->surface);

	wp_viewport_set_source(viewport, 0, 0, wl_fixed_from_double(10.5), wl_fixed_from_int(10));
	wl_surface_commit(window->surface);
}

static void an_empty_destination(struct client *client, struct window *window)
{
	struct wp_viewport *viewport =
		wp_viewporter_get_viewport(client->viewporter, window->surface);

	wp_viewport_set_destination(viewport, 0, 10);
}

static void a_viewport_without_a_surface(struct client *client, struct window *window)
{
	struct wl_surface *surface = new_surface(client);
	struct wp_viewport *viewport = wp_viewporter_get_viewport(client->viewporter, surface);

	wl_surface_destroy(surface);
	wp_viewport_set_destination(viewport, 10, 10);
}

static void a_decoration_after_the_buffer(struct client *client, struct window *window)
{
	zxdg_decoration_manager_v1_get_toplevel_decoration(client->decorations, window->toplevel);
}

static void a_clipboard_source_used_twice(struct client *client, struct window *window)
{
	struct wl_data_source *source =
		wl_data_device_manager_create_data_source(client->data_manager);

	wl_data_device_set_selection(client->data_device, source, 0);
	wl_data_device_start_drag(client->data_device, source, window->surface, NULL, 0);
}

static void an_icon_that_is_a_window(struct client *client, struct window *window)
{
	wl_data_device_start_drag(client->data_device, NULL, window->surface, window->surface, 0);
}

static void a_capture_into_a_wrong_buffer(struct client *client, struct window *window)
{
	struct zwlr_screencopy_frame_v1 *frame =
		zwlr_screencopy_manager_v1_capture_output(client->screencopy, 0, client->output);

	zwlr_screencopy_frame_v1_copy(frame, client_buffer(client, 10, 10, GREEN));
}

#define FAULT(function, interface, code)                                                           \
	{                                                                                          \
#function, function, &interface##_interface, code                                  \
	}

static const struct fault faults[] = {
	FAULT(buffer_before_configure, xdg_surface, XDG_SURFACE_ERROR_UNCONFIGURED_BUFFER),
	FAULT(commit_without_a_role, xdg_surface, XDG_SURFACE_ERROR_NOT_CONSTRUCTED),
	FAULT(xdg_surface_with_a_buffer, xdg_wm_base, XDG_WM_BASE_ERROR_INVALID_SURFACE_STATE),
	FAULT(two_xdg_surfaces, xdg_wm_base, XDG_WM_BASE_ERROR_ROLE),
	FAULT(a_cursor_that_is_a_window, wl_pointer, WL_POINTER_ERROR_ROLE),
	FAULT(two_toplevels, xdg_surface, XDG_SURFACE_ERROR_ALREADY_CONSTRUCTED),
	FAULT(an_unknown_serial, xdg_surface, XDG_SURFACE_ERROR_INVALID_SERIAL),
	FAULT(an_empty_geometry, xdg_surface, XDG_SURFACE_ERROR_INVALID_SIZE),
	FAULT(xdg_surface_before_its_toplevel, xdg_surface, XDG_SURFACE_ERROR_DEFUNCT_ROLE_OBJECT),
	FAULT(shell_before_its_surfaces, xdg_wm_base, XDG_WM_BASE_ERROR_DEFUNCT_SURFACES),
	FAULT(minimum_above_maximum, xdg_toplevel, XDG_TOPLEVEL_ERROR_INVALID_SIZE),
	FAULT(a_negative_limit, xdg_toplevel, XDG_TOPLEVEL_ERROR_INVALID_SIZE),
	FAULT(no_such_edge, xdg_toplevel, XDG_TOPLEVEL_ERROR_INVALID_RESIZE_EDGE),
	FAULT(a_subsurface_of_itself, wl_subcompositor, WL_SUBCOMPOSITOR_ERROR_BAD_SURFACE),
	FAULT(a_ring_of_subsurfaces, wl_subcompositor, WL_SUBCOMPOSITOR_ERROR_BAD_SURFACE),
	FAULT(a_tower_of_subsurfaces, wl_subcompositor, WL_SUBCOMPOSITOR_ERROR_BAD_SURFACE),
	FAULT(a_stranger_for_a_sibling, wl_subsurface, WL_SUBSURFACE_ERROR_BAD_SURFACE),
	FAULT(no_such_transform, wl_surface, WL_SURFACE_ERROR_INVALID_TRANSFORM),
	FAULT(a_scale_of_nothing, wl_surface, WL_SURFACE_ERROR_INVALID_SCALE),
	FAULT(a_size_that_the_scale_does_not_divide, wl_surface, WL_SURFACE_ERROR_INVALID_SIZE),
	FAULT(rows_shorter_than_the_picture, wl_surface, WL_SURFACE_ERROR_INVALID_SIZE),
	FAULT(a_picture_wider_than_any_texture, wl_surface, WL_SURFACE_ERROR_INVALID_SIZE),
	FAULT(a_popup_without_a_size, xdg_wm_base, XDG_WM_BASE_ERROR_INVALID_POSITIONER),
	FAULT(a_popup_without_a_parent, xdg_wm_base, XDG_WM_BASE_ERROR_INVALID_POPUP_PARENT),
	FAULT(a_popup_on_itself, xdg_wm_base, XDG_WM_BASE_ERROR_INVALID_POPUP_PARENT),
	FAULT(a_popup_from_under_another, xdg_wm_base, XDG_WM_BASE_ERROR_NOT_THE_TOPMOST_POPUP),
	FAULT(an_empty_positioner, xdg_positioner, XDG_POSITIONER_ERROR_INVALID_INPUT),
	FAULT(a_far_anchor, xdg_positioner, XDG_POSITIONER_ERROR_INVALID_INPUT),
	FAULT(no_such_gravity, xdg_positioner, XDG_POSITIONER_ERROR_INVALID_INPUT),
	FAULT(two_viewports, wp_viewporter, WP_VIEWPORTER_ERROR_VIEWPORT_EXISTS),
	FAULT(a_source_out_of_the_buffer, wp_viewport, WP_VIEWPORT_ERROR_OUT_OF_BUFFER),
	FAULT(a_source_with_half_pixels, wp_viewport, WP_VIEWPORT_ERROR_BAD_SIZE),
	FAULT(an_empty_destination, wp_viewport, WP_VIEWPORT_ERROR_BAD_VALUE),
	FAULT(a_viewport_without_a_surface, wp_viewport, WP_VIEWPORT_ERROR_NO_SURFACE),
	FAULT(a_decoration_after_the_buffer, zxdg_toplevel_decoration_v1,
		ZXDG_TOPLEVEL_DECORATION_V1_ERROR_UNCONFIGURED_BUFFER),
	FAULT(a_clipboard_source_used_twice, wl_data_source, WL_DATA_SOURCE_ERROR_INVALID_SOURCE),
	FAULT(an_icon_that_is_a_window, wl_data_device, WL_DATA_DEVICE_ERROR_ROLE),
	FAULT(a_capture_into_a_wrong_buffer, zwlr_screencopy_frame_v1,
		ZWLR_SCREENCOPY_FRAME_V1_ERROR_INVALID_BUFFER),
};

static void each_fault_ends_its_client_and_no_other(void **state)
{
	struct client bystander;
	struct window quiet;

	client_connect(&bystander, *state, NULL);
	window_open(&quiet, &bystander, 100, 50, GREEN);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct client client;
		struct window window;

		print_message("    %s\n", faults[i].name);
		client_connect(&client, *state, NULL);
		window_open(&window, &client, 200, 100, GREEN);
		faults[i].commit(&client, &window);
		client_expect_error(&client, faults[i].interface, faults[i].code);
		client_disconnect(&client);
		client_sync(&bystander);
	}
	client_disconnect(&bystander);
}

/* Shows one buffer of 4 MiB on more and more surfaces; returns how many were taken. */
static int hold_pixels(const struct server *server)
{
	struct client red;
	int count = 0;

	client_connect(&red, server, server->red);
	struct wl_buffer *buffer = client_buffer(&red, 1024, 1024, GREEN);
	for (; count < 100; count++) {
		struct wl_surface *surface = wl_compositor_create_surface(red.compositor);

		wl_surface_attach(surface, buffer, 0, 0);
		wl_surface_commit(surface);
		if (wl_display_roundtrip(red.display) < 0)
			break;
	}
	assert_int_equal(wl_display_get_error(red.display), ENOMEM);
	client_disconnect(&red);
	return count;
}

static void a_guest_holds_so_many_pixels_and_no_more(void **state)
{
	const struct server *server = *state;
	struct client blue;
	struct window window;

	client_connect(&blue, server, server->blue);
	assert_int_equal(hold_pixels(server), 8);
	client_sync(&blue);
	/* What it held is free again, and another guest's is its own. */
	assert_int_equal(hold_pixels(server), 8);
	window_open(&window, &blue, 1024, 1024, GREEN);
	client_disconnect(&blue);
}

struct deaf {
	uint32_t serial;
	int configures;
	bool is_maximized;
};

static void note_serial(void *data, struct xdg_surface *surface, uint32_t serial)
{
	struct deaf *deaf = data;

	deaf->serial = serial;
	deaf->configures++;
}

static const struct xdg_surface_listener deaf_surface_listener = {.configure = note_serial};

static void note_states(void *data, struct xdg_toplevel *toplevel, int32_t width, int32_t height,
	struct wl_array *states)
{
	struct deaf *deaf = data;
	uint32_t *at;

	deaf->is_maximized = false;
	for (at = states->data; (char *)at < (char *)states->data + states->size; at++)
		deaf->is_maximized |= *at == XDG_TOPLEVEL_STATE_MAXIMIZED;
}

static void ignore_close(void *data, struct xdg_toplevel *toplevel)
{
}

static const struct xdg_toplevel_listener deaf_toplevel_listener = {
	.configure = note_states, .close = ignore_close};

static void configures_that_nobody_answers_are_held_back(void **state)
{
	struct client client;
	struct deaf deaf = {0};

	client_connect(&client, *state, NULL);
	struct wl_surface *surface = wl_compositor_create_surface(client.compositor);
	struct xdg_surface *xdg_surface = xdg_wm_base_get_xdg_surface(client.shell, surface);
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(xdg_surface);
	xdg_surface_add_listener(xdg_surface, &deaf_surface_listener, &deaf);
	xdg_toplevel_add_listener(toplevel, &deaf_toplevel_listener, &deaf);
	wl_surface_commit(surface);
	for (int i = 0; i < 100; i++) {
		xdg_toplevel_set_maximized(toplevel);
		client_sync(&client);
		xdg_toplevel_unset_maximized(toplevel);
		client_sync(&client);
	}
	xdg_toplevel_set_maximized(toplevel);
	client_sync(&client);
	client_sync(&client);
	assert_in_range(deaf.configures, 1, 32);

	/* It is told how things are as soon as it answers. */
	deaf.is_maximized = false;
	deaf.configures = 0;
	xdg_surface_ack_configure(xdg_surface, deaf.serial);
	client_sync(&client);
	client_sync(&client);
	assert_int_equal(deaf.configures, 1);
	assert_true(deaf.is_maximized);
	client_disconnect(&client);
}

/* A serial counts once, and takes those before it along. */
static void a_configure_is_acknowledged_once(void **state)
{
	for (int again = 0; again < 2; again++) {
		struct client client;
		struct deaf deaf = {0};
		uint32_t first;

		client_connect(&client, *state, NULL);
		struct wl_surface *surface = wl_compositor_create_surface(client.compositor);
		struct xdg_surface *xdg_surface =
			xdg_wm_base_get_xdg_surface(client.shell, surface);
		struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(xdg_surface);
		xdg_surface_add_listener(xdg_surface, &deaf_surface_listener, &deaf);
		wl_surface_commit(surface);
		client_sync(&client);
		client_sync(&client);
		first = deaf.serial;
		xdg_toplevel_set_maximized(toplevel);
		client_sync(&client);
		client_sync(&client);
		assert_int_not_equal(first, deaf.serial);
		xdg_surface_ack_configure(xdg_surface, deaf.serial);
		client_sync(&client);
		xdg_surface_ack_configure(xdg_surface, again ? deaf.serial : first);
		client_expect_error(
			&client, &xdg_surface_interface, XDG_SURFACE_ERROR_INVALID_SERIAL);
		client_disconnect(&client);
	}
}

static void a_pool_cut_short_ends_its_client_alone(void **state)
{
	struct client bystander, client;
	struct window window;
	const int fd = memfd_create("hostile", MFD_CLOEXEC);

	client_connect(&bystander, *state, NULL);
	client_connect(&client, *state, NULL);
	window_open(&window, &client, 200, 100, GREEN);
	assert_int_equal(ftruncate(fd, 400 * 400 * 4), 0);

	struct wl_shm_pool *pool = wl_shm_create_pool(client.shm, fd, 400 * 400 * 4);
	struct wl_buffer *buffer =
		wl_shm_pool_create_buffer(pool, 0, 400, 400, 1600, WL_SHM_FORMAT_ARGB8888);
	client_sync(&client);
	assert_int_equal(ftruncate(fd, 4096), 0);
	wl_surface_attach(window.surface, buffer, 0, 0);
	wl_surface_damage(window.surface, 0, 0, 400, 400);
	wl_surface_commit(window.surface);
	while (wl_display_roundtrip(client.display) >= 0)
		continue;
	client_disconnect(&client);
	client_sync(&bystander);
	client_disconnect(&bystander);
	close(fd);
}

static void objects_may_go_in_any_order(void **state)
{
	struct client client;

	client_connect(&client, *state, NULL);
	for (int order = 0; order < 4; order++) {
		struct window window;
		struct popup popup;

		window_open(&window, &client, 200, 100, GREEN);
		popup_open(&popup, &client, window.xdg_surface,
			popup_positioner(&client, 40, 40, 0, 0), 0);
		popup_draw(&popup, GREEN);

		struct wl_surface *child = new_surface(&client);
		struct wl_subsurface *subsurface = wl_subcompositor_get_subsurface(
			client.subcompositor, child, window.surface);
		wl_surface_attach(child, client_buffer(&client, 10, 10, GREEN), 0, 0);
		wl_surface_commit(child);
		wl_surface_commit(window.surface);
		client_move(&client, 20, 50);
		if (order & 1)
			wl_surface_destroy(child);
		if (order & 2)
			wl_surface_destroy(window.surface);
		client_sync(&client);
		wl_subsurface_destroy(subsurface);
		wl_surface_destroy(popup.surface);
		xdg_toplevel_destroy(window.toplevel);
		xdg_surface_destroy(window.xdg_surface);
		client_sync(&client);
		xdg_popup_destroy(popup.popup);
		xdg_surface_destroy(popup.xdg_surface);
		if (!(order & 2))
			wl_surface_destroy(window.surface);
		if (!(order & 1))
			wl_surface_destroy(child);
		client_sync(&client);
	}
	client_disconnect(&client);
}

#define ON_A_SERVER(test) cmocka_unit_test_setup_teardown(test, server_setup, server_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SERVER(each_fault_ends_its_client_and_no_other),
		ON_A_SERVER(a_guest_holds_so_many_pixels_and_no_more),
		ON_A_SERVER(configures_that_nobody_answers_are_held_back),
		ON_A_SERVER(a_configure_is_acknowledged_once),
		ON_A_SERVER(a_pool_cut_short_ends_its_client_alone),
		ON_A_SERVER(objects_may_go_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

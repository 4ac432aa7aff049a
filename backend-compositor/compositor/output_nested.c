/* SPDX-License-Identifier: MIT */
/*
 * An output that is a window in another Wayland compositor. That compositor's frame callback is
 * the second half of the clock: while it shows nothing of us, nothing is drawn.
 *
 * Its connection is read on our one event loop. EGL reads it too, on a queue of its own, so events
 * are always taken by prepare_read.
 */
#include "nested_window.h"

#include <stdlib.h>
#include <string.h>
#include <EGL/eglext.h>

#include "base/log.h"
#include "seat.h"
#include "server.h"
#include "window.h"
#include "xdg-decoration-unstable-v1-client-protocol.h"
#include "xdg-shell-client-protocol.h"

static struct xg_nested *nested_of(struct xg_output *output)
{
	struct xg_nested *nested = wl_container_of(output, nested, output);

	return nested;
}

static void lose_connection(struct xg_nested *nested)
{
	if (nested->output.server->has_failed)
		return;
	xg_log(XG_LOG_ERROR, "nested", "the compositor around this one has gone");
	wl_event_source_fd_update(nested->source, 0);
	nested->output.server->has_failed = true;
	wl_display_terminate(nested->output.server->display);
}

static void handle_frame(void *data, struct wl_callback *callback, uint32_t time)
{
	struct xg_nested *nested = data;

	wl_callback_destroy(callback);
	nested->frame = NULL;
	xg_output_presented(&nested->output);
}

static const struct wl_callback_listener frame_listener = {.done = handle_frame};

static bool present(struct xg_output *output, const pixman_region32_t *damage)
{
	struct xg_nested *nested = nested_of(output);
	struct xg_renderer *renderer = output->server->renderer;

	nested->frame = wl_surface_frame(nested->surface);
	wl_callback_add_listener(nested->frame, &frame_listener, nested);
	if (xg_renderer_make_current(renderer, nested->egl_surface)) {
		xg_renderer_show(renderer, &output->canvas);
		eglSwapBuffers(xg_renderer_display(renderer), nested->egl_surface);
	}
	xg_renderer_make_current(renderer, EGL_NO_SURFACE);
	wl_display_flush(nested->display);
	return false;
}

static void destroy_objects(struct xg_nested *nested)
{
	if (nested->frame)
		wl_callback_destroy(nested->frame);
	xg_nested_release_seat(nested);
	if (nested->window)
		wl_egl_window_destroy(nested->window);
	if (nested->decoration)
		zxdg_toplevel_decoration_v1_destroy(nested->decoration);
	if (nested->toplevel)
		xdg_toplevel_destroy(nested->toplevel);
	if (nested->xdg_surface)
		xdg_surface_destroy(nested->xdg_surface);
	if (nested->surface)
		wl_surface_destroy(nested->surface);
	if (nested->decorations)
		zxdg_decoration_manager_v1_destroy(nested->decorations);
	if (nested->shell)
		xdg_wm_base_destroy(nested->shell);
	if (nested->compositor)
		wl_compositor_destroy(nested->compositor);
	wl_registry_destroy(nested->registry);
}

/* EGL goes before the connection that it draws to. */
static void disconnect(struct xg_nested *nested, struct xg_server *server)
{
	if (nested->egl_surface != EGL_NO_SURFACE)
		eglDestroySurface(xg_renderer_display(server->renderer), nested->egl_surface);
	destroy_objects(nested);
	xg_renderer_destroy(server->renderer);
	server->renderer = NULL;
	wl_display_disconnect(nested->display);
}

static void destroy(struct xg_output *output)
{
	struct xg_nested *nested = nested_of(output);

	wl_event_source_remove(nested->source);
	xg_output_finish(output);
	disconnect(nested, output->server);
	free(nested);
}

static const struct xg_output_impl nested_impl = {
	.name = "NESTED-1",
	.present = present,
	.destroy = destroy,
};

/* Dispatches what has come, and leaves the connection ready to sleep on. */
static int handle_readable(int fd, uint32_t mask, void *data)
{
	struct xg_nested *nested = data;
	struct wl_display *display = nested->display;

	/* After an error events may be left that are never dispatched. */
	while (wl_display_prepare_read(display) != 0) {
		if (wl_display_dispatch_pending(display) < 0) {
			lose_connection(nested);
			return 0;
		}
	}
	if (mask & (WL_EVENT_READABLE | WL_EVENT_HANGUP | WL_EVENT_ERROR))
		wl_display_read_events(display);
	else
		wl_display_cancel_read(display);
	wl_display_dispatch_pending(display);
	wl_display_flush(display);
	if (wl_display_get_error(display))
		lose_connection(nested);
	return 0;
}

static void handle_ping(void *data, struct xdg_wm_base *shell, uint32_t serial)
{
	xdg_wm_base_pong(shell, serial);
}

static const struct xdg_wm_base_listener shell_listener = {.ping = handle_ping};

static void handle_surface_configure(void *data, struct xdg_surface *surface, uint32_t serial)
{
	struct xg_nested *nested = data;
	struct xg_output *output = &nested->output;
	const int32_t width = nested->wanted_width, height = nested->wanted_height;

	xdg_surface_ack_configure(surface, serial);
	nested->is_configured = true;
	if (width <= 0 || height <= 0 || (width == output->width && height == output->height))
		return;
	/* Before the output is made, this only says how large it is to be. */
	if (!output->impl) {
		output->width = width;
		output->height = height;
	} else if (xg_output_resize(output, width, height)) {
		wl_egl_window_resize(nested->window, width, height, 0, 0);
		xg_windows_handle_output(output->server);
	}
}

static const struct xdg_surface_listener surface_listener = {.configure = handle_surface_configure};

static void handle_toplevel_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
	struct xg_nested *nested = data;

	nested->wanted_width = width;
	nested->wanted_height = height;
}

static void handle_toplevel_close(void *data, struct xdg_toplevel *toplevel)
{
	struct xg_nested *nested = data;

	wl_display_terminate(nested->output.server->display);
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = handle_toplevel_configure,
	.close = handle_toplevel_close,
};

static uint32_t at_most(uint32_t version, uint32_t most)
{
	return version < most ? version : most;
}

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct xg_nested *nested = data;

	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		nested->compositor = wl_registry_bind(
			registry, name, &wl_compositor_interface, at_most(version, 4));
	} else if (strcmp(interface, xdg_wm_base_interface.name) == 0) {
		nested->shell = wl_registry_bind(registry, name, &xdg_wm_base_interface, 1);
	} else if (strcmp(interface, zxdg_decoration_manager_v1_interface.name) == 0) {
		nested->decorations =
			wl_registry_bind(registry, name, &zxdg_decoration_manager_v1_interface, 1);
	} else if (strcmp(interface, wl_seat_interface.name) == 0 && !nested->seat &&
		   version >= 5) {
		nested->seat =
			wl_registry_bind(registry, name, &wl_seat_interface, at_most(version, 7));
		xg_nested_listen_to_seat(nested);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

static bool bind_globals(struct xg_nested *nested)
{
	nested->registry = wl_display_get_registry(nested->display);
	wl_registry_add_listener(nested->registry, &registry_listener, nested);
	wl_display_roundtrip(nested->display);
	if (nested->compositor && nested->shell)
		return true;
	xg_log(XG_LOG_ERROR, "nested", "the compositor around this one has no xdg_wm_base");
	return false;
}

/* Makes the window, and waits until it may be drawn to. */
static bool open_window(struct xg_nested *nested)
{
	xdg_wm_base_add_listener(nested->shell, &shell_listener, nested);
	nested->surface = wl_compositor_create_surface(nested->compositor);
	nested->xdg_surface = xdg_wm_base_get_xdg_surface(nested->shell, nested->surface);
	xdg_surface_add_listener(nested->xdg_surface, &surface_listener, nested);
	nested->toplevel = xdg_surface_get_toplevel(nested->xdg_surface);
	xdg_toplevel_add_listener(nested->toplevel, &toplevel_listener, nested);
	xdg_toplevel_set_title(nested->toplevel, "xenglass");
	xdg_toplevel_set_app_id(nested->toplevel, "xenglass-compositor");
	if (nested->decorations) {
		nested->decoration = zxdg_decoration_manager_v1_get_toplevel_decoration(
			nested->decorations, nested->toplevel);
		zxdg_toplevel_decoration_v1_set_mode(
			nested->decoration, ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
	}
	wl_surface_commit(nested->surface);
	while (!nested->is_configured) {
		if (wl_display_dispatch(nested->display) < 0) {
			xg_log(XG_LOG_ERROR, "nested", "the compositor around this one has gone");
			return false;
		}
	}
	return true;
}

static bool create_egl_surface(struct xg_nested *nested, struct xg_server *server)
{
	const struct xg_output *output = &nested->output;

	server->renderer = xg_renderer_create(EGL_PLATFORM_WAYLAND_EXT, nested->display, true);
	if (!server->renderer)
		return false;
	nested->window = wl_egl_window_create(nested->surface, output->width, output->height);
	if (nested->window)
		nested->egl_surface =
			eglCreatePlatformWindowSurface(xg_renderer_display(server->renderer),
				xg_renderer_config(server->renderer), nested->window, NULL);
	if (nested->egl_surface == EGL_NO_SURFACE ||
		!xg_renderer_make_current(server->renderer, nested->egl_surface)) {
		xg_log(XG_LOG_ERROR, "nested", "no EGL surface for the window (EGL error 0x%x)",
			(unsigned)eglGetError());
		return false;
	}
	/* The frame callback paces us, not the swap. */
	eglSwapInterval(xg_renderer_display(server->renderer), 0);
	return xg_renderer_make_current(server->renderer, EGL_NO_SURFACE);
}

static bool begin(struct xg_nested *nested, struct xg_server *server, int32_t refresh_mhz)
{
	struct xg_output *output = &nested->output;

	if (!bind_globals(nested) || !open_window(nested) || !create_egl_surface(nested, server) ||
		!xg_output_init(
			output, server, &nested_impl, output->width, output->height, refresh_mhz))
		return false;
	if (!nested->seat)
		xg_seat_set_capabilities(server->seat, 0);
	nested->source = wl_event_loop_add_fd(server->loop, wl_display_get_fd(nested->display),
		WL_EVENT_READABLE, handle_readable, nested);
	if (!nested->source)
		abort();
	/* Asks to be called once more before each sleep: EGL may have read our events. */
	wl_event_source_check(nested->source);
	wl_display_flush(nested->display);
	return true;
}

struct xg_output *xg_output_nested_create(
	struct xg_server *server, int32_t width, int32_t height, int32_t refresh_mhz)
{
	struct xg_nested *nested = calloc(1, sizeof(*nested));

	if (!nested)
		return NULL;
	nested->output.server = server;
	nested->output.width = width;
	nested->output.height = height;
	nested->egl_surface = EGL_NO_SURFACE;
	nested->display = wl_display_connect(NULL);
	if (!nested->display) {
		xg_log(XG_LOG_ERROR, "nested",
			"no compositor to nest in (WAYLAND_DISPLAY=%s): start in one, or use "
			"--headless WxH",
			getenv("WAYLAND_DISPLAY") ? getenv("WAYLAND_DISPLAY") : "");
		free(nested);
		return NULL;
	}
	if (begin(nested, server, refresh_mhz))
		return &nested->output;
	disconnect(nested, server);
	free(nested);
	return NULL;
}

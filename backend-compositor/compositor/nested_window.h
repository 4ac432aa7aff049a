/* SPDX-License-Identifier: MIT */
/* What output_nested.c and nested_input.c share: our window in another compositor. */
#ifndef XG_COMPOSITOR_NESTED_WINDOW_H
#define XG_COMPOSITOR_NESTED_WINDOW_H

#include <stdbool.h>
#include <EGL/egl.h>
#include <wayland-client-core.h>
#include <wayland-client-protocol.h>
#include <wayland-egl-core.h>
#include <wayland-server-core.h>

#include "output.h"

struct xdg_surface;
struct xdg_toplevel;
struct xdg_wm_base;
struct zxdg_decoration_manager_v1;
struct zxdg_toplevel_decoration_v1;

struct xg_nested {
	struct xg_output output;
	struct wl_event_source *source; /* the other compositor's connection */
	bool is_configured;
	/* As the other compositor wants it, from the next ack on; 0: as it was. */
	int32_t wanted_width, wanted_height;

	struct wl_display *display;
	struct wl_registry *registry;
	struct wl_compositor *compositor;
	struct xdg_wm_base *shell;
	struct zxdg_decoration_manager_v1 *decorations;
	struct zxdg_toplevel_decoration_v1 *decoration;
	struct wl_surface *surface;
	struct xdg_surface *xdg_surface;
	struct xdg_toplevel *toplevel;
	struct wl_egl_window *window;
	struct wl_callback *frame; /* NULL when none is waited for */
	EGLSurface egl_surface;

	struct wl_seat *seat;
	struct wl_pointer *pointer;
	struct wl_keyboard *keyboard;
	struct wl_touch *touch;
	uint32_t axis_source;
	int32_t discrete[2]; /* by axis, since the last wl_pointer.frame */
};

/*
 * Listens to the other compositor's seat: from the moment it is bound, since it tells at once what
 * devices it has.
 */
void xg_nested_listen_to_seat(struct xg_nested *nested);
void xg_nested_release_seat(struct xg_nested *nested);

#endif

/* SPDX-License-Identifier: MIT */
/* See toplevel.h. */
#include "toplevel.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <wayland-client.h>

#include "xdg-shell-client-protocol.h"

struct toplevel {
	struct wl_display *display;
	struct wl_registry *registry;
	struct wl_compositor *compositor;
	struct xdg_wm_base *shell;
	struct wl_surface *surface;
	struct xdg_surface *role;
	struct xdg_toplevel *toplevel;
	bool is_configured;
};

static void handle_ping(void *data, struct xdg_wm_base *shell, uint32_t serial)
{
	xdg_wm_base_pong(shell, serial);
}

static const struct xdg_wm_base_listener shell_listener = {.ping = handle_ping};

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct toplevel *self = data;

	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		self->compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 4);
	} else if (strcmp(interface, xdg_wm_base_interface.name) == 0) {
		self->shell = wl_registry_bind(registry, name, &xdg_wm_base_interface, 1);
		xdg_wm_base_add_listener(self->shell, &shell_listener, self);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

static void handle_role_configure(void *data, struct xdg_surface *role, uint32_t serial)
{
	struct toplevel *self = data;

	xdg_surface_ack_configure(role, serial);
	self->is_configured = true;
}

static const struct xdg_surface_listener role_listener = {.configure = handle_role_configure};

static void handle_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
}

static void handle_close(void *data, struct xdg_toplevel *toplevel)
{
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = handle_configure,
	.close = handle_close,
};

struct toplevel *toplevel_create(struct wl_display *display)
{
	struct toplevel *self = calloc(1, sizeof(*self));

	self->display = display;
	self->registry = wl_display_get_registry(display);
	wl_registry_add_listener(self->registry, &registry_listener, self);
	wl_display_roundtrip(display);
	if (!self->compositor || !self->shell) {
		free(self);
		return NULL;
	}
	self->surface = wl_compositor_create_surface(self->compositor);
	self->role = xdg_wm_base_get_xdg_surface(self->shell, self->surface);
	xdg_surface_add_listener(self->role, &role_listener, self);
	self->toplevel = xdg_surface_get_toplevel(self->role);
	xdg_toplevel_add_listener(self->toplevel, &toplevel_listener, self);
	xdg_toplevel_set_title(self->toplevel, "window");
	wl_surface_commit(self->surface);
	while (!self->is_configured && wl_display_dispatch(display) >= 0)
		;
	return self;
}

void toplevel_destroy(struct toplevel *self)
{
	xdg_toplevel_destroy(self->toplevel);
	xdg_surface_destroy(self->role);
	wl_surface_destroy(self->surface);
	xdg_wm_base_destroy(self->shell);
	wl_compositor_destroy(self->compositor);
	wl_registry_destroy(self->registry);
	wl_display_roundtrip(self->display);
	free(self);
}

struct wl_surface *toplevel_surface(struct toplevel *self)
{
	return self->surface;
}

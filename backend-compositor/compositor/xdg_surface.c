/* SPDX-License-Identifier: MIT */
/* See xdg_surface.h. */
#include "xdg_surface.h"

#include <stdlib.h>
#include <string.h>

#include "server.h"
#include "surface.h"
#include "xdg-shell-server-protocol.h"
#include "xdg_popup.h"
#include "xdg_shell.h"
#include "xdg_toplevel.h"

/* A client that answers fewer gets no more until it does, and then only how things are now. */
#define MAX_UNANSWERED 32

static void send_configure(void *data)
{
	struct xg_xdg_surface *xdg = data;

	xdg->configure_idle = NULL;
	if (!xdg->role_data)
		return;

	xdg->is_configure_owed = xdg->serials.size >= MAX_UNANSWERED * sizeof(uint32_t);
	if (xdg->is_configure_owed)
		return;

	uint32_t *serial = wl_array_add(&xdg->serials, sizeof(*serial));
	if (!serial)
		abort();
	*serial = wl_display_next_serial(xdg->surface->server->display);
	xdg->role->configure(xdg);
	xdg_surface_send_configure(xdg->resource, *serial);
}

void xg_xdg_surface_schedule_configure(struct xg_xdg_surface *xdg)
{
	if (xdg->is_initialized && !xdg->configure_idle)
		xdg->configure_idle =
			wl_event_loop_add_idle(xdg->surface->server->loop, send_configure, xdg);
}

static void cancel_configure(struct xg_xdg_surface *xdg)
{
	if (xdg->configure_idle)
		wl_event_source_remove(xdg->configure_idle);
	xdg->configure_idle = NULL;
	xdg->serials.size = 0;
	xdg->is_configure_owed = false;
}

static void unmap(struct xg_xdg_surface *xdg)
{
	if (xdg->is_mapped && xdg->role_data)
		xdg->role->unmap(xdg);
	xdg->is_mapped = false;
}

static bool check_commit(struct xg_surface *surface)
{
	struct xg_xdg_surface *xdg = surface->role_data;

	if (!xdg->role_data) {
		wl_resource_post_error(xdg->resource, XDG_SURFACE_ERROR_NOT_CONSTRUCTED,
			"commit before the xdg_surface became a toplevel or popup");
		return false;
	}
	if (surface->pending.buffer.resource && !xdg->is_configured &&
		!surface->server->takes_unconfigured_buffers) {
		wl_resource_post_error(xdg->resource, XDG_SURFACE_ERROR_UNCONFIGURED_BUFFER,
			"a buffer before the first configure was acknowledged");
		return false;
	}
	return true;
}

static void update_geometry(struct xg_xdg_surface *xdg)
{
	const struct xg_box extents = xg_surface_extents(xdg->surface);

	xdg->geometry = extents;
	if (xdg->has_geometry)
		xdg->geometry = xg_box_intersect(&extents, &xdg->wanted_geometry);
	if (xg_box_is_empty(&xdg->geometry))
		xdg->geometry = extents;
}

static void handle_applied(struct xg_surface *surface, int32_t dx, int32_t dy)
{
	struct xg_xdg_surface *xdg = surface->role_data;

	if (!xdg->role_data)
		return;
	if (!surface->texture && xdg->is_mapped) {
		/* Back to where it was before its first commit (xdg_surface, "unmapped"). */
		unmap(xdg);
		cancel_configure(xdg);
		xdg->is_initialized = xdg->is_configured = false;
		return;
	}
	if (!xdg->is_initialized) {
		/* At once: a client that waits for a wl_display.sync then has it. */
		xdg->is_initialized = true;
		send_configure(xdg);
	}
	update_geometry(xdg);
	xdg->role->applied(xdg);
	if (surface->texture && !xdg->is_mapped) {
		xdg->is_mapped = true;
		xdg->role->map(xdg);
	}
}

static void detach(struct xg_xdg_surface *xdg)
{
	unmap(xdg);
	cancel_configure(xdg);
	if (xdg->role_data)
		xdg->role->orphan(xdg);
	xdg->role_data = NULL;
	xdg->surface->role_data = NULL;
	wl_signal_emit(&xdg->destroyed, xdg);
	wl_list_remove(&xdg->link);
	wl_array_release(&xdg->serials);
	wl_resource_set_user_data(xdg->resource, NULL);
	free(xdg);
}

static void handle_surface_destroyed(struct xg_surface *surface)
{
	detach(surface->role_data);
}

static const struct xg_surface_role xdg_surface_role = {
	.name = "xdg_surface",
	.check = check_commit,
	.applied = handle_applied,
	.surface_destroyed = handle_surface_destroyed,
};

struct xg_xdg_surface *xg_xdg_surface_of(const struct xg_surface *surface)
{
	return surface && surface->role == &xdg_surface_role ? surface->role_data : NULL;
}

void xg_xdg_surface_drop_role(struct xg_xdg_surface *xdg)
{
	unmap(xdg);
	cancel_configure(xdg);
	xdg->role_data = NULL;
	xdg->is_initialized = xdg->is_configured = false;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	struct xg_xdg_surface *xdg = wl_resource_get_user_data(resource);

	if (xdg && xdg->role_data) {
		wl_resource_post_error(resource, XDG_SURFACE_ERROR_DEFUNCT_ROLE_OBJECT,
			"xdg_surface destroyed before its role object");
		return;
	}
	wl_resource_destroy(resource);
}

/* Whether the xdg_surface may become that; posts a protocol error if not. */
static bool may_become(struct xg_xdg_surface *xdg, const struct xg_xdg_role *role)
{
	if (!xdg->role_data && (!xdg->role || xdg->role == role))
		return true;
	wl_resource_post_error(xdg->resource, XDG_SURFACE_ERROR_ALREADY_CONSTRUCTED,
		"the xdg_surface has a role object, or had one of another kind");
	return false;
}

static void handle_get_toplevel(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct xg_xdg_surface *xdg = wl_resource_get_user_data(resource);

	if (xdg && may_become(xdg, &xg_toplevel_role))
		xg_toplevel_create(xdg, id);
}

static void handle_get_popup(struct wl_client *client, struct wl_resource *resource, uint32_t id,
	struct wl_resource *parent, struct wl_resource *positioner)
{
	struct xg_xdg_surface *xdg = wl_resource_get_user_data(resource);

	if (xdg && may_become(xdg, &xg_popup_role))
		xg_popup_create(xdg, id, parent ? wl_resource_get_user_data(parent) : NULL,
			wl_resource_get_user_data(positioner));
}

static void handle_set_window_geometry(struct wl_client *client, struct wl_resource *resource,
	int32_t x, int32_t y, int32_t width, int32_t height)
{
	struct xg_xdg_surface *xdg = wl_resource_get_user_data(resource);

	if (!xdg)
		return;
	if (!xdg->role_data) {
		wl_resource_post_error(resource, XDG_SURFACE_ERROR_NOT_CONSTRUCTED,
			"a window geometry before a role object");
		return;
	}
	if (width <= 0 || height <= 0) {
		wl_resource_post_error(resource, XDG_SURFACE_ERROR_INVALID_SIZE,
			"a window geometry of %d × %d", width, height);
		return;
	}
	xdg->wanted_geometry = (struct xg_box){x, y, width, height};
	xdg->has_geometry = true;
}

static void handle_ack_configure(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial)
{
	struct xg_xdg_surface *xdg = wl_resource_get_user_data(resource);

	if (!xdg)
		return;
	if (!xdg->role_data) {
		wl_resource_post_error(resource, XDG_SURFACE_ERROR_NOT_CONSTRUCTED,
			"ack_configure before a role object");
		return;
	}

	uint32_t *const serials = xdg->serials.data;
	const size_t count = xdg->serials.size / sizeof(*serials);
	for (size_t i = 0; i < count; i++) {
		if (serials[i] != serial)
			continue;
		/* What was sent before is answered with it. */
		xdg->serials.size = (count - i - 1) * sizeof(*serials);
		memmove(serials, serials + i + 1, xdg->serials.size);
		xdg->is_configured = true;
		if (xdg->is_configure_owed)
			xg_xdg_surface_schedule_configure(xdg);
		return;
	}
	wl_resource_post_error(resource, XDG_SURFACE_ERROR_INVALID_SERIAL,
		"serial %u is of no configure that waits for an answer", serial);
}

static const struct xdg_surface_interface implementation = {
	.destroy = handle_destroy,
	.get_toplevel = handle_get_toplevel,
	.get_popup = handle_get_popup,
	.set_window_geometry = handle_set_window_geometry,
	.ack_configure = handle_ack_configure,
};

static void handle_resource_destroyed(struct wl_resource *resource)
{
	struct xg_xdg_surface *xdg = wl_resource_get_user_data(resource);

	if (xdg)
		detach(xdg);
}

void xg_xdg_surface_create(struct xg_xdg_base *base, struct xg_surface *surface, uint32_t id)
{
	struct wl_client *client = wl_resource_get_client(base->resource);
	struct xg_xdg_surface *xdg;

	if (!surface->role_data && (surface->texture || surface->pending.buffer.resource)) {
		wl_resource_post_error(base->resource, XDG_WM_BASE_ERROR_INVALID_SURFACE_STATE,
			"wl_surface@%u has a buffer already",
			wl_resource_get_id(surface->resource));
		return;
	}
	xdg = calloc(1, sizeof(*xdg));
	if (!xdg) {
		wl_resource_post_no_memory(base->resource);
		return;
	}
	if (!xg_surface_set_role(
		    surface, &xdg_surface_role, xdg, base->resource, XDG_WM_BASE_ERROR_ROLE)) {
		free(xdg);
		return;
	}
	xdg->resource = wl_resource_create(
		client, &xdg_surface_interface, wl_resource_get_version(base->resource), id);
	if (!xdg->resource) {
		surface->role_data = NULL;
		free(xdg);
		wl_resource_post_no_memory(base->resource);
		return;
	}
	xdg->base = base;
	xdg->surface = surface;
	wl_array_init(&xdg->serials);
	wl_signal_init(&xdg->destroyed);
	wl_list_insert(&base->surfaces, &xdg->link);
	wl_resource_set_implementation(
		xdg->resource, &implementation, xdg, handle_resource_destroyed);
}

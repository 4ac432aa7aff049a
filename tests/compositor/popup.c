/* SPDX-License-Identifier: MIT */
/* See popup.h. */
#include "popup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void handle_configure(void *data, struct xdg_surface *xdg_surface, uint32_t serial)
{
	struct popup *popup = data;

	popup->is_configured = true;
	xdg_surface_ack_configure(xdg_surface, serial);
}

static const struct xdg_surface_listener surface_listener = {.configure = handle_configure};

static void handle_popup_configure(void *data, struct xdg_popup *xdg_popup, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	struct popup *popup = data;

	popup->x = x;
	popup->y = y;
	popup->width = width;
	popup->height = height;
}

static void handle_done(void *data, struct xdg_popup *xdg_popup)
{
	struct popup *popup = data;

	popup->is_done = true;
}

static void handle_repositioned(void *data, struct xdg_popup *xdg_popup, uint32_t token)
{
}

static const struct xdg_popup_listener popup_listener = {
	.configure = handle_popup_configure,
	.popup_done = handle_done,
	.repositioned = handle_repositioned,
};

struct xdg_positioner *popup_positioner(
	struct client *client, int32_t width, int32_t height, int32_t x, int32_t y)
{
	struct xdg_positioner *positioner = xdg_wm_base_create_positioner(client->shell);

	xdg_positioner_set_size(positioner, width, height);
	xdg_positioner_set_anchor_rect(positioner, x, y, 1, 1);
	xdg_positioner_set_anchor(positioner, XDG_POSITIONER_ANCHOR_TOP_LEFT);
	xdg_positioner_set_gravity(positioner, XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT);
	return positioner;
}

void popup_open(struct popup *popup, struct client *client, struct xdg_surface *parent,
	struct xdg_positioner *positioner, uint32_t grab_serial)
{
	*popup = (struct popup){.client = client};
	popup->surface = wl_compositor_create_surface(client->compositor);
	popup->xdg_surface = xdg_wm_base_get_xdg_surface(client->shell, popup->surface);
	xdg_surface_add_listener(popup->xdg_surface, &surface_listener, popup);
	popup->popup = xdg_surface_get_popup(popup->xdg_surface, parent, positioner);
	xdg_popup_add_listener(popup->popup, &popup_listener, popup);
	if (grab_serial)
		xdg_popup_grab(popup->popup, client->seat, grab_serial);
	wl_surface_commit(popup->surface);
	client_sync(client);
	client_sync(client);
	assert_true(popup->is_configured);
}

void popup_draw(struct popup *popup, uint32_t colour)
{
	wl_surface_attach(popup->surface,
		client_buffer(popup->client, popup->width, popup->height, colour), 0, 0);
	surface_show(popup->client, popup->surface);
	client_sync(popup->client);
}

void popup_close(struct popup *popup, struct client *client)
{
	xdg_popup_destroy(popup->popup);
	xdg_surface_destroy(popup->xdg_surface);
	wl_surface_destroy(popup->surface);
	client_sync(client);
}

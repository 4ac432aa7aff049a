/* SPDX-License-Identifier: MIT */
/* A client's popup; like client.h's windows. */
#ifndef TEST_COMPOSITOR_POPUP_H
#define TEST_COMPOSITOR_POPUP_H

#include <stdbool.h>
#include <stdint.h>

#include "client.h"

struct popup {
	struct client *client;
	struct wl_surface *surface;
	struct xdg_surface *xdg_surface;
	struct xdg_popup *popup;
	/* From the last configure. */
	int32_t x, y, width, height;
	bool is_configured, is_done;
};

/* A rule for a popup of that size, to the right and below of a pixel of the parent at x, y. */
struct xdg_positioner *popup_positioner(
	struct client *client, int32_t width, int32_t height, int32_t x, int32_t y);

/* Makes a popup up to its first configure, with a grab if grab_serial is not 0. */
void popup_open(struct popup *popup, struct client *client, struct xdg_surface *parent,
	struct xdg_positioner *positioner, uint32_t grab_serial);

/* Shows it, in the size it was told. */
void popup_draw(struct popup *popup, uint32_t colour);
void popup_close(struct popup *popup, struct client *client);

#endif

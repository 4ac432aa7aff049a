/* SPDX-License-Identifier: MIT */
/*
 * wl_data_device_manager: clipboard and drag and drop. Each guest has a clipboard of its own, and
 * a drag begun by one is invisible to the others.
 */
#ifndef XG_COMPOSITOR_DATA_DEVICE_H
#define XG_COMPOSITOR_DATA_DEVICE_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_seat;
struct xg_server;

bool xg_data_device_init(struct xg_server *server);

/* Tells the client what its guest's clipboard holds; it is about to get the keyboard. */
void xg_data_device_send_selection(struct xg_seat *seat, struct wl_client *client);

#endif

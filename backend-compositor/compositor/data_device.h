/* SPDX-License-Identifier: MIT */
/*
 * wl_data_device_manager: clipboard and drag and drop. Each guest has a clipboard of its own. What
 * is copied in one that may copy comes into the clipboards of those that may paste, too. A drag
 * begun by one guest is invisible to the others.
 */
#ifndef XG_COMPOSITOR_DATA_DEVICE_H
#define XG_COMPOSITOR_DATA_DEVICE_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct xg_guest;
struct xg_seat;
struct xg_server;

bool xg_data_device_init(struct xg_server *server);

/* An empty clipboard. Before the guest goes, selection_destroyed must be taken off its list. */
void xg_data_device_init_guest(struct xg_guest *guest);

/* Tells the client what its guest's clipboard holds; it is about to get the keyboard. */
void xg_data_device_send_selection(struct xg_seat *seat, struct wl_client *client);

#endif

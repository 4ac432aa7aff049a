/* SPDX-License-Identifier: MIT */
/*
 * The jail's only door: a process outside that does nothing but connect to the compositor's socket
 * and hand the connection in, and the same with event channels of the guest. Without it the jailed
 * process would have to be able to connect to any Unix socket of the user's, some of which run
 * programs for whoever asks, and to any domain's event channels.
 */
#ifndef XG_HOST_DOOR_H
#define XG_HOST_DOOR_H

#include <stdbool.h>
#include <stdint.h>

struct xg_door_setup {
	const char *wayland; /* the compositor's socket, or NULL */
	bool has_domain;     /* the guest is another domain of Xen: this */
	uint16_t domain;
};

/*
 * Forks the process, which is told now what it may open, and never again. Somebody must listen at
 * the compositor's socket now: one connection shows it. The process holds no other descriptor of
 * ours and ends when *fd is closed or we die. Before any thread and before what is not to be
 * inherited. False with errno set.
 */
bool xg_door_open(const struct xg_door_setup *setup, int *fd);

/* A new connection, close-on-exec; -1 with errno set. One thread; waits for the answer. */
int xg_door_connect(int fd);

/* The same, for a descriptor of /dev/xen/evtchn that binds nothing but that domain's channels. */
int xg_door_open_event_channel(int fd);

#endif

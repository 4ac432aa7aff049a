/* SPDX-License-Identifier: MIT */
/*
 * Who a client is. Each guest has a name, a colour and sockets of its own to listen on; a client
 * belongs to the guest whose socket it came by, for as long as it lives. Nothing that a client
 * sends can change that. Who comes by the ordinary socket is "dom0".
 */
#ifndef XG_COMPOSITOR_GUEST_H
#define XG_COMPOSITOR_GUEST_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#define XG_GUEST_NAME_MAX 31

struct xg_data_source;
struct xg_server;

struct xg_guest {
	struct xg_server *server;
	struct wl_list link; /* xg_server.guests */
	char name[XG_GUEST_NAME_MAX + 1];
	float rgb[3];
	struct wl_list clients; /* struct xg_client.link, of guest.c */
	/* Its clipboard: what was last copied by it, or by another that this may paste from. */
	struct xg_data_source *selection;
	struct wl_listener selection_destroyed;
	bool may_copy, may_paste; /* to, and from, other guests that may do the other */
	/* What its surfaces' textures hold. */
	uint64_t pixel_bytes;
	/* The socket, -1 for none; path is "" unless the file is ours to remove. */
	int listen_fd;
	char path[108];
	struct wl_event_source *listening;
};

/*
 * Makes a guest without a socket. The name has 1 to XG_GUEST_NAME_MAX letters, digits, '.', '_' or
 * '-', and rgb reads RRGGBB. NULL, with *problem set to a phrase, if it is not so or the name is
 * taken.
 */
struct xg_guest *xg_guest_create(
	struct xg_server *server, const char *name, const char *rgb, const char **problem);

/*
 * What its clipboard shares with those of others: "no", which is so from the start, "copy" (what is
 * copied in it can be pasted elsewhere), "paste" (the other way), or "yes". False if it is no such
 * word.
 */
bool xg_guest_set_clipboard(struct xg_guest *guest, const char *word);

/* Disconnects its clients and closes its socket. */
void xg_guest_destroy(struct xg_guest *guest);

/* Accepts clients from a listening socket, which the guest owns from now on, also on failure. */
bool xg_guest_listen_fd(struct xg_guest *guest, int fd);

/* Makes a socket at the path, which must be free, and listens on it. Logs why it could not. */
bool xg_guest_listen_path(struct xg_guest *guest, const char *path);

/* Makes the guest of an option's or message's NAME:RRGGBB:FD-or-PATH. Logs why it could not. */
bool xg_guest_add_from_text(struct xg_server *server, const char *text);

/* The guest of that name, or NULL. */
struct xg_guest *xg_guest_find(struct xg_server *server, const char *name);

/* Whose client it is. Never NULL while the server lives. */
struct xg_guest *xg_guest_of(struct xg_server *server, struct wl_client *client);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The control socket: how a daemon adds and removes guests while the compositor runs.
 *
 * It is a Unix socket of type SOCK_SEQPACKET, for this user alone. One packet is one command, and
 * is answered by one packet, "ok" or "error: …". Its mode is set once it can be connected to, which
 * inotify(7) tells who waits for it (IN_ATTRIB).
 *
 *	guest NAME RRGGBB [CLIPBOARD]
 *			with a listening socket attached (SCM_RIGHTS): whoever connects to that
 *			socket belongs to the guest. CLIPBOARD is a word of xg_guest_set_clipboard.
 *	remove NAME	disconnects the guest's clients and closes its socket
 */
#ifndef XG_COMPOSITOR_CONTROL_H
#define XG_COMPOSITOR_CONTROL_H

struct xg_control;
struct xg_server;

/* Listens at a path, which must be free. NULL after one line in the log. */
struct xg_control *xg_control_create(struct xg_server *server, const char *path);

/* Closes all connections and removes the socket. */
void xg_control_destroy(struct xg_control *control);

#endif

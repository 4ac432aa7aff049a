/* SPDX-License-Identifier: MIT */
/*
 * The socket of xenglassctl: SOCK_SEQPACKET, for the daemon's own user alone. A connection brings
 * one command, "attach DOMAIN", "detach DOMAIN", "list" or "stats GUEST", and gets one answer:
 * "ok\n" and what was asked for, or "error " and a line that says why not. One thread.
 */
#ifndef XG_DAEMON_CONTROL_H
#define XG_DAEMON_CONTROL_H

#define XG_DAEMON_ANSWER_MAX 65536

struct xg_daemon_guest;
struct xg_domains;

/* A socket to wait on, made at path, which must be free; -1 with errno set on failure. */
int xg_daemon_control_listen(const char *path);

/* Takes a connection and answers its command, which is waited for a moment only. domains may be
 * NULL; guests are all that have a host process. */
void xg_daemon_control_dispatch(
	int listen_fd, struct xg_domains *domains, const struct xg_daemon_guest *guests);

#endif

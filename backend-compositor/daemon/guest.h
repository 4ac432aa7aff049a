/* SPDX-License-Identifier: MIT */
/* One guest of the daemon's: its name, its Wayland socket, and the xenglass-host that serves it. */
#ifndef XG_DAEMON_GUEST_H
#define XG_DAEMON_GUEST_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct xg_daemon_options;
struct xg_domain_call;
struct xg_screen;

struct xg_daemon_guest {
	struct xg_daemon_guest *next;
	pid_t host;
	char name[64];
	bool is_domain;		/* of Xen */
	int stats_fd;		/* where the host process is asked what the guest uses */
	char wayland[PATH_MAX]; /* our compositor's socket for it; empty without our compositor */
};

/*
 * Labels the guest that has connected, and starts its host process, which dies with us. link_fd is
 * closed. NULL, with one log line, if that cannot be; the guest then sees its connection closed.
 */
struct xg_daemon_guest *xg_daemon_guest_start(const struct xg_daemon_options *options,
	struct xg_screen *screen, const char *program, unsigned number, int link_fd);

/* The same for a guest that is a domain of Xen. */
struct xg_daemon_guest *xg_daemon_guest_start_domain(const struct xg_daemon_options *options,
	struct xg_screen *screen, const char *program, const struct xg_domain_call *call);

/* The host process has ended with that status of waitpid(2): says so if it crashed, takes the
 * guest from the screen, and frees. */
void xg_daemon_guest_finish(struct xg_daemon_guest *guest, struct xg_screen *screen, int status);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * One guest of a run: its name and colour, its folder with the sockets, the two processes that
 * serve it and the command that runs in it.
 */
#ifndef XG_LOCAL_GUEST_H
#define XG_LOCAL_GUEST_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "runtime.h"

struct xg_guest {
	char name[16];	    /* "guest1", which is also its folder's name */
	const char *colour; /* "rrggbb", of its windows' title bars */
	char folder[XG_RUNTIME_PATH_MAX + 16];
	char link[PATH_MAX];	/* where host and guestd meet */
	char wayland[PATH_MAX]; /* the compositor's socket for this guest */
	char stats[PATH_MAX];	/* the folder where each process leaves its counters */

	pid_t host, guestd, command; /* 0: not started, or ended */
	bool command_ended;
	int command_status; /* of waitpid(2) */
	uint64_t started_ms, ended_ms;
};

/* Names a guest, counted from 0, and makes its folder. Logs why not and returns false. */
bool xg_guest_init(struct xg_guest *guest, unsigned index, const struct xg_runtime *runtime);

/*
 * The environment of the guest's command: ours, with what names a display, a socket or an EGL
 * vendor replaced; without a screen, nothing names a display. The array and its strings are one
 * allocation, the caller's to free. NULL when there is no memory.
 */
char **xg_guest_environment(
	const struct xg_guest *guest, const char *vendor_json, bool with_screen, bool with_stats);

#endif

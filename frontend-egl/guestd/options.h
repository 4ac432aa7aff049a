/* SPDX-License-Identifier: MIT */
/* The command line of xenglass-guestd. */
#ifndef XG_GUESTD_OPTIONS_H
#define XG_GUESTD_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct xg_guestd_options {
	const char *link;	 /* where the host process listens, on this machine */
	bool is_xen;		 /* instead of that */
	uint32_t xen_pages;	 /* granted to the host at most */
	const char *runtime_dir; /* where the sockets for applications go */
	int ready_fd;		 /* -1: none */
};

/*
 * Reads the command line. False if the program is to exit now with *status: after --help and
 * --version, which are written to standard output, and after a mistake, which is told in one line
 * on standard error.
 */
bool xg_guestd_options_read(struct xg_guestd_options *options, int argc, char *argv[], int *status);

#endif

/* SPDX-License-Identifier: MIT */
/* The command line of xenglass-host. */
#ifndef XG_HOST_OPTIONS_H
#define XG_HOST_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "quota.h"

struct xg_host_options {
	const char *listen; /* a path to listen at, or NULL */
	int link_fd;	    /* a connected socket, or -1 */
	bool is_xen; /* instead of both: the guest is a domain of Xen, and this its address */
	uint16_t xen_domain;
	uint32_t xen_ring_ref;
	uint32_t xen_event_channel;
	int stats_fd;	     /* a socket on which someone asks what the guest uses, or -1 */
	int ready_fd;	     /* to write to when the guest can connect, or -1 */
	const char *wayland; /* the compositor's socket, short enough for one; NULL: no windows */
	const char *name;    /* the guest's */
	bool is_jailed;
	struct xg_quota quota;
};

enum xg_host_options_result {
	XG_HOST_OPTIONS_RUN,
	XG_HOST_OPTIONS_DONE,  /* --help or --version was answered */
	XG_HOST_OPTIONS_WRONG, /* one line that says what is wrong was logged */
};

/* Reads the command line; its strings must outlive the options. */
enum xg_host_options_result xg_host_options_parse(
	struct xg_host_options *options, int argc, char **argv);

#endif

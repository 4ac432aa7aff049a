/* SPDX-License-Identifier: MIT */
/* The command line of xenglassd. */
#ifndef XG_DAEMON_OPTIONS_H
#define XG_DAEMON_OPTIONS_H

#include <stdbool.h>

#define XG_DAEMON_QUOTAS_MAX 16

struct xg_daemon_options {
	const char *listen; /* where guests of this machine connect, or NULL */
	const char *policy; /* of the guests that are domains of Xen, or NULL: there are none */
	const char *socket; /* where xenglassctl connects, or NULL */
	const char *runtime_dir; /* for the guests' Wayland sockets */
	const char *control;	 /* our compositor's control socket, or NULL */
	const char *wayland;	 /* another compositor's socket, or NULL */
	const char *name;	 /* a guest is called this and its number */
	const char *colour;	 /* of all guests, or NULL: each another */
	const char *clipboard;	 /* what each guest's shares */
	const char *host;	 /* the program, or NULL: the one beside us */
	unsigned guests_max;
	int ready_fd; /* or -1 */
	const char *quotas[XG_DAEMON_QUOTAS_MAX];
	unsigned quota_count;
};

enum xg_daemon_options_result {
	XG_DAEMON_OPTIONS_RUN,
	XG_DAEMON_OPTIONS_DONE,	 /* --help or --version was answered */
	XG_DAEMON_OPTIONS_WRONG, /* one line that says what is wrong was logged */
};

/* Reads the command line; its strings must outlive the options. */
enum xg_daemon_options_result xg_daemon_options_parse(
	struct xg_daemon_options *options, int argc, char **argv);

/* A guest's name or label: a word of the compositor's commands, which stands in paths too. */
bool xg_daemon_is_name(const char *text);

/* What a guest's clipboard may share: no, copy, paste or yes. */
bool xg_daemon_is_clipboard(const char *text);

/* RRGGBB. */
bool xg_daemon_is_colour(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Which domains are guests, and what each may use: a file with a line for each domain,
 *
 *   NAME [colour=RRGGBB] [label=WORD] [clipboard=WORD] [backend=NAME]
 *	[attach=no] [quota.NAME=VALUE]...
 *
 * in which # begins a comment. A domain that has no line gets nothing.
 */
#ifndef XG_DAEMON_POLICY_H
#define XG_DAEMON_POLICY_H

#include <stdbool.h>

#define XG_POLICY_QUOTAS_MAX 16

struct xg_policy_guest {
	struct xg_policy_guest *next;
	const char *name;      /* the domain's, for xl */
	const char *label;     /* its windows' */
	const char *colour;    /* NULL: any */
	const char *clipboard; /* what its clipboard shares; NULL: as the daemon's options say */
	const char *backend;   /* the domain that serves it; NULL: this one */
	bool is_attached;      /* as soon as the domain is there; else when it is asked for */
	const char *quotas[XG_POLICY_QUOTAS_MAX]; /* NAME=VALUE, for xenglass-host */
	unsigned quota_count;
};

struct xg_policy {
	char *text;
	struct xg_policy_guest *guests;
};

/* Reads the file. False, with one log line that names file and line. */
bool xg_policy_read(struct xg_policy *policy, const char *path);
void xg_policy_finish(struct xg_policy *policy);

/* NULL: a domain of that name is no guest. Lives as long as the policy. */
const struct xg_policy_guest *xg_policy_find(const struct xg_policy *policy, const char *name);

#endif

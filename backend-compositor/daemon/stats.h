/* SPDX-License-Identifier: MIT */
/* What a guest's host process uses, for xenglassctl. */
#ifndef XG_DAEMON_STATS_H
#define XG_DAEMON_STATS_H

#include <stddef.h>

struct xg_daemon_guest;

/*
 * Writes lines "NAME USED LIMIT": what the kernel counts, then what the host process says, for
 * which it is waited a moment. NULL, or why that cannot be.
 */
const char *xg_daemon_stats(const struct xg_daemon_guest *guest, char *text, size_t size);

#endif

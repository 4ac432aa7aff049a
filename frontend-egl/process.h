/* SPDX-License-Identifier: MIT */
/*
 * The one connection of this process to the guest's daemon. It is made when something first needs
 * the host, and made anew when it was lost (the daemon was restarted, or this is the child of a
 * fork); what was on the lost one stays lost.
 */
#ifndef XG_PROCESS_H
#define XG_PROCESS_H

#include <stdbool.h>

struct xg_connection;

/* Whether a daemon's socket is there at all: one system call, nothing is created. Any thread. */
bool xg_process_can_connect(void);

/*
 * The connection, NULL if there is none and none can be made. It is never freed, so that who still
 * holds one that was lost can compare it. May block for a round trip to the daemon. Any thread.
 */
struct xg_connection *xg_process_connection(void);

/* In the child of a fork: no thread is making a connection any more. */
void xg_process_forked(void);

#endif

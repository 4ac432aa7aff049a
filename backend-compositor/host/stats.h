/* SPDX-License-Identifier: MIT */
/*
 * What the guest uses, in text: a line "NAME USED LIMIT" for each quota, and one "NAME COUNT -" for
 * what is only counted. It is asked for by whoever started this process, and written on the main
 * thread; what it reads is counted anyway.
 */
#ifndef XG_HOST_STATS_H
#define XG_HOST_STATS_H

#include <stdbool.h>

struct xg_host;
struct xg_relay;

/* Takes a packet from the socket and sends one with the text back. Does not block. False if nobody
 * is at its other end. The relay may be NULL. */
bool xg_stats_answer(int fd, const struct xg_host *host, struct xg_relay *relay);

#endif

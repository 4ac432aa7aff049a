/* SPDX-License-Identifier: MIT */
/*
 * The jail's only door: a process outside that does nothing but connect to the compositor's socket
 * and hand the connection in. Without it the jailed process would have to be able to connect to any
 * Unix socket of the user's, some of which run programs for whoever asks.
 */
#ifndef XG_HOST_DOOR_H
#define XG_HOST_DOOR_H

#include <stdbool.h>

/*
 * Forks the process that connects to path, which it is told now and never again. Somebody must
 * listen there now: one connection shows it. The process holds no other descriptor of ours and ends
 * when *fd is closed or we die. Before any thread and before what is not to be inherited. False
 * with errno set.
 */
bool xg_door_open(const char *path, int *fd);

/* A new connection, close-on-exec; -1 with errno set. One thread; waits for the answer. */
int xg_door_connect(int fd);

#endif

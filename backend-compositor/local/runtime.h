/* SPDX-License-Identifier: MIT */
/*
 * The folder that holds all that a run puts into the file system: sockets and counters. It is made
 * in XDG_RUNTIME_DIR, or else in /tmp, for its owner alone, and removed as a whole.
 */
#ifndef XG_LOCAL_RUNTIME_H
#define XG_LOCAL_RUNTIME_H

#include <stdbool.h>

/* Short, because a path in it must fit a socket's address. */
#define XG_RUNTIME_PATH_MAX 80

struct xg_runtime {
	char path[XG_RUNTIME_PATH_MAX];
};

/* Makes the folder, or logs why not and returns false. */
bool xg_runtime_create(struct xg_runtime *runtime);

/* Makes a folder in it. Logs why not and returns false. */
bool xg_runtime_add(const struct xg_runtime *runtime, const char *name);

/* Removes the folder with all that is in it; does not follow links. */
void xg_runtime_remove(const struct xg_runtime *runtime);

#endif

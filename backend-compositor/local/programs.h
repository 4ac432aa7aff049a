/* SPDX-License-Identifier: MIT */
/*
 * Where the other programs of the stack lie: beside this one, in the build folder that this one
 * was started from, or where they were installed.
 */
#ifndef XG_LOCAL_PROGRAMS_H
#define XG_LOCAL_PROGRAMS_H

#include <limits.h>
#include <stdbool.h>

struct xg_programs {
	char compositor[PATH_MAX];
	char host[PATH_MAX];
	char guestd[PATH_MAX];
	char vendor_json[PATH_MAX]; /* tells libglvnd of our EGL library */
};

/* Finds them all, or logs which one is missing and returns false. */
bool xg_programs_find(struct xg_programs *programs, bool needs_compositor);

#endif

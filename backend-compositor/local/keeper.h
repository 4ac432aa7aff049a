/* SPDX-License-Identifier: MIT */
/*
 * The process that runs the stack: starts the compositor, each guest's host and guestd and the
 * command in each, watches them, and ends them all.
 */
#ifndef XG_LOCAL_KEEPER_H
#define XG_LOCAL_KEEPER_H

#include <sys/types.h>

#include "options.h"
#include "programs.h"
#include "runtime.h"

/* What the stack's own failure gives as exit status, as env(1) and timeout(1) have it. */
#define XG_STATUS_FAILED 125

/*
 * Runs everything and returns the exit status. Call it in a process of its own: every child that
 * this process has is killed at the end. leash_fd is the read end of a pipe whose other end only
 * the parent holds: when the parent dies, all of it ends. The commands join foreground_group, so
 * that the terminal's Ctrl-C reaches them. Signals that end a process must be blocked.
 */
int xg_keeper_run(const struct xg_options *options, const struct xg_programs *programs,
	const struct xg_runtime *runtime, int leash_fd, pid_t foreground_group);

#endif

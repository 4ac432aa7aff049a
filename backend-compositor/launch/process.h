/* SPDX-License-Identifier: MIT */
/*
 * Starting and ending processes, so that none is left behind: every child dies with the process
 * that started it, and what a child leaves running becomes ours (we are a subreaper).
 */
#ifndef XG_LAUNCH_PROCESS_H
#define XG_LAUNCH_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* How to start one. The strings and arrays are read during the call only. */
struct xg_spawn {
	char *const *argv;	  /* argv[0] is looked up in PATH unless it has a slash */
	char *const *environment; /* NULL: ours */
	pid_t group;		  /* the process group to join; 0: a new one of its own */
	bool has_session;	  /* of its own, and with it a new group; else ours */
	int keep_fds[2];	  /* stay open in the child, under their numbers; -1: none */
};

/*
 * Starts a child whose death is tied to ours, with default signal handling. All descriptors but
 * 0, 1, 2 and keep_fds must be close-on-exec. Returns its id, or -1 after setting *error to the
 * errno with which it failed (ENOENT: no such program; EACCES: not executable). May block until
 * the child has called exec.
 */
pid_t xg_spawn(const struct xg_spawn *spawn, int *error);

/* Makes what our descendants leave running our children. */
bool xg_process_adopt_orphans(void);

/* Sends SIGKILL to every child, and to what becomes one by that, until there is none. Blocks. */
void xg_process_kill_all(void);

/* The exit status that a shell would show for a status of waitpid(2). */
int xg_process_exit_code(int status);

/* Writes "exit status 1" or "signal 9 (Killed)" into text. */
void xg_process_describe(int status, char *text, size_t size);

#endif

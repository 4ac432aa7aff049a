/* SPDX-License-Identifier: MIT */
/*
 * xenglass-local: all of xenglass around one command, on one machine, with no hypervisor.
 *
 *   xenglass-local          this process: forwards signals, passes on the exit status
 *    └ keeper               starts, watches and ends the others (keeper.c)
 *       ├ xenglass-compositor
 *       ├ xenglass-host     for each guest
 *       ├ xenglass-guestd   for each guest
 *       └ COMMAND           for each guest, in our own process group
 *
 * Two processes, so that either may be killed: the keeper sees our death by a pipe, and what it
 * leaves behind at its own becomes ours. Whoever is left kills the rest and removes the folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "keeper.h"
#include "options.h"
#include "launch/process.h"
#include "programs.h"
#include "runtime.h"

#define MODULE "local"

static const int ending_signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

static void fill_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGCHLD);
	for (size_t i = 0; i < sizeof(ending_signals) / sizeof(ending_signals[0]); i++)
		sigaddset(set, ending_signals[i]);
}

/* In the keeper's process: runs it and never comes back. */
_Noreturn static void be_keeper(const struct xg_options *options,
	const struct xg_programs *programs, const struct xg_runtime *runtime, const int leash[2])
{
	const pid_t foreground_group = getpgrp();

	close(leash[1]);
	setpgid(0, 0);
	const int status = xg_keeper_run(options, programs, runtime, leash[0], foreground_group);
	xg_runtime_remove(runtime);
	exit(status);
}

/* Waits for the keeper and forwards what we are asked meanwhile. Answers its wait status. */
static int wait_for_keeper(pid_t keeper, const sigset_t *signals)
{
	int status;

	for (;;) {
		const pid_t ended = waitpid(-1, &status, WNOHANG);
		int number;

		if (ended == keeper)
			return status;
		if (ended > 0)
			continue;
		if (sigwait(signals, &number) == 0 && number != SIGCHLD)
			kill(keeper, number);
	}
}

static int run(const struct xg_options *options, const struct xg_programs *programs,
	const struct xg_runtime *runtime, const sigset_t *signals)
{
	int leash[2];

	if (pipe2(leash, O_CLOEXEC) != 0 || !xg_process_adopt_orphans()) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot start: %s", strerror(errno));
		return XG_STATUS_FAILED;
	}
	const pid_t keeper = fork();
	if (keeper < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot fork: %s", strerror(errno));
		return XG_STATUS_FAILED;
	}
	if (keeper == 0)
		be_keeper(options, programs, runtime, leash);
	close(leash[0]);
	const int status = wait_for_keeper(keeper, signals);
	xg_process_kill_all();
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	xg_log(XG_LOG_ERROR, MODULE, "the process that watches over the others was killed");
	return XG_STATUS_FAILED;
}

int main(int argc, char **argv)
{
	struct xg_options options;
	struct xg_programs programs;
	struct xg_runtime runtime;
	sigset_t signals;

	xg_log_init("xenglass-local", XG_LOG_WARNING);
	switch (xg_options_parse(&options, argc, argv)) {
	case XG_OPTIONS_DONE:
		return 0;
	case XG_OPTIONS_WRONG:
		return XG_STATUS_FAILED;
	case XG_OPTIONS_RUN:
		break;
	}
	/* Before there is anything that a signal would leave behind. */
	fill_signals(&signals);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	if (!xg_programs_find(&programs, xg_options_needs_compositor(&options)) ||
		!xg_runtime_create(&runtime))
		return XG_STATUS_FAILED;
	const int status = run(&options, &programs, &runtime, &signals);
	xg_runtime_remove(&runtime);
	return status;
}

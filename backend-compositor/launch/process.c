/* SPDX-License-Identifier: MIT */
/* See process.h. */
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child, between fork and exec. Answers the errno of what failed. */
static int become(const struct xg_spawn *spawn, pid_t parent)
{
	sigset_t none;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return errno;
	if (getppid() != parent)
		return ESRCH;
	if (spawn->has_session ? setsid() < 0 : setpgid(0, spawn->group) != 0)
		return errno;
	for (int i = 0; i < 2; i++) {
		if (spawn->keep_fds[i] >= 0 && fcntl(spawn->keep_fds[i], F_SETFD, 0) != 0)
			return errno;
	}
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (spawn->environment)
		execvpe(spawn->argv[0], spawn->argv, spawn->environment);
	else
		execvp(spawn->argv[0], spawn->argv);
	return errno;
}

pid_t xg_spawn(const struct xg_spawn *spawn, int *error)
{
	const pid_t parent = getpid();
	int failure[2];

	*error = 0;
	if (pipe2(failure, O_CLOEXEC) != 0) {
		*error = errno;
		return -1;
	}
	const pid_t child = fork();
	if (child == 0) {
		const int reason = become(spawn, parent);

		(void)!write(failure[1], &reason, sizeof(reason));
		_exit(127);
	}
	close(failure[1]);
	if (child < 0) {
		*error = errno;
	} else if (read(failure[0], error, sizeof(*error)) == (ssize_t)sizeof(*error)) {
		waitpid(child, NULL, 0);
	} else {
		*error = 0;
	}
	close(failure[0]);
	return *error == 0 ? child : -1;
}

bool xg_process_adopt_orphans(void)
{
	return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

/* The parent's id of a process, from /proc; 0 if it is gone. */
static pid_t parent_of(const char *id)
{
	char path[64], line[512];
	pid_t parent = 0;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", id);
	FILE *file = fopen(path, "re");
	if (!file)
		return 0;
	if (fgets(line, sizeof(line), file)) {
		/* The name, in parentheses, may hold anything; what follows it does not. */
		const char *after_name = strrchr(line, ')');

		if (after_name)
			(void)!sscanf(after_name, ") %*c %d", &parent);
	}
	fclose(file);
	return parent;
}

static void kill_children(void)
{
	DIR *proc = opendir("/proc");
	const struct dirent *entry;

	while (proc && (entry = readdir(proc))) {
		const pid_t id = atoi(entry->d_name);

		if (id > 0 && parent_of(entry->d_name) == getpid())
			kill(id, SIGKILL);
	}
	if (proc)
		closedir(proc);
}

void xg_process_kill_all(void)
{
	pid_t ended;

	do {
		kill_children();
		/* A child that dies hands its own children to us: so look again after each. */
		ended = waitpid(-1, NULL, 0);
	} while (ended > 0 || (ended < 0 && errno == EINTR));
}

int xg_process_exit_code(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void xg_process_describe(int status, char *text, size_t size)
{
	if (WIFSIGNALED(status))
		snprintf(text, size, "signal %d (%s)", WTERMSIG(status),
			strsignal(WTERMSIG(status)));
	else
		snprintf(text, size, "exit status %d", WEXITSTATUS(status));
}

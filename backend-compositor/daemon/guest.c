/* SPDX-License-Identifier: MIT */
/* See guest.h. */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "options.h"
#include "screen.h"

#define MODULE "guest"

/* Told apart on a dark and on a bright screen. */
static const char *const colours[] = {
	"3465a4",
	"4e9a06",
	"cc0000",
	"f57900",
	"75507b",
	"c4a000",
	"06989a",
	"8f5902",
};

/* In the child. */
static void become_host(const char *program, char *const *arguments, int link_fd, pid_t parent)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	/* If the daemon has died before it was asked for, no signal will come. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent ||
		fcntl(link_fd, F_SETFD, 0) != 0)
		_exit(127);
	execv(program, arguments);
	xg_log(XG_LOG_ERROR, MODULE, "cannot start %s: %s", program, strerror(errno));
	_exit(127);
}

static pid_t start_host(const struct xg_daemon_options *options,
	const struct xg_daemon_guest *guest, const char *program, int link_fd)
{
	const char *arguments[16 + 2 * XG_DAEMON_QUOTAS_MAX];
	const char *wayland = guest->wayland[0] ? guest->wayland : options->wayland;
	char number[16];
	size_t count = 0;

	snprintf(number, sizeof(number), "%d", link_fd);
	arguments[count++] = program;
	arguments[count++] = "--link-fd";
	arguments[count++] = number;
	arguments[count++] = "--name";
	arguments[count++] = guest->name;
	if (wayland) {
		arguments[count++] = "--wayland";
		arguments[count++] = wayland;
	}
	for (unsigned i = 0; i < options->quota_count; i++) {
		arguments[count++] = "--quota";
		arguments[count++] = options->quotas[i];
	}
	arguments[count] = NULL;

	const pid_t parent = getpid();
	const pid_t child = fork();
	if (child == 0)
		become_host(program, (char *const *)arguments, link_fd, parent);
	return child;
}

struct xg_daemon_guest *xg_daemon_guest_start(const struct xg_daemon_options *options,
	const struct xg_screen *screen, const char *program, unsigned number, int link_fd)
{
	const char *colour = options->colour;
	struct xg_daemon_guest *guest = calloc(1, sizeof(*guest));

	if (!guest)
		abort();
	if (!colour)
		colour = colours[(number - 1) % (sizeof(colours) / sizeof(colours[0]))];
	snprintf(guest->name, sizeof(guest->name), "%s%u", options->name, number);
	if (options->control)
		snprintf(guest->wayland, sizeof(guest->wayland), "%s/%s.wayland",
			options->runtime_dir, guest->name);
	if (!xg_screen_add(screen, guest->name, colour, guest->wayland))
		goto err_guest;
	guest->host = start_host(options, guest, program, link_fd);
	if (guest->host < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "%s: no more processes: %s", guest->name,
			strerror(errno));
		goto err_screen;
	}
	close(link_fd);
	xg_log(XG_LOG_INFO, MODULE, "%s has come", guest->name);
	return guest;

err_screen:
	xg_screen_remove(screen, guest->name, guest->wayland);
err_guest:
	free(guest);
	close(link_fd);
	return NULL;
}

void xg_daemon_guest_finish(
	struct xg_daemon_guest *guest, const struct xg_screen *screen, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM)
		xg_log(XG_LOG_ERROR, MODULE, "%s: its host process has crashed: %s", guest->name,
			strsignal(WTERMSIG(status)));
	else
		xg_log(XG_LOG_INFO, MODULE, "%s has gone", guest->name);
	xg_screen_remove(screen, guest->name, guest->wayland);
	free(guest);
}

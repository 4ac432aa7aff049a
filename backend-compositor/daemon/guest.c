/* SPDX-License-Identifier: MIT */
/* See guest.h. */
#include "guest.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "launch/colour.h"
#include "launch/process.h"
#include "options.h"
#include "screen.h"

#define MODULE "guest"

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

	const struct xg_spawn spawn = {.argv = (char *const *)arguments, .keep_fd = link_fd};
	int error;
	const pid_t child = xg_spawn(&spawn, &error);

	if (child < 0)
		xg_log(XG_LOG_ERROR, MODULE, "%s: cannot start %s: %s", guest->name, program,
			strerror(error));
	return child;
}

struct xg_daemon_guest *xg_daemon_guest_start(const struct xg_daemon_options *options,
	struct xg_screen *screen, const char *program, unsigned number, int link_fd)
{
	const char *colour = options->colour;
	struct xg_daemon_guest *guest = calloc(1, sizeof(*guest));

	if (!guest)
		abort();
	if (!colour)
		colour = xg_guest_colour(number - 1);
	snprintf(guest->name, sizeof(guest->name), "%s%u", options->name, number);
	if (options->control)
		snprintf(guest->wayland, sizeof(guest->wayland), "%s/%s.wayland",
			options->runtime_dir, guest->name);
	if (!xg_screen_add(screen, guest->name, colour, guest->wayland))
		goto err_guest;
	guest->host = start_host(options, guest, program, link_fd);
	if (guest->host < 0)
		goto err_screen;
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

void xg_daemon_guest_finish(struct xg_daemon_guest *guest, struct xg_screen *screen, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM)
		xg_log(XG_LOG_ERROR, MODULE, "%s: its host process has crashed: %s", guest->name,
			strsignal(WTERMSIG(status)));
	else
		xg_log(XG_LOG_INFO, MODULE, "%s has gone", guest->name);
	xg_screen_remove(screen, guest->name, guest->wayland);
	free(guest);
}

/* SPDX-License-Identifier: MIT */
/* See guest.h. */
#include "guest.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "domains.h"
#include "launch/colour.h"
#include "launch/process.h"
#include "options.h"
#include "screen.h"

#define MODULE "guest"

/* How the host process reaches the guest, and what is said of this guest alone. */
struct start {
	const char *link[2]; /* option and value */
	int link_fd;	     /* or -1 */
	int stats_fd;	     /* the host process' end */
	const char *colour, *clipboard;
	const char *const *quotas;
	unsigned quota_count;
};

static void add_option(const char **arguments, const char *option, const char *value)
{
	while (*arguments)
		arguments++;
	arguments[0] = option;
	arguments[1] = value;
}

static pid_t start_host(const struct xg_daemon_options *options,
	const struct xg_daemon_guest *guest, const char *program, const struct start *start)
{
	const char *arguments[18 + 2 * XG_DAEMON_QUOTAS_MAX + 2 * XG_POLICY_QUOTAS_MAX] = {program};
	char stats_fd[16];
	const char *wayland = guest->wayland[0] ? guest->wayland : options->wayland;

	add_option(arguments, start->link[0], start->link[1]);
	add_option(arguments, "--name", guest->name);
	snprintf(stats_fd, sizeof(stats_fd), "%d", start->stats_fd);
	add_option(arguments, "--stats-fd", stats_fd);
	if (wayland)
		add_option(arguments, "--wayland", wayland);
	for (unsigned i = 0; i < options->quota_count; i++)
		add_option(arguments, "--quota", options->quotas[i]);
	/* The last one counts. */
	for (unsigned i = 0; i < start->quota_count; i++)
		add_option(arguments, "--quota", start->quotas[i]);

	/* Sessions get equal shares of the processor, where the kernel groups tasks by them
	 * (sched(7), autogroups): so a guest has no more of it for having more threads. */
	const struct xg_spawn spawn = {.argv = (char *const *)arguments,
		.has_session = true,
		.keep_fds = {start->link_fd, start->stats_fd}};
	int error;
	const pid_t child = xg_spawn(&spawn, &error);

	if (child < 0)
		xg_log(XG_LOG_ERROR, MODULE, "%s: cannot start %s: %s", guest->name, program,
			strerror(error));
	return child;
}

/* Labels the guest, and starts its host; guest has a name, and is freed if that cannot be. */
static struct xg_daemon_guest *start_guest(const struct xg_daemon_options *options,
	struct xg_screen *screen, const char *program, struct xg_daemon_guest *guest,
	struct start *start)
{
	int stats[2];

	if (options->control)
		snprintf(guest->wayland, sizeof(guest->wayland), "%s/%s.wayland",
			options->runtime_dir, guest->name);
	if (!xg_screen_add(screen, guest->name, start->colour, start->clipboard, guest->wayland))
		goto err_guest;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, stats) < 0)
		goto err_screen;
	guest->stats_fd = stats[0];
	start->stats_fd = stats[1];
	guest->host = start_host(options, guest, program, start);
	close(stats[1]);
	if (guest->host < 0)
		goto err_stats;
	xg_log(XG_LOG_INFO, MODULE, "%s has come", guest->name);
	return guest;

err_stats:
	close(stats[0]);
err_screen:
	xg_screen_remove(screen, guest->name, guest->wayland);
err_guest:
	free(guest);
	return NULL;
}

static struct xg_daemon_guest *make_guest(void)
{
	struct xg_daemon_guest *guest = calloc(1, sizeof(*guest));

	if (!guest)
		abort();
	return guest;
}

struct xg_daemon_guest *xg_daemon_guest_start(const struct xg_daemon_options *options,
	struct xg_screen *screen, const char *program, unsigned number, int link_fd)
{
	struct xg_daemon_guest *guest = make_guest();
	char text[16];
	struct start start = {
		.link = {"--link-fd", text},
		.link_fd = link_fd,
		.colour = options->colour ? options->colour : xg_guest_colour(number - 1),
		.clipboard = options->clipboard,
	};

	snprintf(text, sizeof(text), "%d", link_fd);
	snprintf(guest->name, sizeof(guest->name), "%s%u", options->name, number);
	guest = start_guest(options, screen, program, guest, &start);
	close(link_fd);
	return guest;
}

struct xg_daemon_guest *xg_daemon_guest_start_domain(const struct xg_daemon_options *options,
	struct xg_screen *screen, const char *program, const struct xg_domain_call *call)
{
	struct xg_daemon_guest *guest = make_guest();
	const struct xg_policy_guest *policy = call->policy;
	char text[64];
	struct start start = {
		.link = {"--xen", text},
		.link_fd = -1,
		.colour = policy->colour ? policy->colour : xg_guest_colour(call->number),
		.clipboard = policy->clipboard ? policy->clipboard : options->clipboard,
		.quotas = policy->quotas,
		.quota_count = policy->quota_count,
	};

	snprintf(text, sizeof(text), "%u:%u:%u", call->number, call->untrusted_ring_ref,
		call->untrusted_event_channel);
	snprintf(guest->name, sizeof(guest->name), "%s", policy->label);
	guest->is_domain = true;
	return start_guest(options, screen, program, guest, &start);
}

void xg_daemon_guest_finish(struct xg_daemon_guest *guest, struct xg_screen *screen, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM)
		xg_log(XG_LOG_ERROR, MODULE, "%s: its host process has crashed: %s", guest->name,
			strsignal(WTERMSIG(status)));
	else
		xg_log(XG_LOG_INFO, MODULE, "%s has gone", guest->name);
	xg_screen_remove(screen, guest->name, guest->wayland);
	close(guest->stats_fd);
	free(guest);
}

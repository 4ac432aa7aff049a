/* SPDX-License-Identifier: MIT */
/* See options.h. */
#include "options.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/log.h"

#define MODULE "options"

enum option_code {
	OPTION_LINK_FD = 256,
	OPTION_LISTEN,
	OPTION_XEN,
	OPTION_READY_FD,
	OPTION_STATS_FD,
	OPTION_WAYLAND,
	OPTION_NAME,
	OPTION_QUOTA,
	OPTION_NO_JAIL,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option long_options[] = {
	{"link-fd", required_argument, NULL, OPTION_LINK_FD},
	{"listen", required_argument, NULL, OPTION_LISTEN},
	{"xen", required_argument, NULL, OPTION_XEN},
	{"ready-fd", required_argument, NULL, OPTION_READY_FD},
	{"stats-fd", required_argument, NULL, OPTION_STATS_FD},
	{"wayland", required_argument, NULL, OPTION_WAYLAND},
	{"name", required_argument, NULL, OPTION_NAME},
	{"quota", required_argument, NULL, OPTION_QUOTA},
	{"no-jail", no_argument, NULL, OPTION_NO_JAIL},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{NULL, 0, NULL, 0},
};

static const char help_text[] =
	"usage: xenglass-host (--listen PATH | --link-fd N | --xen ADDRESS) [OPTION]...\n"
	"\n"
	"Replays the GL streams of one guest on this machine's GL driver and carries its windows\n"
	"to a Wayland compositor. It serves one guest and ends with it.\n"
	"\n"
	"  --listen PATH       wait at this socket for the guest's daemon\n"
	"  --link-fd N         the guest's daemon is at the other end of this descriptor\n"
	"  --xen DOMAIN:REF:CHANNEL\n"
	"                      the guest is that domain of Xen; the numbers of its root page's\n"
	"                      grant and of its event channel are in xenstore\n"
	"  --ready-fd N        write a line to this descriptor when the guest can connect\n"
	"  --stats-fd N        answer each packet on this socket with what the guest uses\n"
	"  --wayland SOCKET    the compositor's socket; without it no window can be shown\n"
	"  --name NAME         what the guest is called in messages (default \"guest\")\n"
	"  --quota NAME=VALUE  what the guest may use; k, m, g are powers of 1024. See below\n"
	"  --no-jail           do not confine this process (for debuggers)\n"
	"  --help, --version   print this, or the version\n"
	"\n"
	"Quotas:";

static void print_help(void)
{
	struct xg_quota quota;

	xg_quota_init(&quota);
	fputs(help_text, stdout);
	for (int i = 0; i < XG_QUOTA_COUNT; i++)
		printf("%s %s=%llu", i ? "," : "", xg_quota_name((enum xg_quota_kind)i),
			(unsigned long long)quota.limit[i]);
	fputs("\n", stdout);
}

/* An open descriptor's number, or -1. */
static int parse_fd(const char *text)
{
	char *end;
	const unsigned long number = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || number > INT_MAX ||
		fcntl((int)number, F_GETFD) < 0)
		return -1;
	return (int)number;
}

static bool set_fd(int *fd, const char *option, const char *text)
{
	*fd = parse_fd(text);
	if (*fd >= 0)
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "%s takes the number of an open descriptor, not '%s'", option,
		text);
	return false;
}

static bool set_xen(struct xg_host_options *options, const char *text)
{
	int end = 0;

	options->is_xen = sscanf(text, "%hu:%u:%u%n", &options->xen_domain, &options->xen_ring_ref,
				  &options->xen_event_channel, &end) == 3 &&
			  text[end] == '\0';
	if (!options->is_xen)
		xg_log(XG_LOG_ERROR, MODULE, "--xen takes three numbers with colons between");
	return options->is_xen;
}

static bool set_quota(struct xg_quota *quota, const char *text)
{
	if (xg_quota_parse(quota, text))
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "--quota takes NAME=VALUE as --help lists them, not '%s'",
		text);
	return false;
}

static bool set_wayland(struct xg_host_options *options, const char *path)
{
	options->wayland = path;
	if (strlen(path) < sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "--wayland: the path %s is too long", path);
	return false;
}

/* One option with a value; false if the value is wrong. */
static bool set_option(struct xg_host_options *options, int code)
{
	switch (code) {
	case OPTION_LINK_FD:
		return set_fd(&options->link_fd, "--link-fd", optarg);
	case OPTION_READY_FD:
		return set_fd(&options->ready_fd, "--ready-fd", optarg);
	case OPTION_STATS_FD:
		return set_fd(&options->stats_fd, "--stats-fd", optarg);
	case OPTION_XEN:
		return set_xen(options, optarg);
	case OPTION_LISTEN:
		options->listen = optarg;
		return true;
	case OPTION_WAYLAND:
		return set_wayland(options, optarg);
	case OPTION_NAME:
		options->name = optarg;
		return true;
	case OPTION_QUOTA:
		return set_quota(&options->quota, optarg);
	case OPTION_NO_JAIL:
		options->is_jailed = false;
		return true;
	default:
		return false;
	}
}

enum xg_host_options_result xg_host_options_parse(
	struct xg_host_options *options, int argc, char **argv)
{
	int code;

	*options = (struct xg_host_options){
		.link_fd = -1, .stats_fd = -1, .ready_fd = -1, .name = "guest", .is_jailed = true};
	xg_quota_init(&options->quota);
	opterr = 0;
	while ((code = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (code == OPTION_HELP) {
			print_help();
			return XG_HOST_OPTIONS_DONE;
		}
		if (code == OPTION_VERSION) {
			puts("xenglass-host " XG_VERSION);
			return XG_HOST_OPTIONS_DONE;
		}
		if (code == '?')
			xg_log(XG_LOG_ERROR, MODULE,
				"%s: no such option, or its value is missing; see xenglass-host "
				"--help",
				argv[optind - 1]);
		if (!set_option(options, code))
			return XG_HOST_OPTIONS_WRONG;
	}
	if (optind < argc) {
		xg_log(XG_LOG_ERROR, MODULE, "'%s' is no option", argv[optind]);
		return XG_HOST_OPTIONS_WRONG;
	}
	if ((options->listen != NULL) + (options->link_fd >= 0) + options->is_xen != 1) {
		xg_log(XG_LOG_ERROR, MODULE,
			"give one of --listen, --link-fd and --xen: how the guest is reached");
		return XG_HOST_OPTIONS_WRONG;
	}
	return XG_HOST_OPTIONS_RUN;
}

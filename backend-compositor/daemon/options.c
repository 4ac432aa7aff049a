/* SPDX-License-Identifier: MIT */
/* See options.h. */
#include "options.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define MODULE	   "options"
#define GUESTS_MAX 256
/* With a number behind it a name has no more than the 31 letters that the compositor takes. */
#define NAME_LENGTH_MAX 20

enum option_code {
	OPTION_LISTEN = 256,
	OPTION_XEN,
	OPTION_SOCKET,
	OPTION_RUNTIME_DIR,
	OPTION_CONTROL,
	OPTION_WAYLAND,
	OPTION_NAME,
	OPTION_COLOUR,
	OPTION_CLIPBOARD,
	OPTION_HOST,
	OPTION_GUESTS_MAX,
	OPTION_QUOTA,
	OPTION_READY_FD,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option long_options[] = {
	{"listen", required_argument, NULL, OPTION_LISTEN},
	{"xen", required_argument, NULL, OPTION_XEN},
	{"socket", required_argument, NULL, OPTION_SOCKET},
	{"runtime-dir", required_argument, NULL, OPTION_RUNTIME_DIR},
	{"control", required_argument, NULL, OPTION_CONTROL},
	{"wayland", required_argument, NULL, OPTION_WAYLAND},
	{"name", required_argument, NULL, OPTION_NAME},
	{"colour", required_argument, NULL, OPTION_COLOUR},
	{"clipboard", required_argument, NULL, OPTION_CLIPBOARD},
	{"host", required_argument, NULL, OPTION_HOST},
	{"guests-max", required_argument, NULL, OPTION_GUESTS_MAX},
	{"quota", required_argument, NULL, OPTION_QUOTA},
	{"ready-fd", required_argument, NULL, OPTION_READY_FD},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{NULL, 0, NULL, 0},
};

static const char help_text[] =
	"usage: xenglassd (--listen PATH | --xen POLICY) --runtime-dir DIR [OPTION]...\n"
	"\n"
	"Waits for guests, on this machine or in domains of Xen, and starts one xenglass-host for\n"
	"each that connects.\n"
	"\n"
	"  --listen PATH       where a guest's xenglass-guestd connects on this machine\n"
	"  --xen POLICY        serve the domains that the file POLICY names; see xenglassd(8)\n"
	"  --socket PATH       where xenglassctl reaches this daemon\n"
	"  --runtime-dir DIR   where the guests' Wayland sockets are made\n"
	"  --control PATH      the control socket of xenglass-compositor, which then labels each\n"
	"                      guest's windows\n"
	"  --wayland SOCKET    without --control: the socket of any compositor, for all guests\n"
	"  --name NAME         guests are called NAME1, NAME2, ... (default \"guest\")\n"
	"  --colour RRGGBB     of every guest's windows (default: each another)\n"
	"  --clipboard WORD    what each guest's clipboard shares with others': no (the default),\n"
	"                      copy, paste or yes\n"
	"  --host PROGRAM      the xenglass-host to start (default: the one beside this program)\n"
	"  --guests-max N      how many guests may be there at once (default 32)\n"
	"  --quota NAME=VALUE  passed on to each xenglass-host; may be repeated\n"
	"  --ready-fd N        write a line to this descriptor when guests can connect\n"
	"  --help, --version   print this, or the version\n";

static bool wrong(const char *option, const char *wanted)
{
	xg_log(XG_LOG_ERROR, MODULE, "%s takes %s, not '%s'", option, wanted, optarg);
	return false;
}

/* A whole number up to max; -1 if the option's value is none. */
static long parse_number(unsigned long max)
{
	char *end;
	const unsigned long number = strtoul(optarg, &end, 10);

	return *optarg < '0' || *optarg > '9' || *end || number > max ? -1 : (long)number;
}

static bool set_number(struct xg_daemon_options *options, int code)
{
	const long number = parse_number(INT_MAX);

	if (code == OPTION_READY_FD) {
		options->ready_fd = (int)number;
		return (number >= 0 && fcntl((int)number, F_GETFD) >= 0) ||
		       wrong("--ready-fd", "the number of an open descriptor");
	}
	options->guests_max = (unsigned)number;
	return (number >= 1 && number <= GUESTS_MAX) ||
	       wrong("--guests-max", "a number from 1 to 256");
}

bool xg_daemon_is_colour(const char *text)
{
	return strlen(text) == 6 && strspn(text, "0123456789abcdefABCDEF") == 6;
}

bool xg_daemon_is_clipboard(const char *text)
{
	static const char *const words[] = {"no", "copy", "paste", "yes"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(text, words[i]) == 0)
			return true;
	}
	return false;
}

bool xg_daemon_is_name(const char *text)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	const size_t length = strlen(text);

	return length > 0 && length <= NAME_LENGTH_MAX && strspn(text, allowed) == length;
}

static bool set_option(struct xg_daemon_options *options, int code)
{
	switch (code) {
	case OPTION_LISTEN:
		options->listen = optarg;
		return true;
	case OPTION_XEN:
		options->policy = optarg;
		return true;
	case OPTION_SOCKET:
		options->socket = optarg;
		return true;
	case OPTION_RUNTIME_DIR:
		options->runtime_dir = optarg;
		return true;
	case OPTION_CONTROL:
		options->control = optarg;
		return true;
	case OPTION_WAYLAND:
		options->wayland = optarg;
		return true;
	case OPTION_HOST:
		options->host = optarg;
		return true;
	case OPTION_NAME:
		options->name = optarg;
		return xg_daemon_is_name(optarg) ||
		       wrong("--name", "up to 20 letters, digits, - and _");
	case OPTION_COLOUR:
		options->colour = optarg;
		return xg_daemon_is_colour(optarg) || wrong("--colour", "six hexadecimal digits");
	case OPTION_CLIPBOARD:
		options->clipboard = optarg;
		return xg_daemon_is_clipboard(optarg) ||
		       wrong("--clipboard", "no, copy, paste or yes");
	case OPTION_QUOTA:
		if (options->quota_count == XG_DAEMON_QUOTAS_MAX)
			return wrong("--quota", "not so many values");
		options->quotas[options->quota_count++] = optarg;
		return true;
	case OPTION_GUESTS_MAX:
	case OPTION_READY_FD:
		return set_number(options, code);
	default:
		return false;
	}
}

enum xg_daemon_options_result xg_daemon_options_parse(
	struct xg_daemon_options *options, int argc, char **argv)
{
	int code;

	*options = (struct xg_daemon_options){
		.name = "guest", .clipboard = "no", .guests_max = 32, .ready_fd = -1};
	opterr = 0;
	while ((code = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (code == OPTION_HELP) {
			fputs(help_text, stdout);
			return XG_DAEMON_OPTIONS_DONE;
		}
		if (code == OPTION_VERSION) {
			puts("xenglassd " XG_VERSION);
			return XG_DAEMON_OPTIONS_DONE;
		}
		if (code == '?')
			xg_log(XG_LOG_ERROR, MODULE,
				"%s: no such option, or its value is missing; see xenglassd --help",
				argv[optind - 1]);
		if (!set_option(options, code))
			return XG_DAEMON_OPTIONS_WRONG;
	}
	if (optind < argc) {
		xg_log(XG_LOG_ERROR, MODULE, "'%s' is no option", argv[optind]);
		return XG_DAEMON_OPTIONS_WRONG;
	}
	if ((!options->listen && !options->policy) || !options->runtime_dir) {
		xg_log(XG_LOG_ERROR, MODULE,
			"--runtime-dir and one of --listen and --xen are needed: see xenglassd "
			"--help");
		return XG_DAEMON_OPTIONS_WRONG;
	}
	if (options->control && options->wayland) {
		xg_log(XG_LOG_ERROR, MODULE, "--control and --wayland exclude each other");
		return XG_DAEMON_OPTIONS_WRONG;
	}
	return XG_DAEMON_OPTIONS_RUN;
}

/* SPDX-License-Identifier: MIT */
/* See options.h. getopt_long stops at the command, so that its own options stay its own. */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

#define MODULE		   "options"
#define SCREEN_PIXELS_MIN  64
#define SCREEN_PIXELS_MAX  8192
#define SCREENSHOT_AFTER_S 2
#define HOUR_S		   3600

enum option_code {
	OPTION_GUESTS = 256,
	OPTION_HEADLESS,
	OPTION_NESTED,
	OPTION_WAYLAND,
	OPTION_NO_SCREEN,
	OPTION_NO_JAIL,
	OPTION_SCREENSHOT,
	OPTION_SCREENSHOT_AFTER,
	OPTION_REPORT,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option long_options[] = {
	{"guests", required_argument, NULL, OPTION_GUESTS},
	{"headless", required_argument, NULL, OPTION_HEADLESS},
	{"nested", no_argument, NULL, OPTION_NESTED},
	{"wayland", required_argument, NULL, OPTION_WAYLAND},
	{"no-screen", no_argument, NULL, OPTION_NO_SCREEN},
	{"no-jail", no_argument, NULL, OPTION_NO_JAIL},
	{"screenshot", required_argument, NULL, OPTION_SCREENSHOT},
	{"screenshot-after", required_argument, NULL, OPTION_SCREENSHOT_AFTER},
	{"report", required_argument, NULL, OPTION_REPORT},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{NULL, 0, NULL, 0},
};

static const char help_text[] =
	"usage: xenglass-local [OPTION]... [--] COMMAND [ARGUMENT]...\n"
	"\n"
	"Runs COMMAND as if in a guest: its EGL and GLES calls are replayed by a host process, "
	"and\n"
	"its windows stand on a compositor, labelled. All of it ends with COMMAND, whose exit\n"
	"status is passed on.\n"
	"\n"
	"  --guests N               run COMMAND in each of N guests, 1 to 8 (default 1)\n"
	"  --headless WxH           draw on a screen that is not shown (default 1280x720, when\n"
	"                           WAYLAND_DISPLAY is not set)\n"
	"  --nested                 open a window in the compositor that WAYLAND_DISPLAY names\n"
	"                           (default, when it is set)\n"
	"  --wayland SOCKET         start no compositor: use the one that listens there\n"
	"  --no-screen              start no compositor: COMMAND can draw off the screen only\n"
	"  --no-jail                do not confine the host processes (for debuggers)\n"
	"  --screenshot FILE.png    leave a picture of the screen (taken by grim)\n"
	"  --screenshot-after SECS  when it is taken, after COMMAND's start (default 2)\n"
	"  --report FILE.json       leave exit statuses, times and counters\n"
	"  --help, --version        print this, or the version\n"
	"\n"
	"Exit status: COMMAND's (the first that is not 0); 125 if the stack failed, 126 or 127 if\n"
	"COMMAND could not be run, 128 + N after signal N.\n";

static bool parse_number(const char *text, char end, unsigned long min, unsigned long max,
	unsigned long *number, const char **rest)
{
	char *stop;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoul(text, &stop, 10);
	if (errno != 0 || *stop != end || *number < min || *number > max)
		return false;
	if (rest)
		*rest = stop + 1;
	return true;
}

static bool parse_size(struct xg_options *options, const char *text)
{
	unsigned long width, height;
	const char *rest;

	if (!parse_number(text, 'x', SCREEN_PIXELS_MIN, SCREEN_PIXELS_MAX, &width, &rest) ||
		!parse_number(rest, '\0', SCREEN_PIXELS_MIN, SCREEN_PIXELS_MAX, &height, NULL)) {
		xg_log(XG_LOG_ERROR, MODULE,
			"--headless takes a size like 1280x720, from %d to %d each, not '%s'",
			SCREEN_PIXELS_MIN, SCREEN_PIXELS_MAX, text);
		return false;
	}
	options->screen = XG_SCREEN_HEADLESS;
	options->width = (uint32_t)width;
	options->height = (uint32_t)height;
	return true;
}

static bool parse_seconds(struct xg_options *options, const char *text)
{
	char *stop;
	const double seconds = strtod(text, &stop);

	if (stop == text || *stop || !(seconds >= 0) || seconds > HOUR_S) {
		xg_log(XG_LOG_ERROR, MODULE, "--screenshot-after takes seconds, not '%s'", text);
		return false;
	}
	options->screenshot_after_ms = (uint32_t)(seconds * 1000);
	return true;
}

static bool parse_guests(struct xg_options *options, const char *text)
{
	unsigned long guests;

	if (!parse_number(text, '\0', 1, XG_LOCAL_GUESTS_MAX, &guests, NULL)) {
		xg_log(XG_LOG_ERROR, MODULE, "--guests takes a number from 1 to %d, not '%s'",
			XG_LOCAL_GUESTS_MAX, text);
		return false;
	}
	options->guests = (unsigned)guests;
	return true;
}

/* What getopt_long met that it does not know: index is that of the word after it. */
static void say_unknown(int code, char **argv, int index)
{
	const char *word = argv[index - 1];

	if (code == ':')
		xg_log(XG_LOG_ERROR, MODULE, "%s needs a value; see --help", word);
	else
		xg_log(XG_LOG_ERROR, MODULE, "unknown option '%s'; see --help", word);
}

static bool parse_one(struct xg_options *options, int code, int *screens)
{
	switch (code) {
	case OPTION_GUESTS:
		return parse_guests(options, optarg);
	case OPTION_HEADLESS:
		++*screens;
		return parse_size(options, optarg);
	case OPTION_NESTED:
		++*screens;
		options->screen = XG_SCREEN_NESTED;
		return true;
	case OPTION_WAYLAND:
		++*screens;
		options->screen = XG_SCREEN_FOREIGN;
		options->wayland = optarg;
		return true;
	case OPTION_NO_SCREEN:
		++*screens;
		options->screen = XG_SCREEN_NONE;
		return true;
	case OPTION_NO_JAIL:
		options->is_jailed = false;
		return true;
	case OPTION_SCREENSHOT:
		options->screenshot = optarg;
		return true;
	case OPTION_SCREENSHOT_AFTER:
		return parse_seconds(options, optarg);
	default:
		options->report = optarg;
		return true;
	}
}

/* True if a file can be written there; looked at first, since a run may be long. */
static bool is_writable(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const int length = slash ? (int)(slash - path) + 1 : 0;
	struct stat status;

	snprintf(folder, sizeof(folder), "%.*s.", length, path);
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		errno = EISDIR;
	else if (access(path, W_OK) == 0 || (errno == ENOENT && access(folder, W_OK | X_OK) == 0))
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "cannot write %s: %s", path, strerror(errno));
	return false;
}

/* What only the options together can show to be wrong. */
static bool check_together(struct xg_options *options, int screens)
{
	const char *display = getenv("WAYLAND_DISPLAY");

	if (screens > 1) {
		xg_log(XG_LOG_ERROR, MODULE,
			"--headless, --nested, --wayland and --no-screen exclude each other: give "
			"one");
		return false;
	}
	if (screens == 0 && display && *display)
		options->screen = XG_SCREEN_NESTED;
	if (options->screen == XG_SCREEN_NESTED && (!display || !*display)) {
		xg_log(XG_LOG_ERROR, MODULE,
			"--nested needs a compositor to open a window in: WAYLAND_DISPLAY is not "
			"set");
		return false;
	}
	if (options->screen == XG_SCREEN_NONE && options->screenshot) {
		xg_log(XG_LOG_ERROR, MODULE, "--no-screen leaves nothing for --screenshot to show");
		return false;
	}
	if (!options->command[0]) {
		xg_log(XG_LOG_ERROR, MODULE, "no command given; see --help");
		return false;
	}
	return (!options->report || is_writable(options->report)) &&
	       (!options->screenshot || is_writable(options->screenshot));
}

enum xg_options_result xg_options_parse(struct xg_options *options, int argc, char **argv)
{
	int screens = 0;
	int code;

	*options = (struct xg_options){
		.guests = 1,
		.width = 1280,
		.height = 720,
		.screenshot_after_ms = SCREENSHOT_AFTER_S * 1000,
		.is_jailed = true,
	};
	opterr = 0;
	while ((code = getopt_long(argc, argv, "+:", long_options, NULL)) != -1) {
		switch (code) {
		case OPTION_HELP:
			fputs(help_text, stdout);
			return XG_OPTIONS_DONE;
		case OPTION_VERSION:
			puts("xenglass-local " XG_VERSION);
			return XG_OPTIONS_DONE;
		case '?':
		case ':':
			say_unknown(code, argv, optind);
			return XG_OPTIONS_WRONG;
		default:
			if (!parse_one(options, code, &screens))
				return XG_OPTIONS_WRONG;
		}
	}
	options->command = argv + optind;
	return check_together(options, screens) ? XG_OPTIONS_RUN : XG_OPTIONS_WRONG;
}

bool xg_options_needs_compositor(const struct xg_options *options)
{
	return options->screen == XG_SCREEN_HEADLESS || options->screen == XG_SCREEN_NESTED;
}

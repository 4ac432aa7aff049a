/* SPDX-License-Identifier: MIT */
/* See options.h. */
#include "options.h"

#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

#define MAX_SIDE 16384

static const char usage[] =
	"usage: xenglass-compositor [OPTION]...\n"
	"A Wayland compositor that shows whose each window is.\n"
	"\n"
	"      --headless WxH       draw to memory only; screencopy (grim) shows it\n"
	"      --nested[=WxH]       draw in a window of the compositor at WAYLAND_DISPLAY\n"
	"                           (the default where there is one)\n"
	"      --refresh HZ         frames a second at most (60)\n"
	"      --socket NAME        the ordinary socket's name in XDG_RUNTIME_DIR\n"
	"      --guest NAME:RRGGBB:FD-or-PATH\n"
	"                           clients of that socket belong to the guest NAME; repeat it\n"
	"      --pixels MIB         what the surfaces of one guest may hold together (1024)\n"
	"      --control PATH       take guests at run time from a socket at PATH\n"
	"      --ready-fd FD        write WAYLAND_DISPLAY=NAME there when clients can come\n"
	"      --test-input         offer xg_test_input_v1, which plays pointer, keys and touch\n"
	"      --help, --version\n";

enum {
	OPTION_HEADLESS = 256,
	OPTION_NESTED,
	OPTION_REFRESH,
	OPTION_SOCKET,
	OPTION_GUEST,
	OPTION_PIXELS,
	OPTION_CONTROL,
	OPTION_READY_FD,
	OPTION_TEST_INPUT,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option long_options[] = {
	{"headless", required_argument, NULL, OPTION_HEADLESS},
	{"nested", optional_argument, NULL, OPTION_NESTED},
	{"refresh", required_argument, NULL, OPTION_REFRESH},
	{"socket", required_argument, NULL, OPTION_SOCKET},
	{"guest", required_argument, NULL, OPTION_GUEST},
	{"pixels", required_argument, NULL, OPTION_PIXELS},
	{"control", required_argument, NULL, OPTION_CONTROL},
	{"ready-fd", required_argument, NULL, OPTION_READY_FD},
	{"test-input", no_argument, NULL, OPTION_TEST_INPUT},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{NULL, 0, NULL, 0},
};

static enum xg_options_result bad(const char *option, const char *value, const char *wanted)
{
	xg_log(XG_LOG_ERROR, "options", "%s %s: %s", option, value, wanted);
	return XG_OPTIONS_BAD;
}

static bool parse_size(const char *text, int32_t *width, int32_t *height)
{
	char end;

	return sscanf(text, "%dx%d%c", width, height, &end) == 2 && *width >= 1 && *height >= 1 &&
	       *width <= MAX_SIDE && *height <= MAX_SIDE;
}

static bool parse_refresh(const char *text, int32_t *refresh_mhz)
{
	char *end;
	const double hertz = strtod(text, &end);

	if (end == text || *end || !(hertz >= 1 && hertz <= 1000))
		return false;
	*refresh_mhz = (int32_t)lround(hertz * 1000);
	return true;
}

static bool parse_pixels(const char *text, uint64_t *bytes)
{
	char *end;
	const long mebibytes = strtol(text, &end, 10);

	if (end == text || *end || mebibytes < 1 || mebibytes > 1 << 20)
		return false;
	*bytes = (uint64_t)mebibytes << 20;
	return true;
}

static bool parse_fd(const char *text, int *fd)
{
	char *end;
	const long value = strtol(text, &end, 10);

	if (end == text || *end || value < 0 || value > INT32_MAX || fcntl((int)value, F_GETFD) < 0)
		return false;
	*fd = (int)value;
	return true;
}

static enum xg_options_result take(struct xg_options *options, int option, const char *value)
{
	static const char wants_size[] = "a size reads WIDTHxHEIGHT, each from 1 to 16384";

	switch (option) {
	case OPTION_HEADLESS:
		options->backend = XG_BACKEND_HEADLESS;
		if (!parse_size(value, &options->width, &options->height))
			return bad("--headless", value, wants_size);
		break;
	case OPTION_NESTED:
		options->backend = XG_BACKEND_NESTED;
		if (value && !parse_size(value, &options->width, &options->height))
			return bad("--nested", value, wants_size);
		break;
	case OPTION_REFRESH:
		if (!parse_refresh(value, &options->refresh_mhz))
			return bad("--refresh", value, "a rate is a number from 1 to 1000");
		break;
	case OPTION_SOCKET:
		options->socket = value;
		break;
	case OPTION_GUEST:
		if (options->guest_count == XG_MAX_GUESTS)
			return bad("--guest", value, "that is one guest too many");
		options->guests[options->guest_count++] = value;
		break;
	case OPTION_PIXELS:
		if (!parse_pixels(value, &options->pixel_bytes))
			return bad("--pixels", value, "a number of MiB from 1 to 1048576");
		break;
	case OPTION_CONTROL:
		options->control = value;
		break;
	case OPTION_READY_FD:
		if (!parse_fd(value, &options->ready_fd))
			return bad("--ready-fd", value, "no open file descriptor");
		break;
	case OPTION_TEST_INPUT:
		options->has_test_input = true;
		break;
	case OPTION_HELP:
		fputs(usage, stdout);
		return XG_OPTIONS_SHOWN;
	case OPTION_VERSION:
		puts("xenglass-compositor " XG_VERSION);
		return XG_OPTIONS_SHOWN;
	default:
		return XG_OPTIONS_BAD;
	}
	return XG_OPTIONS_RUN;
}

enum xg_options_result xg_options_parse(struct xg_options *options, int argc, char **argv)
{
	enum xg_options_result result;
	int option;

	*options = (struct xg_options){
		.backend = XG_BACKEND_NESTED,
		.width = 1280,
		.height = 800,
		.refresh_mhz = 60000,
		.pixel_bytes = UINT64_C(1) << 30,
		.ready_fd = -1,
	};
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", long_options, NULL)) >= 0) {
		if (option == '?')
			return bad("bad usage:", argv[optind - 1],
				"no such option, or its value is missing; see --help");
		result = take(options, option, optarg);
		if (result != XG_OPTIONS_RUN)
			return result;
	}
	if (optind < argc)
		return bad("bad usage:", argv[optind], "no arguments are taken; see --help");
	return XG_OPTIONS_RUN;
}

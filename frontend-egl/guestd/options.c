/* SPDX-License-Identifier: MIT */
/* See options.h. */
#include "options.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define PAGES_DEFAULT 16384u
#define PAGES_MAX     (1u << 20)

static const char help[] =
	"usage: xenglass-guestd --link PATH [--runtime-dir DIR]\n"
	"       xenglass-guestd --xen [--xen-pages N] [--runtime-dir DIR]\n"
	"\n"
	"Serves a guest's applications: their Wayland windows stand on the host's screen, and\n"
	"their OpenGL ES is drawn by the host.\n"
	"\n"
	"  --link PATH         the socket where xenglass-host listens\n"
	"  --xen               wait for the host in xenstore: this machine is a domain of Xen\n"
	"  --xen-pages N       grant so many pages to the host at most; the default is 16384.\n"
	"                      The limit of the module xen-gntalloc must be no less\n"
	"  --runtime-dir DIR   make the sockets gl.sock and wayland-0 there; the default is\n"
	"                      /run/xenglass\n"
	"  --ready-fd FD       write a line there and close it once applications can come\n"
	"  --help, --version   print this, or the version\n"
	"\n"
	"XENGLASS_LOG=error|warning|info|debug sets how much is logged.\n";

static bool read_descriptor(const char *text, int *fd)
{
	char *end;
	const long number = strtol(text, &end, 10);

	if (end == text || *end || number < 0 || number > 0xffff || fcntl((int)number, F_GETFD) < 0)
		return false;
	*fd = (int)number;
	return true;
}

static bool read_pages(const char *text, uint32_t *pages)
{
	char *end;
	const unsigned long number = strtoul(text, &end, 10);

	*pages = (uint32_t)number;
	return *text >= '0' && *text <= '9' && *end == '\0' && number > 0 && number <= PAGES_MAX;
}

static bool mistake(int *status, const char *what, const char *value)
{
	fprintf(stderr, "xenglass-guestd: %s%s; see xenglass-guestd --help\n", what, value);
	*status = 2;
	return false;
}

static bool print(int *status, const char *text)
{
	fputs(text, stdout);
	*status = fflush(stdout) == 0 ? 0 : 1;
	return false;
}

bool xg_guestd_options_read(struct xg_guestd_options *options, int argc, char *argv[], int *status)
{
	static const struct option known[] = {
		{"link", required_argument, NULL, 'l'},
		{"xen", no_argument, NULL, 'x'},
		{"xen-pages", required_argument, NULL, 'p'},
		{"runtime-dir", required_argument, NULL, 'd'},
		{"ready-fd", required_argument, NULL, 'r'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'},
		{0},
	};
	int option;

	*options = (struct xg_guestd_options){
		.runtime_dir = "/run/xenglass", .ready_fd = -1, .xen_pages = PAGES_DEFAULT};
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", known, NULL)) != -1) {
		switch (option) {
		case 'l':
			options->link = optarg;
			break;
		case 'x':
			options->is_xen = true;
			break;
		case 'p':
			if (!read_pages(optarg, &options->xen_pages))
				return mistake(status, "no number of pages: ", optarg);
			break;
		case 'd':
			options->runtime_dir = optarg;
			break;
		case 'r':
			if (!read_descriptor(optarg, &options->ready_fd))
				return mistake(status, "not an open file descriptor: ", optarg);
			break;
		case 'h':
			return print(status, help);
		case 'v':
			return print(status, "xenglass-guestd " XG_VERSION "\n");
		case ':':
			return mistake(status, "a value is missing after ", argv[optind - 1]);
		default:
			return mistake(status, "unknown option: ", argv[optind - 1]);
		}
	}
	if (optind < argc)
		return mistake(status, "unexpected argument: ", argv[optind]);
	if (!options->link == !options->is_xen)
		return mistake(status, "give one of --link and --xen: where is the host?", "");
	return true;
}

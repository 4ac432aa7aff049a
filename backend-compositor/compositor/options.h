/* SPDX-License-Identifier: MIT */
/* The command line. */
#ifndef XG_COMPOSITOR_OPTIONS_H
#define XG_COMPOSITOR_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#define XG_MAX_GUESTS 64

enum xg_backend {
	XG_BACKEND_HEADLESS,
	XG_BACKEND_NESTED,
};

struct xg_options {
	enum xg_backend backend;
	int32_t width, height;
	int32_t refresh_mhz;
	const char *socket;  /* NULL: the first that is free of wayland-0, -1 ... */
	const char *control; /* NULL: none */
	const char *guests[XG_MAX_GUESTS];
	int guest_count;
	int ready_fd;	      /* -1: none */
	uint64_t pixel_bytes; /* that the surfaces of one guest may hold together */
	bool has_test_input;
};

enum xg_options_result {
	XG_OPTIONS_RUN,
	XG_OPTIONS_SHOWN, /* --help or --version: nothing is left to do */
	XG_OPTIONS_BAD,	  /* one line has been logged */
};

/* Reads the command line; the strings of options point into argv. */
enum xg_options_result xg_options_parse(struct xg_options *options, int argc, char **argv);

#endif

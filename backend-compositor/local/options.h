/* SPDX-License-Identifier: MIT */
/* The command line of xenglass-local. */
#ifndef XG_LOCAL_OPTIONS_H
#define XG_LOCAL_OPTIONS_H

#include <stdbool.h>
#include <stdbool.h>
#include <stdint.h>

#define XG_LOCAL_GUESTS_MAX 8

enum xg_screen {
	XG_SCREEN_HEADLESS = 0, /* our compositor, no screen */
	XG_SCREEN_NESTED = 1,	/* our compositor, as a window of the user's */
	XG_SCREEN_FOREIGN = 2,	/* a compositor that runs already */
	XG_SCREEN_NONE = 3,	/* no compositor: nothing but drawing off the screen */
};

struct xg_options {
	unsigned guests;
	enum xg_screen screen;
	uint32_t width, height;	      /* of the headless screen, pixels */
	const char *wayland;	      /* the foreign compositor's socket, or NULL */
	const char *screenshot;	      /* where the picture goes, or NULL */
	uint32_t screenshot_after_ms; /* after the commands were started */
	const char *report;	      /* where the report goes, or NULL */
	bool is_jailed;		      /* the host processes are confined */
	char *const *command;	      /* ends with NULL; has at least one element */
};

enum xg_options_result {
	XG_OPTIONS_RUN,
	XG_OPTIONS_DONE,  /* --help or --version was answered */
	XG_OPTIONS_WRONG, /* one line that says what is wrong was logged */
};

/*
 * Reads the command line. The strings stay the caller's and must outlive the options. Looks at
 * WAYLAND_DISPLAY to choose between a nested and a headless screen when neither was asked for.
 */
enum xg_options_result xg_options_parse(struct xg_options *options, int argc, char **argv);

/* True if the screen is a compositor of ours. */
bool xg_options_needs_compositor(const struct xg_options *options);

#endif

/* SPDX-License-Identifier: MIT */
/* What a run leaves for scripts: one JSON object. */
#ifndef XG_LOCAL_REPORT_H
#define XG_LOCAL_REPORT_H

#include <stdbool.h>

#include "guest.h"
#include "options.h"

/*
 * Writes the report: {"command": […], "status": n, "error": null or "why the stack failed",
 * "screenshot": null or "FILE", "guests": [{"name", "colour", "status", "seconds", "processes"}]}.
 * processes holds what the EGL library counted in each of the guest's that drew (see
 * frontend-egl/stats.h). Logs why not and returns false.
 */
bool xg_report_write(const struct xg_options *options, const struct xg_guest *guests, int status,
	const char *error, bool has_screenshot);

#endif

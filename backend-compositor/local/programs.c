/* SPDX-License-Identifier: MIT */
/* See programs.h. */
#include "programs.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* This program's folder, without a slash at the end. */
static bool own_folder(char folder[PATH_MAX])
{
	const ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);

	if (length <= 0)
		return false;
	folder[length] = '\0';
	char *slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
	return true;
}

/*
 * Takes the first that is there of: name in our own folder, in_build (relative to our own folder in
 * a build tree), installed.
 */
static bool find(char path[PATH_MAX], const char *folder, const char *name, const char *in_build,
	const char *installed, int mode)
{
	const char *const relative[] = {name, in_build};

	for (size_t i = 0; i < 2; i++) {
		const int length = snprintf(path, PATH_MAX, "%s/%s", folder, relative[i]);

		if (length < PATH_MAX && access(path, mode) == 0)
			return true;
	}
	snprintf(path, PATH_MAX, "%s", installed);
	if (access(path, mode) == 0)
		return true;
	xg_log(XG_LOG_ERROR, "programs",
		"%s is missing: neither in %s nor at %s; build or install it", name, folder,
		installed);
	return false;
}

bool xg_programs_find(struct xg_programs *programs, bool needs_compositor)
{
	char folder[PATH_MAX];

	if (!own_folder(folder)) {
		xg_log(XG_LOG_ERROR, "programs", "cannot read /proc/self/exe: is /proc mounted?");
		return false;
	}
	programs->compositor[0] = '\0';
	if (needs_compositor && !find(programs->compositor, folder, "xenglass-compositor",
					"../compositor/xenglass-compositor",
					XG_BINDIR "/xenglass-compositor", X_OK))
		return false;
	return find(programs->host, folder, "xenglass-host", "../host/xenglass-host",
		       XG_LIBEXECDIR "/xenglass-host", X_OK) &&
	       find(programs->guestd, folder, "xenglass-guestd",
		       "../../frontend-egl/guestd/xenglass-guestd", XG_BINDIR "/xenglass-guestd",
		       X_OK) &&
	       find(programs->vendor_json, folder, "20_xenglass.json",
		       "../../frontend-egl/20_xenglass.json",
		       XG_DATADIR "/glvnd/egl_vendor.d/20_xenglass.json", R_OK);
}

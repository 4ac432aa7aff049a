/* SPDX-License-Identifier: MIT */
/* See runtime.h. */
#include "runtime.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

#define MODULE	     "runtime"
#define FOLDER_LEVEL 16

bool xg_runtime_create(struct xg_runtime *runtime)
{
	const char *parents[] = {getenv("XDG_RUNTIME_DIR"), "/tmp"};

	for (size_t i = 0; i < 2; i++) {
		if (!parents[i] || parents[i][0] != '/')
			continue;
		const int length = snprintf(
			runtime->path, sizeof(runtime->path), "%s/xenglass-XXXXXX", parents[i]);
		if (length < (int)sizeof(runtime->path) && mkdtemp(runtime->path))
			return true;
	}
	xg_log(XG_LOG_ERROR, MODULE,
		"cannot make a folder in XDG_RUNTIME_DIR or in /tmp: %s; set XDG_RUNTIME_DIR to a "
		"folder of yours",
		strerror(errno));
	return false;
}

bool xg_runtime_add(const struct xg_runtime *runtime, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", runtime->path, name);
	if (mkdir(path, 0700) == 0)
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "cannot make %s: %s", path, strerror(errno));
	return false;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)!remove(path);
	return 0;
}

void xg_runtime_remove(const struct xg_runtime *runtime)
{
	nftw(runtime->path, remove_one, FOLDER_LEVEL, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

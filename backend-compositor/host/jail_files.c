/* SPDX-License-Identifier: MIT */
/*
 * See jail_files.h. Landlock: what no rule names is closed. Paths that do not exist are skipped.
 *
 * NVIDIA's driver opens its devices by name, one for each GPU, and those of a part of a GPU in a
 * folder; and before that it reads whether its module is loaded.
 */
#include "jail_files.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/landlock.h>

/* Rights that younger headers name. */
#define RIGHT_REFER	(UINT64_C(1) << 13)
#define RIGHT_TRUNCATE	(UINT64_C(1) << 14)
#define RIGHT_IOCTL_DEV (UINT64_C(1) << 15)

#define RIGHTS_OF_VERSION_1 ((UINT64_C(1) << 13) - 1)
#define READING		    (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define DEVICE		    (READING | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_IOCTL_DEV)
#define OF_A_FILE                                                                                  \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |                            \
		LANDLOCK_ACCESS_FS_EXECUTE | RIGHT_TRUNCATE | RIGHT_IOCTL_DEV)

#define NVIDIA_CONTROL "/dev/nvidiactl"

struct open_path {
	const char *pattern;
	uint64_t rights;
};

static const struct open_path open_paths[] = {
	{"/usr", READING},
	{"/lib", READING},
	{"/lib64", READING},
	{"/etc", READING},
	{"/opt", READING},
	{"/nix/store", READING},
	{"/gnu/store", READING},
	{"/run/opengl-driver", READING},
	{"/sys", READING},
	{"/proc/self", READING},
	{"/proc/cpuinfo", READING},
	{"/proc/meminfo", READING},
	{"/proc/sys", READING},
	{"/proc/driver", READING},
	{"/dev/null", DEVICE},
	{"/dev/urandom", READING},
	{"/dev/dri", DEVICE},
	{"/dev/udmabuf", DEVICE},
	{"/dev/nvidia*", DEVICE},
};

/* What is opened only where that driver is: of all that is loaded, root sees the addresses. */
static const struct open_path nvidia_paths[] = {
	{"/proc/modules", READING},
	{"/proc/devices", READING},
};

/* Where a developer's drivers may be. */
static const char *const variables[] = {"LIBGL_DRIVERS_PATH", "LD_LIBRARY_PATH",
	"__EGL_VENDOR_LIBRARY_DIRS", "__EGL_VENDOR_LIBRARY_FILENAMES"};

static uint64_t known_rights(long version)
{
	uint64_t rights = RIGHTS_OF_VERSION_1;

	if (version >= 2)
		rights |= RIGHT_REFER;
	if (version >= 3)
		rights |= RIGHT_TRUNCATE;
	if (version >= 5)
		rights |= RIGHT_IOCTL_DEV;
	return rights;
}

static bool add_path(int ruleset, const char *path, uint64_t rights)
{
	const int fd = open(path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};

	if (fd < 0)
		return true;

	/* A rule for what is no folder must not speak of folders. */
	const int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (folder >= 0)
		close(folder);
	else
		rule.allowed_access &= OF_A_FILE;

	const bool is_added =
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(fd);
	return is_added;
}

static bool add_variable(int ruleset, const char *name, uint64_t rights)
{
	const char *value = getenv(name);
	char *list = value ? strdup(value) : NULL;
	char *rest = list;
	bool is_added = true;

	for (const char *path; is_added && (path = strsep(&rest, ":"));) {
		if (path[0] == '/')
			is_added = add_path(ruleset, path, rights);
	}
	free(list);
	return is_added;
}

static bool add_matches(int ruleset, const struct open_path *open_path, uint64_t known)
{
	bool is_added = true;
	glob_t found;

	if (glob(open_path->pattern, GLOB_NOSORT, NULL, &found) != 0)
		return true;
	for (size_t i = 0; i < found.gl_pathc && is_added; i++)
		is_added = add_path(ruleset, found.gl_pathv[i], open_path->rights & known);
	globfree(&found);
	return is_added;
}

static bool add_all(int ruleset, uint64_t known)
{
	for (size_t i = 0; i < sizeof(open_paths) / sizeof(open_paths[0]); i++) {
		if (!add_matches(ruleset, &open_paths[i], known))
			return false;
	}
	for (size_t i = 0; i < sizeof(nvidia_paths) / sizeof(nvidia_paths[0]); i++) {
		if (access(NVIDIA_CONTROL, F_OK) == 0 &&
			!add_matches(ruleset, &nvidia_paths[i], known))
			return false;
	}
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		if (!add_variable(ruleset, variables[i], READING))
			return false;
	}
	return true;
}

/* Below 1, with errno set, without Landlock. */
static long find_version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool xg_jail_can_close_files(void)
{
	return find_version() >= 1;
}

bool xg_jail_close_files(void)
{
	const long version = find_version();

	if (version < 1)
		return false;

	/* Only the first member, which every version knows. */
	const uint64_t known = known_rights(version);
	const int ruleset = (int)syscall(SYS_landlock_create_ruleset, &known, sizeof(known), 0);

	if (ruleset < 0)
		return false;

	const bool is_closed =
		add_all(ruleset, known) && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	const int saved_errno = errno;

	close(ruleset);
	errno = saved_errno;
	return is_closed;
}

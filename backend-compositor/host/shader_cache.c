/* SPDX-License-Identifier: MIT */
/*
 * See shader_cache.h. Mesa wants a folder with files. Ours is part of the installation and never
 * changes: its files are links to descriptors of the process that opens them, /proc/self/fd/N, and
 * there we have memory. So nothing is written to any file system, nothing is left behind, and the
 * jail need open no folder; Mesa only asks for files "to be made if they are not there". The
 * folder's layout is that of Mesa's cache in a database, which alone keeps to its limit without
 * making and removing files.
 */
#include "shader_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

#define MODULE	     "shader-cache"
#define FOLDER	     "xenglass-shader-cache" /* beside this program */
#define SWITCH	     "MESA_SHADER_CACHE_DISABLE"
#define BYTES_MIN    1024 /* Mesa's unit */
#define TEXT_OF_LINK "/proc/self/fd/"

static bool find_folder(char path[PATH_MAX])
{
	const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (length <= 0)
		return false;
	path[length] = '\0';

	char *name = strrchr(path, '/') + 1;
	const size_t room = (size_t)(path + PATH_MAX - name);

	return snprintf(name, room, FOLDER) < (int)room;
}

/* The descriptor that a file of the folder stands for; -1 if it is none of ours. */
static int read_number(int folder, const char *name)
{
	char text[32];
	const ssize_t length = readlinkat(folder, name, text, sizeof(text) - 1);

	if (length < 0)
		return -1;
	text[length] = '\0';
	if (strncmp(text, TEXT_OF_LINK, strlen(TEXT_OF_LINK)) != 0)
		return -1;
	return atoi(text + strlen(TEXT_OF_LINK));
}

/* Puts memory where the link leads. */
static bool add_file(struct xg_shader_cache *cache, int number)
{
	if (cache->count == XG_SHADER_CACHE_FILES_MAX || fcntl(number, F_GETFD) >= 0) {
		errno = EEXIST;
		return false;
	}

	const int memory = memfd_create("xenglass-shaders", MFD_CLOEXEC);

	if (memory < 0)
		return false;

	const bool is_added = dup3(memory, number, O_CLOEXEC) >= 0;

	close(memory);
	if (is_added)
		cache->fds[cache->count++] = number;
	return is_added;
}

static bool add_files(struct xg_shader_cache *cache, const char *path)
{
	DIR *folder = opendir(path);
	bool is_added = true;

	if (!folder)
		return false;
	for (const struct dirent *entry; is_added && (entry = readdir(folder));) {
		const int number = read_number(dirfd(folder), entry->d_name);

		if (number >= 0)
			is_added = add_file(cache, number);
	}

	const int saved_errno = errno;

	closedir(folder);
	errno = saved_errno;
	return is_added && cache->count > 0;
}

static void close_files(struct xg_shader_cache *cache)
{
	while (cache->count > 0)
		close(cache->fds[--cache->count]);
}

static bool make_cache(struct xg_shader_cache *cache, uint64_t limit_bytes)
{
	char folder[PATH_MAX], files[PATH_MAX + 32], size[32];

	errno = 0;
	if (!find_folder(folder))
		return false;
	/* What Mesa calls it. */
	snprintf(files, sizeof(files), "%s/mesa_shader_cache_db", folder);
	if (!add_files(cache, files)) {
		const int saved_errno = errno;

		close_files(cache);
		errno = saved_errno;
		return false;
	}
	snprintf(size, sizeof(size), "%lluK", (unsigned long long)limit_bytes / BYTES_MIN);
	setenv("MESA_SHADER_CACHE_DIR", folder, 1);
	setenv("MESA_SHADER_CACHE_MAX_SIZE", size, 1);
	setenv("MESA_DISK_CACHE_DATABASE", "true", 1);
	return true;
}

bool xg_shader_cache_open(struct xg_shader_cache *cache, uint64_t limit_bytes)
{
	bool is_open = false;

	*cache = (struct xg_shader_cache){0};
	if (getenv(SWITCH))
		return false;
	if (limit_bytes >= BYTES_MIN) {
		is_open = make_cache(cache, limit_bytes);
		if (!is_open)
			xg_log(XG_LOG_INFO, MODULE, "shaders are compiled anew each time: %s",
				strerror(errno));
	}
	setenv(SWITCH, is_open ? "false" : "true", 1);
	return is_open;
}

uint64_t xg_shader_cache_bytes(const struct xg_shader_cache *cache)
{
	enum { BYTES_PER_BLOCK = 512 };
	uint64_t bytes = 0;
	struct stat status;

	for (unsigned i = 0; i < cache->count; i++) {
		if (fstat(cache->fds[i], &status) == 0)
			bytes += (uint64_t)status.st_blocks * BYTES_PER_BLOCK;
	}
	return bytes;
}

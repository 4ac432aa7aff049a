/* SPDX-License-Identifier: MIT */
/* See log.h. The only global state is the sink: the program's name and its level. */
#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const level_names[] = {
	[XG_LOG_ERROR] = "error",
	[XG_LOG_WARNING] = "warning",
	[XG_LOG_INFO] = "info",
	[XG_LOG_DEBUG] = "debug",
};

static struct {
	const char *program;
	enum xg_log_level level;
} sink = {.program = "xenglass", .level = XG_LOG_ERROR};

void xg_log_init(const char *program, enum xg_log_level default_level)
{
	const char *wanted = getenv("XENGLASS_LOG");

	sink.program = program;
	sink.level = default_level;
	for (size_t i = 0; wanted && i < sizeof(level_names) / sizeof(level_names[0]); i++) {
		if (strcmp(wanted, level_names[i]) == 0)
			sink.level = (enum xg_log_level)i;
	}
}

bool xg_log_enabled(enum xg_log_level level)
{
	return level <= sink.level;
}

void xg_vlog(enum xg_log_level level, const char *module, const char *format, va_list args)
{
	char line[1024];
	const int saved_errno = errno;

	if (!xg_log_enabled(level))
		return;

	int used = snprintf(
		line, sizeof(line), "%s[%s] %s: ", sink.program, module, level_names[level]);
	if (used < 0)
		return;
	size_t length = (size_t)used < sizeof(line) ? (size_t)used : sizeof(line) - 1;
	used = vsnprintf(line + length, sizeof(line) - length, format, args);
	if (used > 0)
		length += (size_t)used;
	if (length > sizeof(line) - 1)
		length = sizeof(line) - 1;
	line[length++] = '\n';
	(void)!write(STDERR_FILENO, line, length);
	errno = saved_errno;
}

void xg_log(enum xg_log_level level, const char *module, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	xg_vlog(level, module, format, args);
	va_end(args);
}

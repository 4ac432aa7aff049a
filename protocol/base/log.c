/* SPDX-License-Identifier: MIT */
/* See log.h. The only global state is the sink: the program's name, its level and its rate. */
#include "base/log.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_LINE (INT64_C(1000000000) / XG_LOG_LINES_PER_SECOND)

static const char *const level_names[] = {
	[XG_LOG_ERROR] = "error",
	[XG_LOG_WARNING] = "warning",
	[XG_LOG_INFO] = "info",
	[XG_LOG_DEBUG] = "debug",
};

static struct {
	const char *program;
	enum xg_log_level level;
	_Atomic int64_t paid_until_ns; /* each line costs NS_PER_LINE, paid up to a burst ahead */
	_Atomic unsigned left_out;
} sink = {.program = "xenglass", .level = XG_LOG_ERROR, .paid_until_ns = INT64_MIN};

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

/* Whether one more line may be written now. */
static bool has_room(void)
{
	struct timespec now;
	int64_t paid_until_ns = atomic_load(&sink.paid_until_ns), start_ns;

	clock_gettime(CLOCK_MONOTONIC, &now);
	const int64_t now_ns = now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
	const int64_t oldest_ns = now_ns - XG_LOG_BURST_LINES * NS_PER_LINE;

	do {
		start_ns = paid_until_ns > oldest_ns ? paid_until_ns : oldest_ns;
		if (start_ns + NS_PER_LINE > now_ns)
			return false;
	} while (!atomic_compare_exchange_weak(
		&sink.paid_until_ns, &paid_until_ns, start_ns + NS_PER_LINE));
	return true;
}

void xg_vlog(enum xg_log_level level, const char *module, const char *format, va_list args)
{
	char line[1024], left_out[64] = "";
	const int saved_errno = errno;

	if (!xg_log_enabled(level))
		return;
	if (level <= XG_LOG_WARNING && !has_room()) {
		atomic_fetch_add(&sink.left_out, 1);
		return;
	}

	const unsigned missing = atomic_exchange(&sink.left_out, 0);
	if (missing)
		snprintf(left_out, sizeof(left_out), "(%u lines left out) ", missing);
	int used = snprintf(line, sizeof(line), "%s[%s] %s: %s", sink.program, module,
		level_names[level], left_out);
	if (used < 0)
		return;
	size_t length = (size_t)used < sizeof(line) ? (size_t)used : sizeof(line) - 1;
	used = vsnprintf(line + length, sizeof(line) - length, format, args);
	if (used > 0)
		length += (size_t)used;
	if (length > sizeof(line) - 1)
		length = sizeof(line) - 1;
	/* Text of a guest's must not end the line, nor do what a terminal is told to. */
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)line[i] < ' ' || line[i] == '\x7f')
			line[i] = '?';
	}
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

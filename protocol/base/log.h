/* SPDX-License-Identifier: MIT */
/*
 * Logging for the programs. Libraries that an application loads (the EGL vendor library) log only
 * when XENGLASS_LOG asks for it; libraries of ours neither log nor exit.
 *
 * A line reads "xenglass-host[relay] error: text", so that lines of several processes on one
 * terminal can be told apart.
 *
 * Errors and warnings are what a guest, or an application, may cause as often as it likes. So a
 * process writes no more of them than the rate below; the next line that is written says how many
 * were left out. What was asked for with XENGLASS_LOG=info or debug has no limit.
 */
#ifndef XG_BASE_LOG_H
#define XG_BASE_LOG_H

#include <stdarg.h>
#include <stdbool.h>

enum { XG_LOG_BURST_LINES = 100, XG_LOG_LINES_PER_SECOND = 1 };

enum xg_log_level {
	XG_LOG_ERROR = 0,
	XG_LOG_WARNING = 1,
	XG_LOG_INFO = 2,
	XG_LOG_DEBUG = 3,
};

/*
 * Sets the program's name (not copied; it must live as long as the program) and reads XENGLASS_LOG
 * (error, warning, info or debug). Without that variable, lines up to default_level are written.
 * Call once, before any thread is started.
 */
void xg_log_init(const char *program, enum xg_log_level default_level);

/*
 * Writes one line to standard error in one write(2), so that lines of threads do not mix. The
 * module is a short noun, the file's. Keeps errno. Any thread.
 */
void xg_log(enum xg_log_level level, const char *module, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void xg_vlog(enum xg_log_level level, const char *module, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

/* True if a line of that level would be written. Any thread. */
bool xg_log_enabled(enum xg_log_level level);

#endif

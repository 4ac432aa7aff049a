/* SPDX-License-Identifier: MIT */
/* A guest that is refused again and again does not fill the log, nor write lines of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"

enum { LINES = 2000 };

/* Writes the lines of a flood to a file; what the file then holds, and how many they are. */
static unsigned flood(enum xg_log_level level, char *text, size_t size)
{
	FILE *file = tmpfile();
	const int old = dup(STDERR_FILENO);
	unsigned count = 0;

	assert_non_null(file);
	dup2(fileno(file), STDERR_FILENO);
	for (int i = 0; i < LINES; i++)
		xg_log(level, "test", "refused");
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(file);
	while (fgets(text, (int)size, file))
		count++;
	fclose(file);
	return count;
}

static void flood_of_warnings_is_cut_and_counted(void **state)
{
	const time_t start = time(NULL);
	char text[1024], said[64];
	unsigned count;

	count = flood(XG_LOG_WARNING, text, sizeof(text));
	assert_true(count >= XG_LOG_BURST_LINES);
	assert_true(count <= XG_LOG_BURST_LINES + 2 +
				     XG_LOG_LINES_PER_SECOND * (unsigned)(time(NULL) - start));

	/* What was asked for is whole, and its first line says what is missing. */
	snprintf(said, sizeof(said), "(%u lines left out) refused", LINES - count);
	const int old = dup(STDERR_FILENO);
	FILE *file = tmpfile();

	assert_non_null(file);
	dup2(fileno(file), STDERR_FILENO);
	xg_log(XG_LOG_INFO, "test", "refused");
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(file);
	assert_non_null(fgets(text, sizeof(text), file));
	fclose(file);
	assert_true(strstr(text, said) || count > XG_LOG_BURST_LINES);
	assert_int_equal(flood(XG_LOG_INFO, text, sizeof(text)), LINES);
}

static void text_of_others_stays_in_its_line(void **state)
{
	char text[1024];
	const int old = dup(STDERR_FILENO);
	FILE *file = tmpfile();

	assert_non_null(file);
	dup2(fileno(file), STDERR_FILENO);
	xg_log(XG_LOG_INFO, "test", "it says: %s", "no\nxenglassd[x] error: \x1b[2J\x7f\xc3\xa4");
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(file);
	assert_non_null(fgets(text, sizeof(text), file));
	assert_string_equal(
		text, "log-test[test] info: it says: no?xenglassd[x] error: ?[2J?\xc3\xa4\n");
	assert_null(fgets(text, sizeof(text), file));
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_of_others_stays_in_its_line),
		cmocka_unit_test(flood_of_warnings_is_cut_and_counted),
	};

	xg_log_init("log-test", XG_LOG_INFO);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

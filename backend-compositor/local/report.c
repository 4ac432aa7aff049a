/* SPDX-License-Identifier: MIT */
/* See report.h. */
#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "launch/process.h"

/* More than the counters ever fill; a guest that writes more is not copied. */
#define STATS_SIZE_MAX 65536

static void write_string(FILE *file, const char *text)
{
	if (!text) {
		fputs("null", file);
		return;
	}
	fputc('"', file);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\')
			fprintf(file, "\\%c", *c);
		else if (*c < 0x20 || *c >= 0x7f)
			fprintf(file, "\\u%04x", *c);
		else
			fputc(*c, file);
	}
	fputc('"', file);
}

/* Copies a process's counters, which are JSON already. */
static void write_process(FILE *file, const char *path)
{
	char text[STATS_SIZE_MAX];
	size_t size = 0;
	FILE *stats = fopen(path, "re");

	if (stats) {
		size = fread(text, 1, sizeof(text), stats);
		fclose(stats);
	}
	while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == ' '))
		size--;
	if (size >= 2 && size < sizeof(text) && text[0] == '{' && text[size - 1] == '}')
		fwrite(text, 1, size, file);
	else
		fputs("null", file);
}

static int is_whole(const struct dirent *entry)
{
	const char *end = strrchr(entry->d_name, '.');

	return end && strcmp(end, ".json") == 0;
}

/* An element for each process that left counters, by its id. */
static void write_processes(FILE *file, const char *folder)
{
	struct dirent **entries;
	const int count = scandir(folder, &entries, is_whole, versionsort);
	char path[PATH_MAX];

	for (int i = 0; i < count; i++) {
		fputs(i ? ",\n    " : "\n    ", file);
		if (snprintf(path, sizeof(path), "%s%s", folder, entries[i]->d_name) < PATH_MAX)
			write_process(file, path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static void write_guest(FILE *file, const struct xg_guest *guest)
{
	fputs("\n  {\"name\": ", file);
	write_string(file, guest->name);
	fprintf(file, ", \"colour\": \"#%s\"", guest->colour);
	if (guest->command_ended)
		fprintf(file, ", \"status\": %d, \"seconds\": %.3f",
			xg_process_exit_code(guest->command_status),
			(double)(guest->ended_ms - guest->started_ms) / 1000);
	else
		fputs(", \"status\": null, \"seconds\": null", file);
	fputs(",\n   \"processes\": [", file);
	write_processes(file, guest->stats);
	fputs("]}", file);
}

bool xg_report_write(const struct xg_options *options, const struct xg_guest *guests, int status,
	const char *error, bool has_screenshot)
{
	FILE *file = fopen(options->report, "we");

	if (!file) {
		xg_log(XG_LOG_ERROR, "report", "cannot write %s: %s", options->report,
			strerror(errno));
		return false;
	}
	fputs("{\"command\": [", file);
	for (size_t i = 0; options->command[i]; i++) {
		fputs(i ? ", " : "", file);
		write_string(file, options->command[i]);
	}
	fprintf(file, "],\n \"status\": %d,\n \"error\": ", status);
	write_string(file, error);
	fputs(",\n \"screenshot\": ", file);
	write_string(file, has_screenshot ? options->screenshot : NULL);
	fputs(",\n \"guests\": [", file);
	for (unsigned i = 0; i < options->guests; i++) {
		fputs(i ? "," : "", file);
		write_guest(file, &guests[i]);
	}
	fputs("\n ]}\n", file);
	if (fclose(file) != 0) {
		xg_log(XG_LOG_ERROR, "report", "cannot write %s: %s", options->report,
			strerror(errno));
		return false;
	}
	return true;
}

/* SPDX-License-Identifier: MIT */
/* See stats.h. A table by opcode; the file is written by an exit handler. */
#include "stats.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SWAPS_KEPT 64u

static struct {
	_Atomic bool wanted;
	const char *file;
	pid_t pid; /* whose statistics they are: the child of a fork inherits the exit handler */
	const char *(*name)(uint32_t opcode);
	_Atomic uint64_t syncs[65536];
	_Atomic uint64_t sync_count;
	_Atomic uint64_t swaps;
	_Atomic uint64_t sync_at_swap[SWAPS_KEPT];
} stats;

static pthread_once_t stats_once = PTHREAD_ONCE_INIT;

static void write_syncs(FILE *out)
{
	const char *separator = "";

	for (uint32_t opcode = 0; opcode < 65536; opcode++) {
		const char *name = stats.name ? stats.name(opcode) : NULL;
		const unsigned long long count = stats.syncs[opcode];

		if (count == 0)
			continue;
		if (name)
			fprintf(out, "%s\"%s\": %llu", separator, name, count);
		else
			fprintf(out, "%s\"%u\": %llu", separator, opcode, count);
		separator = ", ";
	}
}

static void write_stats(void)
{
	FILE *out = stats.pid == getpid() ? fopen(stats.file, "we") : NULL;
	const uint64_t swaps = stats.swaps;
	const uint64_t first = swaps > SWAPS_KEPT ? swaps - SWAPS_KEPT : 0;

	if (!out)
		return;
	fputs("{\"sync\": {", out);
	write_syncs(out);
	fprintf(out, "}, \"swaps\": %llu, \"sync_at_swap\": [", (unsigned long long)swaps);
	for (uint64_t i = first; i < swaps; i++)
		fprintf(out, "%s%llu", i == first ? "" : ", ",
			(unsigned long long)stats.sync_at_swap[i % SWAPS_KEPT]);
	fputs("]}\n", out);
	fclose(out);
}

static void look(void)
{
	stats.file = getenv("XENGLASS_STATS");
	stats.pid = getpid();
	if (stats.file && stats.file[0] != '\0' && atexit(write_stats) == 0)
		stats.wanted = true;
}

void xg_stats_set_names(const char *(*name)(uint32_t opcode))
{
	stats.name = name;
}

bool xg_stats_wanted(void)
{
	pthread_once(&stats_once, look);
	return atomic_load_explicit(&stats.wanted, memory_order_relaxed);
}

void xg_stats_sync(uint32_t opcode)
{
	if (!xg_stats_wanted())
		return;
	stats.syncs[opcode & 0xffff]++;
	stats.sync_count++;
}

void xg_stats_swap(void)
{
	if (!xg_stats_wanted())
		return;
	stats.sync_at_swap[stats.swaps % SWAPS_KEPT] = stats.sync_count;
	stats.swaps++;
}

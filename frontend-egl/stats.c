/* SPDX-License-Identifier: MIT */
/* See stats.h. Waits are counted without a lock, since they are many; swaps under one. */
#include "stats.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "link/port.h"

#define SWAPS_KEPT  64u
#define FRAMES_KEPT 1024u
#define WINDOWS_MAX 32u
#define STREAMS_MAX 64u
#define SECOND_NS   UINT64_C(1000000000)

struct window {
	uint32_t id;
	uint64_t frames, bytes;
	uint64_t first_ns, last_ns;
	uint32_t frame_us[FRAMES_KEPT]; /* a ring: from frame i to the one after it */
};

static struct {
	_Atomic bool wanted;
	const char *path;
	pid_t pid; /* whose statistics they are: the child of a fork inherits the exit handler */
	const char *(*name)(uint32_t opcode);
	_Atomic uint64_t syncs[65536];
	_Atomic uint64_t sync_count;
	_Atomic uint64_t bulk_bytes;

	pthread_mutex_t lock;
	uint64_t swaps, bytes, written_ns;
	uint64_t sync_at_swap[SWAPS_KEPT], bytes_at_swap[SWAPS_KEPT];
	uint64_t notifications_at_swap[SWAPS_KEPT];
	struct window windows[WINDOWS_MAX]; /* the first ones; later ones count for the process */
	unsigned window_count;
	uint64_t positions[STREAMS_MAX]; /* at a stream's last swap, by its number */
} stats = {.lock = PTHREAD_MUTEX_INITIALIZER};

static pthread_once_t stats_once = PTHREAD_ONCE_INIT;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

static void write_process(FILE *out)
{
	fputs("{\"process\": \"", out);
	for (const char *c = program_invocation_short_name; *c; c++)
		fputc(*c < ' ' || *c > '~' || *c == '"' || *c == '\\' ? '?' : *c, out);
	fprintf(out, "\", \"pid\": %d, ", (int)stats.pid);
}

static void write_syncs(FILE *out)
{
	const char *separator = "";

	fputs("\"sync\": {", out);
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

/* What was counted at each of the last swaps. */
static void write_kept(FILE *out, const char *name, const uint64_t *counts)
{
	const uint64_t first = stats.swaps > SWAPS_KEPT ? stats.swaps - SWAPS_KEPT : 0;

	fprintf(out, ", \"%s\": [", name);
	for (uint64_t i = first; i < stats.swaps; i++)
		fprintf(out, "%s%llu", i == first ? "" : ", ",
			(unsigned long long)counts[i % SWAPS_KEPT]);
	fputs("]", out);
}

static void write_swaps(FILE *out)
{
	fprintf(out, "}, \"swaps\": %llu", (unsigned long long)stats.swaps);
	write_kept(out, "sync_at_swap", stats.sync_at_swap);
	write_kept(out, "bytes_at_swap", stats.bytes_at_swap);
	write_kept(out, "notifications_at_swap", stats.notifications_at_swap);
	fprintf(out, ", \"bytes\": %llu, \"bulk_bytes\": %llu", (unsigned long long)stats.bytes,
		(unsigned long long)stats.bulk_bytes);
}

static int compare(const void *one, const void *other)
{
	const uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

	return (a > b) - (a < b);
}

static void write_window(FILE *out, const struct window *window)
{
	const uint64_t times = window->frames - 1;
	const size_t kept = times < FRAMES_KEPT ? (size_t)times : FRAMES_KEPT;
	const double seconds = (double)(window->last_ns - window->first_ns) / (double)SECOND_NS;
	uint32_t sorted[FRAMES_KEPT];

	fprintf(out, "{\"frames\": %llu, \"bytes\": %llu, \"seconds\": %.6f, \"frame_ms\": ",
		(unsigned long long)window->frames, (unsigned long long)window->bytes, seconds);
	if (kept == 0) {
		fputs("null}", out);
		return;
	}
	memcpy(sorted, window->frame_us, kept * sizeof(sorted[0]));
	qsort(sorted, kept, sizeof(sorted[0]), compare);
	fprintf(out, "{\"mean\": %.3f, \"p50\": %.3f, \"p95\": %.3f, \"max\": %.3f}}",
		seconds * 1000 / (double)times, sorted[(kept - 1) / 2] / 1e3,
		sorted[(kept - 1) * 95 / 100] / 1e3, sorted[kept - 1] / 1e3);
}

/* With the lock held. A reader finds the file whole, or the one before. */
static void write_file(void)
{
	char path[PATH_MAX], half[PATH_MAX];
	const bool is_folder = stats.path[strlen(stats.path) - 1] == '/';
	int length = is_folder ? snprintf(path, PATH_MAX, "%s%d.json", stats.path, (int)stats.pid)
			       : snprintf(path, PATH_MAX, "%s", stats.path);

	if (length < PATH_MAX)
		length = snprintf(half, PATH_MAX, "%s.half", path);

	FILE *out = length < PATH_MAX && stats.pid == getpid() ? fopen(half, "we") : NULL;

	if (!out)
		return;
	write_process(out);
	write_syncs(out);
	write_swaps(out);
	fputs(", \"windows\": [", out);
	for (unsigned i = 0; i < stats.window_count; i++) {
		fputs(i ? ", " : "", out);
		write_window(out, &stats.windows[i]);
	}
	fputs("]}\n", out);
	if (fclose(out) == 0)
		rename(half, path);
}

static void write_at_exit(void)
{
	/* A signal's handler may have come here out of a swap: then the last second is missing. */
	if (pthread_mutex_trylock(&stats.lock) != 0)
		return;
	write_file();
	pthread_mutex_unlock(&stats.lock);
}

static void look(void)
{
	stats.path = secure_getenv("XENGLASS_STATS");
	stats.pid = getpid();
	if (stats.path && stats.path[0] != '\0' && atexit(write_at_exit) == 0)
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

void xg_stats_bulk(size_t size)
{
	if (xg_stats_wanted())
		stats.bulk_bytes += size;
}

static struct window *find_window(uint32_t id)
{
	for (unsigned i = 0; i < stats.window_count; i++) {
		if (stats.windows[i].id == id)
			return &stats.windows[i];
	}
	if (stats.window_count == WINDOWS_MAX)
		return NULL;
	stats.windows[stats.window_count].id = id;
	return &stats.windows[stats.window_count++];
}

static void count_frame(struct window *window, uint64_t now, uint64_t bytes)
{
	if (window->frames == 0)
		window->first_ns = now;
	else
		window->frame_us[(window->frames - 1) % FRAMES_KEPT] =
			(uint32_t)((now - window->last_ns) / 1000);
	window->last_ns = now;
	window->frames++;
	window->bytes += bytes;
}

void xg_stats_swap(uint32_t window_id, uint32_t stream, uint64_t position)
{
	if (!xg_stats_wanted())
		return;
	pthread_mutex_lock(&stats.lock);

	const uint64_t now = now_ns();
	uint64_t *last = &stats.positions[stream % STREAMS_MAX];
	/* A stream whose number comes again begins anew. */
	const uint64_t bytes = position > *last ? position - *last : position;
	struct window *window = find_window(window_id);

	*last = position;
	stats.bytes += bytes;
	stats.sync_at_swap[stats.swaps % SWAPS_KEPT] = stats.sync_count;
	stats.bytes_at_swap[stats.swaps % SWAPS_KEPT] = stats.bytes;
	stats.notifications_at_swap[stats.swaps % SWAPS_KEPT] = xg_port_notifications();
	stats.swaps++;
	if (window)
		count_frame(window, now, bytes);
	if (now - stats.written_ns >= SECOND_NS) {
		stats.written_ns = now;
		write_file();
	}
	pthread_mutex_unlock(&stats.lock);
}

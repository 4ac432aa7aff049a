/* SPDX-License-Identifier: MIT */
/*
 * See timeline.h. One buffer under one lock: there are some ten spans in a frame. The format is a
 * JSON array that is never closed, as its readers allow, so that every flush leaves a file that can
 * be read.
 */
#include "base/timeline.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S UINT64_C(1000000000)

enum { BUFFER_SIZE = 1 << 16, EVENT_SIZE = 512, NAME_SIZE = 32 };

_Atomic bool xg_timeline_is_on;

static struct {
	pthread_mutex_t lock;
	pid_t pid; /* whose it is: the child of a fork inherits the buffer and the descriptor */
	int fd;
	size_t used;
	char buffer[BUFFER_SIZE];
} timeline = {.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1};

static pthread_once_t timeline_once = PTHREAD_ONCE_INIT;
static _Atomic unsigned thread_count;
static _Thread_local unsigned thread_number __attribute__((tls_model("initial-exec")));

uint64_t xg_timeline_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

/* With the lock held. What cannot be written is lost. */
static void write_out(void)
{
	size_t done = 0;

	while (done < timeline.used && timeline.pid == getpid()) {
		const ssize_t size =
			write(timeline.fd, timeline.buffer + done, timeline.used - done);

		if (size < 0 && errno != EINTR)
			break;
		done += size > 0 ? (size_t)size : 0;
	}
	timeline.used = 0;
}

static void flush_at_exit(void)
{
	/* A signal's handler may have come here out of a span: then the last ones are missing. */
	if (pthread_mutex_trylock(&timeline.lock) != 0)
		return;
	write_out();
	pthread_mutex_unlock(&timeline.lock);
}

/* With the lock held, or before there are others. */
static void add(const char *format, ...)
{
	va_list args;
	int size;

	if (timeline.used > BUFFER_SIZE - EVENT_SIZE)
		write_out();
	va_start(args, format);
	size = vsnprintf(timeline.buffer + timeline.used, EVENT_SIZE, format, args);
	va_end(args);
	if (size > 0 && size < EVENT_SIZE)
		timeline.used += (size_t)size;
}

static void open_file(void)
{
	const char *folder = secure_getenv("XENGLASS_TIMELINE");
	char name[NAME_SIZE], path[PATH_MAX];

	if (!folder || folder[0] == '\0')
		return;
	timeline.pid = getpid();
	snprintf(name, sizeof(name), "%s", program_invocation_short_name);
	for (char *c = name; *c; c++) {
		if (!isalnum((unsigned char)*c))
			*c = '-';
	}
	if (snprintf(path, sizeof(path), "%s/%s-%d.json", folder, name, (int)timeline.pid) >=
		(int)sizeof(path))
		return;
	timeline.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (timeline.fd < 0 || atexit(flush_at_exit) != 0)
		return;
	add("[{\"ph\": \"M\", \"name\": \"process_name\", \"pid\": %d, \"args\": {\"name\": "
	    "\"%s\"}},\n",
		(int)timeline.pid, name);
	atomic_store(&xg_timeline_is_on, true);
}

void xg_timeline_open(void)
{
	pthread_once(&timeline_once, open_file);
}

/* Begins an event; with the lock held. */
static void add_event(const char *phase, const char *name, uint64_t ns)
{
	if (thread_number == 0)
		thread_number = atomic_fetch_add(&thread_count, 1) + 1;
	add("{\"ph\": \"%s\", \"pid\": %d, \"tid\": %u, \"ts\": %llu.%03u, \"name\": \"%s\"", phase,
		(int)timeline.pid, thread_number, (unsigned long long)ns / 1000,
		(unsigned)(ns % 1000), name);
}

/* Ends it. Events of one frame are tied together, whichever the process. */
static void add_frame(const char *how, const struct xg_timeline_frame *frame)
{
	if (!frame) {
		add("},\n");
		return;
	}
	add(", %s: \"%u.%u.%u\"},\n", how, frame->process ? frame->process : (uint32_t)timeline.pid,
		frame->stream, frame->sequence);
	write_out();
}

void xg_timeline_end(uint64_t begin_ns, const char *name, const struct xg_timeline_frame *frame)
{
	if (begin_ns == 0)
		return;

	const uint64_t ns = xg_timeline_now() - begin_ns;

	pthread_mutex_lock(&timeline.lock);
	add_event("X", name, begin_ns);
	add(", \"dur\": %llu.%03u", (unsigned long long)ns / 1000, (unsigned)(ns % 1000));
	add_frame("\"flow_in\": true, \"flow_out\": true, \"bind_id\"", frame);
	pthread_mutex_unlock(&timeline.lock);
}

void xg_timeline_overlapping(
	uint64_t begin_ns, uint64_t end_ns, const char *name, const struct xg_timeline_frame *frame)
{
	if (begin_ns == 0)
		return;
	pthread_mutex_lock(&timeline.lock);
	add_event("b", name, begin_ns);
	add_frame("\"cat\": \"frame\", \"id\"", frame);
	add_event("e", name, end_ns);
	add_frame("\"cat\": \"frame\", \"id\"", frame);
	pthread_mutex_unlock(&timeline.lock);
}

/* SPDX-License-Identifier: MIT */
/*
 * A timeline of what a process does with its frames: spans with a name, on a line for each thread.
 *
 * XENGLASS_TIMELINE=FOLDER asks for it; each process then writes FOLDER/PROGRAM-PID.json, in the
 * trace event format that Perfetto and chrome://tracing show. The clock is CLOCK_MONOTONIC, so that
 * the files of one machine fit together: bench/timeline.py puts them into one file, and says where
 * the time went. Without the variable a span costs one load and a branch.
 *
 * What is killed loses the spans since its last frame.
 */
#ifndef XG_BASE_TIMELINE_H
#define XG_BASE_TIMELINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* A swap's name in every process: of the guest's process, the stream there, and the swap in it. */
struct xg_timeline_frame {
	uint32_t process; /* 0: this one */
	uint32_t stream;
	uint32_t sequence;
};

/* Not for others: xg_timeline_begin reads it. */
extern _Atomic bool xg_timeline_is_on;

/*
 * Opens the file, if one is asked for: only the first call does anything. To be called before a
 * process gives up the right to open files. Any thread. Does nothing in a program that has more
 * rights than its user (secure_getenv(3)).
 */
void xg_timeline_open(void);

/* In nanoseconds; see below. */
uint64_t xg_timeline_now(void);

/* When a span begins; 0 if there is no timeline. Any thread. */
static inline uint64_t xg_timeline_begin(void)
{
	if (__builtin_expect(atomic_load_explicit(&xg_timeline_is_on, memory_order_relaxed), false))
		return xg_timeline_now();
	return 0;
}

/*
 * The span ends now. name: of letters, digits and blanks. frame: NULL if it is of none. Nothing is
 * written if begin_ns is 0. Any thread.
 */
void xg_timeline_end(uint64_t begin_ns, const char *name, const struct xg_timeline_frame *frame);

/* The same for a span of a frame's that others of its kind may overlap; its end is known. */
void xg_timeline_overlapping(uint64_t begin_ns, uint64_t end_ns, const char *name,
	const struct xg_timeline_frame *frame);

#endif

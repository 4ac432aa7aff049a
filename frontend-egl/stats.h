/* SPDX-License-Identifier: MIT */
/*
 * Statistics of the process: which commands waited for the host, how many such waits there were at
 * each of the last swaps, what was sent, how often the host was notified, and for each window how
 * long its frames took. Without
 * XENGLASS_STATS nothing is kept. If that names a folder, by a slash at its end, the file in it is
 * PID.json. It is written at the first swap, every second between swaps, and at the process's exit,
 * so that what is killed leaves one too.
 *
 *   {"process": "es2gears_wayland", "pid": 7, "sync": {"glGetError": 3}, "swaps": 200,
 *    "sync_at_swap": [12, 12, 12], "bytes_at_swap": [3680, 3888, 4096],
 *    "notifications_at_swap": [18, 19, 20], "bytes": 4096, "bulk_bytes": 0,
 *    "windows": [{"frames": 200, "bytes": 4096, "seconds": 3.3,
 *      "frame_ms": {"mean": 16.6, "p50": 16.6, "p95": 17.0, "max": 21.0}}]}
 *
 * bytes is what the streams' records have taken up to the last swap, and bulk_bytes what went
 * through the bulk regions besides. The percentiles and the maximum are of a window's last 1024
 * frames; a frame is the time from one swap to the next.
 */
#ifndef XG_STATS_H
#define XG_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name of an opcode, or NULL. Set before the first stream is made; else numbers are written. */
void xg_stats_set_names(const char *(*name)(uint32_t opcode));

/* True if XENGLASS_STATS is set. Looks once. Any thread. */
bool xg_stats_wanted(void);

/* A command waited for the host. Any thread; cheap unless statistics are wanted, as all of these.
 */
void xg_stats_sync(uint32_t opcode);

/* A payload took so much of a bulk region. Any thread. */
void xg_stats_bulk(size_t size);

/* A swap of the window was encoded in the stream, which is at position now. Any thread. */
void xg_stats_swap(uint32_t window, uint32_t stream, uint64_t position);

#endif

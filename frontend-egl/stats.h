/* SPDX-License-Identifier: MIT */
/*
 * Statistics of the process's streams: which commands waited for the host, and how many such waits
 * there were at each of the last swaps. Written as JSON at the process's exit to the file that
 * XENGLASS_STATS names; without it, nothing is kept.
 *
 *   {"sync": {"glGetError": 3}, "swaps": 200, "sync_at_swap": [12, 12, 12]}
 */
#ifndef XG_STATS_H
#define XG_STATS_H

#include <stdbool.h>
#include <stdint.h>

/* The name of an opcode, or NULL. Set before the first stream is made; else numbers are written. */
void xg_stats_set_names(const char *(*name)(uint32_t opcode));

/* True if XENGLASS_STATS is set. Looks once. Any thread. */
bool xg_stats_wanted(void);

/* A command waited for the host. Any thread; cheap unless statistics are wanted. */
void xg_stats_sync(uint32_t opcode);

/* A swap was encoded. Any thread. */
void xg_stats_swap(void);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Queries that the driver uses while it draws. Mesa forgets that it does when such a query is
 * deleted, and then reads what is freed.
 */
#ifndef XG_HOST_QUERY_H
#define XG_HOST_QUERY_H

#include <stdint.h>

struct xg_replay;

/* The query of that name, the driver's, is about to be deleted: drawing no longer depends on it. On
 * the replay thread, with its context current. */
void xg_replay_end_condition(struct xg_replay *r, uint32_t name);

#endif

/* SPDX-License-Identifier: MIT */
/* The host's end of bench-replay: apart, because both ends have a stream.h. */
#ifndef XG_BENCH_REPLAY_HOST_H
#define XG_BENCH_REPLAY_HOST_H

struct xg_host_stream;
struct xg_stream_group;

/* Makes a client on the stub driver; its streams' group. */
struct xg_stream_group *bench_host_init(void);

/* Replays a stream of that client to its end. NULL, or the rule that was broken. */
const char *bench_host_run(struct xg_host_stream *stream);

#endif

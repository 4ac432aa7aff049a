/* SPDX-License-Identifier: MIT */
/*
 * One guest, as its host process keeps it: its quota, its processes, their streams, and the
 * control channel over which the guest says what comes and goes.
 *
 * The main thread alone calls the functions here. Replay threads read the quota, the driver's
 * functions and the windows, which do not change once the first of them runs.
 */
#ifndef XG_HOST_HOST_H
#define XG_HOST_HOST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "display.h"
#include "quota.h"
#include "shader_cache.h"
#include "xenglass/limits.h"
#include "xg_gl_table.h"

struct xg_channel;
struct xg_client;
struct xg_link;
struct xg_message;
struct xg_stream_thread;
struct xg_windows;

struct xg_host {
	const char *name; /* the guest's */
	struct xg_quota quota;
	struct xg_limits limits; /* what the guest was told */
	struct xg_gl_table gl;
	struct xg_driver_displays displays;
	struct xg_shader_cache shader_cache;
	struct xg_windows *windows; /* NULL: no compositor, so no windows */
	struct xg_link *link;
	struct xg_channel *channel;
	struct xg_client *clients;
	struct xg_stream_thread *threads;
	int exit_fd;		/* an eventfd: a replay thread has ended */
	_Atomic uint64_t swaps; /* of all surfaces, so far */
	bool is_traced;		/* each command is logged */
	bool draws_each;	/* no draws are joined */
};

/*
 * Prepares for a guest: loads the driver's functions. The link and the channel are the caller's
 * and must outlive the host. False, with one log line, if there is no driver for GLES 2.0 or no
 * file descriptor.
 */
bool xg_host_init(struct xg_host *host);

/*
 * Ends all streams and waits for their threads, at most timeout_ms. False if one did not end (its
 * driver hangs): the process can then only exit.
 */
bool xg_host_finish(struct xg_host *host, int timeout_ms);

/*
 * Takes one message of the control channel that is not the relay's. False, with one log line, if
 * it breaks a rule: the guest must be ended.
 */
bool xg_host_receive(struct xg_host *host, const struct xg_message *message);

/* Joins the replay threads that have ended, and tells the guest so. When exit_fd is readable. */
void xg_host_reap(struct xg_host *host);

#endif

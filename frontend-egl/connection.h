/* SPDX-License-Identifier: MIT */
/*
 * A process's connection to the guest's daemon, which makes the process's streams. The child of a
 * fork has no part in it: there, the connection and all its streams are lost, and the shared memory
 * is not mapped.
 *
 * All functions may be called on any thread.
 */
#ifndef XG_CONNECTION_H
#define XG_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "xenglass/limits.h"

struct xg_connection;
struct xg_stream;

/*
 * Connects to the daemon's socket: XENGLASS_SOCKET, else XG_APP_SOCKET_DEFAULT. NULL if nobody
 * listens there, quickly; or if the versions do not agree, with a line in the log that names both.
 * May block for one round trip.
 */
struct xg_connection *xg_connection_create(void);

/* Hangs up. All streams must have been destroyed. NULL is legal. */
void xg_connection_destroy(struct xg_connection *connection);

/* True once the daemon or the host is known to be gone, and in the child of a fork. */
bool xg_connection_is_lost(struct xg_connection *connection);

/* This process's cookie, by which it is known on a Wayland socket. */
uint64_t xg_connection_cookie(const struct xg_connection *connection);

/* How many commands the host knows. */
uint32_t xg_connection_ledger_length(const struct xg_connection *connection);

/*
 * A new stream, for the thread that will use it. NULL if the host refuses (EGL_BAD_ALLOC) or the
 * connection is lost. Blocks for one round trip to the host.
 */
struct xg_stream *xg_connection_stream_create(struct xg_connection *connection);

/*
 * Ends a stream that xg_connection_stream_create made: waits until the host has replayed what was
 * published, so that nobody has to wait for its positions any more. NULL is legal.
 */
void xg_connection_stream_destroy(struct xg_connection *connection, struct xg_stream *stream);

/*
 * For stream.c: a mapped bulk region for the stream, of *size bytes; NULL if it is refused. Undo
 * by munmap.
 */
void *xg_connection_bulk_create(struct xg_connection *connection, uint32_t stream, uint32_t *size);

#endif

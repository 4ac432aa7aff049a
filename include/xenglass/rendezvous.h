/* SPDX-License-Identifier: MIT */
/*
 * The socket between an application and the guest's daemon: SOCK_SEQPACKET, one message a packet,
 * the application asks and the daemon answers in order. The file descriptors of an answer come with
 * it by SCM_RIGHTS. An application that closes its end, or dies, closes all its streams.
 *
 * Library and daemon may be upgraded apart: HELLO and WELCOME keep their first members for ever.
 */
#ifndef XENGLASS_RENDEZVOUS_H
#define XENGLASS_RENDEZVOUS_H

#include <stdint.h>

#include "xenglass/limits.h"

#define XG_APP_SOCKET_VARIABLE "XENGLASS_SOCKET"
#define XG_APP_SOCKET_DEFAULT  "/run/xenglass/gl.sock"

enum xg_app_type {
	XG_APP_HELLO = 1,
	XG_APP_WELCOME = 2,
	XG_APP_STREAM_OPEN = 3,
	XG_APP_STREAM = 4,	 /* with 3 fds if status is OK: region, to wait on, to notify */
	XG_APP_STREAM_CLOSE = 5, /* no answer */
	XG_APP_BULK_OPEN = 6,
	XG_APP_BULK = 7, /* with 1 fd if status is OK: region */
};

enum xg_app_status {
	XG_APP_OK = 0,
	XG_APP_VERSION = 1, /* the daemon or its host speaks another version */
	XG_APP_QUOTA = 2,
	XG_APP_NO_HOST = 3,
};

#define XG_APP_FDS_MAX 3

struct xg_app_hello {
	uint32_t type;
	uint32_t major;
	uint32_t minor;
	uint32_t ledger_length;
	uint64_t ledger_hash;
};
_Static_assert(sizeof(struct xg_app_hello) == 24, "on the socket");

struct xg_app_welcome {
	uint32_t type;
	uint32_t status;
	uint32_t major; /* the host's */
	uint32_t minor;
	uint32_t client;
	uint32_t features; /* the host's, XG_FEATURE_ */
	uint64_t cookie;
	uint64_t ledger_hash; /* the host's, as is ledger_length */
	uint32_t ledger_length;
	uint32_t zero;
	struct xg_limits limits;
};
_Static_assert(sizeof(struct xg_app_welcome) == 120, "on the socket");

/* STREAM_OPEN and, with the stream's id, STREAM_CLOSE and BULK_OPEN. */
struct xg_app_request {
	uint32_t type;
	uint32_t stream;
};
_Static_assert(sizeof(struct xg_app_request) == 8, "on the socket");

struct xg_app_stream {
	uint32_t type;
	uint32_t status;
	uint32_t stream;
	uint32_t ring_size;
	uint32_t reply_size;
	uint32_t event_channel; /* that the last two fds are of; 0: they are none's */
};
_Static_assert(sizeof(struct xg_app_stream) == 24, "on the socket");

struct xg_app_bulk {
	uint32_t type;
	uint32_t status;
	uint32_t stream;
	uint32_t size;
};
_Static_assert(sizeof(struct xg_app_bulk) == 16, "on the socket");

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The control channel (include/xenglass/control.h): messages both ways between the guest's daemon
 * and its host process. Sending never blocks: what the ring has no room for waits in a private,
 * bounded queue. The layout of messages is the business of those who send them.
 */
#ifndef XG_PROTOCOL_CHANNEL_H
#define XG_PROTOCOL_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "link/link.h"

struct xg_channel;

struct xg_message {
	uint32_t type;
	uint32_t size;	     /* of the payload, bytes */
	const void *payload; /* private copy, 8-byte aligned; good until the next receive */
};

enum xg_channel_state {
	XG_CHANNEL_MESSAGE,
	XG_CHANNEL_EMPTY,  /* wait until xg_channel_fd is readable */
	XG_CHANNEL_CLOSED, /* the peer is gone; all that it sent before has been received */
	XG_CHANNEL_BROKEN, /* the peer broke a rule: xg_channel_rule names it */
};

/*
 * Guest: shares the channel's region over the link and offers it to the host. Host: waits (at most
 * timeout_ms) for the guest to do so. NULL with errno set on failure. The link must outlive the
 * channel, and is dispatched by it from now on.
 */
struct xg_channel *xg_channel_create_guest(struct xg_link *link);
struct xg_channel *xg_channel_create_host(struct xg_link *link, int timeout_ms);

/* NULL is legal. Does not touch the link. */
void xg_channel_destroy(struct xg_channel *channel);

/*
 * For an event loop, level-triggered, to poll for reading: readable when a message, room for what
 * is queued, or the peer's end may be there. Answer it by xg_channel_wake, and then by
 * xg_channel_receive until EMPTY.
 */
int xg_channel_fd(const struct xg_channel *channel);

/* Takes in what made the descriptor readable. Does not block. On the thread that receives. */
void xg_channel_wake(struct xg_channel *channel);

/*
 * Receives one message. Also moves what is queued into the ring. Does not block. One thread at a
 * time.
 */
enum xg_channel_state xg_channel_receive(struct xg_channel *channel, struct xg_message *message);

/*
 * As xg_channel_receive, but waits for at most timeout_ms (-1: for ever); EMPTY is then the
 * timeout. For set-up, before there is an event loop.
 */
enum xg_channel_state xg_channel_receive_wait(
	struct xg_channel *channel, struct xg_message *message, int timeout_ms);

/* After BROKEN: the rule that the peer broke. */
const char *xg_channel_rule(const struct xg_channel *channel);

/*
 * Sends a message of type type (1 to 0xffff) with the given payload, or the concatenation of parts
 * (at most XG_CONTROL_MESSAGE_MAX bytes). The bytes are copied. False if the peer is gone or more
 * than the queue's bound is waiting already; nothing was sent then. Does not block. Any thread.
 * Notification is batched: xg_channel_flush sends it; receive does too.
 */
bool xg_channel_send(struct xg_channel *channel, uint32_t type, const void *payload, size_t size);
bool xg_channel_sendv(
	struct xg_channel *channel, uint32_t type, const struct iovec *parts, int count);

/* Wakes the peer if it sleeps and was sent something. Does not block. Any thread. */
void xg_channel_flush(struct xg_channel *channel);

/* Bytes that wait in the private queue: 0 while the peer keeps up. Any thread. */
size_t xg_channel_queued_bytes(struct xg_channel *channel);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The daemon's socket for applications (include/xenglass/rendezvous.h). It makes the shared memory
 * and the ports of their streams, tells the host by control messages, and hands the applications
 * the file descriptors. One thread; nothing blocks.
 *
 * It fits any event loop: poll xg_gl_socket_fd for reading and call xg_gl_socket_dispatch; and
 * offer it the control messages that arrive, after the host's HELLO.
 */
#ifndef XG_GUESTD_GL_SOCKET_H
#define XG_GUESTD_GL_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "channel.h"
#include "xenglass/control.h"

struct xg_gl_socket;

/*
 * Listens at path, which must not exist. hello is the host's (copied). The link and the channel
 * must outlive it. NULL with errno set on failure.
 */
struct xg_gl_socket *xg_gl_socket_create(const char *path, struct xg_link *link,
	struct xg_channel *channel, const struct xg_control_hello *hello);

/* Hangs up on all applications, whose streams are then lost, and removes path. NULL is legal. */
void xg_gl_socket_destroy(struct xg_gl_socket *socket);

/* Level-triggered, for an event loop, to poll for reading. Owned by the socket. */
int xg_gl_socket_fd(const struct xg_gl_socket *socket);
void xg_gl_socket_dispatch(struct xg_gl_socket *socket);

/* True if the message was one of its own (STREAM_READY, STREAM_LOST and so on) and is dealt with.
 */
bool xg_gl_socket_handle_message(struct xg_gl_socket *socket, const struct xg_message *message);

#endif

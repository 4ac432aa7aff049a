/* SPDX-License-Identifier: MIT */
/*
 * The daemon's side of the device in xenstore (include/xenglass/xenstore.h): finds the device, and
 * goes through the states with its backend. One thread.
 */
#ifndef XG_GUESTD_FRONTEND_H
#define XG_GUESTD_FRONTEND_H

#include <stdbool.h>
#include <stdint.h>

#include "channel.h"

struct xg_frontend;

/*
 * Waits until this domain has the device and its backend waits for us, or until signal_fd is
 * readable. NULL then, and with one log line if there is no xenstore or the backend speaks none of
 * our versions.
 */
struct xg_frontend *xg_frontend_open(int signal_fd);

/* A link to the backend's domain, with a pool of so many pages, or as many as the backend
 * takes. NULL with errno set. */
struct xg_link *xg_frontend_link(const struct xg_frontend *frontend, uint32_t pages_max);

/*
 * Tells the backend where the link is, once the channel is there, and waits for its host process
 * as xg_frontend_open waits. False, with one log line unless a signal came: there is none.
 */
bool xg_frontend_connect(struct xg_frontend *frontend, const struct xg_link *link, int signal_fd);

/*
 * Whether the backend still serves us; to be asked whenever the descriptor is readable. When its
 * whole domain is destroyed nothing else tells.
 */
int xg_frontend_fd(const struct xg_frontend *frontend);
bool xg_frontend_is_served(struct xg_frontend *frontend);

/*
 * Waits for the host's next message as xg_channel_receive_wait does, and no longer than there is a
 * host process: CLOSED also when the device says that it has gone, which it may have before it came
 * to the link.
 */
enum xg_channel_state xg_frontend_receive_wait(struct xg_frontend *frontend,
	struct xg_channel *channel, struct xg_message *message, int timeout_ms);

/* Says that we are gone, and frees. NULL is legal. */
void xg_frontend_close(struct xg_frontend *frontend);

#endif

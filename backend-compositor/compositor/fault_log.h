/* SPDX-License-Identifier: MIT */
/* One line in the log for each client that breaks the protocol, and so is disconnected. */
#ifndef XG_COMPOSITOR_FAULT_LOG_H
#define XG_COMPOSITOR_FAULT_LOG_H

struct wl_protocol_logger;
struct xg_server;

/*
 * Begins to log, until wl_protocol_logger_destroy(). libwayland's own lines, which name no guest,
 * are kept for XENGLASS_LOG=debug. NULL without memory.
 */
struct wl_protocol_logger *xg_fault_log_create(struct xg_server *server);

#endif

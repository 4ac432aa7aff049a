/* SPDX-License-Identifier: MIT */
/* The compositor as a whole: who is there, and in what order it begins and ends. */
#ifndef XG_COMPOSITOR_SERVER_H
#define XG_COMPOSITOR_SERVER_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct xg_control;
struct xg_guest;
struct xg_options;
struct xg_output;
struct xg_renderer;
struct xg_seat;

struct xg_server {
	const struct xg_options *options;
	struct wl_display *display;
	struct wl_event_loop *loop;
	struct wl_protocol_logger *fault_log;
	struct xg_renderer *renderer;
	struct xg_output *output;
	struct xg_seat *seat;
	struct xg_control *control; /* NULL without one */
	struct wl_list guests;	    /* xg_guest.link */
	struct xg_guest *dom0;	    /* one of them: who comes by the ordinary socket */
	struct wl_list surfaces;    /* xg_surface.link */
	struct wl_list windows;	    /* xg_window.link, mapped ones, topmost first */
	bool has_failed;	    /* ends for a reason that is an error, and logged */
	bool uploads_at_once;	    /* when a client commits, and not when it is painted */
	/* Set by the module for wlcs, whose client does not wait for a configure. */
	bool takes_unconfigured_buffers;
	uint64_t last_id;
	char socket[64];
};

/*
 * Opens all that options ask for, listening included. False after one line in the log; what was
 * made is then gone again.
 */
bool xg_server_init(struct xg_server *server, const struct xg_options *options);

/* Disconnects everyone and removes the sockets. */
void xg_server_finish(struct xg_server *server);

/* An id that nothing had before. The seven that follow it are the caller's too. */
uint64_t xg_server_new_id(struct xg_server *server);

/* Answers wl_registry.bind with a plain object. NULL after wl_client_post_no_memory(). */
struct wl_resource *xg_server_bind(struct wl_client *client, const struct wl_interface *interface,
	uint32_t version, uint32_t id, const void *implementation, void *data);

/* Milliseconds of CLOCK_MONOTONIC, as events carry them. */
uint32_t xg_time_ms(void);

#endif

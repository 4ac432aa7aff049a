/* SPDX-License-Identifier: MIT */
/*
 * One application's Wayland connection, as the guest's daemon serves it. Private to the Wayland
 * part of xenglass-guestd; all on its thread.
 */
#ifndef XG_GUESTD_APP_H
#define XG_GUESTD_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "outbox.h"
#include "relay/interface.h"
#include "relay/map.h"
#include "relay/marshal.h"
#include "relay/pipe.h"
#include "shm.h"
#include "wayland.h"

struct xg_wayland {
	struct xg_wayland_setup setup;
	char *path;
	int listen_fd;
	struct wl_event_loop *loop;
	struct wl_event_source *listen_source;
	struct xg_pipes *pipes;
	struct wl_event_source *pipes_source;
	struct wl_list apps;
	uint32_t last_app;
};

struct xg_app {
	struct wl_list link;
	struct xg_wayland *wayland;
	uint32_t number; /* the connection's, in messages */
	struct wl_display *display;
	struct wl_client *client; /* NULL once it is gone */
	struct wl_listener client_destroy;
	struct wl_event_source *source; /* dispatches the display; idle while paused */
	struct wl_event_source *death;	/* while paused: sees the application hang up */
	bool is_paused;
	bool is_closed_by_host;
	struct xg_map objects;
	uint64_t next_object;
	struct xg_outbox outbox;
	struct wl_list blobs;	/* struct xg_blob of event.c, not yet taken */
	struct wl_list buffers; /* struct xg_buffer of shm.h */
};

/* A Wayland object of the application. It is the user data of its resource. */
struct xg_app_object {
	uint64_t number;
	struct xg_app *app;
	const struct xg_interface *interface;
	struct wl_resource *resource;
	struct xg_app_pool *pool;     /* wl_shm_pool */
	struct xg_buffer *buffer;     /* wl_buffer, if from a pool */
	struct xg_surface *surface;   /* wl_surface */
	bool has_announced_swap;      /* wl_registry: xg_swap_v1 among the globals */
	struct wl_list callbacks;     /* wl_surface: its frame callbacks */
	struct wl_list callback_link; /* frame callback: in its surface */
};

/* app.c */
struct xg_app *xg_app_create(struct xg_wayland *wayland, int fd);
/* The client must be gone. */
void xg_app_destroy(struct xg_app *app);
/* Sends what may be sent, and pauses or resumes the application accordingly. */
void xg_app_flush(struct xg_app *app);
/* Hangs up on the application, if it is still there. */
void xg_app_hang_up(struct xg_app *app);

/* object.c */
struct xg_app_object *xg_app_object_create(struct xg_app *app, uint64_t number,
	const struct xg_interface *interface, struct wl_resource *resource);
struct xg_app_object *xg_app_object_find(struct xg_app *app, uint64_t number);

/* request.c: the dispatcher of every resource. */
int xg_request_dispatch(const void *implementation, void *target, uint32_t opcode,
	const struct wl_message *message, union wl_argument *args);

/* event.c */
bool xg_event_receive(struct xg_app *app, const void *payload, size_t size);
bool xg_blob_receive(struct xg_app *app, const void *payload, size_t size);
void xg_blobs_finish(struct xg_app *app);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * One application's Wayland connection, as the host holds it: a connection to the compositor, the
 * objects on it, and the guest's messages that wait because the connection is paused. Private to
 * the relay, and all under its lock.
 */
#ifndef XG_HOST_CONNECTION_H
#define XG_HOST_CONNECTION_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-client-core.h>

#include "relay/interface.h"
#include "relay/map.h"
#include "relay/marshal.h"
#include "relay/pipe.h"
#include "relay/pool.h"
#include "relay/relay.h"
#include "relay/window_private.h"

struct xg_relay {
	struct xg_relay_setup setup;
	pthread_mutex_t lock; /* of all that follows, and of the connections */
	struct xg_pipes *pipes;
	bool are_pipes_watched;
	struct xg_windows *windows;
	struct wl_list connections; /* those that have ended too, until they are freed */
	uint32_t connection_count;
	uint32_t last_connection; /* the highest number that the guest has used */
	uint64_t shm_size_bytes;  /* of all pools together */
};

/* A Wayland object of the guest. */
struct xg_object {
	struct wl_list link; /* in the connection */
	struct xg_connection *connection;
	uint64_t number;
	const struct xg_interface *interface;
	uint32_t version;
	struct wl_proxy *proxy;	      /* NULL for xg_swap_v1, which no compositor has */
	struct xg_pool *pool;	      /* wl_shm_pool and its wl_buffers */
	struct xg_window *window;     /* wl_surface: if GL draws on it */
	struct wl_list callbacks;     /* wl_surface: its frame callbacks */
	struct wl_list callback_link; /* frame callback: in its surface */
};

/* A global that the compositor announced and that a guest may bind. */
struct xg_global {
	uint32_t name;
	uint32_t version;
	const struct xg_interface *interface;
};

struct xg_connection {
	struct wl_list link;
	struct xg_relay *relay;
	uint32_t number;
	struct wl_display *display;
	struct xg_window_display *window_display;
	struct xg_map objects;
	struct wl_list object_list;
	uint64_t next_guest_object;
	uint64_t next_host_object;
	struct xg_map
		pools; /* by the wl_shm_pool's number, while the pool or a buffer of it lives */
	struct wl_array globals; /* struct xg_global */
	uint32_t next_blob;

	struct wl_list queue; /* messages that wait */
	uint32_t credit;
	uint32_t queued_bytes;
	uint32_t owed_bytes; /* carried out, and not yet told to the guest */

	size_t unflushed_bytes;	       /* at most these are in libwayland's buffer of 4096 */
	struct xg_window *swap_window; /* what comes next stands behind a swap of this */
	bool is_write_blocked;	       /* the compositor does not read */
	bool is_prepared;	       /* wl_display_prepare_read succeeded */
	bool is_ended;
	uint32_t watched; /* the events in the relay's epoll set */
};

/* What came of a message. */
enum xg_step {
	XG_STEP_DONE,
	XG_STEP_WAIT,  /* the connection is paused: try again later */
	XG_STEP_FAULT, /* a rule is broken: *rule names it */
	XG_STEP_ENDED, /* the connection has been ended already */
};

/* connection.c */
struct xg_connection *xg_connection_create(
	struct xg_relay *relay, uint32_t number, uint32_t credit);
/* It must have ended and be free of replay threads. */
void xg_connection_destroy(struct xg_connection *connection);
/* Takes one message that names this connection: carries it out or lets it wait. */
void xg_connection_receive(
	struct xg_connection *connection, uint32_t type, const void *payload, size_t size);
/* Carries out what waits, as far as it goes. */
void xg_connection_run(struct xg_connection *connection);
/* Ends it for a fault of the guest, with one log line. */
void xg_connection_fault(struct xg_connection *connection, const char *rule);
/*
 * Ends it for an error that the application is to see as from the compositor. object is NULL if
 * the application has destroyed it.
 */
void xg_connection_post_error(struct xg_connection *connection, const struct xg_object *object,
	uint32_t code, const char *text);
/* The same with wl_display's "no memory". */
void xg_connection_post_no_memory(struct xg_connection *connection);
/* Ends it if libwayland says that the compositor has. */
void xg_connection_check(struct xg_connection *connection);
/* Ends it; the guest is told unless it was it who asked. It is freed later. */
void xg_connection_end(struct xg_connection *connection, bool tell_guest);
/* Gives libwayland's buffer to the socket as far as that takes it. */
void xg_connection_flush(struct xg_connection *connection);

/* object.c */
struct xg_object *xg_object_create(struct xg_connection *connection, uint64_t number,
	const struct xg_interface *interface, uint32_t version, struct wl_proxy *proxy);
struct xg_object *xg_object_find(struct xg_connection *connection, uint64_t number);
/* The object of a proxy of the relay's; NULL for NULL and for others' proxies. */
struct xg_object *xg_object_from_proxy(struct wl_proxy *proxy);
/* Forgets the object. A proxy that is left is destroyed too, without a request. */
void xg_object_destroy(struct xg_object *object);

/* request.c */
enum xg_step xg_request_execute(struct xg_connection *connection, const void *untrusted_payload,
	size_t size, const char **rule);

/* event.c */
/* NULL if the compositor has announced no such global, or one that no guest may have. */
struct xg_global *xg_global_find(struct xg_connection *connection, uint32_t name);
/* The dispatcher of every proxy. */
int xg_event_dispatch(const void *marker, void *target, uint32_t opcode,
	const struct wl_message *message, union wl_argument *args);

/* error.c */
void xg_error_listen(void);
/* Writes the text of the error that libwayland met on this display. */
void xg_error_text(struct wl_display *display, char *text, size_t size);

#endif

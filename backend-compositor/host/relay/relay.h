/* SPDX-License-Identifier: MIT */
/*
 * The host's end of the Wayland relay: for each Wayland connection of a guest's application one
 * connection to the compositor, on which the application's requests are made and whose events go
 * back. One object serves one guest, on one thread; it never blocks. See
 * include/xenglass/control_wayland.h for the messages and window.h for the replay threads' side: a
 * replay thread that ends a swap goes on with the requests behind it, being awake.
 */
#ifndef XG_HOST_RELAY_H
#define XG_HOST_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xg_relay;
struct xg_windows;

/* What the guest may have at once. */
struct xg_relay_limits {
	uint64_t connections;
	uint64_t objects; /* per connection */
	uint64_t pipes;
	uint64_t shm_size_bytes; /* all pools */
};

struct xg_relay_setup {
	/*
	 * Opens a connection to the compositor: a connected socket, which the relay owns from then
	 * on, or -1.
	 */
	int (*connect)(void *data);
	/*
	 * Sends a message to the guest: the two parts make its payload (the second may be empty).
	 * Must not block; false if the channel is lost.
	 */
	bool (*send)(void *data, uint32_t type, const void *head, size_t head_size,
		const void *tail, size_t tail_size);
	/* True while so much is queued towards the guest that no more events should be read. */
	bool (*is_congested)(void *data);
	void *data; /* given to the above */
	/*
	 * An epoll set, in which the relay keeps what it waits for; borrowed. Others may keep
	 * theirs there, too, with data.ptr to something of their own.
	 */
	int epoll;
	struct xg_relay_limits limits;
	bool is_alone; /* replay threads leave all requests to the relay's thread */
};

/* NULL without memory or file descriptors. The setup is copied. */
struct xg_relay *xg_relay_create(const struct xg_relay_setup *setup);

/*
 * Ends all connections. The replay threads must have been joined and their displays released.
 * NULL is legal.
 */
void xg_relay_destroy(struct xg_relay *relay);

/* Lives as long as the relay. */
struct xg_windows *xg_relay_windows(struct xg_relay *relay);

/* What the guest has now of what is limited; objects are those of the connection with most. */
void xg_relay_usage(struct xg_relay *relay, struct xg_relay_limits *used);

struct epoll_event;

/*
 * The first must be called right before each epoll_wait() on the set, and be followed by the second
 * right after it, with the events that it answered, or none: in between, libwayland holds a read
 * lock that other threads may wait for, so do nothing but wait. Both may send messages.
 */
void xg_relay_prepare(struct xg_relay *relay);
void xg_relay_dispatch(struct xg_relay *relay, const struct epoll_event *events, int count);

/*
 * Takes one message of type 0x100 to 0x1ff from the guest; the payload is the caller's again
 * afterwards. A fault in it ends the connection that it names, with one log line. False if it
 * names none that could be ended: the guest must be ended.
 */
bool xg_relay_receive(
	struct xg_relay *relay, uint32_t type, const void *untrusted_payload, size_t size);

#endif

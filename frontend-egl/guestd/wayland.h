/* SPDX-License-Identifier: MIT */
/*
 * The guest's end of the Wayland relay: a Wayland socket for the guest's applications. For each of
 * them there is a libwayland server of its own, so that one can be left undispatched while the host
 * is behind with it; every object is served by one generic dispatcher. See
 * include/xenglass/control_wayland.h for the messages. One thread; nothing blocks.
 */
#ifndef XG_GUESTD_WAYLAND_H
#define XG_GUESTD_WAYLAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wl_event_loop;
struct xg_wayland;

struct xg_wayland_setup {
	/*
	 * Sends a message to the host: the two parts make its payload (the second may be empty).
	 * Must not block; false if the channel is lost.
	 */
	bool (*send)(void *data, uint32_t type, const void *head, size_t head_size,
		const void *tail, size_t tail_size);
	/* True while so much is queued towards the host that applications should be held up. */
	bool (*is_congested)(void *data);
	void *data; /* given to the above */
	/* Carries out what applications ask when it is dispatched; it must outlive all this. */
	struct wl_event_loop *loop;
};

/*
 * Listens at path, which must not exist. NULL with errno set on failure. SIGPIPE must be ignored.
 */
struct xg_wayland *xg_wayland_create(const char *path, const struct xg_wayland_setup *setup);

/* Hangs up on all applications and removes path. NULL is legal. */
void xg_wayland_destroy(struct xg_wayland *wayland);

/*
 * Sends what waits, to the host and to the applications. To be called after the loop has been
 * dispatched, and after messages have been received or the channel has got room.
 */
void xg_wayland_flush(struct xg_wayland *wayland);

/* Takes one message of type 0x100 to 0x1ff from the host. False if it broke a rule. */
bool xg_wayland_receive(
	struct xg_wayland *wayland, uint32_t type, const void *payload, size_t size);

#endif

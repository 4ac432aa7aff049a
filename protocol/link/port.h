/* SPDX-License-Identifier: MIT */
/*
 * A port: how one side wakes the other. Notifications do not count: any number of them before a
 * clear is one. Nothing above this file knows what the file descriptors are.
 */
#ifndef XG_LINK_PORT_H
#define XG_LINK_PORT_H

#include <stdbool.h>
#include <stdint.h>

/* Readable wait_fd: the peer has notified. Both are -1 in an unused port. */
struct xg_port {
	int wait_fd;
	int notify_fd;
	uint32_t event_channel; /* this end's number of it; 0: the fds are no event channel's */
	bool is_host; /* the host's end, which does not trust what the guest made of these fds */
};

#define XG_PORT_NONE                                                                               \
	{                                                                                          \
		.wait_fd = -1, .notify_fd = -1                                                     \
	}

/* Wakes the peer. Does not block, whatever the peer does to the fds. Any thread. */
void xg_port_notify(const struct xg_port *port);

/* How often this process has called xg_port_notify. Any thread. */
uint64_t xg_port_notifications(void);

/*
 * False with errno set: xg_port_notify does nothing in this process, because Linux takes requests
 * to event channels from programs of its own word size alone. May notify.
 */
bool xg_port_is_usable(const struct xg_port *port);

/*
 * Forgets the notifications so far. wait_fd is no longer readable, but that an event channel that
 * was notified more than once may be so once more. Does not block, as xg_port_notify.
 */
void xg_port_clear(const struct xg_port *port);

enum xg_port_wake {
	XG_PORT_NOTIFIED,
	XG_PORT_TIMEOUT,
	XG_PORT_OTHER, /* other_fd */
};

/*
 * Sleeps until the peer notifies (the notification is then cleared), until other_fd (-1: none) has
 * hung up or is ready for other_events (as in poll(2); 0: only the hang-up counts), or until
 * timeout_ms have passed (-1: for ever). OTHER wins if several are true, and stands
 * also for a peer that will never notify again.
 */
enum xg_port_wake xg_port_wait(
	const struct xg_port *port, int other_fd, short other_events, int timeout_ms);

/*
 * For the host, which sleeps on the same port and the same other descriptor again and again: where
 * the port allows it, a sleep is then one system call, and nothing is cleared. Not for several
 * threads.
 */
struct xg_sleeper {
	int epoll_fd; /* -1: as xg_port_wait */
	int other_fd;
	short other_events;
};

/* The arguments are xg_port_wait's; both descriptors must outlive the sleeper. */
void xg_sleeper_init(
	struct xg_sleeper *sleeper, const struct xg_port *port, int other_fd, short other_events);
void xg_sleeper_finish(struct xg_sleeper *sleeper);

/* As xg_port_wait, without a time limit. It may wake for a notification that came before. */
enum xg_port_wake xg_sleeper_sleep(struct xg_sleeper *sleeper, const struct xg_port *port);

/*
 * A peer may notify without end, and for nothing. Who was woken and found nothing to do asks this
 * how many milliseconds to rest before it waits again, so that its peer has little of its processor
 * by that: none the first times in a row (*futile counts them; it is 0 after one that was not for
 * nothing), then ever more, up to max_ms.
 */
int xg_port_rest_ms(unsigned *futile, int max_ms);

/* Closes both fds and makes the port unused. An unused port is left alone. */
void xg_port_finish(struct xg_port *port);

#endif

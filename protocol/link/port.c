/* SPDX-License-Identifier: MIT */
/*
 * A port's fds are one event channel's, or else those of the local link: an eventfd wakes the host,
 * a byte on a Unix socket the guest. The guest has the host's fds too, and could make them
 * blocking. Hence the host uses them in ways that never block: an eventfd can be read so, but not
 * written, a socket can be sent to. (A receiver could be held up at a lock of the socket that the
 * guest makes another receiver hold.) See port.h.
 */
#include "link/port.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "link/xen_event_channel.h"

static _Atomic uint64_t notifications;

uint64_t xg_port_notifications(void)
{
	return atomic_load_explicit(&notifications, memory_order_relaxed);
}

void xg_port_notify(const struct xg_port *port)
{
	const uint64_t one = 1;
	ssize_t sent;

	atomic_fetch_add_explicit(&notifications, 1, memory_order_relaxed);
	if (port->event_channel) {
		xg_event_channel_notify(port->notify_fd, port->event_channel);
		return;
	}
	/* An fd that is full is readable, which is all that a notification is for. */
	do {
		sent = port->is_host ? send(port->notify_fd, &one, 1, MSG_DONTWAIT | MSG_NOSIGNAL)
				     : write(port->notify_fd, &one, sizeof(one));
	} while (sent < 0 && errno == EINTR);
}

bool xg_port_is_usable(const struct xg_port *port)
{
	return !port->event_channel ||
	       xg_event_channel_notify(port->notify_fd, port->event_channel);
}

void xg_port_clear(const struct xg_port *port)
{
	uint8_t taken[64];
	const struct iovec count = {taken, sizeof(uint64_t)};
	ssize_t size;

	if (port->event_channel) {
		xg_event_channel_clear(port->wait_fd);
		return;
	}
	do {
		size = port->is_host ? preadv2(port->wait_fd, &count, 1, -1, RWF_NOWAIT)
				     : read(port->wait_fd, taken, sizeof(taken));
	} while (size == (ssize_t)sizeof(taken) || (size < 0 && errno == EINTR));
}

enum xg_port_wake xg_port_wait(
	const struct xg_port *port, int other_fd, short other_events, int timeout_ms)
{
	struct pollfd fds[2] = {
		{.fd = port->wait_fd, .events = POLLIN},
		{.fd = other_fd, .events = other_events},
	};
	int ready;

	do {
		ready = poll(fds, 2, timeout_ms);
	} while (ready < 0 && errno == EINTR);
	if (ready < 0 || fds[1].revents != 0)
		return XG_PORT_OTHER;
	if (ready == 0)
		return XG_PORT_TIMEOUT;
	/* A port that was taken away from us will never notify again. */
	if (fds[0].revents != POLLIN)
		return XG_PORT_OTHER;
	xg_port_clear(port);
	return XG_PORT_NOTIFIED;
}

static bool watch(int epoll_fd, int fd, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.fd = fd};

	return fd < 0 || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

void xg_sleeper_init(
	struct xg_sleeper *sleeper, const struct xg_port *port, int other_fd, short other_events)
{
	*sleeper = (struct xg_sleeper){
		.epoll_fd = -1, .other_fd = other_fd, .other_events = other_events};
	/* A channel that has fired is masked until it is cleared. */
	if (port->event_channel)
		return;
	sleeper->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	/* The edge: what was not taken out of the port does not wake again, what comes does. */
	if (sleeper->epoll_fd >= 0 &&
		!(watch(sleeper->epoll_fd, port->wait_fd, EPOLLIN | EPOLLET) &&
			watch(sleeper->epoll_fd, other_fd, (uint32_t)other_events)))
		xg_sleeper_finish(sleeper);
}

void xg_sleeper_finish(struct xg_sleeper *sleeper)
{
	if (sleeper->epoll_fd >= 0)
		close(sleeper->epoll_fd);
	sleeper->epoll_fd = -1;
}

enum xg_port_wake xg_sleeper_sleep(struct xg_sleeper *sleeper, const struct xg_port *port)
{
	enum xg_port_wake wake = XG_PORT_NOTIFIED;
	struct epoll_event events[2];
	int count;

	if (sleeper->epoll_fd < 0)
		return xg_port_wait(port, sleeper->other_fd, sleeper->other_events, -1);
	do {
		count = epoll_wait(sleeper->epoll_fd, events, 2, -1);
	} while (count < 0 && errno == EINTR);
	for (int i = 0; i < count; i++) {
		if (events[i].data.fd != port->wait_fd || events[i].events != EPOLLIN)
			wake = XG_PORT_OTHER;
	}
	return count < 0 ? XG_PORT_OTHER : wake;
}

int xg_port_rest_ms(unsigned *futile, int max_ms)
{
	/* More than two sides in step can miss each other, far fewer than a storm has. */
	enum { FREE = 64, DOUBLINGS_MAX = 16 };

	if (*futile < FREE + DOUBLINGS_MAX)
		++*futile;
	if (*futile <= FREE)
		return 0;

	const int rest_ms = 1 << (*futile - FREE - 1);

	return rest_ms < max_ms ? rest_ms : max_ms;
}

void xg_port_finish(struct xg_port *port)
{
	if (port->wait_fd >= 0)
		close(port->wait_fd);
	if (port->notify_fd >= 0)
		close(port->notify_fd);
	port->wait_fd = -1;
	port->notify_fd = -1;
}

/* SPDX-License-Identifier: MIT */
/* Ports of the local link: one eventfd each way. See port.h. */
#include "link/port.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

void xg_port_notify(const struct xg_port *port)
{
	const uint64_t one = 1;

	/* A full eventfd is readable, which is all that a notification is for. */
	while (write(port->notify_fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

void xg_port_clear(const struct xg_port *port)
{
	uint64_t count;

	while (read(port->wait_fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
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
	if ((fds[0].revents & POLLIN) == 0)
		return XG_PORT_OTHER;
	xg_port_clear(port);
	return XG_PORT_NOTIFIED;
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

/* SPDX-License-Identifier: MIT */
/* Event channels. See fake_hypervisor.h. */
#include "fake_hypervisor.h"

#include <assert.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORTS_MAX = 1024 }; /* of a domain */

enum port_state { PORT_CLOSED, PORT_OFFERED, PORT_BOUND };

struct port {
	enum port_state state;
	uint32_t users; /* its device, and notifications that are due */
	struct device *device;
	uint32_t peer_domain, peer; /* peer: if bound */
	bool is_pending, is_masked;
};

static struct port ports[DOMAINS_MAX][PORTS_MAX];

static struct port *find_port(uint32_t domain, int64_t number)
{
	struct port *port = number > 0 && number < PORTS_MAX && domain < DOMAINS_MAX
				    ? &ports[domain][number]
				    : NULL;

	return port && port->state != PORT_CLOSED ? port : NULL;
}

static void fire(struct port *port)
{
	const uint32_t number = (uint32_t)((port - &ports[0][0]) % PORTS_MAX);

	if (!port->is_pending || port->is_masked || !port->device)
		return;
	port->is_pending = false;
	port->is_masked = true;
	send(port->device->fd, &number, sizeof(number), MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void notify(struct port *port)
{
	struct port *peer =
		port->state == PORT_BOUND ? find_port(port->peer_domain, port->peer) : NULL;

	if (peer) {
		peer->is_pending = true;
		fire(peer);
	}
}

/* Answers its number, which is the lowest that is free. NULL: there is none. */
static struct port *open_port(struct device *device, enum port_state state, uint32_t peer_domain)
{
	struct port *port = &ports[device->domain][1];

	while (port->state != PORT_CLOSED) {
		if (++port == ports[device->domain] + PORTS_MAX)
			return NULL;
	}
	*port = (struct port){
		.state = state,
		.users = 1,
		.device = device,
		.peer_domain = peer_domain,
	};
	hypervisor.counts.ports++;
	hypervisor.answer.value = (uint32_t)(port - ports[device->domain]);
	return port;
}

/* The peer may be bound to anew then. */
static void put_port(struct port *port)
{
	if (--port->users > 0)
		return;
	if (port->state == PORT_BOUND) {
		struct port *peer = find_port(port->peer_domain, port->peer);

		assert(peer);
		peer->state = PORT_OFFERED;
	}
	port->state = PORT_CLOSED;
	hypervisor.counts.ports--;
}

bool fake_notice_set(struct notice *notice, uint32_t domain, int64_t octet, int64_t number)
{
	struct port *port = number < 0 ? NULL : find_port(domain, number);

	if (number >= 0 && (!port || !port->device))
		return false;
	if (port)
		port->users++;
	*notice = (struct notice){octet, number};
	return true;
}

void fake_notice_give(struct notice *notice, uint32_t domain, int fd, uint32_t page)
{
	static const uint8_t zero;

	if (notice->octet >= 0)
		assert(pwrite(fd, &zero, 1, (off_t)page * FAKE_PAGE_SIZE + notice->octet) == 1);
	if (notice->port >= 0) {
		struct port *port = find_port(domain, notice->port);

		notify(port);
		put_port(port);
	}
	*notice = (struct notice){-1, -1};
}

int fake_ports_restrict(struct device *device)
{
	if (device->restricted_to != ANY_DOMAIN)
		return EACCES;
	if (hypervisor.request.args[0] == 0 || hypervisor.request.args[0] >= 0x7ff0)
		return EINVAL;
	device->restricted_to = (int)hypervisor.request.args[0];
	return 0;
}

int fake_ports_offer(struct device *device)
{
	if (device->restricted_to != ANY_DOMAIN)
		return EACCES;
	if (hypervisor.request.args[0] >= DOMAINS_MAX)
		return ESRCH;
	return open_port(device, PORT_OFFERED, hypervisor.request.args[0]) ? 0 : ENOSPC;
}

int fake_ports_bind(struct device *device)
{
	struct port *peer = find_port(hypervisor.request.args[0], hypervisor.request.args[1]);

	if (device->restricted_to != ANY_DOMAIN &&
		device->restricted_to != (int)hypervisor.request.args[0])
		return EACCES;
	if (!peer || peer->state != PORT_OFFERED || peer->peer_domain != device->domain)
		return EINVAL;

	struct port *port = open_port(device, PORT_BOUND, hypervisor.request.args[0]);

	if (!port)
		return ENOSPC;
	port->peer = hypervisor.request.args[1];
	port->is_pending = true;
	peer->state = PORT_BOUND;
	peer->peer = hypervisor.answer.value;
	fire(port);
	return 0;
}

int fake_ports_notify(const struct device *device)
{
	struct port *port = find_port(device->domain, hypervisor.request.args[0]);

	if (!port || port->device != device)
		return ENOTCONN;
	notify(port);
	return 0;
}

void fake_ports_unmask(const struct device *device, uint32_t number)
{
	struct port *port = find_port(device->domain, number);

	if (port && port->device == device) {
		port->is_masked = false;
		fire(port);
	}
}

void fake_ports_close(const struct device *device)
{
	for (uint32_t i = 1; i < PORTS_MAX; i++) {
		struct port *port = &ports[device->domain][i];

		if (port->state == PORT_CLOSED || port->device != device)
			continue;
		port->device = NULL;
		put_port(port);
	}
}

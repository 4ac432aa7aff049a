/* SPDX-License-Identifier: MIT */
/*
 * See fake_xen.h. One loop without threads. A device is a socket whose other end a test's process
 * has; a port's number on it is an event, and the way back unmasks the port. gntalloc's pages are a
 * file that its process has locked: the lock ends with the last descriptor and mapping.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fake_xen.h"
#include "fake_xen_wire.h"

enum {
	DOMAINS_MAX = 8,
	PORTS_MAX = 1024, /* of a domain */
	DEVICES_MAX = 1024,
	REGIONS_MAX = 512,
	MAPPINGS_MAX = 512,
	GRANTS_MAX = 65536,
	FIRST_REF = 8,
	ANY_DOMAIN = -1,
	NOBODY = -1,
};

struct device {
	int fd; /* -1: unused */
	uint64_t cookie;
	uint32_t domain;
	int restricted_to;
};

enum port_state { PORT_CLOSED, PORT_OFFERED, PORT_BOUND };

struct port {
	enum port_state state;
	uint32_t users; /* its device, and notifications that are due */
	struct device *device;
	uint32_t peer_domain, peer; /* peer: if bound */
	bool is_pending, is_masked;
};

/* Due when pages go: an octet to clear, a port to notify; -1: none. */
struct notice {
	int64_t octet, port;
};

struct region {
	uint32_t users; /* its granter, and its grants */
	int fd;
	uint64_t inode;
	uint32_t domain;
	bool is_let_go;
	struct notice notice;
};

struct grant {
	struct region *region; /* NULL: unused */
	uint32_t page;
	uint32_t grantee;
	bool is_writable;
	uint32_t mapped;
};

struct mapping {
	struct device *device; /* NULL: unused */
	uint32_t count;
	uint32_t *refs;
	struct notice notice;
};

static struct device devices[DEVICES_MAX];
static struct port ports[DOMAINS_MAX][PORTS_MAX];
static struct region regions[REGIONS_MAX];
static struct grant grants[GRANTS_MAX];
static struct mapping mappings[MAPPINGS_MAX];
static uint32_t limit = FAKE_XEN_LIMIT;
static uint32_t next_ref;
static struct fake_xen_counts counts;

static struct fake_request request;
static struct fake_answer answer;
static int request_fd;
static int answer_fds[FAKE_REGIONS_MAX];
static uint32_t answer_fd_count;

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
	counts.ports++;
	answer.value = (uint32_t)(port - ports[device->domain]);
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
	counts.ports--;
}

static bool set_notice(struct notice *notice, uint32_t domain, int64_t octet, int64_t number)
{
	struct port *port = number < 0 ? NULL : find_port(domain, number);

	if (number >= 0 && (!port || !port->device))
		return false;
	if (port)
		port->users++;
	*notice = (struct notice){octet, number};
	return true;
}

static void give_notice(struct notice *notice, uint32_t domain, int fd, uint32_t page)
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

static void put_region(struct region *region)
{
	if (--region->users > 0)
		return;
	close(region->fd);
	region->fd = -1;
}

static void end_grant(struct grant *grant)
{
	struct region *region = grant->region;

	grant->region = NULL;
	counts.grants--;
	put_region(region);
}

static bool is_held(const struct region *region)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};

	assert(fcntl(region->fd, F_OFD_GETLK, &lock) == 0);
	return lock.l_type != F_UNLCK;
}

static void let_go(struct region *region)
{
	region->is_let_go = true;
	give_notice(&region->notice, region->domain, region->fd, 0);
	for (uint32_t i = 0; i < GRANTS_MAX; i++) {
		if (grants[i].region != region)
			continue;
		if (grants[i].mapped == 0)
			end_grant(&grants[i]);
		else
			counts.ended_mapped++;
	}
	put_region(region);
}

/* False: nobody has gntalloc's descriptors. */
static bool sweep_regions(void)
{
	bool is_any = false;

	for (uint32_t i = 0; i < REGIONS_MAX; i++) {
		if (regions[i].fd < 0 || regions[i].is_let_go)
			continue;
		if (is_held(&regions[i]))
			is_any = true;
		else
			let_go(&regions[i]);
	}
	return is_any;
}

static void undo_mapping(struct mapping *mapping)
{
	const struct region *first = grants[mapping->refs[0]].region;

	give_notice(&mapping->notice, mapping->device->domain, first->fd,
		grants[mapping->refs[0]].page);
	for (uint32_t i = 0; i < mapping->count; i++) {
		struct grant *grant = &grants[mapping->refs[i]];

		counts.mapped--;
		if (--grant->mapped == 0 && grant->region->is_let_go)
			end_grant(grant);
	}
	free(mapping->refs);
	mapping->device = NULL;
}

static void close_device(struct device *device)
{
	for (uint32_t i = 0; i < MAPPINGS_MAX; i++) {
		if (mappings[i].device == device)
			undo_mapping(&mappings[i]);
	}
	for (uint32_t i = 1; i < PORTS_MAX; i++) {
		struct port *port = &ports[device->domain][i];

		if (port->state == PORT_CLOSED || port->device != device)
			continue;
		port->device = NULL;
		put_port(port);
	}
	close(device->fd);
	device->fd = -1;
}

static void unmask(const struct device *device, uint32_t number)
{
	struct port *port = find_port(device->domain, number);

	if (port && port->device == device) {
		port->is_masked = false;
		fire(port);
	}
}

/* Takes in what was written to the devices, and which were closed, events unread or not. */
static void sweep_devices(void)
{
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		struct device *device = &devices[i];
		uint32_t number;

		while (device->fd >= 0) {
			const ssize_t size =
				recv(device->fd, &number, sizeof(number), MSG_DONTWAIT);

			if (size == sizeof(number))
				unmask(device, number);
			else if (size == 0 || errno == ECONNRESET)
				close_device(device);
			else
				break;
		}
	}
}

static struct device *find_device(void)
{
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		if (devices[i].fd >= 0 && devices[i].cookie == request.object)
			return &devices[i];
	}
	return NULL;
}

static int open_device(void)
{
	struct device *device = devices;
	socklen_t size = sizeof(device->cookie);
	int ends[2];

	while (device->fd >= 0)
		device++;
	assert(device < devices + DEVICES_MAX && request.domain < DOMAINS_MAX);
	assert(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
	*device = (struct device){
		.fd = ends[0], .domain = request.domain, .restricted_to = ANY_DOMAIN};
	assert(getsockopt(ends[1], SOL_SOCKET, SO_COOKIE, &device->cookie, &size) == 0);
	answer_fds[answer_fd_count++] = ends[1];
	return 0;
}

static int restrict_device(struct device *device)
{
	if (device->restricted_to != ANY_DOMAIN)
		return EACCES;
	if (request.args[0] == 0 || request.args[0] >= 0x7ff0)
		return EINVAL;
	device->restricted_to = (int)request.args[0];
	return 0;
}

static int offer_port(struct device *device)
{
	if (device->restricted_to != ANY_DOMAIN)
		return EACCES;
	if (request.args[0] >= DOMAINS_MAX)
		return ESRCH;
	return open_port(device, PORT_OFFERED, request.args[0]) ? 0 : ENOSPC;
}

static int bind_port(struct device *device)
{
	struct port *peer = find_port(request.args[0], request.args[1]);

	if (device->restricted_to != ANY_DOMAIN && device->restricted_to != (int)request.args[0])
		return EACCES;
	if (!peer || peer->state != PORT_OFFERED || peer->peer_domain != device->domain)
		return EINVAL;

	struct port *port = open_port(device, PORT_BOUND, request.args[0]);

	if (!port)
		return ENOSPC;
	port->peer = request.args[1];
	port->is_pending = true;
	peer->state = PORT_BOUND;
	peer->peer = answer.value;
	fire(port);
	return 0;
}

static int notify_port(const struct device *device)
{
	struct port *port = find_port(device->domain, request.args[0]);

	if (!port || port->device != device)
		return ENOTCONN;
	notify(port);
	return 0;
}

static struct region *find_region(uint64_t inode)
{
	for (uint32_t i = 0; i < REGIONS_MAX; i++) {
		if (regions[i].fd >= 0 && !regions[i].is_let_go && regions[i].inode == inode)
			return &regions[i];
	}
	return NULL;
}

/* The file by a description of our own, so that the granter's ends when he lets go of it. */
static struct region *make_region(void)
{
	struct region *region = regions;
	char path[32];
	struct stat status;

	while (region->fd >= 0)
		region++;
	assert(region < regions + REGIONS_MAX && request_fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", request_fd);
	*region = (struct region){
		.users = 1,
		.fd = open(path, O_RDWR | O_CLOEXEC),
		.domain = request.domain,
		.notice = {-1, -1},
	};
	assert(region->fd >= 0 && fstat(region->fd, &status) == 0);
	region->inode = status.st_ino;
	return region;
}

/* References are scattered, as those of a kernel that has run for a while. */
static uint32_t find_ref(void)
{
	do {
		next_ref = (next_ref + 40503) % GRANTS_MAX;
	} while (next_ref < FIRST_REF || grants[next_ref].region);
	return next_ref;
}

static int grant_pages(void)
{
	const uint32_t first = request.args[2], count = request.args[3];
	struct region *region = find_region(request.object);
	uint32_t allocated = 0;

	for (uint32_t i = 0; i < GRANTS_MAX; i++) {
		const struct region *other = grants[i].region;

		allocated += other && other->domain == request.domain && !other->is_let_go;
	}
	if (count > FAKE_ITEMS_MAX || allocated + count > limit)
		return ENOSPC;
	if (!region)
		region = make_region();
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t ref = find_ref();

		grants[ref] = (struct grant){
			.region = region,
			.page = first + i,
			.grantee = request.args[0],
			.is_writable = request.args[1] != 0,
		};
		region->users++;
		counts.grants++;
		answer.items[answer.count++] = ref;
	}
	return 0;
}

/* Of the first page, which is all that is needed. */
static int set_grant_notice(void)
{
	struct region *region = find_region(request.object);

	if (!region || request.args[0] >= FAKE_PAGE_SIZE)
		return ENOENT;
	return set_notice(&region->notice, region->domain, request.args[0], request.args[1])
		       ? 0
		       : EINVAL;
}

static bool can_map(const struct device *device, const struct grant *grant)
{
	return grant->region && !grant->region->is_let_go &&
	       grant->region->domain == request.args[0] && grant->grantee == device->domain &&
	       (grant->is_writable || !request.args[1]);
}

/* The file's index among those that are answered. */
static uint32_t add_file(const struct region *region)
{
	uint32_t i = 0;

	while (i < answer_fd_count && answer_fds[i] != region->fd)
		i++;
	assert(i < FAKE_REGIONS_MAX);
	if (i == answer_fd_count)
		answer_fds[answer_fd_count++] = region->fd;
	return i;
}

static int map_pages(struct device *device)
{
	struct mapping *mapping = mappings;
	struct notice notice = {-1, -1};

	if (request.count == 0)
		return EINVAL;
	for (uint32_t i = 0; i < request.count; i++) {
		const uint32_t ref = request.items[i];

		if (ref >= GRANTS_MAX || !can_map(device, &grants[ref]))
			return EINVAL;
	}
	if (!set_notice(
		    &notice, device->domain, (int32_t)request.args[2], (int32_t)request.args[3]))
		return EINVAL;
	while (mapping->device)
		mapping++;
	assert(mapping < mappings + MAPPINGS_MAX);
	*mapping = (struct mapping){
		.device = device,
		.count = request.count,
		.refs = malloc(request.count * sizeof(*mapping->refs)),
		.notice = notice,
	};
	memcpy(mapping->refs, request.items, request.count * sizeof(*mapping->refs));
	for (uint32_t i = 0; i < request.count; i++) {
		struct grant *grant = &grants[request.items[i]];

		grant->mapped++;
		counts.mapped++;
		answer.items[answer.count++] = add_file(grant->region) << 24 | grant->page;
	}
	answer.value = (uint32_t)(mapping - mappings);
	return 0;
}

static int unmap_pages(const struct device *device)
{
	if (request.args[0] >= MAPPINGS_MAX || mappings[request.args[0]].device != device)
		return EINVAL;
	undo_mapping(&mappings[request.args[0]]);
	return 0;
}

/* What is asked of a device. */
static int serve_device(struct device *device)
{
	switch (request.op) {
	case FAKE_PORT_RESTRICT:
		return restrict_device(device);
	case FAKE_PORT_OFFER:
		return offer_port(device);
	case FAKE_PORT_BIND:
		return bind_port(device);
	case FAKE_PORT_NOTIFY:
		return notify_port(device);
	case FAKE_MAP:
		return map_pages(device);
	case FAKE_UNMAP:
		return unmap_pages(device);
	default:
		return ENOTTY;
	}
}

static int serve(void)
{
	struct device *device;

	switch (request.op) {
	case FAKE_PORT_OPEN:
	case FAKE_MAPPER_OPEN:
		return open_device();
	case FAKE_GRANT:
		return grant_pages();
	case FAKE_GRANT_NOTIFY:
		return set_grant_notice();
	case FAKE_LIMIT:
		limit = request.args[0];
		return 0;
	case FAKE_COUNT:
		memcpy(answer.items, &counts, sizeof(counts));
		answer.count = sizeof(counts) / sizeof(uint32_t);
		return 0;
	default:
		device = find_device();
		return device ? serve_device(device) : ENOTTY;
	}
}

static bool receive_request(int fd)
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec iov = {&request, sizeof(request)};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	const ssize_t size = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *rights = CMSG_FIRSTHDR(&message);

	request_fd = NOBODY;
	if (rights)
		memcpy(&request_fd, CMSG_DATA(rights), sizeof(request_fd));
	return size > 0;
}

static void send_answer(int fd)
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(answer_fds))];
	} control = {0};
	struct iovec iov = {
		&answer, offsetof(struct fake_answer, items) + answer.count * sizeof(uint32_t)};
	struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};

	if (answer_fd_count > 0) {
		const size_t size = answer_fd_count * sizeof(int);

		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(size);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.header), answer_fds, size);
	}
	sendmsg(fd, &message, MSG_NOSIGNAL);
}

static void serve_one(int listen_fd)
{
	const int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);

	answer.error = 0;
	answer.value = answer.count = 0;
	answer_fd_count = 0;
	if (receive_request(fd)) {
		/* What the asker did before comes first. */
		sweep_devices();
		sweep_regions();
		answer.error = serve();
		send_answer(fd);
	}
	if (request_fd >= 0)
		close(request_fd);
	/* A device's other end is the asker's alone. */
	if (request.op == FAKE_PORT_OPEN || request.op == FAKE_MAPPER_OPEN)
		close(answer_fds[0]);
	close(fd);
}

_Noreturn void fake_hypervisor_run(int listen_fd, int life_fd)
{
	static struct pollfd fds[2 + DEVICES_MAX];

	for (uint32_t i = 0; i < DEVICES_MAX; i++)
		devices[i].fd = -1;
	for (uint32_t i = 0; i < REGIONS_MAX; i++)
		regions[i].fd = -1;
	fds[0] = (struct pollfd){life_fd, POLLIN, 0};
	fds[1] = (struct pollfd){listen_fd, POLLIN, 0};
	for (;;) {
		sweep_devices();
		for (uint32_t i = 0; i < DEVICES_MAX; i++)
			fds[2 + i] = (struct pollfd){devices[i].fd, POLLIN, 0};
		poll(fds, 2 + DEVICES_MAX, sweep_regions() ? 1 : -1);
		/* No sanitizer is to look at what a fork has left here. */
		if (fds[0].revents)
			syscall(SYS_exit_group, EXIT_SUCCESS);
		if (fds[1].revents)
			serve_one(listen_fd);
	}
}

/* SPDX-License-Identifier: MIT */
/*
 * The link between processes of one machine: a Unix SOCK_SEQPACKET socket. The guest's side sends
 * an offer for each region (a sealed memfd) and each port (an eventfd and a socket, see
 * port.c); the host's side keeps the file descriptors until they are mapped or bound by
 * number. See link.h.
 */
#include "link/link.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "link/link_private.h"

/* What is told first; both the first of their kind. */
#define ROOT_NUMBER 1u

/* Offers that the host has not taken up yet. */
#define OFFERS_MAX 256u

/* The f_type of memfds and nothing that could fail to give a page, as hugetlbfs could. */
#define TMPFS_TYPE 0x01021994

enum offer_kind {
	OFFER_REGION = 1, /* one fd */
	OFFER_PORT = 2,	  /* two: for the host to wait on, for the host to notify */
};

struct offer {
	uint32_t kind;
	uint32_t number;
};
_Static_assert(sizeof(struct offer) == 8, "on the socket");

struct pending {
	struct offer offer;
	int fds[2];
};

struct local_link {
	struct xg_link base;
	uint32_t regions; /* the last number given out */
	uint32_t ports;
	struct pending pending[OFFERS_MAX];
	uint32_t pending_count;
};

static bool fill_address(struct sockaddr_un *address, const char *path)
{
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(address->sun_path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	strcpy(address->sun_path, path);
	return true;
}

static void close_all(const int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
	}
}

static void destroy(struct xg_link *base)
{
	struct local_link *link = (struct local_link *)base;

	for (uint32_t i = 0; i < link->pending_count; i++)
		close_all(link->pending[i].fds, 2);
	close(base->fd);
	free(link);
}

/* Up to two fds of a message; those beyond are closed. Returns how many there were. */
static size_t collect_fds(struct msghdr *message, int fds[2])
{
	size_t count = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = CMSG_LEN(0); at + sizeof(int) <= c->cmsg_len; at += sizeof(int)) {
			int fd;

			memcpy(&fd, (uint8_t *)c + at, sizeof(fd));
			if (count < 2)
				fds[count] = fd;
			else
				close(fd);
			count++;
		}
	}
	return count;
}

/* Takes in one offer. False: the peer is gone or broke a rule. */
static bool receive_offer(struct local_link *link, bool *is_empty)
{
	struct pending pending = {.fds = {-1, -1}};
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(4 * sizeof(int))];
	} control;
	struct iovec iov = {&pending.offer, sizeof(pending.offer)};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t size;

	do {
		size = recvmsg(link->base.fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	} while (size < 0 && errno == EINTR);
	*is_empty = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
	if (*is_empty)
		return true;
	if (size <= 0)
		return false;

	const size_t fds = collect_fds(&message, pending.fds);
	const size_t wanted = pending.offer.kind == OFFER_REGION ? 1
			      : pending.offer.kind == OFFER_PORT ? 2
								 : SIZE_MAX;

	if (size != sizeof(pending.offer) || (message.msg_flags & (MSG_CTRUNC | MSG_TRUNC)) != 0 ||
		fds != wanted || link->pending_count == OFFERS_MAX) {
		close_all(pending.fds, 2);
		return false;
	}
	link->pending[link->pending_count++] = pending;
	return true;
}

static bool dispatch(struct xg_link *base)
{
	bool is_empty = false;

	while (!is_empty) {
		if (!receive_offer((struct local_link *)base, &is_empty))
			return false;
	}
	return true;
}

static bool send_offer(struct local_link *link, struct offer offer, const int *fds, size_t count)
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = {0};
	struct iovec iov = {&offer, sizeof(offer)};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = CMSG_SPACE(count * sizeof(int)),
	};
	ssize_t size;

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(&control.header), fds, count * sizeof(int));
	do {
		size = sendmsg(link->base.fd, &message, MSG_NOSIGNAL);
	} while (size < 0 && errno == EINTR);
	return size == (ssize_t)sizeof(offer);
}

static bool share(struct xg_link *base, size_t size, struct xg_region *region)
{
	struct local_link *link = (struct local_link *)base;
	const int fd = memfd_create("xenglass", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	void *memory = MAP_FAILED;

	if (fd < 0)
		return false;
	if (ftruncate(fd, (off_t)size) < 0 ||
		fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
		goto err_fd;
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED)
		goto err_fd;
	if (!send_offer(link, (struct offer){OFFER_REGION, link->regions + 1}, &fd, 1))
		goto err_memory;
	link->regions++;
	*region = (struct xg_region){
		.memory = memory,
		.size = size,
		.number = link->regions,
		.fd = fd,
	};
	return true;

err_memory:
	munmap(memory, size);
err_fd:
	close(fd);
	return false;
}

/* The host knows these numbers without being told. */
static void publish(struct xg_link *base, uint32_t region, uint32_t port)
{
	assert(region == ROOT_NUMBER && port == ROOT_NUMBER);
}

static void root(struct xg_link *base, uint32_t *untrusted_region, uint32_t *untrusted_port)
{
	*untrusted_region = ROOT_NUMBER;
	*untrusted_port = ROOT_NUMBER;
}

/* The offer with that number, taken out of the list; what has arrived is looked at first. */
static bool take_offer(
	struct local_link *link, uint32_t kind, uint32_t untrusted_number, struct pending *found)
{
	xg_link_dispatch(&link->base);
	for (uint32_t i = 0; i < link->pending_count; i++) {
		const struct offer *offer = &link->pending[i].offer;

		if (offer->kind != kind || offer->number != untrusted_number)
			continue;
		*found = link->pending[i];
		link->pending[i] = link->pending[--link->pending_count];
		return true;
	}
	return false;
}

/* True if all size bytes can be read at any time, whatever the guest does to its memory. */
static bool is_steady(int fd, size_t size)
{
	const int seals = fcntl(fd, F_GET_SEALS);
	struct stat status;
	struct statfs system;

	return seals >= 0 && (seals & F_SEAL_SHRINK) && fstat(fd, &status) == 0 &&
	       status.st_size >= 0 && (uint64_t)status.st_size == size &&
	       fstatfs(fd, &system) == 0 && system.f_type == TMPFS_TYPE;
}

static void *map(struct xg_link *base, uint32_t untrusted_number, size_t untrusted_size)
{
	struct local_link *link = (struct local_link *)base;
	struct pending found;
	void *memory = MAP_FAILED;

	if (!take_offer(link, OFFER_REGION, untrusted_number, &found))
		return NULL;
	if (is_steady(found.fds[0], untrusted_size))
		memory = mmap(
			NULL, untrusted_size, PROT_READ | PROT_WRITE, MAP_SHARED, found.fds[0], 0);
	close(found.fds[0]);
	return memory == MAP_FAILED ? NULL : memory;
}

static void unmap(struct xg_link *base, void *memory, size_t size)
{
	munmap(memory, size);
}

static bool port_create(struct xg_link *base, struct xg_port *port, uint32_t *number)
{
	struct local_link *link = (struct local_link *)base;
	const int to_host = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	int to_guest[2] = {-1, -1}; /* the guest's end, and the host's */

	if (to_host < 0 ||
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, to_guest) < 0)
		goto err;

	const int hosts[2] = {to_host, to_guest[1]};

	if (!send_offer(link, (struct offer){OFFER_PORT, link->ports + 1}, hosts, 2))
		goto err;
	close(to_guest[1]);
	*number = ++link->ports;
	*port = (struct xg_port){.wait_fd = to_guest[0], .notify_fd = to_host};
	return true;

err:
	close_all(&to_host, 1);
	close_all(to_guest, 2);
	return false;
}

/*
 * An eventfd has no type of file; pipes, sockets and files, which could be worse, have one. Asked
 * for a part of its count it refuses and forgets nothing; what would wait gives another error.
 */
static bool can_wait_for(int fd)
{
	uint8_t byte;
	const struct iovec part = {&byte, sizeof(byte)};
	struct stat status;

	return fstat(fd, &status) == 0 && (status.st_mode & S_IFMT) == 0 &&
	       preadv2(fd, &part, 1, -1, RWF_NOWAIT) < 0 && errno == EINVAL;
}

static bool can_notify(int fd)
{
	socklen_t size = sizeof(int);
	int domain;

	return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX;
}

static bool port_bind(struct xg_link *base, uint32_t untrusted_number, struct xg_port *port)
{
	struct local_link *link = (struct local_link *)base;
	struct pending found;

	if (!take_offer(link, OFFER_PORT, untrusted_number, &found))
		return false;
	if (!can_wait_for(found.fds[0]) || !can_notify(found.fds[1])) {
		close_all(found.fds, 2);
		return false;
	}
	*port = (struct xg_port){
		.wait_fd = found.fds[0],
		.notify_fd = found.fds[1],
		.is_host = true,
	};
	return true;
}

static const struct xg_link_kind local_kind = {
	.destroy = destroy,
	.dispatch = dispatch,
	.share = share,
	.publish = publish,
	.root = root,
	.map = map,
	.unmap = unmap,
	.port_create = port_create,
	.port_bind = port_bind,
};

struct xg_link *xg_link_adopt(int fd)
{
	struct local_link *link = calloc(1, sizeof(*link));
	const int flags = fcntl(fd, F_GETFL);

	if (!link || flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
		fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
		free(link);
		close(fd);
		return NULL;
	}
	link->base = (struct xg_link){.kind = &local_kind, .fd = fd};
	return &link->base;
}

struct xg_link *xg_link_connect(const char *path)
{
	struct sockaddr_un address;

	if (!fill_address(&address, path))
		return NULL;

	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return NULL;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		const int saved_errno = errno;

		close(fd);
		errno = saved_errno;
		return NULL;
	}
	return xg_link_adopt(fd);
}

int xg_link_listen(const char *path)
{
	struct sockaddr_un address;

	if (!fill_address(&address, path))
		return -1;

	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 64) < 0) {
		const int saved_errno = errno;

		close(fd);
		errno = saved_errno;
		return -1;
	}
	return fd;
}

struct xg_link *xg_link_accept(int listen_fd)
{
	const int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);

	return fd < 0 ? NULL : xg_link_adopt(fd);
}

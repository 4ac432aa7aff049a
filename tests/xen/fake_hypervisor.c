/* SPDX-License-Identifier: MIT */
/*
 * See fake_hypervisor.h and fake_xen.h. One loop without threads. A device is a socket whose other
 * end a test's process has; a port's number on it is an event, and the way back unmasks the port.
 */
#include "fake_hypervisor.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DEVICES_MAX = 1024 };

struct hypervisor hypervisor;

static struct device devices[DEVICES_MAX];

static void close_device(struct device *device)
{
	fake_grants_close(device);
	fake_ports_close(device);
	close(device->fd);
	device->fd = -1;
}

void fake_devices_sweep(void)
{
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		struct device *device = &devices[i];
		uint32_t number;

		while (device->fd >= 0) {
			const ssize_t size =
				recv(device->fd, &number, sizeof(number), MSG_DONTWAIT);

			if (size == sizeof(number))
				fake_ports_unmask(device, number);
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
		if (devices[i].fd >= 0 && devices[i].cookie == hypervisor.request.object)
			return &devices[i];
	}
	return NULL;
}

static int open_device(void)
{
	struct device *device = devices;
	struct stat status;
	int ends[2];

	while (device->fd >= 0)
		device++;
	assert(device < devices + DEVICES_MAX && hypervisor.request.domain < DOMAINS_MAX);
	assert(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
	*device = (struct device){
		.fd = ends[0], .domain = hypervisor.request.domain, .restricted_to = ANY_DOMAIN};
	assert(fstat(ends[1], &status) == 0);
	device->cookie = status.st_ino;
	hypervisor.answer_fds[hypervisor.answer_fd_count++] = ends[1];
	return 0;
}

/* What is asked of a device. */
static int serve_device(struct device *device)
{
	switch (hypervisor.request.op) {
	case FAKE_PORT_RESTRICT:
		return fake_ports_restrict(device);
	case FAKE_PORT_OFFER:
		return fake_ports_offer(device);
	case FAKE_PORT_BIND:
		return fake_ports_bind(device);
	case FAKE_PORT_NOTIFY:
		return fake_ports_notify(device);
	case FAKE_MAP:
		return fake_grants_map(device);
	case FAKE_UNMAP:
		return fake_grants_unmap(device);
	default:
		return ENOTTY;
	}
}

static int serve(void)
{
	struct device *device;

	switch (hypervisor.request.op) {
	case FAKE_PORT_OPEN:
	case FAKE_MAPPER_OPEN:
		return open_device();
	case FAKE_GRANT:
		return fake_grants_add();
	case FAKE_GRANT_NOTIFY:
		return fake_grants_set_notice();
	case FAKE_LIMIT:
		fake_grants_set_limit(hypervisor.request.args[0]);
		return 0;
	case FAKE_COUNT:
		memcpy(hypervisor.answer.items, &hypervisor.counts, sizeof(hypervisor.counts));
		hypervisor.answer.count = sizeof(hypervisor.counts) / sizeof(uint32_t);
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
	struct iovec iov = {&hypervisor.request, sizeof(hypervisor.request)};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	const ssize_t size = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *rights = CMSG_FIRSTHDR(&message);

	hypervisor.request_fd = -1;
	if (rights)
		memcpy(&hypervisor.request_fd, CMSG_DATA(rights), sizeof(hypervisor.request_fd));
	return size > 0;
}

static void send_answer(int fd)
{
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(hypervisor.answer_fds))];
	} control = {0};
	struct iovec iov = {&hypervisor.answer,
		offsetof(struct fake_answer, items) + hypervisor.answer.count * sizeof(uint32_t)};
	struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};

	if (hypervisor.answer_fd_count > 0) {
		const size_t size = hypervisor.answer_fd_count * sizeof(int);

		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(size);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.header), hypervisor.answer_fds, size);
	}
	sendmsg(fd, &message, MSG_NOSIGNAL);
}

static void serve_one(int listen_fd)
{
	const int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);

	hypervisor.answer.error = 0;
	hypervisor.answer.value = hypervisor.answer.count = 0;
	hypervisor.answer_fd_count = 0;
	if (receive_request(fd)) {
		/* What the asker did before comes first. */
		fake_devices_sweep();
		fake_grants_sweep();
		hypervisor.answer.error = serve();
		send_answer(fd);
	}
	if (hypervisor.request_fd >= 0)
		close(hypervisor.request_fd);
	/* A device's other end is the asker's alone. */
	if (hypervisor.request.op == FAKE_PORT_OPEN || hypervisor.request.op == FAKE_MAPPER_OPEN)
		close(hypervisor.answer_fds[0]);
	close(fd);
}

_Noreturn void fake_hypervisor_run(int listen_fd, int life_fd)
{
	static struct pollfd fds[2 + DEVICES_MAX];

	for (uint32_t i = 0; i < DEVICES_MAX; i++)
		devices[i].fd = -1;
	fake_grants_init();
	fds[0] = (struct pollfd){life_fd, POLLIN, 0};
	fds[1] = (struct pollfd){listen_fd, POLLIN, 0};
	for (;;) {
		fake_devices_sweep();
		for (uint32_t i = 0; i < DEVICES_MAX; i++)
			fds[2 + i] = (struct pollfd){devices[i].fd, POLLIN, 0};
		poll(fds, 2 + DEVICES_MAX, fake_grants_sweep() ? 1 : -1);
		/* No sanitizer is to look at what a fork has left here. */
		if (fds[0].revents)
			syscall(SYS_exit_group, EXIT_SUCCESS);
		if (fds[1].revents)
			serve_one(listen_fd);
	}
}

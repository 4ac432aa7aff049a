/* SPDX-License-Identifier: MIT */
/* See door.h. One octet asks, and says for what; the answer is an error number, 0 with a descriptor
 * beside it. */
#include "door.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "link/xen_event_channel.h"

enum request {
	REQUEST_CONNECTION = 'c',
	REQUEST_EVENT_CHANNEL = 'e',
};

/* A descriptor that travels with a message. */
union fd_message {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

/* The connection, or minus an error of errno's. */
static int connect_to(const struct sockaddr_un *address)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0) {
		const int error = errno;

		close(fd);
		return -error;
	}
	return fd;
}

/* A descriptor, or minus an error of errno's. */
static int open_event_channel(uint16_t domain)
{
	const int fd = xg_event_channel_open();

	if (fd < 0)
		return -errno;
	if (!xg_event_channel_restrict(fd, domain)) {
		const int error = errno;

		close(fd);
		return -error;
	}
	return fd;
}

static bool answer(int door, int connection)
{
	int error = connection < 0 ? -connection : 0;
	union fd_message control = {
		.header = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS},
	};
	struct iovec iov = {&error, sizeof(error)};
	struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};

	if (connection >= 0) {
		memcpy(CMSG_DATA(&control.header), &connection, sizeof(connection));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
	}
	return sendmsg(door, &message, MSG_NOSIGNAL) == sizeof(error);
}

/* The process outside. What it inherited it lets go, so that only the jailed one holds it. */
static _Noreturn void keep_door(
	int door, const struct sockaddr_un *address, const struct xg_door_setup *setup)
{
	char request;
	bool is_open = dup2(door, STDIN_FILENO) == STDIN_FILENO;

	close_range(STDOUT_FILENO, ~0u, 0);
	prctl(PR_SET_NAME, "xenglass-door");
	signal(SIGINT, SIG_IGN);
	while (is_open && read(STDIN_FILENO, &request, 1) == 1) {
		int connection = -EPERM;

		if (request == REQUEST_CONNECTION && setup->wayland)
			connection = connect_to(address);
		else if (request == REQUEST_EVENT_CHANNEL && setup->has_domain)
			connection = open_event_channel(setup->domain);
		is_open = answer(STDIN_FILENO, connection);
		if (connection >= 0)
			close(connection);
	}
	_exit(EXIT_SUCCESS);
}

bool xg_door_open(const struct xg_door_setup *setup, int *fd)
{
	const char *path = setup->wayland ? setup->wayland : "";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int ends[2];

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	strcpy(address.sun_path, path);

	if (setup->wayland) {
		const int first = connect_to(&address);

		if (first < 0) {
			errno = -first;
			return false;
		}
		close(first);
	}
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return false;

	const pid_t keeper = fork();

	if (keeper == 0)
		keep_door(ends[1], &address, setup);
	close(ends[1]);
	if (keeper < 0) {
		close(ends[0]);
		return false;
	}
	*fd = ends[0];
	return true;
}

static int ask(int fd, enum request request)
{
	const char octet = (char)request;
	union fd_message control;
	int error = ECONNRESET, connection = -1;
	struct iovec iov = {&error, sizeof(error)};
	struct msghdr message = {.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	ssize_t size;

	if (send(fd, &octet, 1, MSG_NOSIGNAL) != 1)
		return -1;
	do {
		size = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	} while (size < 0 && errno == EINTR);
	if (size == sizeof(error) && error == 0 && message.msg_controllen >= CMSG_LEN(sizeof(int)))
		memcpy(&connection, CMSG_DATA(&control.header), sizeof(connection));
	else if (size >= 0)
		errno = error;
	return connection;
}

int xg_door_connect(int fd)
{
	return ask(fd, REQUEST_CONNECTION);
}

int xg_door_open_event_channel(int fd)
{
	return ask(fd, REQUEST_EVENT_CHANNEL);
}

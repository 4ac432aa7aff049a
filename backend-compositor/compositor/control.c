/* SPDX-License-Identifier: MIT */
/* See control.h. */
#include "control.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <wayland-server-core.h>

#include "base/log.h"
#include "guest.h"
#include "server.h"

#define MAX_COMMAND 256
#define MAX_FDS	    4

struct xg_control {
	struct xg_server *server;
	int fd;
	char path[108];
	struct wl_event_source *listening;
	struct wl_list connections; /* struct connection.link */
};

struct connection {
	struct xg_control *control;
	struct wl_list link;
	int fd;
	struct wl_event_source *source;
};

static void disconnect(struct connection *connection)
{
	wl_list_remove(&connection->link);
	wl_event_source_remove(connection->source);
	close(connection->fd);
	free(connection);
}

/* Returns what went wrong, or NULL. The descriptor (-1: none) is the guest's from now on. */
static const char *add_guest(
	struct xg_server *server, const char *name, const char *rgb, const char *clipboard, int fd)
{
	const char *problem;
	struct xg_guest *guest;

	if (fd < 0)
		return "a listening socket must be attached";
	guest = xg_guest_create(server, name, rgb, &problem);
	if (!guest) {
		close(fd);
		return problem;
	}
	if (!xg_guest_set_clipboard(guest, clipboard)) {
		xg_guest_destroy(guest);
		close(fd);
		return "a clipboard is one of no, copy, paste and yes";
	}
	if (!xg_guest_listen_fd(guest, fd)) {
		xg_guest_destroy(guest);
		return "what is attached is no listening socket";
	}
	xg_log(XG_LOG_INFO, "control", "guest %s has come", name);
	return NULL;
}

static const char *remove_guest(struct xg_server *server, const char *name)
{
	struct xg_guest *guest = xg_guest_find(server, name);

	if (!guest || guest == server->dom0)
		return "no such guest";
	xg_guest_destroy(guest);
	xg_log(XG_LOG_INFO, "control", "guest %s has gone", name);
	return NULL;
}

static const char *obey(struct xg_server *server, char *command, int fd)
{
	char *rest = NULL;
	const char *verb = strtok_r(command, " \n", &rest);
	const char *name = strtok_r(NULL, " \n", &rest);
	const char *rgb = strtok_r(NULL, " \n", &rest);
	const char *clipboard = strtok_r(NULL, " \n", &rest);

	if (verb && name && rgb && strcmp(verb, "guest") == 0)
		return add_guest(server, name, rgb, clipboard ? clipboard : "no", fd);
	if (fd >= 0)
		close(fd);
	if (verb && name && !rgb && strcmp(verb, "remove") == 0)
		return remove_guest(server, name);
	return "commands are: guest NAME RRGGBB [CLIPBOARD], remove NAME";
}

/* Keeps the first descriptor of the message and closes any other. */
static int take_fd(struct msghdr *message)
{
	int fds[MAX_FDS], kept = -1;

	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part;
		part = CMSG_NXTHDR(message, part)) {
		const size_t size = part->cmsg_len - CMSG_LEN(0);

		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS ||
			size > sizeof(fds))
			continue;
		memcpy(fds, CMSG_DATA(part), size);
		for (size_t i = 0; i < size / sizeof(int); i++) {
			if (kept < 0)
				kept = fds[i];
			else
				close(fds[i]);
		}
	}
	return kept;
}

static int handle_message(int fd, uint32_t mask, void *data)
{
	struct connection *connection = data;
	char command[MAX_COMMAND], answer[MAX_COMMAND];
	_Alignas(struct cmsghdr) char rights[CMSG_SPACE(MAX_FDS * sizeof(int))];
	struct iovec bytes = {command, sizeof(command) - 1};
	struct msghdr message = {.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = rights,
		.msg_controllen = sizeof(rights)};
	const ssize_t length = recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

	if (length <= 0) {
		if (length == 0 || errno != EAGAIN)
			disconnect(connection);
		return 0;
	}
	command[length] = '\0';

	const char *problem = obey(connection->control->server, command, take_fd(&message));
	const int used = problem ? snprintf(answer, sizeof(answer), "error: %s\n", problem)
				 : snprintf(answer, sizeof(answer), "ok\n");
	if (send(fd, answer, (size_t)used, MSG_NOSIGNAL | MSG_DONTWAIT) != used)
		disconnect(connection);
	return 0;
}

static int handle_connection(int fd, uint32_t mask, void *data)
{
	struct xg_control *control = data;
	const int accepted = accept4(fd, NULL, NULL, SOCK_CLOEXEC);

	if (accepted < 0)
		return 0;

	struct connection *connection = calloc(1, sizeof(*connection));
	if (!connection)
		abort();
	connection->control = control;
	connection->fd = accepted;
	connection->source = wl_event_loop_add_fd(
		control->server->loop, accepted, WL_EVENT_READABLE, handle_message, connection);
	if (!connection->source)
		abort();
	wl_list_insert(&control->connections, &connection->link);
	return 0;
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		goto err_close;
	}
	strcpy(address.sun_path, path);

	const mode_t mask = umask(0077);
	const int bound = bind(fd, (struct sockaddr *)&address, sizeof(address));
	umask(mask);
	/* Who watches the folder is told of the mode, and only then can connect. */
	if (bound == 0 && listen(fd, 16) == 0 && chmod(path, 0600) == 0)
		return fd;
err_close:
	close(fd);
	return -1;
}

struct xg_control *xg_control_create(struct xg_server *server, const char *path)
{
	const int fd = listen_at(path);

	if (fd < 0) {
		xg_log(XG_LOG_ERROR, "control", "cannot listen at %s: %s", path, strerror(errno));
		return NULL;
	}

	struct xg_control *control = calloc(1, sizeof(*control));
	if (!control)
		abort();
	control->server = server;
	control->fd = fd;
	strcpy(control->path, path);
	wl_list_init(&control->connections);
	control->listening = wl_event_loop_add_fd(
		server->loop, fd, WL_EVENT_READABLE, handle_connection, control);
	if (!control->listening)
		abort();
	return control;
}

void xg_control_destroy(struct xg_control *control)
{
	struct connection *connection, *next;

	if (!control)
		return;
	wl_list_for_each_safe (connection, next, &control->connections, link)
		disconnect(connection);
	wl_event_source_remove(control->listening);
	close(control->fd);
	unlink(control->path);
	free(control);
}

/* SPDX-License-Identifier: MIT */
/* See screen.h. The commands are those of the compositor's control socket. */
#include "screen.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

#define MODULE "screen"

enum { ANSWER_TIMEOUT_S = 5, COMMAND_MAX = 256, BACKLOG = 64, FOLDER_TIMEOUT_MS = 1000 };

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

/* Who watches is told of a socket in the folder, and once more when it is listened at, for then the
 * compositor sets its mode. */
static void watch(struct xg_screen *screen)
{
	char *folder = strdup(screen->control);
	char *slash = folder ? strrchr(folder, '/') : NULL;

	if (!folder)
		abort();
	if (slash)
		slash[slash == folder] = '\0';
	screen->is_watching = inotify_add_watch(screen->watch_fd, slash ? folder : ".",
				      IN_CREATE | IN_MOVED_TO | IN_ATTRIB) >= 0;
	free(folder);
}

static void forget_changes(struct xg_screen *screen)
{
	_Alignas(struct inotify_event) char events[4096];
	ssize_t size;

	while ((size = read(screen->watch_fd, events, sizeof(events))) > 0) {
		for (ssize_t at = 0; at < size;) {
			const struct inotify_event *event = (void *)(events + at);

			/* The folder itself is gone. */
			if (event->mask & IN_IGNORED)
				screen->is_watching = false;
			at += (ssize_t)(sizeof(*event) + event->len);
		}
	}
}

void xg_screen_look(struct xg_screen *screen)
{
	const struct timeval timeout = {.tv_sec = ANSWER_TIMEOUT_S};
	struct sockaddr_un address;
	int fd;

	forget_changes(screen);
	if (!screen->is_watching)
		watch(screen);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	if (fill_address(&address, screen->control) &&
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout)) == 0 &&
		connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0) {
		xg_log(XG_LOG_INFO, MODULE, "the compositor at %s is there", screen->control);
		screen->control_fd = fd;
		screen->answers = 0;
		return;
	}
	if (errno != ENOENT && errno != ECONNREFUSED)
		xg_log(XG_LOG_ERROR, MODULE, "cannot reach the compositor at %s: %s",
			screen->control, strerror(errno));
	close(fd);
}

int xg_screen_timeout_ms(const struct xg_screen *screen)
{
	return xg_screen_is_there(screen) || screen->is_watching ? -1 : FOLDER_TIMEOUT_MS;
}

bool xg_screen_is_there(const struct xg_screen *screen)
{
	return !screen->control || screen->control_fd >= 0;
}

void xg_screen_init(struct xg_screen *screen, const char *control)
{
	*screen = (struct xg_screen){.control = control, .control_fd = -1, .watch_fd = -1};
	if (!control)
		return;
	screen->watch_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	xg_screen_look(screen);
	if (screen->control_fd < 0)
		xg_log(XG_LOG_WARNING, MODULE, "no compositor at %s yet", control);
}

static void disconnect(struct xg_screen *screen)
{
	if (screen->control_fd >= 0)
		close(screen->control_fd);
	screen->control_fd = -1;
}

void xg_screen_finish(struct xg_screen *screen)
{
	disconnect(screen);
	if (screen->watch_fd >= 0)
		close(screen->watch_fd);
}

void xg_screen_lose(struct xg_screen *screen)
{
	xg_log(XG_LOG_ERROR, MODULE, "the compositor at %s has gone", screen->control);
	disconnect(screen);
}

static int listen_at(const char *path)
{
	struct sockaddr_un address;
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;

	const mode_t mask = umask(0077);
	const bool is_bound = fill_address(&address, path) &&
			      bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	umask(mask);
	if (is_bound && listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

/* One command, with a descriptor unless it is -1. False, with one log line, if it is refused. */
static bool command(struct xg_screen *screen, const char *text, int fd)
{
	_Alignas(struct cmsghdr) char rights[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec bytes = {.iov_base = (void *)(uintptr_t)text, .iov_len = strlen(text)};
	struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
	char answer[COMMAND_MAX] = "";

	if (fd >= 0) {
		message.msg_control = rights;
		message.msg_controllen = sizeof(rights);
		struct cmsghdr *part = CMSG_FIRSTHDR(&message);
		part->cmsg_level = SOL_SOCKET;
		part->cmsg_type = SCM_RIGHTS;
		part->cmsg_len = CMSG_LEN(sizeof(fd));
		memcpy(CMSG_DATA(part), &fd, sizeof(fd));
	}
	if (sendmsg(screen->control_fd, &message, MSG_NOSIGNAL) < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "the compositor is gone: %s", strerror(errno));
		return false;
	}
	/* The last of the answers is to this command; earlier ones are late, and of no use. */
	for (screen->answers++; screen->answers > 0; screen->answers--) {
		if (recv(screen->control_fd, answer, sizeof(answer) - 1, 0) <= 0) {
			xg_log(XG_LOG_ERROR, MODULE, "the compositor does not answer '%s'", text);
			return false;
		}
	}
	if (strncmp(answer, "ok", 2) == 0)
		return true;
	answer[strcspn(answer, "\n")] = '\0';
	xg_log(XG_LOG_ERROR, MODULE, "the compositor refuses '%s': %s", text, answer);
	return false;
}

bool xg_screen_add(struct xg_screen *screen, const char *name, const char *colour,
	const char *clipboard, const char *path)
{
	char text[COMMAND_MAX];

	if (!screen->control)
		return true;
	if (screen->control_fd < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "no place for %s: there is no compositor at %s", name,
			screen->control);
		return false;
	}
	if (access(path, F_OK) == 0)
		xg_screen_remove(screen, name, path);

	const int fd = listen_at(path);
	if (fd < 0) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot make a socket at %s: %s", path,
			strerror(errno));
		return false;
	}
	snprintf(text, sizeof(text), "guest %s %s %s", name, colour, clipboard);
	const bool is_added = command(screen, text, fd);
	close(fd);
	/* One that did not answer may still come to it. */
	if (!is_added && screen->answers > 0)
		xg_screen_remove(screen, name, path);
	else if (!is_added)
		unlink(path);
	return is_added;
}

void xg_screen_remove(struct xg_screen *screen, const char *name, const char *path)
{
	char text[COMMAND_MAX];

	if (!screen->control)
		return;
	snprintf(text, sizeof(text), "remove %s", name);
	if (screen->control_fd >= 0)
		command(screen, text, -1);
	unlink(path);
}

/* SPDX-License-Identifier: MIT */
/* See control.h. */
#include "control.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "domains.h"
#include "guest.h"
#include "link/link.h"
#include "stats.h"

enum { COMMAND_MAX = 256, PATIENCE_MS = 500 };

int xg_daemon_control_listen(const char *path)
{
	const mode_t mask = umask(0077);
	const int fd = xg_link_listen(path);

	umask(mask);
	return fd;
}

static void list(const struct xg_domains *domains, const struct xg_daemon_guest *guests, char *text,
	size_t size)
{
	size_t used;

	if (domains)
		xg_domains_list(domains, text, size);
	used = strlen(text);
	for (; guests && used < size; guests = guests->next) {
		if (!guests->is_domain)
			used += (size_t)snprintf(text + used, size - used, "%s - connected %d\n",
				guests->name, guests->host);
	}
}

/* By the name of a domain, or of a guest of this machine. */
static const struct xg_daemon_guest *find_guest(const struct xg_domains *domains,
	const struct xg_daemon_guest *guests, const char *name, const char **problem)
{
	const int host = domains ? xg_domains_host(domains, name, problem) : 0;

	while (guests &&
		(guests->is_domain ? guests->host != host : strcmp(guests->name, name) != 0))
		guests = guests->next;
	return guests;
}

/* Writes what was asked for. NULL, or why that cannot be. */
static const char *obey(struct xg_domains *domains, const struct xg_daemon_guest *guests,
	char *command, char *text, size_t size)
{
	const char *problem = "there is no such guest";
	char *name = command;
	const char *verb = strsep(&name, " ");

	text[0] = '\0';
	if (strcmp(verb, "list") == 0 && !name) {
		list(domains, guests, text, size);
		return NULL;
	}
	if (name && strcmp(verb, "stats") == 0) {
		const struct xg_daemon_guest *guest = find_guest(domains, guests, name, &problem);

		return guest ? xg_daemon_stats(guest, text, size) : problem;
	}
	if (!name || (strcmp(verb, "attach") != 0 && strcmp(verb, "detach") != 0))
		return "there is no such command";
	if (!domains)
		return "this daemon serves no domains";
	return verb[0] == 'a' ? xg_domains_attach(domains, name) : xg_domains_detach(domains, name);
}

void xg_daemon_control_dispatch(
	int listen_fd, struct xg_domains *domains, const struct xg_daemon_guest *guests)
{
	const struct timeval patience = {.tv_usec = PATIENCE_MS * 1000};
	const int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);
	char command[COMMAND_MAX];
	static char answer[XG_DAEMON_ANSWER_MAX];
	const char *problem;
	ssize_t size;

	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	size = recv(fd, command, sizeof(command) - 1, 0);
	if (size > 0) {
		command[size] = '\0';
		strcpy(answer, "ok\n");
		problem = obey(domains, guests, command, answer + 3, sizeof(answer) - 3);
		if (problem)
			snprintf(answer, sizeof(answer), "error %s\n", problem);
		send(fd, answer, strlen(answer), MSG_NOSIGNAL | MSG_DONTWAIT);
	}
	close(fd);
}

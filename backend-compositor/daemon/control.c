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
#include "link/link.h"

enum { COMMAND_MAX = 256, PATIENCE_MS = 500 };

int xg_daemon_control_listen(const char *path)
{
	const mode_t mask = umask(0077);
	const int fd = xg_link_listen(path);

	umask(mask);
	return fd;
}

/* What a host process takes, as the kernel counts it. */
static void write_stats(int host, char *text, size_t size)
{
	static const char *const wanted[] = {"VmRSS:", "RssShmem:", "Threads:"};
	char path[64], line[256];
	size_t used = (size_t)snprintf(text, size, "process %d\n", host);

	snprintf(path, sizeof(path), "/proc/%d/status", host);

	FILE *file = fopen(path, "re");

	while (file && fgets(line, sizeof(line), file)) {
		for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]) && used < size; i++) {
			if (strncmp(line, wanted[i], strlen(wanted[i])) == 0)
				used += (size_t)snprintf(text + used, size - used, "%s", line);
		}
	}
	if (file)
		fclose(file);
}

/* Writes what was asked for. NULL, or why that cannot be. */
static const char *obey(struct xg_domains *domains, char *command, char *text, size_t size)
{
	char *name = command;
	const char *verb = strsep(&name, " ");
	const char *problem = NULL;
	int host = 0;

	text[0] = '\0';
	if (!domains)
		return "this daemon serves no domains";
	if (strcmp(verb, "list") == 0 && !name) {
		xg_domains_list(domains, text, size);
		return NULL;
	}
	if (!name)
		return "there is no such command";
	if (strcmp(verb, "attach") == 0)
		return xg_domains_attach(domains, name);
	if (strcmp(verb, "detach") == 0)
		return xg_domains_detach(domains, name);
	if (strcmp(verb, "stats") != 0)
		return "there is no such command";
	host = xg_domains_host(domains, name, &problem);
	if (host == 0)
		return problem;
	write_stats(host, text, size);
	return NULL;
}

void xg_daemon_control_dispatch(int listen_fd, struct xg_domains *domains)
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
		problem = obey(domains, command, answer + 3, sizeof(answer) - 3);
		if (problem)
			snprintf(answer, sizeof(answer), "error %s\n", problem);
		send(fd, answer, strlen(answer), MSG_NOSIGNAL | MSG_DONTWAIT);
	}
	close(fd);
}

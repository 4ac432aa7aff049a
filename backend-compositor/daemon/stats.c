/* SPDX-License-Identifier: MIT */
/* See stats.h. */
#include "stats.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "guest.h"
#include "xenglass/xenstore.h"

enum { PATIENCE_MS = 1000 };

static FILE *open_proc(const struct xg_daemon_guest *guest, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", guest->host, name);
	return fopen(path, "re");
}

/* Time of the processor, of all its threads. */
static double cpu_seconds(const struct xg_daemon_guest *guest)
{
	FILE *file = open_proc(guest, "stat");
	unsigned long user = 0, system = 0;
	char line[512] = "";

	if (file && fgets(line, sizeof(line), file)) {
		/* The name, in parentheses, may hold anything; what follows it does not. */
		const char *after_name = strrchr(line, ')');

		if (after_name)
			(void)!sscanf(after_name,
				") %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu", &user,
				&system);
	}
	if (file)
		fclose(file);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* What of the guest's memory it has mapped: granted pages, or those of the local link. */
static unsigned long guest_pages(const struct xg_daemon_guest *guest)
{
	const char *wanted = guest->is_domain ? "/dev/xen/gntdev" : "/memfd:xenglass ";
	FILE *file = open_proc(guest, "maps");
	unsigned long begin, end, bytes = 0;
	char line[512];

	while (file && fgets(line, sizeof(line), file)) {
		if (strstr(line, wanted) && sscanf(line, "%lx-%lx", &begin, &end) == 2)
			bytes += end - begin;
	}
	if (file)
		fclose(file);
	return bytes / XG_XEN_PAGE_SIZE;
}

static unsigned long memory_kib(const struct xg_daemon_guest *guest)
{
	FILE *file = open_proc(guest, "status");
	unsigned long kib = 0;
	char line[256];

	while (file && kib == 0 && fgets(line, sizeof(line), file))
		(void)!sscanf(line, "VmRSS: %lu", &kib);
	if (file)
		fclose(file);
	return kib;
}

/* The host process reads what a guest wrote: what it says is not to command a terminal. */
static void clean(char *untrusted_text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const char c = untrusted_text[i];

		if ((c < ' ' || c > '~') && c != '\n')
			untrusted_text[i] = '?';
	}
}

const char *xg_daemon_stats(const struct xg_daemon_guest *guest, char *text, size_t size)
{
	const struct timeval patience = {
		.tv_sec = PATIENCE_MS / 1000, .tv_usec = PATIENCE_MS % 1000 * 1000};
	const size_t used = (size_t)snprintf(text, size,
		"process %d -\ncpu-seconds %.2f -\nmemory-kib %lu -\nguest-pages %lu -\n",
		guest->host, cpu_seconds(guest), memory_kib(guest), guest_pages(guest));
	ssize_t received;

	/* An answer that came too late for the one who asked. */
	while (recv(guest->stats_fd, text + used, size - used, MSG_DONTWAIT) > 0)
		;
	setsockopt(guest->stats_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (send(guest->stats_fd, "?", 1, MSG_NOSIGNAL | MSG_DONTWAIT) != 1 ||
		(received = recv(guest->stats_fd, text + used, size - used - 1, 0)) <= 0)
		return "its host process does not answer";
	clean(text + used, (size_t)received);
	text[used + (size_t)received] = '\0';
	return NULL;
}

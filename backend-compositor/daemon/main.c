/* SPDX-License-Identifier: MIT */
/* xenglassd: see the comment over main(). */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "control.h"
#include "domains.h"
#include "guest.h"
#include "link/link.h"
#include "options.h"
#include "screen.h"

#define MODULE "main"

enum { END_TIMEOUT_S = 5 };

struct daemon {
	struct xg_daemon_options options;
	struct xg_screen screen;
	struct xg_policy policy;
	struct xg_domains *domains; /* NULL without Xen */
	struct xg_daemon_guest *guests;
	unsigned guest_count;
	unsigned next_number;
	int listen_fd;
	int control_fd; /* of xenglassctl */
	int signal_fd;
	char program[PATH_MAX]; /* xenglass-host */
};

/* Beside this program, as installed, or where the build puts it. */
static bool find_host(struct daemon *daemon)
{
	static const char *const places[] = {
		"xenglass-host", "../host/xenglass-host", "../libexec/xenglass-host"};
	char self[PATH_MAX];
	const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (daemon->options.host) {
		snprintf(daemon->program, sizeof(daemon->program), "%s", daemon->options.host);
	} else if (length > 0) {
		self[length] = '\0';
		*strrchr(self, '/') = '\0';
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
			if (snprintf(daemon->program, sizeof(daemon->program), "%s/%s", self,
				    places[i]) < (int)sizeof(daemon->program) &&
				access(daemon->program, X_OK) == 0)
				return true;
		}
	}
	if (daemon->options.host && access(daemon->program, X_OK) == 0)
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "there is no xenglass-host to start: say where with --host");
	return false;
}

static bool has_room(const struct daemon *daemon)
{
	if (daemon->guest_count < daemon->options.guests_max)
		return true;
	xg_log(XG_LOG_WARNING, MODULE, "no room for another guest: there are %u",
		daemon->guest_count);
	return false;
}

static void add_guest(struct daemon *daemon, struct xg_daemon_guest *guest)
{
	if (!guest)
		return;
	guest->next = daemon->guests;
	daemon->guests = guest;
	daemon->guest_count++;
}

/* For the domains: the process, or 0. */
static int start_domain(void *data, const struct xg_domain_call *call)
{
	struct daemon *daemon = data;
	struct xg_daemon_guest *guest = NULL;

	if (has_room(daemon))
		guest = xg_daemon_guest_start_domain(
			&daemon->options, &daemon->screen, daemon->program, call);
	add_guest(daemon, guest);
	return guest ? guest->host : 0;
}

static void stop_domain(void *data, int host, bool asks)
{
	kill(host, asks ? SIGTERM : SIGKILL);
}

static void accept_guest(struct daemon *daemon)
{
	const int fd = accept4(daemon->listen_fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return;
	if (!xg_screen_is_there(&daemon->screen)) {
		xg_log(XG_LOG_WARNING, MODULE, "a guest is turned away: there is no compositor");
		close(fd);
		return;
	}
	if (!has_room(daemon)) {
		close(fd);
		return;
	}
	add_guest(daemon, xg_daemon_guest_start(&daemon->options, &daemon->screen, daemon->program,
				  ++daemon->next_number, fd));
}

static void reap(struct daemon *daemon)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct xg_daemon_guest **link = &daemon->guests;

		while (*link && (*link)->host != pid)
			link = &(*link)->next;
		if (!*link)
			continue;
		struct xg_daemon_guest *guest = *link;
		*link = guest->next;
		daemon->guest_count--;
		xg_daemon_guest_finish(guest, &daemon->screen, status);
		if (daemon->domains)
			xg_domains_host_gone(daemon->domains, pid);
	}
}

/* A file that makes no sense changes nothing. */
static void read_policy_again(struct daemon *daemon)
{
	struct xg_policy before = daemon->policy, now = {0};

	if (!daemon->domains || !xg_policy_read(&now, daemon->options.policy))
		return;
	daemon->policy = now;
	xg_domains_set_policy(daemon->domains, &daemon->policy);
	xg_policy_finish(&before);
	xg_log(XG_LOG_INFO, MODULE, "the policy is read again");
}

/* True if a signal asks us to end. */
static bool take_signals(struct daemon *daemon)
{
	struct signalfd_siginfo signal;
	bool ends = false;

	while (read(daemon->signal_fd, &signal, sizeof(signal)) == sizeof(signal)) {
		if (signal.ssi_signo == SIGHUP)
			read_policy_again(daemon);
		else if (signal.ssi_signo != SIGCHLD)
			ends = true;
	}
	reap(daemon);
	return ends;
}

/* All hosts. */
static void ask_to_end(const struct daemon *daemon)
{
	for (const struct xg_daemon_guest *guest = daemon->guests; guest; guest = guest->next)
		kill(guest->host, SIGTERM);
}

/* The compositor has gone, or may have come. */
static void follow_screen(struct daemon *daemon)
{
	if (xg_screen_is_there(&daemon->screen)) {
		xg_screen_lose(&daemon->screen);
		ask_to_end(daemon);
	}
	xg_screen_look(&daemon->screen);
	if (daemon->domains)
		xg_domains_set_ready(daemon->domains, xg_screen_is_there(&daemon->screen));
}

static void serve(struct daemon *daemon)
{
	const struct xg_screen *screen = &daemon->screen;
	struct pollfd fds[] = {
		{.fd = daemon->signal_fd, .events = POLLIN},
		{.fd = daemon->listen_fd, .events = POLLIN},
		{.fd = daemon->control_fd, .events = POLLIN},
		{.fd = daemon->domains ? xg_domains_fd(daemon->domains) : -1, .events = POLLIN},
		{0},
	};

	for (;;) {
		/* Of the compositor's answers, those are read that are waited for. */
		if (xg_screen_is_there(screen))
			fds[4] = (struct pollfd){.fd = screen->control_fd};
		else
			fds[4] = (struct pollfd){.fd = screen->watch_fd, .events = POLLIN};

		if (poll(fds, sizeof(fds) / sizeof(fds[0]), xg_screen_timeout_ms(screen)) < 0)
			continue;
		if (fds[0].revents && take_signals(daemon))
			return;
		/* What else happens must not put off the look at a folder that is missing. */
		if (fds[4].revents || xg_screen_timeout_ms(screen) >= 0)
			follow_screen(daemon);
		if (fds[1].revents)
			accept_guest(daemon);
		if (fds[2].revents)
			xg_daemon_control_dispatch(
				daemon->control_fd, daemon->domains, daemon->guests);
		if (fds[3].revents)
			xg_domains_dispatch(daemon->domains);
	}
}

/* Asks the hosts to end, and after a while makes them. */
static void end_guests(struct daemon *daemon)
{
	struct pollfd signals = {.fd = daemon->signal_fd, .events = POLLIN};

	ask_to_end(daemon);
	while (daemon->guests) {
		if (poll(&signals, 1, END_TIMEOUT_S * 1000) == 0) {
			for (struct xg_daemon_guest *guest = daemon->guests; guest;
				guest = guest->next)
				kill(guest->host, SIGKILL);
		}
		take_signals(daemon);
	}
}

/* Listens by that function, in place of a daemon that was killed. -1 after one line in the log. */
static int listen_at(const char *path, int (*listen_link)(const char *path))
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int probe = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int fd;

	if (strlen(path) < sizeof(address.sun_path)) {
		strcpy(address.sun_path, path);
		if (connect(probe, (struct sockaddr *)&address, sizeof(address)) < 0 &&
			errno == ECONNREFUSED)
			unlink(path);
	}
	close(probe);
	fd = listen_link(path);
	if (fd < 0)
		xg_log(XG_LOG_ERROR, MODULE, "cannot listen at %s: %s", path, strerror(errno));
	return fd;
}

/* Gets ready for those of this machine, and for domains. */
static bool find_guests(struct daemon *daemon)
{
	const struct xg_daemon_options *options = &daemon->options;
	const struct xg_domains_setup setup = {
		.policy = &daemon->policy,
		.has_screen = options->control || options->wayland,
		.is_ready = xg_screen_is_there(&daemon->screen),
		.start = start_domain,
		.stop = stop_domain,
		.data = daemon,
		XG_DOMAINS_TIMES,
	};

	if (options->listen) {
		daemon->listen_fd = listen_at(options->listen, xg_link_listen);
		if (daemon->listen_fd < 0)
			return false;
	}
	if (options->socket) {
		daemon->control_fd = listen_at(options->socket, xg_daemon_control_listen);
		if (daemon->control_fd < 0)
			return false;
	}
	if (!options->policy)
		return true;
	if (!xg_policy_read(&daemon->policy, options->policy))
		return false;
	daemon->domains = xg_domains_create(&setup);
	return daemon->domains != NULL;
}

static bool prepare(struct daemon *daemon)
{
	const struct xg_daemon_options *options = &daemon->options;
	sigset_t signals;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	daemon->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (access(options->runtime_dir, W_OK | X_OK) != 0) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot make sockets in %s: %s", options->runtime_dir,
			strerror(errno));
		return false;
	}
	if (!find_host(daemon))
		return false;
	xg_screen_init(&daemon->screen, options->control);
	if (!find_guests(daemon)) {
		xg_policy_finish(&daemon->policy);
		xg_screen_finish(&daemon->screen);
		return false;
	}
	if (options->ready_fd >= 0) {
		(void)!write(options->ready_fd, "ready\n", 6);
		close(options->ready_fd);
	}
	return true;
}

/*
 * One process, one thread (libxenstore adds one that reads), which only waits: for guests to
 * connect or to change their nodes in xenstore, for its children (one
 * xenglass-host for each guest) to end, and for a signal to end itself. It never reads what a
 * guest sends: the connection goes to the host process unread. A host that crashes takes its own
 * guest's windows along and nothing else; hosts die with the daemon, and with the compositor, whose
 * windows they held. While there is no compositor no guest may come.
 */
int main(int argc, char **argv)
{
	struct daemon daemon = {.listen_fd = -1, .control_fd = -1, .signal_fd = -1};

	xg_log_init("xenglassd", XG_LOG_WARNING);
	switch (xg_daemon_options_parse(&daemon.options, argc, argv)) {
	case XG_DAEMON_OPTIONS_DONE:
		return EXIT_SUCCESS;
	case XG_DAEMON_OPTIONS_WRONG:
		return 2;
	default:
		break;
	}
	if (!prepare(&daemon))
		return EXIT_FAILURE;
	serve(&daemon);
	if (daemon.options.listen) {
		close(daemon.listen_fd);
		unlink(daemon.options.listen);
	}
	if (daemon.options.socket)
		unlink(daemon.options.socket);
	end_guests(&daemon);
	xg_domains_destroy(daemon.domains);
	xg_policy_finish(&daemon.policy);
	xg_screen_finish(&daemon.screen);
	return EXIT_SUCCESS;
}

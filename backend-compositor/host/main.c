/* SPDX-License-Identifier: MIT */
/*
 * xenglass-host: see the comment over main() for its processes and threads.
 */
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timeline.h"
#include "channel.h"
#include "door.h"
#include "hello.h"
#include "host.h"
#include "jail.h"
#include "link/link.h"
#include "link/xen_link.h"
#include "options.h"
#include "relay/relay.h"
#include "stats.h"
#include "xenglass/control.h"
#include "xenglass/xenstore.h"

#define MODULE "main"

enum {
	END_TIMEOUT_MS = 3000,
	MESSAGES_AT_ONCE = 256,
	EVENTS_AT_ONCE = 64,
	CONGESTION_BYTES = 1 << 20,
	HEAP_KEPT_BYTES = 16 << 20,
	HEAP_CHUNK_BYTES = 32 << 20,
};

struct program {
	struct xg_host_options options;
	struct xg_host host;
	struct xg_relay *relay; /* NULL without a compositor */
	int epoll_fd;
	int signal_fd;
	int listen_fd;
	int door_fd; /* to who opens what is outside the jail */
};

/* The relay's callbacks. */

static int connect_compositor(void *data)
{
	const struct program *program = data;
	const int fd = xg_door_connect(program->door_fd);

	if (fd < 0)
		xg_log(XG_LOG_ERROR, MODULE, "cannot reach the compositor at %s: %s",
			program->options.wayland, strerror(errno));
	return fd;
}

static bool send_wayland(void *data, uint32_t type, const void *head, size_t head_size,
	const void *tail, size_t tail_size)
{
	const struct program *program = data;
	const struct iovec parts[] = {
		{.iov_base = (void *)(uintptr_t)head, .iov_len = head_size},
		{.iov_base = (void *)(uintptr_t)tail, .iov_len = tail_size},
	};

	return xg_channel_sendv(program->host.channel, type, parts, tail_size ? 2 : 1);
}

static bool is_congested(void *data)
{
	const struct program *program = data;

	return xg_channel_queued_bytes(program->host.channel) > CONGESTION_BYTES;
}

static int open_event_channel(void *data)
{
	const struct program *program = data;

	return xg_door_open_event_channel(program->door_fd);
}

static struct xg_link *open_xen_link(struct program *program)
{
	const struct xg_host_options *options = &program->options;
	const struct xg_link_xen_host setup = {
		.domain = options->xen_domain,
		.untrusted_ring_ref = options->xen_ring_ref,
		.untrusted_event_channel = options->xen_event_channel,
		.pages_max = XG_XEN_PAGES_MAX,
		.open_event_channel = open_event_channel,
		.data = program,
	};

	return xg_link_xen_create_host(&setup);
}

/* Waits for a guest to connect, or takes the connection that is there. */
static bool open_link(struct program *program)
{
	const struct xg_host_options *options = &program->options;
	struct pollfd fds[] = {
		{.fd = program->signal_fd, .events = POLLIN},
		{.fd = program->listen_fd, .events = POLLIN},
	};

	if (options->is_xen) {
		program->host.link = open_xen_link(program);
	} else if (!options->listen) {
		program->host.link = xg_link_adopt(options->link_fd);
	} else {
		while (poll(fds, 2, -1) < 0 && errno == EINTR) {
		}
		if (!fds[0].revents)
			program->host.link = xg_link_accept(program->listen_fd);
		close(program->listen_fd);
		unlink(options->listen);
		if (fds[0].revents)
			return false;
	}
	if (!program->host.link)
		xg_log(XG_LOG_ERROR, MODULE, "the guest cannot be reached: %s", strerror(errno));
	return program->host.link != NULL;
}

/* Both hellos. False, with one log line, if the two cannot work together. */
static bool greet(struct program *program)
{
	struct xg_channel *channel = program->host.channel;
	struct xg_control_hello mine, theirs;
	struct xg_message message;
	const char *name = program->options.name;
	char why[256];

	xg_hello_init(&mine, program->relay ? XG_FEATURE_PRESENT : 0, &program->host.limits);
	if (!xg_channel_send(channel, XG_CONTROL_HELLO, &mine, sizeof(mine)))
		return false;
	xg_channel_flush(channel);
	if (xg_channel_receive_wait(channel, &message, XG_ANSWER_SECONDS * 1000) !=
		XG_CHANNEL_MESSAGE) {
		xg_log(XG_LOG_ERROR, MODULE, "%s: the guest does not say what it speaks", name);
		return false;
	}
	if (message.type == XG_CONTROL_REFUSED) {
		xg_log(XG_LOG_ERROR, MODULE, "%s: the guest refused: %.*s", name, (int)message.size,
			(const char *)message.payload);
		return false;
	}
	if (message.type != XG_CONTROL_HELLO || message.size != sizeof(theirs)) {
		xg_log(XG_LOG_ERROR, MODULE, "%s: the guest speaks another protocol", name);
		return false;
	}
	memcpy(&theirs, message.payload, sizeof(theirs));
	if (xg_hello_agree(&theirs, "the host", "the guest", why, sizeof(why)))
		return true;
	xg_channel_send(channel, XG_CONTROL_REFUSED, why, strlen(why));
	xg_channel_flush(channel);
	xg_log(XG_LOG_ERROR, MODULE, "%s: %s", name, why);
	return false;
}

/* Takes one message, which is not the channel's own. False: the guest must go. */
static bool take_message(struct program *program, const struct xg_message *message)
{
	if (message->type < XG_CONTROL_WAYLAND_MIN || message->type > XG_CONTROL_WAYLAND_MAX)
		return xg_host_receive(&program->host, message);
	return program->relay &&
	       xg_relay_receive(program->relay, message->type, message->payload, message->size);
}

/*
 * Takes what the guest has sent. Only after EMPTY does the channel's descriptor tell of more, so
 * has_more says whether we stopped before. False: the guest is gone, or must go.
 */
static bool take_messages(struct program *program, bool *has_more)
{
	struct xg_channel *channel = program->host.channel;
	struct xg_message message;

	for (int i = 0; i < MESSAGES_AT_ONCE; i++) {
		const enum xg_channel_state state = xg_channel_receive(channel, &message);

		*has_more = state == XG_CHANNEL_MESSAGE;
		if (state == XG_CHANNEL_EMPTY)
			return true;
		if (state == XG_CHANNEL_BROKEN)
			xg_log(XG_LOG_ERROR, MODULE, "%s: %s", program->options.name,
				xg_channel_rule(channel));
		if (state != XG_CHANNEL_MESSAGE || !take_message(program, &message))
			return false;
	}
	return true;
}

static bool watch(struct program *program, const int *fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = (void *)(uintptr_t)fd};

	return *fd < 0 || epoll_ctl(program->epoll_fd, EPOLL_CTL_ADD, *fd, &event) == 0;
}

static bool is_ready(const struct epoll_event *events, int count, const int *fd)
{
	for (int i = 0; i < count; i++) {
		if (events[i].data.ptr == fd)
			return true;
	}
	return false;
}

static void answer_stats(struct program *program)
{
	int *fd = &program->options.stats_fd;

	if (xg_stats_answer(*fd, &program->host, program->relay))
		return;
	/* Closing it is not enough as long as another process has it too. */
	epoll_ctl(program->epoll_fd, EPOLL_CTL_DEL, *fd, NULL);
	close(*fd);
	*fd = -1;
}

/* Until the guest is gone or a signal asks us to go. */
static void serve(struct program *program)
{
	const int channel_fd = xg_channel_fd(program->host.channel);
	const int *const exit_fd = &program->host.exit_fd;
	struct epoll_event events[EVENTS_AT_ONCE];
	bool has_more = true;

	if (!watch(program, &program->signal_fd) || !watch(program, &channel_fd) ||
		!watch(program, exit_fd) || !watch(program, &program->options.stats_fd)) {
		xg_log(XG_LOG_ERROR, MODULE, "cannot wait: %s", strerror(errno));
		return;
	}
	for (;;) {
		if (program->relay)
			xg_relay_prepare(program->relay);
		/* Preparing may have sent events. */
		xg_channel_flush(program->host.channel);
		const int count =
			epoll_wait(program->epoll_fd, events, EVENTS_AT_ONCE, has_more ? 0 : -1);
		if (program->relay)
			xg_relay_dispatch(program->relay, events, count);
		if (is_ready(events, count, &program->signal_fd))
			return;
		if (is_ready(events, count, exit_fd))
			xg_host_reap(&program->host);
		if (is_ready(events, count, &program->options.stats_fd))
			answer_stats(program);

		const bool is_woken = is_ready(events, count, &channel_fd);

		if (is_woken)
			xg_channel_wake(program->host.channel);
		if ((has_more || is_woken) && !take_messages(program, &has_more))
			return;
	}
}

/*
 * A driver allocates and frees much the same for every frame. What a thread's heap has free at its
 * end goes back to the kernel by default from 128 KiB on, and comes again page by page: with
 * llvmpipe that took half a millisecond a frame.
 */
static void keep_heaps(void)
{
	mallopt(M_TRIM_THRESHOLD, HEAP_KEPT_BYTES);
	mallopt(M_MMAP_THRESHOLD, HEAP_CHUNK_BYTES);
}

/* SIG_BLOCK: what asks us to end is read from the descriptor, by who looks at that. */
static sigset_t set_signals(int how)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(how, &signals, NULL);
	return signals;
}

/* Everything that needs no guest yet. False, with one log line. */
static bool prepare(struct program *program)
{
	signal(SIGPIPE, SIG_IGN);

	const sigset_t signals = set_signals(SIG_BLOCK);

	program->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	program->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (program->options.listen) {
		program->listen_fd = xg_link_listen(program->options.listen);
		if (program->listen_fd < 0) {
			xg_log(XG_LOG_ERROR, MODULE, "cannot listen at %s: %s",
				program->options.listen, strerror(errno));
			return false;
		}
	}
	if (program->options.ready_fd >= 0) {
		(void)!write(program->options.ready_fd, "ready\n", 6);
		close(program->options.ready_fd);
	}
	return true;
}

static bool start(struct program *program)
{
	struct xg_host *host = &program->host;
	const uint64_t *limit = host->quota.limit;
	const struct xg_relay_setup setup = {
		.connect = connect_compositor,
		.send = send_wayland,
		.is_congested = is_congested,
		.data = program,
		.limits =
			{
				.connections = limit[XG_QUOTA_CONNECTIONS],
				.objects = limit[XG_QUOTA_WAYLAND_OBJECTS],
				.pipes = limit[XG_QUOTA_PIPES],
				.shm_size_bytes = limit[XG_QUOTA_SHM_BYTES],
			},
		.epoll = program->epoll_fd,
		.is_alone = getenv("XENGLASS_RELAY_ALONE") != NULL,
	};

	host->channel = xg_channel_create_host(host->link, XG_ANSWER_SECONDS * 1000);
	if (!host->channel) {
		xg_log(XG_LOG_ERROR, MODULE, "%s: the guest offers no channel: %s", host->name,
			strerror(errno));
		return false;
	}
	if (program->options.wayland) {
		program->relay = xg_relay_create(&setup);
		if (!program->relay) {
			xg_log(XG_LOG_ERROR, MODULE, "%s: nothing is left to show windows with: %s",
				host->name, strerror(errno));
			return false;
		}
		host->windows = xg_relay_windows(program->relay);
	}
	return greet(program);
}

static bool open_door(struct program *program)
{
	const struct xg_door_setup setup = {
		.wayland = program->options.wayland,
		.has_domain = program->options.is_xen,
		.domain = program->options.xen_domain,
	};

	if ((!setup.wayland && !setup.has_domain) || xg_door_open(&setup, &program->door_fd))
		return true;
	xg_log(XG_LOG_ERROR, MODULE, "no way to the compositor at %s: %s",
		setup.wayland ? setup.wayland : "no place", strerror(errno));
	return false;
}

/*
 * One process serves one guest, and holds nothing of another's. Its threads:
 *
 * - the main thread has the control channel and the relay (relay/), which is a plain Wayland
 *   client of the compositor for each Wayland client of the guest, and starts and joins
 * - one replay thread for each GL stream (thread.c, replay.c); what these share is locked where it
 *   is kept (names, EGL objects, quotas), and a swap meets the relay in relay/window.c
 * - whatever threads the driver makes.
 *
 * The guest's daemon is at the other end of a link (protocol/link/), which brings shared memory
 * and ports. When the guest goes, all goes. The process is jailed (jail.c) before it reads the
 * first byte that the guest wrote, and may crash: nothing else does then. Beside it stands one
 * process outside the jail, which connects to the compositor (door.c) and ends with it. Over Xen
 * it also brings the event channels.
 */
int main(int argc, char **argv)
{
	struct program program = {.epoll_fd = -1, .signal_fd = -1, .listen_fd = -1, .door_fd = -1};
	const struct xg_limits limits = XG_LIMITS_DEFAULT;

	xg_log_init("xenglass-host", XG_LOG_WARNING);
	xg_timeline_open();
	keep_heaps();
	switch (xg_host_options_parse(&program.options, argc, argv)) {
	case XG_HOST_OPTIONS_DONE:
		return EXIT_SUCCESS;
	case XG_HOST_OPTIONS_WRONG:
		return 2;
	default:
		break;
	}
	program.host.name = program.options.name;
	program.host.quota = program.options.quota;
	program.host.limits = limits;
	xg_quota_bound_limits(&program.host.quota, &program.host.limits);
	program.host.is_traced = getenv("XENGLASS_TRACE") != NULL;
	program.host.draws_each = getenv("XENGLASS_DRAW_EACH") != NULL;
	xg_jail_prepare();
	uint64_t *cache_bytes = &program.host.quota.limit[XG_QUOTA_CACHE_BYTES];
	if (program.options.is_jailed && !xg_jail_admits_shader_cache())
		*cache_bytes = 0;
	const bool has_shader_cache =
		xg_shader_cache_open(&program.host.shader_cache, *cache_bytes);
	if (!open_door(&program))
		return EXIT_FAILURE;
	if (!xg_host_init(&program.host) || !prepare(&program) || !open_link(&program))
		return EXIT_FAILURE;
	if (program.options.is_jailed && !xg_jail_enter(has_shader_cache))
		return EXIT_FAILURE;

	/* A guest can make its beginning long; whoever asks us to end then need not wait for it. */
	set_signals(SIG_UNBLOCK);

	const bool has_started = start(&program);

	set_signals(SIG_BLOCK);
	if (has_started)
		serve(&program);
	if (!xg_host_finish(&program.host, END_TIMEOUT_MS))
		_exit(EXIT_FAILURE);
	xg_relay_destroy(program.relay);
	xg_channel_destroy(program.host.channel);
	xg_link_destroy(program.host.link);
	xg_log(XG_LOG_DEBUG, "main", "notified the guest %llu times",
		(unsigned long long)xg_port_notifications());
	return has_started ? EXIT_SUCCESS : EXIT_FAILURE;
}

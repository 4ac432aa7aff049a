/* SPDX-License-Identifier: MIT */
/*
 * xenglass-guestd, the only privileged part of a guest. One process, one thread, one event loop:
 *
 *   applications ── wayland-0 ── wayland.h ──┐
 *                                            ├── control channel ── xenglass-host
 *   applications ── gl.sock ──── gl_socket.h ┘
 *
 * The host process is reached by a Unix socket on the same machine, or over Xen (frontend.h). Our
 * end hangs up on the applications; the end of the host process ends us.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <wayland-server-core.h>

#include "base/log.h"
#include "channel.h"
#include "frontend.h"
#include "gl_socket.h"
#include "hello.h"
#include "link/link.h"
#include "options.h"
#include "wayland.h"
#include "xenglass/control.h"

/* So much queued towards the host holds applications up. */
#define CONGESTION_BYTES (1u << 20)

/* A host that does not answer does not hold us up for longer. */
#define END_TIMEOUT_MS 10000

/* What of our own wakes us; what applications ask is carried out in the loop. */
enum { WAKE_CHANNEL, WAKE_SIGNAL, WAKE_GL_SOCKET, WAKE_FRONTEND, WAKE_COUNT };

struct wake {
	struct wl_event_source *source;
	bool is_ready;
};

struct guestd {
	struct xg_guestd_options options;
	struct xg_frontend *frontend; /* NULL on one machine */
	struct xg_link *link;
	struct xg_channel *channel;
	struct xg_gl_socket *gl_socket;
	struct xg_wayland *wayland;
	struct wl_event_loop *loop;
	struct wake wakes[WAKE_COUNT];
	int signal_fd;
};

static bool fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

static bool fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	xg_vlog(XG_LOG_ERROR, "main", format, args);
	va_end(args);
	return false;
}

static bool connect_host(struct guestd *guestd)
{
	const char *path = guestd->options.link;

	guestd->link = xg_link_connect(path);
	if (!guestd->link && (errno == ENOENT || errno == ECONNREFUSED))
		return fail("no host process listens at %s: start xenglass-host first", path);
	if (!guestd->link && (errno == EACCES || errno == EPERM))
		return fail("no permission to connect to %s: run as its owner or as root", path);
	if (!guestd->link)
		return fail("cannot connect to %s: %s", path, strerror(errno));
	guestd->channel = xg_channel_create_guest(guestd->link);
	return guestd->channel ||
	       fail("cannot share memory with the host process at %s: %s", path, strerror(errno));
}

/* Over Xen: what we share is there before the host process is. */
static bool connect_backend(struct guestd *guestd)
{
	guestd->frontend = xg_frontend_open(guestd->signal_fd);
	if (!guestd->frontend)
		return false;
	guestd->link = xg_frontend_link(guestd->frontend, guestd->options.xen_pages);
	if (guestd->link)
		guestd->channel = xg_channel_create_guest(guestd->link);
	if (!guestd->channel)
		return fail("cannot grant memory to the host: %s; is xen-gntalloc loaded, with a "
			    "limit that suffices?",
			strerror(errno));
	return xg_frontend_connect(guestd->frontend, guestd->link, guestd->signal_fd);
}

/* Receives the host's hello, which is the answer to ours. */
static bool exchange_hello(struct guestd *guestd, struct xg_control_hello *theirs)
{
	struct xg_control_hello mine;
	struct xg_message message;
	char why[256];

	xg_hello_init(&mine, 0, NULL);
	xg_channel_send(guestd->channel, XG_CONTROL_HELLO, &mine, sizeof(mine));
	xg_channel_flush(guestd->channel);
	const enum xg_channel_state state =
		guestd->frontend ? xg_frontend_receive_wait(guestd->frontend, guestd->channel,
					   &message, XG_ANSWER_SECONDS * 1000)
				 : xg_channel_receive_wait(
					   guestd->channel, &message, XG_ANSWER_SECONDS * 1000);
	if (state == XG_CHANNEL_EMPTY)
		return fail("the host process does not answer");
	if (state != XG_CHANNEL_MESSAGE)
		return fail("the host process hung up before its hello");
	if (message.type == XG_CONTROL_REFUSED)
		return fail("the host process refused: %.*s", (int)message.size,
			(const char *)message.payload);
	if (message.type != XG_CONTROL_HELLO || message.size != sizeof(*theirs))
		return fail("the host process speaks another protocol: install versions that "
			    "belong together");
	memcpy(theirs, message.payload, sizeof(*theirs));
	if (xg_hello_agree(theirs, "the guest", "the host", why, sizeof(why)) &&
		xg_limits_are_sane(&theirs->limits))
		return true;
	xg_channel_send(guestd->channel, XG_CONTROL_REFUSED, why, strlen(why));
	xg_channel_flush(guestd->channel);
	return fail("%s", why);
}

/* Writes a path in the runtime folder, and removes a socket that nobody serves any more. */
static bool claim(struct guestd *guestd, const char *name, char path[PATH_MAX])
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct stat status;

	const int size = snprintf(path, PATH_MAX, "%s/%s", guestd->options.runtime_dir, name);
	if (size < 0 || (size_t)size >= sizeof(address.sun_path))
		return fail("the path of --runtime-dir is too long for a socket");
	if (lstat(path, &status) < 0)
		return errno == ENOENT || fail("cannot look at %s: %s", path, strerror(errno));
	if (!S_ISSOCK(status.st_mode))
		return fail("%s is in the way: it is no socket", path);
	memcpy(address.sun_path, path, (size_t)size + 1);
	/* One of the two kinds is right; the other fails with EPROTOTYPE if someone listens. */
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const bool is_served =
		fd >= 0 && (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ||
				   errno == EPROTOTYPE);
	close(fd);
	if (is_served)
		return fail("another process serves %s", path);
	unlink(path);
	return true;
}

static bool send_wayland(void *data, uint32_t type, const void *head, size_t head_size,
	const void *tail, size_t tail_size)
{
	const struct iovec parts[] = {
		{(void *)head, head_size},
		{(void *)tail, tail_size},
	};

	return xg_channel_sendv(data, type, parts, tail_size ? 2 : 1);
}

static bool is_congested(void *data)
{
	return xg_channel_queued_bytes(data) > CONGESTION_BYTES;
}

static bool listen_for_applications(struct guestd *guestd, const struct xg_control_hello *hello)
{
	char gl_path[PATH_MAX], wayland_path[PATH_MAX];
	const struct xg_wayland_setup setup = {
		.send = send_wayland,
		.is_congested = is_congested,
		.data = guestd->channel,
		.loop = guestd->loop,
	};

	if (mkdir(guestd->options.runtime_dir, 0755) < 0 && errno != EEXIST)
		return fail("cannot make the folder %s: %s", guestd->options.runtime_dir,
			strerror(errno));
	if (!claim(guestd, "gl.sock", gl_path) || !claim(guestd, "wayland-0", wayland_path))
		return false;
	guestd->gl_socket = xg_gl_socket_create(gl_path, guestd->link, guestd->channel, hello);
	if (!guestd->gl_socket)
		return fail("cannot listen at %s: %s", gl_path, strerror(errno));
	if (!(hello->features & XG_FEATURE_PRESENT)) {
		xg_log(XG_LOG_INFO, "main", "the host has no compositor: no Wayland is offered");
		return true;
	}
	guestd->wayland = xg_wayland_create(wayland_path, &setup);
	return guestd->wayland || fail("cannot listen at %s: %s", wayland_path, strerror(errno));
}

/* Tells who waits on --ready-fd where the sockets are. */
static void report_ready(const struct guestd *guestd)
{
	if (guestd->options.ready_fd < 0)
		return;
	dprintf(guestd->options.ready_fd, "%s\n", guestd->options.runtime_dir);
	close(guestd->options.ready_fd);
}

static bool handle_message(struct guestd *guestd, const struct xg_message *message)
{
	if (message->type == XG_CONTROL_REFUSED)
		return fail("the host process refused: %.*s", (int)message->size,
			(const char *)message->payload);
	if (message->type >= XG_CONTROL_WAYLAND_MIN && message->type <= XG_CONTROL_WAYLAND_MAX) {
		if (guestd->wayland && xg_wayland_receive(guestd->wayland, message->type,
					       message->payload, message->size))
			return true;
	} else if (xg_gl_socket_handle_message(guestd->gl_socket, message)) {
		return true;
	}
	return fail(
		"the host process sent a message of type %u that makes no sense", message->type);
}

static bool receive_messages(struct guestd *guestd)
{
	struct xg_message message;

	for (;;) {
		switch (xg_channel_receive(guestd->channel, &message)) {
		case XG_CHANNEL_MESSAGE:
			if (!handle_message(guestd, &message))
				return false;
			break;
		case XG_CHANNEL_EMPTY:
			return true;
		case XG_CHANNEL_CLOSED:
			return fail("the host process has ended");
		case XG_CHANNEL_BROKEN:
			return fail("the host process broke a rule: %s",
				xg_channel_rule(guestd->channel));
		}
	}
}

static int handle_wake(int fd, uint32_t mask, void *data)
{
	struct wake *wake = data;

	wake->is_ready = true;
	return 0;
}

static bool watch(struct guestd *guestd, int fd, struct wake *wake)
{
	wake->source = wl_event_loop_add_fd(guestd->loop, fd, WL_EVENT_READABLE, handle_wake, wake);
	return wake->source || fail("cannot wait: %s", strerror(errno));
}

/* Whether it has woken us, once. */
static bool take_wake(struct wake *wake)
{
	const bool is_ready = wake->is_ready;

	wake->is_ready = false;
	return is_ready;
}

/* Serves until a signal asks for the end (true) or the host is lost (false). */
static bool serve(struct guestd *guestd)
{
	struct wake *wakes = guestd->wakes;

	if (!watch(guestd, xg_channel_fd(guestd->channel), &wakes[WAKE_CHANNEL]) ||
		!watch(guestd, guestd->signal_fd, &wakes[WAKE_SIGNAL]) ||
		!watch(guestd, xg_gl_socket_fd(guestd->gl_socket), &wakes[WAKE_GL_SOCKET]) ||
		(guestd->frontend &&
			!watch(guestd, xg_frontend_fd(guestd->frontend), &wakes[WAKE_FRONTEND])))
		return false;
	for (;;) {
		if (take_wake(&wakes[WAKE_CHANNEL]))
			xg_channel_wake(guestd->channel);
		/* The channel's descriptor tells of messages only once all have been received. */
		if (!receive_messages(guestd))
			return false;
		if (take_wake(&wakes[WAKE_GL_SOCKET]))
			xg_gl_socket_dispatch(guestd->gl_socket);
		if (guestd->wayland)
			xg_wayland_flush(guestd->wayland);
		xg_channel_flush(guestd->channel);
		if (wl_event_loop_dispatch(guestd->loop, -1) < 0 && errno != EINTR)
			return fail("cannot wait: %s", strerror(errno));
		if (take_wake(&wakes[WAKE_SIGNAL]))
			return true;
		if (take_wake(&wakes[WAKE_FRONTEND]) && !xg_frontend_is_served(guestd->frontend))
			return fail("the host serves this guest no more");
	}
}

static bool start(struct guestd *guestd)
{
	struct xg_control_hello hello;
	sigset_t signals;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	guestd->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC);
	if (guestd->signal_fd < 0)
		return fail("cannot take signals: %s", strerror(errno));
	guestd->loop = wl_event_loop_create();
	if (!guestd->loop)
		return fail("cannot wait: %s", strerror(errno));
	if (!(guestd->options.is_xen ? connect_backend(guestd) : connect_host(guestd)) ||
		!exchange_hello(guestd, &hello) || !listen_for_applications(guestd, &hello))
		return false;
	report_ready(guestd);
	return true;
}

static void finish(struct guestd *guestd)
{
	for (int i = 0; i < WAKE_COUNT; i++) {
		if (guestd->wakes[i].source)
			wl_event_source_remove(guestd->wakes[i].source);
	}
	xg_wayland_destroy(guestd->wayland);
	if (guestd->channel) {
		xg_channel_flush(guestd->channel);
		xg_link_end(guestd->link, END_TIMEOUT_MS);
	}
	xg_gl_socket_destroy(guestd->gl_socket);
	xg_channel_destroy(guestd->channel);
	xg_link_destroy(guestd->link);
	xg_frontend_close(guestd->frontend);
	if (guestd->loop)
		wl_event_loop_destroy(guestd->loop);
	if (guestd->signal_fd >= 0)
		close(guestd->signal_fd);
}

int main(int argc, char *argv[])
{
	struct guestd guestd = {.signal_fd = -1};
	int status;

	if (!xg_guestd_options_read(&guestd.options, argc, argv, &status))
		return status;
	xg_log_init("xenglass-guestd", XG_LOG_INFO);
	const bool is_served = start(&guestd) && serve(&guestd);
	finish(&guestd);
	xg_log(XG_LOG_DEBUG, "main", "notified the host %llu times",
		(unsigned long long)xg_port_notifications());
	return is_served ? 0 : 1;
}

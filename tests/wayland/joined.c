/* SPDX-License-Identifier: MIT */
/*
 * Both ends of the Wayland relay in one process, with two queues in place of the control channel:
 *
 *     joined COMPOSITOR-SOCKET LISTEN-SOCKET
 *
 * Serves applications at the second socket and relays them to the first, until it is killed. It is
 * how the relay is tested without a link, and under sanitizers.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <wayland-server-core.h>

#include "base/log.h"
#include "relay/relay.h"
#include "relay/window.h"
#include "wayland.h"

struct message {
	struct wl_list link;
	uint32_t type;
	size_t size;
	_Alignas(8) uint8_t payload[];
};

static struct {
	const char *compositor;
	struct wl_list to_host;
	struct wl_list to_guest;
	volatile sig_atomic_t is_done;
} joined;

static bool push(void *queue, uint32_t type, const void *head, size_t head_size, const void *tail,
	size_t tail_size)
{
	struct message *message = malloc(sizeof(*message) + head_size + tail_size);

	message->type = type;
	message->size = head_size + tail_size;
	memcpy(message->payload, head, head_size);
	if (tail_size)
		memcpy(message->payload + head_size, tail, tail_size);
	wl_list_insert(((struct wl_list *)queue)->prev, &message->link);
	return true;
}

static bool is_congested(void *queue)
{
	return wl_list_length(queue) > 64;
}

static struct message *pop(struct wl_list *queue)
{
	struct message *message;

	if (wl_list_empty(queue))
		return NULL;
	message = wl_container_of(queue->next, message, link);
	wl_list_remove(&message->link);
	return message;
}

static int connect_compositor(void *data)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", joined.compositor);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void handle_signal(int number)
{
	joined.is_done = 1;
}

/* Hands all queued messages over; true if there were any. */
static bool deliver(struct xg_relay *host, struct xg_wayland *guest)
{
	struct message *message;
	bool any = false;

	while ((message = pop(&joined.to_host))) {
		any = true;
		if (!xg_relay_receive(host, message->type, message->payload, message->size))
			abort();
		free(message);
	}
	while ((message = pop(&joined.to_guest))) {
		any = true;
		if (!xg_wayland_receive(guest, message->type, message->payload, message->size))
			abort();
		free(message);
	}
	return any;
}

static void run(
	struct xg_relay *host, int epoll, struct xg_wayland *guest, struct wl_event_loop *loop)
{
	struct epoll_event events[16];
	struct pollfd fds[] = {
		{epoll, POLLIN, 0},
		{wl_event_loop_get_fd(loop), POLLIN, 0},
	};

	while (!joined.is_done) {
		xg_relay_prepare(host);
		const bool is_waiting =
			!wl_list_empty(&joined.to_host) || !wl_list_empty(&joined.to_guest);
		poll(fds, 2, is_waiting ? 0 : -1);
		xg_relay_dispatch(host, events, epoll_wait(epoll, events, 16, 0));
		do {
			wl_event_loop_dispatch(loop, 0);
			xg_wayland_flush(guest);
		} while (deliver(host, guest));
	}
}

int main(int argc, char *argv[])
{
	if (argc != 3) {
		fprintf(stderr, "usage: %s COMPOSITOR-SOCKET LISTEN-SOCKET\n", argv[0]);
		return 2;
	}
	xg_log_init("joined", XG_LOG_INFO);
	signal(SIGPIPE, SIG_IGN);
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = handle_signal}, NULL);
	sigaction(SIGINT, &(struct sigaction){.sa_handler = handle_signal}, NULL);
	joined.compositor = argv[1];
	wl_list_init(&joined.to_host);
	wl_list_init(&joined.to_guest);
	const int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct xg_relay *host = xg_relay_create(&(struct xg_relay_setup){
		.epoll = epoll,
		.connect = connect_compositor,
		.send = push,
		.is_congested = is_congested,
		.data = &joined.to_guest,
		.limits = {.connections = 64,
			.objects = 16384,
			.pipes = 64,
			.shm_size_bytes = 1 << 30},
	});
	struct wl_event_loop *loop = wl_event_loop_create();
	struct xg_wayland *guest = xg_wayland_create(argv[2], &(struct xg_wayland_setup){
								      .loop = loop,
								      .send = push,
								      .is_congested = is_congested,
								      .data = &joined.to_host,
							      });
	if (!host || !guest) {
		fprintf(stderr, "joined: %s\n", strerror(errno));
		return 1;
	}
	printf("ready\n");
	fflush(stdout);
	run(host, epoll, guest, loop);
	xg_wayland_destroy(guest);
	wl_event_loop_destroy(loop);
	deliver(host, NULL);
	xg_relay_destroy(host);
	return 0;
}

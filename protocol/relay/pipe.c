/* SPDX-License-Identifier: MIT */
/*
 * See pipe.h. A sink is in the epoll set while bytes wait for it, a source while it has window:
 * otherwise the other side's hang-up would wake us again and again.
 */
#include "relay/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>
#include <wayland-util.h>

#include "xenglass/control_wayland.h"

struct pipe {
	struct wl_list link;
	struct xg_pipes *pipes;
	uint32_t number;
	int fd;
	bool is_sink;
	bool is_ended;	 /* sink: no more data comes */
	bool is_watched; /* in the epoll set */
	uint32_t window; /* source: bytes that may be sent */
	uint32_t filled; /* sink: bytes that wait */
	uint8_t *bytes;	 /* sink: room for a whole window */
};

struct xg_pipes {
	struct xg_pipes_setup setup;
	int epoll;
	uint32_t next_sink;
	uint32_t last_source; /* highest number that the peer gave */
	uint32_t count;
	struct wl_list list;
};

struct xg_pipes *xg_pipes_create(const struct xg_pipes_setup *setup)
{
	struct xg_pipes *pipes = calloc(1, sizeof(*pipes));

	if (!pipes)
		return NULL;
	pipes->setup = *setup;
	pipes->next_sink = setup->first_sink;
	wl_list_init(&pipes->list);
	pipes->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (pipes->epoll < 0) {
		free(pipes);
		return NULL;
	}
	return pipes;
}

static void watch(struct pipe *pipe, bool on)
{
	struct epoll_event event = {
		.events = pipe->is_sink ? EPOLLOUT : EPOLLIN,
		.data.ptr = pipe,
	};

	if (pipe->is_watched == on)
		return;
	/* A regular file cannot be watched; its writes do not wait either. */
	if (epoll_ctl(pipe->pipes->epoll, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, pipe->fd, &event) ==
		0)
		pipe->is_watched = on;
}

static void pipe_destroy(struct pipe *pipe)
{
	watch(pipe, false);
	close(pipe->fd);
	wl_list_remove(&pipe->link);
	pipe->pipes->count--;
	free(pipe->bytes);
	free(pipe);
}

void xg_pipes_destroy(struct xg_pipes *pipes)
{
	struct pipe *pipe, *next;

	if (!pipes)
		return;
	wl_list_for_each_safe (pipe, next, &pipes->list, link)
		pipe_destroy(pipe);
	close(pipes->epoll);
	free(pipes);
}

uint32_t xg_pipes_count(const struct xg_pipes *pipes)
{
	return pipes->count;
}

int xg_pipes_fd(const struct xg_pipes *pipes)
{
	return pipes->epoll;
}

static bool send_number(struct xg_pipes *pipes, uint32_t type, uint32_t number)
{
	const struct xg_wl_pipe message = {number};

	return pipes->setup.send(pipes->setup.data, type, &message, sizeof(message), NULL, 0);
}

static struct pipe *pipe_create(struct xg_pipes *pipes, uint32_t number, int fd, bool is_sink)
{
	struct pipe *pipe = calloc(1, sizeof(*pipe));

	if (!pipe)
		return NULL;
	if (is_sink && !(pipe->bytes = malloc(XG_WL_PIPE_WINDOW))) {
		free(pipe);
		return NULL;
	}
	pipe->pipes = pipes;
	pipe->number = number;
	pipe->fd = fd;
	pipe->is_sink = is_sink;
	pipe->window = XG_WL_PIPE_WINDOW;
	wl_list_insert(&pipes->list, &pipe->link);
	pipes->count++;
	return pipe;
}

uint32_t xg_pipes_add_sink(struct xg_pipes *pipes, int fd)
{
	const int flags = fcntl(fd, F_GETFL);

	if (pipes->count >= pipes->setup.limit || flags < 0 ||
		fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
		!pipe_create(pipes, pipes->next_sink, fd, true)) {
		close(fd);
		return 0;
	}
	return pipes->next_sink++;
}

int xg_pipes_add_source(struct xg_pipes *pipes, uint32_t untrusted_number)
{
	const bool is_host_number = untrusted_number >= XG_WL_HOST_PIPE;
	const bool are_ours_host_numbers = pipes->setup.first_sink >= XG_WL_HOST_PIPE;
	int ends[2];

	if (!untrusted_number || is_host_number == are_ours_host_numbers ||
		untrusted_number <= pipes->last_source || pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pipes->last_source = untrusted_number;

	struct pipe *pipe = NULL;
	if (pipes->count < pipes->setup.limit && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
		pipe = pipe_create(pipes, untrusted_number, ends[0], false);
	if (pipe) {
		watch(pipe, true);
	} else {
		close(ends[0]);
		send_number(pipes, XG_WL_PIPE_END, untrusted_number);
	}
	return ends[1];
}

/* Sends what the pipe holds, as far as the window goes. */
static void pipe_read(struct pipe *pipe)
{
	uint8_t bytes[XG_WL_CHUNK_MAX];
	const struct xg_wl_pipe message = {pipe->number};
	struct xg_pipes *pipes = pipe->pipes;

	const size_t room = pipe->window < sizeof(bytes) ? pipe->window : sizeof(bytes);
	const ssize_t size = read(pipe->fd, bytes, room);
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (size <= 0) {
		send_number(pipes, XG_WL_PIPE_END, pipe->number);
		pipe_destroy(pipe);
		return;
	}
	pipe->window -= (uint32_t)size;
	watch(pipe, pipe->window > 0);
	pipes->setup.send(
		pipes->setup.data, XG_WL_PIPE_DATA, &message, sizeof(message), bytes, (size_t)size);
}

/* Writes what waits; the pipe may be destroyed by that. */
static void pipe_write(struct pipe *pipe)
{
	struct xg_pipes *pipes = pipe->pipes;
	const ssize_t size = pipe->filled ? write(pipe->fd, pipe->bytes, pipe->filled) : 0;

	if (size < 0 && errno != EAGAIN && errno != EINTR) {
		send_number(pipes, XG_WL_PIPE_BROKEN, pipe->number);
		pipe_destroy(pipe);
		return;
	}
	if (size > 0) {
		const struct xg_wl_pipe_ack ack = {pipe->number, (uint32_t)size};

		pipe->filled -= (uint32_t)size;
		memmove(pipe->bytes, pipe->bytes + size, pipe->filled);
		pipes->setup.send(pipes->setup.data, XG_WL_PIPE_ACK, &ack, sizeof(ack), NULL, 0);
	}
	if (pipe->filled == 0 && pipe->is_ended)
		pipe_destroy(pipe);
	else
		watch(pipe, pipe->filled > 0);
}

void xg_pipes_dispatch(struct xg_pipes *pipes)
{
	struct epoll_event events[16];
	const int count = epoll_wait(pipes->epoll, events, 16, 0);

	for (int i = 0; i < count; i++) {
		struct pipe *pipe = events[i].data.ptr;

		if (pipe->is_sink)
			pipe_write(pipe);
		else
			pipe_read(pipe);
	}
}

static struct pipe *find(struct xg_pipes *pipes, uint32_t number, bool is_sink)
{
	struct pipe *pipe;

	wl_list_for_each (pipe, &pipes->list, link) {
		if (pipe->number == number && pipe->is_sink == is_sink)
			return pipe;
	}
	return NULL;
}

static bool receive_data(
	struct xg_pipes *pipes, const void *payload, size_t size, const char **rule)
{
	struct xg_wl_pipe message;

	memcpy(&message, payload, sizeof(message));
	size -= sizeof(message);
	struct pipe *pipe = find(pipes, message.pipe, true);
	if (!pipe)
		return true;
	if (pipe->is_ended || size > XG_WL_PIPE_WINDOW - pipe->filled) {
		*rule = "more data for a pipe than its window";
		return false;
	}
	memcpy(pipe->bytes + pipe->filled, (const uint8_t *)payload + sizeof(message), size);
	pipe->filled += (uint32_t)size;
	pipe_write(pipe);
	return true;
}

static bool receive_ack(struct xg_pipes *pipes, const void *payload, size_t size, const char **rule)
{
	struct xg_wl_pipe_ack message;

	if (size != sizeof(message)) {
		*rule = "a pipe message of the wrong size";
		return false;
	}
	memcpy(&message, payload, sizeof(message));
	struct pipe *pipe = find(pipes, message.pipe, false);
	if (!pipe)
		return true;
	if (message.bytes > XG_WL_PIPE_WINDOW - pipe->window) {
		*rule = "more of a pipe acknowledged than was sent";
		return false;
	}
	pipe->window += message.bytes;
	watch(pipe, pipe->window > 0);
	return true;
}

static void receive_end(struct xg_pipes *pipes, uint32_t number)
{
	struct pipe *pipe = find(pipes, number, true);

	if (!pipe)
		return;
	pipe->is_ended = true;
	pipe_write(pipe);
}

static void receive_broken(struct xg_pipes *pipes, uint32_t number)
{
	struct pipe *pipe = find(pipes, number, false);

	if (pipe)
		pipe_destroy(pipe);
}

bool xg_pipes_receive(struct xg_pipes *pipes, uint32_t type, const void *untrusted_payload,
	size_t size, const char **rule)
{
	struct xg_wl_pipe message;

	if (size < sizeof(message)) {
		*rule = "a pipe message of the wrong size";
		return false;
	}
	memcpy(&message, untrusted_payload, sizeof(message));
	switch (type) {
	case XG_WL_PIPE_DATA:
		return receive_data(pipes, untrusted_payload, size, rule);
	case XG_WL_PIPE_ACK:
		return receive_ack(pipes, untrusted_payload, size, rule);
	case XG_WL_PIPE_END:
		receive_end(pipes, message.pipe);
		return true;
	case XG_WL_PIPE_BROKEN:
		receive_broken(pipes, message.pipe);
		return true;
	default:
		*rule = "an unknown type of pipe message";
		return false;
	}
}

/* SPDX-License-Identifier: MIT */
/* See app_stack.h. */
#include "app_stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hello.h"
#include "links.h"
#include "xenglass/control.h"
#include "xenglass/rendezvous.h"

static void *run_stream(void *argument)
{
	struct served *served = argument;
	struct xg_record_view view;

	while (xg_host_stream_next(served->stream, &view) == XG_STREAM_RECORD) {
		const struct xg_record *record = view.record;
		uint64_t argument0;

		memcpy(&argument0, record + 1, sizeof(argument0));
		if (record->opcode == OP_ADD) {
			xg_host_stream_reply(served->stream, argument0 + 1);
		} else if (record->opcode == OP_TURN) {
			if (atomic_exchange(&served->stack->turn, argument0) + 1 != argument0)
				served->stack->is_out_of_turn = true;
		} else {
			struct xg_data place;

			memcpy(&place, &argument0, sizeof(place));
			const uint8_t *bytes =
				xg_host_stream_input(served->stream, &view, place, 16);

			xg_host_stream_reply(served->stream,
				bytes ? (uint64_t)bytes[0] << 8 | bytes[place.size - 1] : 0);
		}
		xg_host_stream_consume(served->stream);
	}
	return NULL;
}

static struct served *find_served(struct stack *stack, uint32_t id)
{
	for (uint32_t i = 0; i < stack->served_count; i++) {
		if (stack->served[i].stream && xg_host_stream_id(stack->served[i].stream) == id)
			return &stack->served[i];
	}
	return NULL;
}

static bool open_served(struct stack *stack, const struct xg_control_stream_open *open)
{
	struct served *served = &stack->served[stack->served_count];
	const char *rule;

	served->region_size = xg_stream_region_size(open->ring_size, open->reply_size);
	served->region = xg_link_map(stack->host_link, open->region, served->region_size);
	struct xg_host_stream_setup setup = {
		.group = stack->group,
		.id = open->stream,
		.region = served->region,
		.region_size = served->region_size,
		.untrusted_ring_size = open->ring_size,
		.untrusted_reply_size = open->reply_size,
		.limits = &stack->limits,
	};

	assert_non_null(served->region);
	assert_true(xg_link_port_bind(stack->host_link, open->port, &setup.port));
	if (stack->served_count >= stack->refuse_streams_from) {
		xg_link_unmap(stack->host_link, served->region, served->region_size);
		xg_port_finish(&setup.port);
		return false;
	}
	served->stream = xg_host_stream_create(&setup, &rule);
	assert_non_null(served->stream);
	served->stack = stack;
	served->client = open->client;
	pthread_create(&served->thread, NULL, run_stream, served);
	stack->served_count++;
	return true;
}

static void close_served(struct stack *stack, struct served *served)
{
	const struct xg_control_stream closed = {served->client, xg_host_stream_id(served->stream)};

	xg_host_stream_close(served->stream);
	pthread_join(served->thread, NULL);
	xg_host_stream_destroy(served->stream);
	xg_link_unmap(stack->host_link, served->region, served->region_size);
	if (served->bulk)
		xg_link_unmap(stack->host_link, served->bulk, served->bulk_size);
	served->stream = NULL;
	served->bulk = NULL;
	xg_channel_send(stack->host, XG_CONTROL_STREAM_CLOSED, &closed, sizeof(closed));
}

static void serve_open(struct stack *stack, const struct xg_control_stream_open *open)
{
	const struct xg_control_stream ready = {open->client, open->stream};
	const struct xg_control_stream_lost lost = {
		open->client, open->stream, XG_STREAM_LOSS_QUOTA, 0};

	if (open_served(stack, open))
		xg_channel_send(stack->host, XG_CONTROL_STREAM_READY, &ready, sizeof(ready));
	else
		xg_channel_send(stack->host, XG_CONTROL_STREAM_LOST, &lost, sizeof(lost));
}

static void serve_bulk(struct stack *stack, const struct xg_control_bulk_open *open)
{
	const struct xg_control_bulk_ready ready = {open->client, open->stream, 1, 0};
	struct served *served = find_served(stack, open->stream);

	served->bulk_size = open->size;
	served->bulk = xg_link_map(stack->host_link, open->region, open->size);
	assert_true(xg_host_stream_set_bulk(served->stream, served->bulk, open->size));
	xg_channel_send(stack->host, XG_CONTROL_BULK_READY, &ready, sizeof(ready));
}

static void serve(struct stack *stack, const struct xg_message *message)
{
	const struct xg_control_stream *named = message->payload;
	const struct xg_control_client_open *client = message->payload;

	switch (message->type) {
	case XG_CONTROL_CLIENT_OPEN:
		stack->last_cookie = client->cookie;
		break;
	case XG_CONTROL_CLIENT_CLOSE:
		for (uint32_t i = 0; i < stack->served_count; i++) {
			if (stack->served[i].stream && stack->served[i].client == named->client)
				close_served(stack, &stack->served[i]);
		}
		stack->gone++;
		break;
	case XG_CONTROL_STREAM_OPEN:
		serve_open(stack, message->payload);
		break;
	case XG_CONTROL_STREAM_CLOSE:
		close_served(stack, find_served(stack, named->stream));
		break;
	case XG_CONTROL_BULK_OPEN:
		serve_bulk(stack, message->payload);
		break;
	}
}

static void *run_host(void *argument)
{
	struct stack *stack = argument;
	struct xg_message message;

	while (!stack->is_host_dead &&
		xg_channel_receive_wait(stack->host, &message, 20) != XG_CHANNEL_CLOSED) {
		if (message.payload)
			serve(stack, &message);
		message.payload = NULL;
		xg_channel_flush(stack->host);
	}
	for (uint32_t i = 0; i < stack->served_count; i++) {
		if (stack->served[i].stream)
			close_served(stack, &stack->served[i]);
	}
	return NULL;
}

static void *run_daemon(void *argument)
{
	struct stack *stack = argument;
	struct pollfd fds[3] = {
		{.fd = stack->stop_fd, .events = POLLIN},
		{.fd = xg_gl_socket_fd(stack->socket), .events = POLLIN},
		{.fd = xg_channel_fd(stack->guest), .events = POLLIN},
	};

	for (;;) {
		struct xg_message message;
		enum xg_channel_state state;

		poll(fds, 3, -1);
		if (fds[0].revents)
			break;
		if (fds[1].revents)
			xg_gl_socket_dispatch(stack->socket);
		if (fds[2].revents)
			xg_channel_wake(stack->guest);
		while ((state = xg_channel_receive(stack->guest, &message)) == XG_CHANNEL_MESSAGE)
			xg_gl_socket_handle_message(stack->socket, &message);
		if (state != XG_CHANNEL_EMPTY)
			break;
	}
	xg_gl_socket_destroy(stack->socket);
	return NULL;
}

int stack_set_up(void **state)
{
	struct stack *stack = calloc(1, sizeof(*stack));
	struct xg_control_hello hello;

	strcpy(stack->folder, "/tmp/xg-socket-test-XXXXXX");
	assert_non_null(mkdtemp(stack->folder));
	snprintf(stack->path, sizeof(stack->path), "%s/gl.sock", stack->folder);
	setenv(XG_APP_SOCKET_VARIABLE, stack->path, 1);
	stack->limits = (struct xg_limits)XG_LIMITS_DEFAULT;
	stack->limits.streams_per_client = 8;
	stack->refuse_streams_from = STREAMS_MAX;
	stack->group = xg_stream_group_create();
	links_make(&stack->guest_link, &stack->host_link);
	stack->guest = xg_channel_create_guest(stack->guest_link);
	stack->host = xg_channel_create_host(stack->host_link, -1);
	xg_hello_init(&hello, XG_FEATURE_PRESENT, &stack->limits);
	stack->socket = xg_gl_socket_create(stack->path, stack->guest_link, stack->guest, &hello);
	assert_non_null(stack->socket);
	stack->stop_fd = eventfd(0, EFD_CLOEXEC);
	pthread_create(&stack->host_thread, NULL, run_host, stack);
	pthread_create(&stack->daemon_thread, NULL, run_daemon, stack);
	*state = stack;
	return 0;
}

void stack_stop_daemon(struct stack *stack)
{
	eventfd_write(stack->stop_fd, 1);
	pthread_join(stack->daemon_thread, NULL);
	xg_channel_destroy(stack->guest);
	xg_link_destroy(stack->guest_link);
	stack->guest = NULL;
	stack->guest_link = NULL;
}

void stack_stop_host(struct stack *stack)
{
	stack->is_host_dead = true;
	pthread_join(stack->host_thread, NULL);
	xg_channel_destroy(stack->host);
	xg_link_destroy(stack->host_link);
	stack->host = NULL;
	stack->host_link = NULL;
}

int stack_tear_down(void **state)
{
	struct stack *stack = *state;

	if (stack->guest)
		stack_stop_daemon(stack);
	if (stack->host)
		stack_stop_host(stack);
	close(stack->stop_fd);
	xg_stream_group_unref(stack->group);
	assert_int_equal(rmdir(stack->folder), 0);
	free(stack);
	return 0;
}

bool stack_call(struct xg_stream *stream, uint64_t argument, uint64_t *result)
{
	struct {
		struct xg_record record;
		uint64_t argument;
	} *command = xg_stream_begin(stream, 16);

	command->record = (struct xg_record){OP_ADD, XG_RECORD_REPLY, 16};
	command->argument = argument;
	xg_stream_end(stream, 16);
	return xg_stream_call(stream, result);
}
